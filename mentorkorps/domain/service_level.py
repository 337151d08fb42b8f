"""The service level: how many minutes a week each kind of mentor support is meant to have.

A committee sets it. It guides a decision; it refuses, caps and cuts nothing by itself. A row without
minutes is a row whose hours have not been fixed, and says so.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from mentorkorps.domain.codes import FUNCTIONS, OBLIGATIONS, TARGET_GROUPS
from mentorkorps.domain.given import BadInput, Given, parse_toml

MINUTES_IN_A_WEEK = 7 * 24 * 60
LONGEST_AGE = 130


@dataclass(frozen=True)
class LevelRow:
    """One line of a service level.

    `functions` and `target_groups` are codes; no target groups means all of them, no functions means that the
    row does not say what it is for and is never suggested. Ages are whole years, both ends included, None is
    open. `minutes_per_week` and `weeks` are None where nothing has been fixed.
    """

    key: str
    label: str
    obligation: str
    minutes_per_week: int | None
    weeks: int | None
    functions: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    who_may: str = ""
    criteria: str = ""

    def covers(self, function: str, target_group: str | None, obligation: str, age: int | None) -> bool:
        """Whether the row is meant for this; what is unknown (None) fits a row that does not ask for it."""
        return (
            function in self.functions
            and obligation == self.obligation
            and (not self.target_groups or target_group in self.target_groups)
            and (not self.has_ages or (age is not None and self._lowest <= age <= self._highest))
        )

    @property
    def has_ages(self) -> bool:
        """Whether the row asks for an age."""
        return self.age_from is not None or self.age_to is not None

    @property
    def breadth(self) -> tuple[int, int, int]:
        """How wide the row reaches, in target groups, years of age and functions; the smallest fits best."""
        return len(self.target_groups or TARGET_GROUPS), self._highest - self._lowest, len(self.functions)

    @property
    def _lowest(self) -> int:
        return self.age_from or 0

    @property
    def _highest(self) -> int:
        return LONGEST_AGE if self.age_to is None else self.age_to


@dataclass(frozen=True)
class Level:
    """A service level. `source` is the document it comes from; `example` marks figures nobody has decided."""

    name: str
    source: str
    example: bool
    rows: tuple[LevelRow, ...]


def suggest(
    level: Level, function: str, target_group: str | None, obligation: str, age: int | None
) -> LevelRow | None:
    """The most specific row meant for this citizen, or None when the level is silent.

    Fewer target groups go before more, then a narrower range of ages, then fewer functions, then the order of
    the level. The row may have no minutes: then the hours are open and must be assessed.
    """
    fitting = [row for row in level.rows if row.covers(function, target_group, obligation, age)]
    return min(fitting, key=lambda row: row.breadth, default=None)


def parse_level(text: str) -> Level:
    """A level from TOML, as `read_level` takes it. Raises BadInput."""
    return read_level(parse_toml(text))


def read_level(table: Mapping[str, Any]) -> Level:
    """A level from a table: `name`, optional `source` and `example`, and `[[row]]` tables.

    A row has `key`, `label`, `obligation` and, where fixed, `minutes_per_week` and `weeks`; it may have
    `functions`, `target_groups`, `age_from`, `age_to`, `who_may` and `criteria`. Other keys are let through.
    Raises BadInput, which names the row and the field.
    """
    given = Given(table)
    rows = table.get("row")
    if not isinstance(rows, list) or not rows:
        raise given.bad("row", "mangler; et serviceniveau har mindst én [[row]]")
    return Level(
        name=given.text("name"),
        source=given.optional_text("source"),
        example=given.flag("example"),
        rows=_rows(rows),
    )


def level_table(level: Level) -> dict[str, Any]:
    """The table that `read_level` makes the same level of; what is not fixed is left out."""
    said = {"name": level.name, "source": level.source, "example": level.example}
    return {**_filled(said), "row": [_filled(asdict(row)) for row in level.rows]}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing, and with lists as JSON and TOML have them."""
    said = {
        name: value for name, value in values.items() if value not in (None, "", ()) and value is not False
    }
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def shipped_levels() -> tuple[str, ...]:
    """The names under which levels come with the product."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _LEVELS.iterdir()))


def shipped_level(name: str) -> Level:
    """A level that comes with the product. Raises FileNotFoundError for a name that does not."""
    return parse_level((_LEVELS / f"{name}.toml").read_text(encoding="utf-8"))


_LEVELS = files("mentorkorps.domain") / "data" / "levels"


def _rows(tables: list[object]) -> tuple[LevelRow, ...]:
    rows: dict[str, LevelRow] = {}
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, Mapping):
            raise BadInput("er ikke en tabel; skriv [[row]]", row=str(number), field="row")
        row = _row(table, number)
        if row.key in rows:
            raise BadInput("findes allerede", row=f"{number} ({row.key})", field="key")
        rows[row.key] = row
    return tuple(rows.values())


def _row(table: Mapping[str, object], number: int) -> LevelRow:
    key = Given(table, str(number)).text("key")
    given = Given(table, f"{number} ({key})")
    row = LevelRow(
        key=key,
        label=given.text("label"),
        obligation=given.code("obligation", OBLIGATIONS),
        minutes_per_week=given.optional_whole("minutes_per_week", least=0, most=MINUTES_IN_A_WEEK),
        weeks=given.optional_whole("weeks", least=1, most=520),
        functions=given.codes("functions", FUNCTIONS),
        target_groups=given.codes("target_groups", TARGET_GROUPS),
        age_from=given.optional_whole("age_from", least=0, most=LONGEST_AGE),
        age_to=given.optional_whole("age_to", least=0, most=LONGEST_AGE),
        who_may=given.optional_text("who_may"),
        criteria=given.optional_text("criteria"),
    )
    if row.age_from is not None and row.age_to is not None and row.age_to < row.age_from:
        raise given.bad("age_to", f"“{row.age_to}” er lavere end age_from")
    return row
