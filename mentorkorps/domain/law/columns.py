"""Whole caseloads at once: the same conditions as for one citizen, asked of numpy columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from mentorkorps.domain.law.book import SHIPPED, Book
from mentorkorps.domain.law.eras import RANK, era_on
from mentorkorps.domain.law.facts import KINDS, Facts
from mentorkorps.domain.law.rows import OBLIGATIONS
from mentorkorps.domain.law.truth import CODES, Many, Truth

NO, UNKNOWN, YES = 0, -1, 1


def columns_of(citizens: Sequence[Facts]) -> dict[str, Any]:
    """Facts as columns: bool facts as int8 (1 yes, 0 no, -1 unknown), codes as int8 (place in TARGET_GROUPS or
    PLACES, -1 unknown), dates as datetime64[D] (NaT unknown)."""
    return {name: _column(name, [getattr(facts, name) for facts in citizens]) for name in KINDS}


def _column(name: str, values: list[Any]) -> Any:
    if KINDS[name] is date:
        return np.array(
            ["NaT" if value is None else value.isoformat() for value in values], dtype="datetime64[D]"
        )
    if name in CODES:
        return np.array(
            [-1 if value is None else CODES[name].index(value) for value in values], dtype=np.int8
        )
    return np.array([-1 if value is None else int(value) for value in values], dtype=np.int8)


def decide_columns(columns: Mapping[str, Any], on: date, *, book: Book = SHIPPED) -> dict[str, Any]:
    """The strongest obligation wholly met for each citizen, and how each rule in force stands.

    `columns` is as `columns_of` makes it; an absent column is unknown throughout. The answer holds
    `obligation` (text) and one int8 array a rule by its id: 1 met, 0 not met, -1 open.
    Raises ValueError without columns or with columns of different lengths, MissingRule before 2003.
    """
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1 or not columns.keys() <= KINDS.keys():
        raise ValueError("columns must be facts, at least one, and all of one length")
    era = era_on(on, book)
    citizens = lengths.pop()
    view = Many(columns, on, citizens)
    truth = {name: test.check(view) for name, test in era.tests}
    rank = np.full(citizens, RANK["none"], dtype=np.int8)
    met: dict[str, Any] = {}
    for ready in era.rules:
        whole = _all([truth[name] for name in ready.names])
        rank[whole.yes] = np.minimum(rank[whole.yes], ready.rank)
        met[ready.rule.id] = whole.yes.astype(np.int8) - (~(whole.yes | whole.no)).astype(np.int8)
    return {"obligation": np.array(OBLIGATIONS)[rank], **met}


def _all(truths: list[Truth]) -> Truth:
    first, *rest = truths
    for truth in rest:
        first = first & truth
    return first
