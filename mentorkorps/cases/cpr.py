"""CPR numbers at rest: encrypted so that no copy of the database can be read, with a blind index for look-up.

A number is never rejected on modulus 11, which has not been guaranteed since 1 October 2007 (cpr.dk).
"""

import base64
import hashlib
import hmac
import os
import re
from datetime import date

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError
from stdnum.dk import cpr as stdnum_cpr
from stdnum.exceptions import ValidationError as WrongNumber

NONCE = 12


def normalize(text: str) -> str:
    """Ten digits from what a person typed. Raises ValidationError with the way on when it cannot be a CPR number."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"\d{10}", digits):
        raise ValidationError("Et CPR-nummer er 10 cifre. Skriv det som 010190-1234.", code="cpr_form")
    try:
        stdnum_cpr.get_birth_date(digits)
    except WrongNumber:
        raise ValidationError(
            "De første 6 cifre er ikke en dato, der findes. Se efter i borgerens sag, og skriv fx 010190-1234.",
            code="cpr_date",
        ) from None
    return digits


def birth_date(cpr: str) -> date:
    """The birth date in a CPR number, with the century that the seventh digit tells."""
    return stdnum_cpr.get_birth_date(cpr)


def gender(cpr: str) -> str:
    """The legal gender that the last digit tells: even is a woman (k), odd a man (m) (cpr.dk)."""
    return "m" if int(cpr[-1]) % 2 else "k"


def masked(birth: date) -> str:
    """The form that lists show: 010190-•••• ."""
    return f"{birth:%d%m%y}-••••"


def _key(which: str) -> bytes:
    return base64.urlsafe_b64decode(settings.CPR_KEYS[which])


def encrypt(cpr: str) -> bytes:
    """AES-256-GCM with a fresh nonce. The same number never looks the same twice."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key("encrypt")).encrypt(nonce, cpr.encode(), b"cpr")


def decrypt(stored: bytes) -> str:
    """The number that was encrypted. Raises cryptography's InvalidTag if the key or the bytes are others."""
    stored = bytes(stored)
    return AESGCM(_key("encrypt")).decrypt(stored[:NONCE], stored[NONCE:], b"cpr").decode()


def blind_index(cpr: str) -> str:
    """What a number is looked up by: an HMAC under a key of its own, so that the index tells nothing without it."""
    return hmac.new(_key("index"), cpr.encode(), hashlib.sha256).hexdigest()
