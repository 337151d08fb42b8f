"""An attack on everything that is told of outcomes: all pages, filters and files put together give no small count back.

The reader opens the effect page in every cut and window, its file, the question about effect and the run that is kept
of it, and the public figures of two months. Each count is an equation about how many people there are of each kind, and
an exact solver asks what every hidden count could be.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import highspy
import numpy as np
import openpyxl
import pytest
from django.urls import reverse
from lxml import html

from mentorkorps.domain import exact_json
from mentorkorps.domain.evidence.disclosure import small
from mentorkorps.domain.evidence.published import FIELDS
from mentorkorps.domain.evidence.tables import COLUMNS, FATES, WHOLE, Case
from mentorkorps.domain.evidence.tables import CUTS as TABLES
from mentorkorps.domain.public_figures import Spell, count_months, shown_cells, shown_total
from mentorkorps.municipality.models import Role
from mentorkorps.steering.models import Run
from mentorkorps.web.pages.effect import CUTS, WINDOWS
from mentorkorps.web.pages.effect_words import group_names
from tests.cast import Cast, signed_in
from tests.domain.evidence.test_published import person
from tests.domain.evidence.test_tables import world
from tests.web.test_effect import PAGE, published

pytestmark = pytest.mark.once
MONTHS = (date(2026, 5, 1), date(2026, 6, 1))
Told = dict[tuple[str, str, str], int]
"""What is told by cut, group and column."""


@dataclass(frozen=True)
class Kind:
    """People who are alike in all that any table asks: their groups, their fate, and the months with a mentor."""

    groups: tuple[str, ...]
    fate: int
    months: tuple[bool, ...]


@pytest.fixture(scope="module")
def people() -> list[tuple[Case, tuple[bool, ...]]]:
    draw = random.Random(11)
    return [(case, (draw.random() < 0.5, draw.random() < 0.6)) for case in world(90, 2)]


@pytest.fixture
def run(cast: Cast, people: list[tuple[Case, tuple[bool, ...]]]) -> Run:
    rows = [
        person(
            n, **dict(zip(TABLES, case.groups, strict=True)), week=case.week, event=case.event, lost=case.lost
        )
        for n, (case, _) in enumerate(people)
    ]
    assert all(len(row) == len(FIELDS) for row in rows)
    return published(rows)


@pytest.fixture
def told(run: Run, cast: Cast) -> Told:
    """Everything that somebody who may see steering can read, which no two places tell differently."""
    client = signed_in(cast.people[Role.SECRETARY])
    found: Told = {}
    for key, count in _read(client, run):
        assert found.setdefault(key, count) == count
    return found


def _read(client: Any, run: Run) -> Iterator[tuple[tuple[str, str, str], int]]:
    keys = {name: key for key, name in group_names(run.made_on).items()}
    for word in CUTS:
        for weeks in WINDOWS:
            page = html.fromstring(client.get(PAGE, {"del": word, "uger": weeks}).content)
            yield from _cells(
                page.xpath("//table[contains(@class, 'effect-table')]/tbody/tr"),
                keys,
                CUTS[word][0],
                weeks,
                (0, 1, 3, 4),
            )
    yield from _file(client.get(PAGE, {"som": "xlsx"}).content, keys)
    question = reverse("question", args=["effekt"])
    page = html.fromstring(client.get(question).content)
    yield from _cells(
        page.xpath("//table[contains(@class, 'q-table')]/tbody/tr"), keys, "obligation", 52, (0, 1, 3, 4)
    )
    kept = client.post(reverse("take_question", args=["effekt"])).url
    inputs = exact_json.read(client.get(f"{kept}?som=grundlag").content.decode())
    for row in inputs["rows"]:
        for column, count in row["people"].items():
            if count is not None:
                yield (row["cut"], row["group"], column), count


def _cells(
    rows: list[Any], keys: Mapping[str, Any], cut: str, weeks: int, at: tuple[int, ...]
) -> Iterator[tuple[tuple[str, str, str], int]]:
    assert rows
    for row in rows:
        name = row.find("th").text_content().strip()
        cells = [cell.text_content().strip() for cell in row.findall("td")]
        for column, place in zip(("n", f"goal_{weeks}", "other", "lost"), at, strict=True):
            if cells[place] != "skjult":
                yield (*keys.get(name, (cut, name)), column), int(cells[place])


def _file(content: bytes, keys: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], int]]:
    columns = {"Borgere": "n", "Pension eller død": "other", "Tabt af syne": "lost"} | {
        f"I job eller uddannelse inden {months} måneder, borgere": f"goal_{weeks}"
        for weeks, months in ((13, 3), (26, 6), (52, 12), (78, 18))
    }
    cuts = {label: cut for cut, label in CUTS.values()}
    for cut, name, what, value in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(
        min_row=2, values_only=True
    ):
        if what in columns and value != "skjult":
            yield (*keys.get(name, (cuts.get(cut, WHOLE), name)), columns[what]), value


class Attacker:
    """Whole people of each kind, with an equation for each count that is told. `worlds` are some that fit them all."""

    def __init__(self, people: list[tuple[Case, tuple[bool, ...]]], told: Told) -> None:
        self.people = [Kind(case.groups, case.fate, months) for case, months in people]
        patterns = [(a, b) for a in (False, True) for b in (False, True)]
        combinations = sorted({case.groups for case, _ in people})
        self.kinds = [Kind(g, fate, m) for g in combinations for fate in range(FATES) for m in patterns]
        self.worlds = [np.array([self.people.count(kind) for kind in self.kinds])]
        self.public = _public(people)
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for _ in self.kinds:
            self.solver.addIntegral(lb=0, ub=len(people))
        for (cut, group, column), count in told.items():
            self._add(self.places(_counts, cut, group, column), count, count)
        for (month, group), (_, shown) in self.public.items():
            if shown is not None:
                self._add(self.places(_had, month, group), shown, shown)

    def places(self, is_one: Callable[..., bool], *of: Any) -> Any:
        """Where among the kinds those are whom a count counts."""
        return np.flatnonzero([is_one(kind, *of) for kind in self.kinds])

    def _add(self, places: Any, low: float, high: float) -> None:
        self.solver.addRow(low, high, len(places), places.astype(np.int32), np.ones(len(places)))

    def true(self, places: Any) -> int:
        return int(self.worlds[0][places].sum())

    def could_be(self, places: Any, low: int, high: float = np.inf) -> bool:
        """Whether somebody who knows all that is told must hold it for possible that there are so many."""
        if any(low <= world[places].sum() <= high for world in self.worlds):
            return True
        self._add(places, low, high)
        self.solver.run()
        found = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if found:
            self.worlds.append(np.round(self.solver.getSolution().col_value))
        last = self.solver.getNumRow() - 1
        self.solver.deleteRows(1, np.array([last], dtype=np.int32))
        return found

    def learns(self, places: Any) -> bool:
        """Whether a hidden count is given back; that there is nobody tells of nobody."""
        true = self.true(places)
        if small(true):
            return not self.could_be(places, 5)
        return true > 0 and not (self.could_be(places, true + 1) or self.could_be(places, 0, true - 1))


def _counts(kind: Kind, cut: str, group: str, column: str) -> bool:
    inside = cut == WHOLE or kind.groups[TABLES.index(cut)] == group
    return inside and kind.fate in COLUMNS[column]


def _had(kind: Kind, month: int, group: str | None) -> bool:
    return kind.months[month] and group in (None, kind.groups[TABLES.index("target_group")])


def _public(
    people: list[tuple[Case, tuple[bool, ...]]],
) -> dict[tuple[int, str | None], tuple[int, int | None]]:
    """By month and target group (None is everybody): the true number, and what the public figures show."""
    spells = [
        Spell(
            n,
            n,
            month.replace(day=3),
            month.replace(day=20),
            False,
            case.groups[TABLES.index("target_group")],
            "k",
            month,
        )
        for n, (case, had) in enumerate(people)
        for month, present in zip(MONTHS, had, strict=True)
        if present
    ]
    found: dict[tuple[int, str | None], tuple[int, int | None]] = {}
    for place, month in enumerate(count_months(spells, {}, MONTHS)):
        cells = dict(sorted(month.cells["group"].items()))
        shown = shown_cells(cells, month.persons)
        found[place, None] = month.persons, shown_total(month.persons)
        found |= {(place, group): (number, shown[group]) for group, number in cells.items()}
    return found


def test_all_that_is_told_together_gives_no_hidden_count_back(
    told: Told, run: Run, people: list[tuple[Case, tuple[bool, ...]]]
) -> None:
    attacker = Attacker(people, told)
    cells = {
        (row["cut"], row["group"], column): count
        for row in run.result["rows"]
        for column, count in row["people"].items()
    }
    assert told == {key: count for key, count in cells.items() if count is not None}, (
        "no place tells more than another"
    )
    hidden = [key for key, count in cells.items() if count is None]
    assert len(hidden) > 20
    assert [key for key in hidden if attacker.learns(attacker.places(_counts, *key))] == []
    secret = [key for key, (number, shown) in attacker.public.items() if shown is None and number]
    for places in (attacker.places(_had, *key) for key in secret):
        true = attacker.true(places)
        assert attacker.could_be(places, true + 1) or attacker.could_be(places, 0, true - 1)
    # with one hidden count told, it is learned: the attack can win
    few = next(key for key in hidden if small(attacker.true(attacker.places(_counts, *key))))
    seeing = Attacker(people, told | {few: attacker.true(attacker.places(_counts, *few))})
    assert seeing.learns(seeing.places(_counts, *few))
