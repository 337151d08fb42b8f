"""Hours granted, delivered and measured against the service level."""
