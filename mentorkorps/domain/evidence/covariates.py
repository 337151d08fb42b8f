"""Covariates as columns: one for a number, one for each further level of a text, one for what is missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentorkorps.domain.evidence.courses import Cell, Floats, number_in

FEWEST_IN_LEVEL = 5
REST = "øvrige"


@dataclass(frozen=True, eq=False)
class Design:
    """`columns` is courses × columns with mean 0 and deviation 1; `names` says which covariate each is of."""

    columns: Floats
    names: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def used(self) -> list[str]:
        """The covariates behind the columns, each once."""
        return list(dict.fromkeys(self.names))


def design(covariates: Mapping[str, Sequence[Cell]], courses: int) -> Design:
    """Codes every covariate; one that is the same for all courses is left out and named in `unused`."""
    columns: list[Floats] = []
    names: list[str] = []
    for name, cells in covariates.items():
        for column in _coded(cells):
            if column.std() > 1e-12:
                columns.append((column - column.mean()) / column.std())
                names.append(name)
    unused = tuple(name for name in covariates if name not in names)
    return Design(np.column_stack(columns) if columns else np.empty((courses, 0)), tuple(names), unused)


def _coded(cells: Sequence[Cell]) -> list[Floats]:
    missing = np.array([cell is None for cell in cells], dtype=float)
    numbers = _numbers([cell for cell in cells if cell is not None])
    return [*(_levels(cells) if numbers is None else [_filled(missing, numbers)]), missing]


def _numbers(cells: Sequence[str | float]) -> Floats | None:
    """The cells as numbers, or None when one of them is no number."""
    if all(isinstance(cell, float) for cell in cells):
        return np.array(cells, dtype=float)
    meant = {cell: number_in(str(cell)) for cell in set(cells)}
    return None if None in meant.values() else np.array([meant[cell] for cell in cells], dtype=float)


def _filled(missing: Floats, numbers: Floats) -> Floats:
    """The numbers, with their mean where one is missing: the column of missing cells carries the rest."""
    column = np.full(len(missing), float(np.mean(numbers)) if len(numbers) else 0.0)
    column[missing == 0] = numbers
    return column


def _levels(cells: Sequence[Cell]) -> list[Floats]:
    """One column for each level but the first by alphabet; levels of under five courses are one."""
    texts = [None if cell is None else str(cell) for cell in cells]
    count = Counter(texts)
    pooled = [REST if text is not None and count[text] < FEWEST_IN_LEVEL else text for text in texts]
    levels = sorted({text for text in pooled if text is not None})
    return [np.array([text == level for text in pooled], dtype=float) for level in levels[1:]]
