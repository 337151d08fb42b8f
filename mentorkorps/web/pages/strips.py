"""Weeks added up for the municipality, each unit, provider and mentor, each with a way down to its courses."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.dates import iso_week, week_number
from mentorkorps.followup.queries.week_groups import GROUPINGS, Group, grouped_weeks
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.sheet import sheet

PAGE = 50
LENGTHS = (12, 26)
BY = {"enhed": "Enhed", "leverandoer": "Leverandør", "mentor": "Mentor"}
# The week board's own word for each of them.
BOARD_WORD = {"enhed": "team", "leverandoer": "leverandoer", "mentor": "mentor"}


@dataclass(frozen=True)
class Asked:
    """How the weeks are parted, and how many of them."""

    by: str
    length: int

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address; what it cannot mean is left out."""
        length, by = query.get("uger", ""), query.get("efter", "")
        return cls(
            by=by if by in GROUPINGS else "enhed",
            length=int(length) if length in {str(each) for each in LENGTHS} else LENGTHS[0],
        )

    @property
    def weeks(self) -> range:
        """The weeks until and with this one."""
        this = week_number(today())
        return range(this - self.length + 1, this + 1)


@door(May.SEE_BOARD)
@require_safe
def week_strips(request: SignedIn) -> HttpResponse:
    """Every week of the whole and of each group, as a strip and as a table."""
    asked = Asked.read(request.GET)
    found = grouped_weeks(access.courses_of(request.user), asked.weeks, today(), asked.by)
    page = Paginator(found.groups, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "uger samlet", [], by=asked.by, weeks=asked.length)
    context: dict[str, Any] = {
        "asked": asked,
        "whole": found.whole,
        "page": page,
        "weeks": [(week, written(week)) for week in asked.weeks],
        "rows": list(zip(asked.weeks, map(written, asked.weeks), found.whole.weeks, strict=True)),
        "by_words": BY,
        "by_word": BY[asked.by],
        "board_word": BOARD_WORD[asked.by],
        "lengths": LENGTHS,
        "now": week_number(today()),
    }
    return render(request, "board/week_strips.html", context)


def written(week: int) -> str:
    """A week as addresses write it: 2026-47."""
    return "{}-{:02}".format(*iso_week(week))


COLUMNS = (
    ("Gruppe", 32), ("Uge", 10), ("Holdt", 8), ("Mangler", 8), ("Undskyldt", 10), ("Åben", 8),
    ("Overholdelse, %", 16),
)  # fmt: skip


@door(May.SEE_BOARD)
@require_safe
def week_strips_export(request: SignedIn) -> HttpResponse:
    """The same figures as a spreadsheet: a row for each group and week."""
    asked = Asked.read(request.GET)
    found = grouped_weeks(access.courses_of(request.user), asked.weeks, today(), asked.by)
    access.listed(request, "uger samlet", [], kind=Kind.EXPORT, by=asked.by, weeks=asked.length)
    rows = [row for group in (found.whole, *found.groups) for row in _cells(group, asked.weeks)]
    return sheet(f"uger-{asked.by}-{written(asked.weeks[-1])}.xlsx", COLUMNS, rows)


def _cells(group: Group, weeks: range) -> list[tuple[Any, ...]]:
    return [
        (group.name, written(week), c.kept, c.missed, c.excused, c.open, c.percent)
        for week, c in zip(weeks, group.weeks, strict=True)
    ]


urls = [
    path("ugetavle/uger/", week_strips, name="week_strips"),
    path("ugetavle/uger.xlsx", week_strips_export, name="week_strips_export"),
]
