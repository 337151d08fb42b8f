"""A mail server that keeps what it is given: it goes by the name of a real one, so that mail counts as set up."""

from django.core.mail.backends.locmem import EmailBackend

__all__ = ["EmailBackend"]
