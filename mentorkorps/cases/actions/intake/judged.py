"""What becomes of each row of a file: new, changed, the same, or bad and why."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentorkorps.domain.intake import Fault, Kind, ReadRow

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"


@dataclass
class Judged:
    """A row set beside what we know. `there` is the row that it meets, `values` the fields that it would write."""

    read: ReadRow
    there: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    citizen: Any = None

    @property
    def state(self) -> str:
        """One of new, changed, same and bad."""
        if self.faults:
            return BAD
        if self.there is None:
            return NEW
        return CHANGED if self.values else SAME


class Seen:
    """Which rows of a file have been met; the second that means the same is bad."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, int] = {}

    def claim(self, row: Judged, keys: Iterable[Hashable], whom: str) -> None:
        """Takes the keys for a good row, or says which row has one of them."""
        keys = list(keys)
        other = next((self._rows[key] for key in keys if key in self._rows), None)
        if other is not None:
            row.faults.append(Fault("", f"{whom} står også i række {other}. Behold kun den ene række."))
        if not row.faults:
            self._rows.update(dict.fromkeys(keys, row.read.number))


def lacking(kind: Kind, row: Judged, whom: str) -> list[Fault]:
    """What a new row cannot do without and does not have; a cell that could not be read is told already."""
    told = {fault.column for fault in row.faults}
    return [
        Fault(column.heading, f"mangler, og {whom} er ny. {column.help}")
        for column in kind.columns
        if column.new and column.key not in row.read.given and column.heading not in told
    ]


def differing(given: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """The given values that are not what stands; only fields that `current` has."""
    return {name: given[name] for name in current if name in given and given[name] != current[name]}
