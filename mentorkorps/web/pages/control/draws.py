"""Controls: the months that are drawn, one with its cases, and how often the twelve points are met."""

import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.models import Course
from mentorkorps.domain.audit import STATES, TITLES, WEIGHTS, Check, Point, digest
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import MONTHS_SHORT, add_months
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions.control import draw_month, finish_control
from mentorkorps.ledger.models import ControlDraw
from mentorkorps.ledger.queries.case_sheet import case_points
from mentorkorps.ledger.queries.control import (
    DrawShares,
    cases_now,
    drawable,
    draws,
    shares_of_draws,
    unfollowed,
)
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.charts import Chart
from mentorkorps.web.charts import Point as Mark
from mentorkorps.web.pages.control.forms import DrawForm, FinishForm
from mentorkorps.web.sheet import sheet

PAGE = 50
MONTHS_SHOWN = 12


@door(May.SEE_CONTROL)
def controls(request: SignedIn) -> HttpResponse:
    """The months that are drawn, and a new draw."""
    last = add_months(today().replace(day=1), -1)
    is_drawn = ControlDraw.objects.filter(month=last).exists()
    form = DrawForm(request.POST or None, initial={"month": None if is_drawn else last})
    if form.is_valid():
        drawn = form.attempt(draw_month, **form.cleaned_data, today=today(), by=request.user)
        if drawn is not None:
            messages.success(request, f"{drawn.cases.count()} sager er trukket. Nu kan borgerne spørges.")
            return redirect("control", drawn.pk)
    access.listed(request, "leverancekontrol", [])
    page = Paginator(draws(), PAGE).get_page(request.GET.get("side"))
    return render(request, "control/draws.html", {"form": form, "page": page, "weights": WEIGHTS})


@door(May.SEE_CONTROL)
@require_safe
def control(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A month's sample: each case with what is registered, what the citizen says, and what waits."""
    return _page(request, access.record(request, draws(), key, verb="leverancekontrol"))


def _page(request: SignedIn, drawn: ControlDraw, form: FinishForm | None = None) -> HttpResponse:
    page = Paginator(drawn.cases.order_by("place"), PAGE).get_page(request.GET.get("side"))
    rows = cases_now(drawn.cases.filter(pk__in=[case.pk for case in page]))
    access.listed(
        request, "leverancekontrol, sager", [row.case.course for row in rows], month=str(drawn.month)
    )
    context = {
        "draw": drawn,
        "page": page,
        "rows": rows,
        "unchanged": digest(drawable(drawn.month)) == drawn.rows_digest if "efterse" in request.GET else None,
        "unfollowed": unfollowed(drawn) if drawn.finished_on is None else [],
        "form": form or FinishForm(asks=True),
        "section": "controls",
    }
    return render(request, "control/draw.html", context)


@door(May.SEE_CONTROL)
@require_POST
def finish(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Finishes a control for good, and asks first why where something that does not agree is left."""
    drawn = access.record(request, draws(), key, verb="afslut kontrol")
    form = FinishForm(request.POST, asks=bool(unfollowed(drawn)))
    if form.is_valid():
        form.attempt(finish_control, drawn, **form.cleaned_data, today=today(), by=request.user)
    if not form.is_valid():
        return _page(request, drawn, form)
    messages.success(request, "Kontrollen er afsluttet. De 12 punkter er set efter en sidste gang.")
    return redirect("control", key)


COLUMNS = (
    ("Sag", 12), ("Borger", 24), ("Mentor", 24), ("Leverandør", 22), ("Nr.", 6), ("Punkt", 44), ("Status", 16),
    ("Det, der står", 90),
)  # fmt: skip


@door(May.SEE_CONTROL)
@require_safe
def control_sheet(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The twelve points of every case of a sample as they stand today, one row for each case and point."""
    drawn = access.record(request, ControlDraw.objects.all(), key, verb="leverancekontrol")
    in_sample = Course.objects.filter(controls__draw=drawn).order_by("controls__place")
    courses = list(in_sample.select_related("citizen", "mentor__provider"))
    access.listed(request, "de 12 punkter", courses, kind=Kind.EXPORT, month=str(drawn.month))
    points = case_points(courses, today())
    rows = (row for course in courses for row in _rows(course, points[course.id]))
    return sheet(f"kontrol-{drawn.month:%Y-%m}.xlsx", COLUMNS, rows)


def _rows(course: Course, points: tuple[Point, ...]) -> Iterator[tuple[Any, ...]]:
    mentor = course.mentor
    who = (
        course.citizen.case_number,
        str(course.citizen),
        mentor.name if mentor else "",
        str(mentor.provider or "") if mentor else "",
    )
    for point in points:
        yield (*who, point.number, point.title, STATES[point.state], in_words(point))


def in_words(point: Point) -> str:
    """Every check of a point in one line, or why there is none."""
    return "; ".join(map(_said, point.checks)) or point.reason


def _said(check: Check) -> str:
    answer = {True: "ja", False: "nej", None: "vides ikke"}[check.holds]
    return f"{check.asks}: {answer} ({check.found})"


@door(May.SEE_CONTROL)
@require_safe
def control_points(request: SignedIn) -> HttpResponse:
    """How often each point is met, by the month that was drawn."""
    access.listed(request, "de 12 punkter over tid", [])
    found = shares_of_draws(add_months(today().replace(day=1), -MONTHS_SHOWN))
    rows = [
        (number, title, [each.points[number - 1] for each in found])
        for number, title in enumerate(TITLES, start=1)
    ]
    context = {"draws": found, "rows": rows, "chart": _chart(found) if len(found) > 1 else None}
    return render(request, "control/points.html", context)


def _chart(found: list[DrawShares]) -> Chart:
    marks = tuple(Mark(_month(each.draw.month), "Opfyldt", _percent(each.whole.tenths)) for each in found)
    return Chart(
        title="Opfyldt af de punkter, der kan afgøres",
        description="Andelen af punkter, der er opfyldt, i hver måned, der er trukket.",
        kind="bar",
        x_label="Måned",
        y_label="Opfyldt",
        unit="%",
        points=marks,
    )


def _month(month: date) -> str:
    return f"{capitalised(MONTHS_SHORT[month.month - 1])} {month.year}"


def _percent(tenths: int | None) -> Decimal | None:
    return None if tenths is None else Decimal(tenths) / 10
