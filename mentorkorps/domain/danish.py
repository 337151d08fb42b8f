"""Danish wording that letters, plans, evidence and pages share."""

from collections.abc import Sequence
from decimal import Decimal


def listed(words: Sequence[str], last: str = "og") -> str:
    """a; a og b; a, b og c; nothing for no words."""
    *firsts, final = words or ("",)
    return f"{', '.join(firsts)} {last} {final}" if firsts else final


def capitalised(text: str) -> str:
    """The first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def thousands(number: int) -> str:
    """10.080, as Danes part large numbers."""
    return f"{number:,}".replace(",", ".")


def write_number(number: int | Decimal) -> str:
    """1.234,5 with a true minus, and no zeros after the last decimal that says something."""
    whole, _, decimals = f"{abs(Decimal(number)):,f}".partition(".")
    decimals = decimals.rstrip("0")
    written = whole.replace(",", ".") + (f",{decimals}" if decimals else "")
    return f"−{written}" if number < 0 else written
