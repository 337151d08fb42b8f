"""A proposal for a service level as differences from the one it begins from, each with its reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.service_level import LevelRow

Kind = Literal["changed", "added", "removed"]
LABELS = {
    "label": "betegnelse",
    "obligation": "skal, ret eller kan",
    "minutes_per_week": "tid om ugen",
    "weeks": "uger",
    "functions": "opgave",
    "target_groups": "målgrupper",
    "age_from": "fra alder",
    "age_to": "til og med alder",
    "who_may": "hvem kan være mentor",
    "criteria": "kriterier",
}
_LISTS = ("functions", "target_groups")
BINDING = ("must", "right")


@dataclass(frozen=True)
class Change:
    """One row that is another than before. `row` is what is proposed; for a removed row, what it was."""

    kind: Kind
    row: LevelRow
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Plain data, with the row's fields under `row`."""
        return {"kind": self.kind, "row": asdict(self.row), "reason": self.reason}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        """The inverse of `as_json`."""
        row = data["row"] | {name: tuple(data["row"][name]) for name in _LISTS}
        return cls(data["kind"], LevelRow(**row), data["reason"])


@dataclass(frozen=True)
class Pair:
    """A row before and after; None where it is not there. `reason` is empty where nothing differs."""

    before: LevelRow | None
    after: LevelRow | None
    reason: str = ""

    @property
    def row(self) -> LevelRow:
        """The row that is there, the proposed one first."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def kind(self) -> Kind | Literal["kept"]:
        """How the two differ."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "kept" if self.before == self.after else "changed"

    @property
    def differs(self) -> tuple[str, ...]:
        """The names of the fields that differ, for a changed row."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            field.name
            for field in fields(LevelRow)
            if getattr(self.before, field.name) != getattr(self.after, field.name)
        )

    @property
    def lowers_a_duty(self) -> bool:
        """Whether the row takes minutes, weeks or strength from what the law binds the municipality to give.

        The level guides only: what the law says must be given is given all the same, and a reader must know it.
        """
        if self.before is None or self.before.obligation not in BINDING:
            return False
        if self.after is None or self.after.obligation not in BINDING:
            return True
        return any(
            _less(getattr(self.before, name), getattr(self.after, name))
            for name in ("minutes_per_week", "weeks")
        )


def _less(before: int | None, after: int | None) -> bool:
    return before is not None and after is not None and after < before


def applied(base: Sequence[LevelRow], changes: Iterable[Change]) -> tuple[LevelRow, ...]:
    """The rows as proposed: those of `base` in their order, changed or left out, then the added ones."""
    by_key = {change.row.key: change for change in changes}
    rows = [by_key[row.key].row if row.key in by_key else row for row in base]
    kept = [row for row in rows if row.key not in by_key or by_key[row.key].kind != "removed"]
    return (*kept, *(change.row for change in by_key.values() if change.kind == "added"))


def compared(base: Sequence[LevelRow], changes: Iterable[Change]) -> tuple[Pair, ...]:
    """Each row before and after with the reason, in the order of `base`, the added ones last."""
    by_key = {change.row.key: change for change in changes}
    pairs = [_pair(row, by_key.get(row.key)) for row in base]
    added = [Pair(None, change.row, change.reason) for change in by_key.values() if change.kind == "added"]
    return (*pairs, *added)


def _pair(row: LevelRow, change: Change | None) -> Pair:
    if change is None:
        return Pair(row, row)
    return Pair(row, None if change.kind == "removed" else change.row, change.reason)


def with_change(changes: Sequence[Change], change: Change, base: Sequence[LevelRow]) -> tuple[Change, ...]:
    """The changes with one more, in place of an earlier one of the same row.

    A row changed back to what it was is no change; an added row that is removed is gone.
    """
    known = {row.key: row for row in base}
    others = tuple(each for each in changes if each.row.key != change.row.key)
    was = known.get(change.row.key)
    if was is None:
        return others if change.kind == "removed" else (*others, replace(change, kind="added"))
    if change.kind == "changed" and change.row == was:
        return others
    return (*others, change)


def without_change(changes: Iterable[Change], key: str) -> tuple[Change, ...]:
    """The changes without that of one row: the row is as it was, or not there."""
    return tuple(each for each in changes if each.row.key != key)


def rows_between(before: Sequence[LevelRow], after: Sequence[LevelRow]) -> tuple[Pair, ...]:
    """Two whole levels row by row, by key."""
    was, will = {row.key: row for row in before}, {row.key: row for row in after}
    return tuple(Pair(was.get(key), will.get(key)) for key in dict.fromkeys((*was, *will)))


def changes_between(before: Sequence[LevelRow], after: Sequence[LevelRow], reason: str) -> tuple[Change, ...]:
    """What turns one level into another, every difference with the same reason."""
    pairs = rows_between(before, after)
    return tuple(Change(pair.kind, pair.row, reason) for pair in pairs if pair.kind != "kept")


def field_in_words(row: LevelRow, name: str) -> str:
    """A field as a sentence has it: 45 min., 26 uger, kan; “ikke fastsat” where nothing has been decided."""
    value = getattr(row, name)
    if name == "obligation":
        return OBLIGATION_WORDS[value]
    if name == "minutes_per_week":
        return "ikke fastsat" if value is None else write_minutes(value)
    if name == "weeks":
        return "ikke fastsat" if value is None else f"{value} uger"
    return str(value) if value not in (None, "", ()) else "intet"
