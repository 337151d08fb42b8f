"""The management commands of the running system."""
