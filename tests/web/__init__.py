"""Page tests: one module a page family."""
