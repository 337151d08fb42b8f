"""Secrets that stand in an address and are shown once: only their hashes are kept."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, as an address can hold them."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret. A plain hash does: nobody can try 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
