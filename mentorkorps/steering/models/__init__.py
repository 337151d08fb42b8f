"""Runs, proposals and papers."""
