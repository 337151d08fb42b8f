"""A table that waits to be taken in, at rest: packed and encrypted, so that no copy of the database can be read."""

import base64
import hmac
import json
import os
import uuid
import zlib
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


def _key() -> bytes:
    """A key of its own purpose, made of the one that CPR numbers are encrypted with."""
    return hmac.digest(base64.urlsafe_b64decode(settings.CPR_KEYS["encrypt"]), b"waiting table", "sha256")


def seal(plain: Any, *, of: uuid.UUID) -> bytes:
    """JSON, packed, under AES-256-GCM with a fresh nonce, bound to the row that it belongs to."""
    nonce = os.urandom(NONCE)
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), level=3)
    return nonce + AESGCM(_key()).encrypt(nonce, packed, of.bytes)


def unseal(stored: bytes, *, of: uuid.UUID) -> Any:
    """What was sealed. Raises cryptography's InvalidTag if the key, the bytes or the row are others."""
    stored = bytes(stored)
    return json.loads(zlib.decompress(AESGCM(_key()).decrypt(stored[:NONCE], stored[NONCE:], of.bytes)))
