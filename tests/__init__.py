"""The suite. One module a page, verb or rule; the cast is in tests/cast.py."""
