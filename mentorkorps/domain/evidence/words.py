"""A publication's counts and shares in Danish, the same wherever they are told."""

from collections.abc import Iterable, Mapping
from typing import Any

from mentorkorps.domain.danish import write_number

HIDDEN, TOO_FEW = "skjult", "for få fulgt"
MONTHS = {13: 3, 26: 6, 52: 12, 78: 18}
"""What a window of weeks is called in months."""
AMONG = {
    "must": "der skulle have en mentor",
    "right": "der havde ret til en mentor",
    "may": "som kommunen kunne vælge at give en mentor",
}
"""Must, right and may as a committee hears them read aloud."""


def count_in_words(people: int | None) -> str:
    """1.234, or skjult."""
    return HIDDEN if people is None else write_number(people)


def share_in_words(row: Mapping[str, Any], weeks: int) -> str:
    """21 % (18–25), or why a published row has no share by a week."""
    if row["people"][f"goal_{weeks}"] is None:
        return HIDDEN
    share = row["shares"][str(weeks)]
    if share is None:
        return TOO_FEW
    return f"{share[0]} % ({share[1]}–{share[2]})"


def shares_in_words(shares: Iterable[tuple[str, int]], weeks: int) -> str:
    """A sentence for each obligation with how many of 100 reached work or education by a week; at least one."""
    (first, share), *others = shares
    said = [
        f"Blandt borgere, {AMONG[first]}, kom {share} af 100 i job eller uddannelse inden {MONTHS[weeks]} måneder."
    ]
    said += [f"Blandt borgere, {AMONG[group]}, var det {share} af 100." for group, share in others]
    return " ".join(said)
