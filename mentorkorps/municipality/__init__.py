"""What the municipality has and has decided."""
