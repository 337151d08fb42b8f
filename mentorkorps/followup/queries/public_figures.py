"""The public figures of the municipality: persons with a mentor month by month, with small cells hidden already.

Nothing that leaves this module holds a hidden number, so that no page, filter or export can give it back.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from mentorkorps.cases.models import MentorAssignment, OtherOffer
from mentorkorps.domain import law
from mentorkorps.domain import public_figures as figures
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import add_months
from mentorkorps.domain.law.groups import groups
from mentorkorps.followup.models import BaseFigure
from mentorkorps.municipality.models.corps import IN_COMPANY
from mentorkorps.municipality.periods import not_over

MONTHS = 24
ALL = ""  # the base figure of all target groups together


class Base(NamedTuple):
    """People in all, and who says so."""

    persons: int
    source: str


@dataclass(frozen=True)
class Cell:
    """One figure. `persons` None is hidden; `base` None is missing, and without either there is no share."""

    persons: int | None
    base: Base | None = None

    @property
    def percent(self) -> Decimal | None:
        """The share of the base with one decimal."""
        if self.persons is None or self.base is None:
            return None
        return (Decimal(100 * self.persons) / self.base.persons).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class MonthRow:
    """A month by its first day: everybody, and the cells of the breakdown in the order of its columns."""

    first: date
    total: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PublicFigures:
    """The months in order of time, and the columns of one breakdown by code."""

    by: str
    columns: Mapping[str, str]
    rows: list[MonthRow]


def public_figures(by: str, today: date) -> PublicFigures:
    """The last 24 whole months by `offer`, `kind`, `sex`, `age` or `group`. Three queries."""
    this = today.replace(day=1)
    months = [add_months(this, -back) for back in range(MONTHS, 0, -1)]
    counted = figures.count_months(_spells(months[0], this - timedelta(days=1)), _offers(), months)
    columns = _columns(by, counted, today)
    bases = base_figures(months[0])
    return PublicFigures(by, columns, [_row(month, by, columns, bases) for month in counted])


def _row(month: figures.Month, by: str, columns: Mapping[str, str], bases: Mapping[Any, Base]) -> MonthRow:
    cells = {code: month.cells[by].get(code, 0) for code in columns}
    shown = figures.shown_cells(cells, month.persons)
    of_group = {code: bases.get((month.first, code)) if by == "group" else None for code in columns}
    return MonthRow(
        month.first,
        Cell(figures.shown_total(month.persons), bases.get((month.first, ALL))),
        tuple(Cell(shown[code], of_group[code]) for code in columns),
    )


def _columns(by: str, counted: list[figures.Month], today: date) -> Mapping[str, str]:
    fixed = {"offer": figures.OFFER, "kind": figures.KIND, "sex": figures.SEX, "age": figures.AGE}
    if by in fixed:
        return fixed[by]
    words = group_words(today)
    met = {code for month in counted for code in month.cells["group"]}
    return {code: words.get(code, code) for code in sorted(met, key=lambda code: words.get(code, code))}


def group_words(on: date) -> dict[str, str]:
    """What the target groups are called: by the law of the day, and those that are gone by the newest that had them."""
    older = {group.code: capitalised(group.label) for group in groups()}
    return older | {code: capitalised(words) for code, words in law.target_groups(on).items()}


def _spells(first: date, last: date) -> Iterator[figures.Spell]:
    """The days on which a mentor was assigned within a granted period; a course without a grant counts as it runs."""
    for row in _assignments(first, last):
        ends = [row["last"], row["grant_end"] or row["end"], row["ended_on"]]
        begins = max(row["first"], row["grant_start"] or row["start"])
        until = min(end for end in ends if end is not None)
        if begins <= until:
            yield figures.Spell(
                citizen=row["citizen"],
                mentor=row["mentor_id"],
                first=begins,
                last=until,
                at_place=row["kind"] in IN_COMPANY,
                target_group=row["grant_group"] or row["group"],
                sex=row["sex"],
                birth=row["birth"],
            )


def _assignments(first: date, last: date) -> QuerySet[MentorAssignment, dict[str, Any]]:
    begun = Q(first__lte=last, course__start__lte=last, course__end__gte=first)
    rows = MentorAssignment.objects.filter(begun & not_over(first) & not_over(first, "course__ended_on"))
    return rows.order_by().values(
        "first", "last", "mentor_id",
        citizen=F("course__citizen_id"), kind=F("mentor__kind"),
        start=F("course__start"), end=F("course__end"), ended_on=F("course__ended_on"),
        group=F("course__target_group"), grant_start=F("course__grants__start"),
        grant_end=F("course__grants__end"), grant_group=F("course__grants__target_group"),
        sex=F("course__citizen__gender"), birth=F("course__citizen__birth_date"),
    )  # fmt: skip


def _offers() -> dict[uuid.UUID, list[tuple[date, bool]]]:
    """What is known of other offers, by citizen in order of time; of two from a day the newest stands last."""
    found: dict[uuid.UUID, list[tuple[date, bool]]] = defaultdict(list)
    rows = OtherOffer.objects.order_by("since", "id").values_list("citizen_id", "since", "kind")
    for citizen, since, kind in rows:
        found[citizen].append((since, kind != OtherOffer.Kind.NONE))
    return found


def base_figures(since: date) -> dict[tuple[date, str], Base]:
    """The newest base of each month and target group from a month on."""
    rows = BaseFigure.objects.filter(month__gte=since).order_by("id")
    return {
        (month, group): Base(persons, source)
        for month, group, persons, source in rows.values_list("month", "target_group", "persons", "source")
    }


def newest_bases() -> QuerySet[BaseFigure]:
    """What was written of bases, the newest first; at most fifty."""
    return BaseFigure.objects.select_related("noted_by").order_by("-id")[:50]
