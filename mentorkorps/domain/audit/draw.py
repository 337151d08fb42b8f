"""A random sample by a kept seed: the same seed and rows always give the same courses, however the rows are ordered."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

NEW_SUPPLIER, HIGH_HOURS, FEW_NOTES = "new_supplier", "high_hours", "few_notes"
WEIGHTS = {NEW_SUPPLIER: 2, HIGH_HOURS: 1, FEW_NOTES: 1}
"""Tickets on top of the one that every course has. Municipal choice."""

REASONS = {
    NEW_SUPPLIER: "ny leverandør",
    HIGH_HOURS: "mange timer",
    FEW_NOTES: "få notater",
}
MANY = 2  # times the median of the month


@dataclass(frozen=True)
class Drawable:
    """A course with hours in the month. `key` is its id; minutes; `noted` of its `meetings` have a note."""

    key: str
    minutes: int
    meetings: int
    noted: int
    new_supplier: bool


@dataclass(frozen=True)
class Drawn:
    """A course of the sample, with why it weighed more than others (codes of REASONS)."""

    key: str
    weight: int
    reasons: tuple[str, ...]


def weighed(rows: Iterable[Drawable]) -> list[Drawn]:
    """Each row with its tickets. Many hours is at least twice the month's median; few notes is under half."""
    known = list(rows)
    median = _lower_median([row.minutes for row in known])
    return [_weighed(row, median) for row in known]


def _weighed(row: Drawable, median: int) -> Drawn:
    holds = {
        NEW_SUPPLIER: row.new_supplier,
        HIGH_HOURS: row.minutes > 0 and row.minutes >= MANY * median,
        FEW_NOTES: row.meetings > 0 and 2 * row.noted < row.meetings,
    }
    reasons = tuple(code for code, so in holds.items() if so)
    return Drawn(row.key, 1 + sum(WEIGHTS[code] for code in reasons), reasons)


def _lower_median(minutes: list[int]) -> int:
    return sorted(minutes)[(len(minutes) - 1) // 2] if minutes else 0


def draw(seed: str, size: int, rows: Iterable[Drawable]) -> list[Drawn]:
    """At most `size` courses, in the order in which they came out.

    Each ticket is a SHA-256 of seed, course and ticket number; a course comes out by its lowest ticket. With whole
    weights that is weighted sampling without replacement (Efraimidis and Spirakis, 2006).
    """
    found = weighed(rows)
    lowest = {each.key: (_lowest(seed, each), each.key) for each in found}
    return sorted(found, key=lambda each: lowest[each.key])[:size]


def _lowest(seed: str, each: Drawn) -> bytes:
    return min(
        hashlib.sha256(f"{seed}:{each.key}:{ticket}".encode()).digest() for ticket in range(each.weight)
    )


def digest(rows: Iterable[Drawable]) -> str:
    """SHA-256 of what was drawn from, in no order: says later whether the rows are still those of the draw."""
    said = sorted(f"{r.key} {r.minutes} {r.meetings} {r.noted} {int(r.new_supplier)}" for r in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
