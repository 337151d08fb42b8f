"""VAT of lines, and what is left of it when a line is reduced. Rounded once for each rate (EN 16931, BR-CO-17)."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from mentorkorps.domain.economy import round_ore


def vat_of(amounts: Iterable[tuple[int, int]]) -> int:
    """The VAT in øre of (amount in øre, percent) pairs, rounded once for each percent."""
    by_percent: dict[int, int] = defaultdict(int)
    for amount, percent in amounts:
        by_percent[percent] += amount
    return sum(round_ore(Fraction(amount * percent, 100)) for percent, amount in by_percent.items())


def share_of_vat(approved: Iterable[tuple[int, int]], vat: int) -> int:
    """The VAT of what is approved, never more than the invoice's own VAT."""
    return min(vat_of(approved), vat)
