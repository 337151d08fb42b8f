"""The commands that need neither a database nor Django."""
