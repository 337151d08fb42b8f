"""Kroner as Danes read and write them; everywhere else money is whole øre."""

import re
from decimal import Decimal

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.dates import NBSP

_DANISH = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_PLAIN = re.compile(r"-?\d+\.\d+")
LONGEST = 16  # characters of a number that anybody means


def write_kroner(ore: int) -> str:
    """1.234,50 kr.; negative with a true minus."""
    kroner, rest = divmod(abs(ore), 100)
    return f"{'−' if ore < 0 else ''}{thousands(kroner)},{rest:02}{NBSP}kr."


def parse_number(text: str) -> Decimal:
    """Reads 1.234,50, 1234,5 and 1234.5; a point before three digits parts thousands. Raises ValueError."""
    clean = text.replace(NBSP, "").replace(" ", "")
    if len(clean) <= LONGEST and clean.isascii():
        if _DANISH.fullmatch(clean):
            return Decimal(clean.replace(".", "").replace(",", "."))
        if _PLAIN.fullmatch(clean):
            return Decimal(clean)
    raise ValueError(text)


def whole_ore(kroner: Decimal) -> int:
    """Kroner with at most two decimals as øre. Raises ValueError when there are more: nothing is rounded."""
    ore = kroner * 100
    if ore != int(ore):
        raise ValueError(str(kroner))
    return int(ore)
