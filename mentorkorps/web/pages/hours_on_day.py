"""Hours granted on a day beside the service level, row by row, and every figure down to its courses."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries import GrantedHours, HoursRow, courses_of_row, granted_hours
from mentorkorps.ledger.queries.hours import NO_LEVEL, OUTSIDE
from mentorkorps.municipality.models import ServiceLevelRow
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.level import asked_day
from mentorkorps.web.sheet import sheet

PAGE = 100


@door(May.SEE_HOURS)
def hours_on_day(request: SignedIn) -> HttpResponse:
    """Granted hours of a date beside the level, row by row; every row opens its courses."""
    on, error = asked_day(request, "dato", today())
    found = granted_hours(on)
    if request.GET.get("som") == "xlsx":
        access.listed(request, "timer", [], kind=Kind.EXPORT, on=on.isoformat())
        return _as_sheet(found)
    access.listed(request, "timer", [], on=on.isoformat())
    return render(
        request, "hours/on_day.html", {"found": found, "on": on, "error": error, "section": "hours"}
    )


def _as_sheet(found: GrantedHours) -> HttpResponse:
    columns = (
        ("Række", 48), ("Serviceniveau", 26), ("Mentor", 10), ("Skal, ret eller kan", 18), ("Forløb", 10),
        ("Bevilget, minutter om ugen", 26), ("Gennemsnit, minutter", 20), ("Niveauet, minutter", 18),
        ("Forløb med niveau", 18), ("Bevilget for dem", 18), ("Niveauet for dem", 18), ("Afvigelse", 12),
    )  # fmt: skip
    rows = [_cells(row) for row in (*found.social, *found.company)]
    return sheet(f"timer-{found.on.isoformat()}.xlsx", columns, rows)


def _cells(each: HoursRow) -> tuple[Any, ...]:
    row, figures = each.row, each.hours
    return (
        each.label, str(row.level) if row else "", "faglig" if each.company else "social",
        row.get_obligation_display() if row else "", figures.courses, figures.granted, figures.mean,
        row.minutes_per_week if row else None, figures.measured, figures.granted_measured, figures.at_level,
        figures.deviation,
    )  # fmt: skip


@door(May.SEE_HOURS)
def hours_row(request: SignedIn, key: uuid.UUID, row: str) -> HttpResponse:
    """The courses behind one figure. Who does not work with citizens sees case numbers only."""
    on, error = asked_day(request, "dato", today())
    level_row = ServiceLevelRow.objects.select_related("level").filter(level=key, key=row).first()
    if level_row is None and not (key == NO_LEVEL and row in OUTSIDE):
        raise access.refuse(request, "timer, forløb", asked_for=str(key))
    company = request.GET.get("mentor") == "faglig"
    page = Paginator(courses_of_row(on, key, row, company=company), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "timer, forløb", page, on=on.isoformat(), row=row)
    context = {
        "row": level_row,
        "label": level_row.label if level_row else OUTSIDE[row],
        "company": company,
        "page": page,
        "on": on,
        "error": error,
        "sees_citizens": allowed(request.user, May.SEE_CITIZENS),
        "section": "hours",
    }
    return render(request, "hours/row.html", context)


urls = [
    path("timer/dag/", hours_on_day, name="hours_on_day"),
    path("timer/<uuid:key>/<str:row>/", hours_row, name="hours_row"),
]
