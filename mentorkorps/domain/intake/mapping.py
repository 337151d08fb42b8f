"""Which column of a file is which of ours: guessed from the headings, which people write in many ways."""

import re
from collections.abc import Mapping, Sequence

from mentorkorps.domain.intake.kinds import Kind

WHY = "Fejl"
"""The heading of the column that a file to mend has beside its own; it is never read."""


def plain(heading: str) -> str:
    """A heading by its letters and digits alone: “CPR-nr.” and “cpr nr” are the same."""
    return re.sub(r"[^a-zæøå0-9]", "", heading.lower())


def guessed_places(kind: Kind, headers: Sequence[str]) -> dict[str, int]:
    """The place in the file (from 0) of each of our columns that a heading names; one heading is used once."""
    free = {place: plain(header) for place, header in enumerate(headers) if header and header != WHY}
    found: dict[str, int] = {}
    for names in (lambda column: (column.heading,), lambda column: column.also):
        for column in kind.columns:
            wanted = {plain(name) for name in names(column)}
            place = next((place for place, header in free.items() if header in wanted), None)
            if column.key not in found and place is not None:
                found[column.key] = place
                del free[place]
    return found


def headings(headers: Sequence[str]) -> list[str]:
    """The headings as a set, in one order: two files with the same columns have the same, whatever their order."""
    return sorted({plain(header) for header in headers if header and header != WHY})


def places_to_keep(places: Mapping[str, int], headers: Sequence[str]) -> dict[str, int]:
    """Where the chosen columns stand among `headings`, so that no word of the file need be kept."""
    ordered = headings(headers)
    return {key: ordered.index(plain(headers[place])) for key, place in places.items() if headers[place]}


def kept_places(kept: Mapping[str, int], headers: Sequence[str]) -> dict[str, int]:
    """The inverse of `places_to_keep` for a file with the same headings in any order."""
    first = {plain(header): place for place, header in reversed(list(enumerate(headers)))}
    ordered = headings(headers)
    return {key: first[ordered[place]] for key, place in kept.items() if place < len(ordered)}
