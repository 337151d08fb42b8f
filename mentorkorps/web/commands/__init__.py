"""The public commands: files in, JSON out; no database and no Django."""
