"""The service level and the hours granted beside it: versions, their adoption, and every figure down to its courses."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.domain import law
from mentorkorps.domain.service_level import shipped_level, shipped_levels
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries import GrantedHours, HoursRow, courses_of_row, granted_hours
from mentorkorps.ledger.queries.hours import NO_LEVEL, OUTSIDE
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.queries import law_book, today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.sheet import sheet

PAGE = 100


class AdoptionForm(HouseForm):
    """What the committee decided, and when."""

    committee = forms.CharField(label="Udvalg", max_length=120)
    case_number = forms.CharField(label="Sagsnummer", max_length=40)
    adopted_on = DateField(label="Vedtaget")
    in_force_from = DateField(
        label="Gælder fra",
        help_text="Det niveau, der gælder nu, slutter dagen før. Bevillinger, der løber, beholder deres.",
    )


@door(May.SEE_LEVEL)
def service_levels(request: SignedIn) -> HttpResponse:
    """Every version, the one in force first."""
    levels = list(ServiceLevel.objects.all())
    names = {level.name for level in levels}
    waiting = [
        (name, shipped_level(name).name) for name in shipped_levels() if shipped_level(name).name not in names
    ]
    access.listed(request, "serviceniveauer", [])
    context = {
        "levels": sorted(
            levels, key=lambda level: (level.in_force_from is None, -_ordinal(level.in_force_from))
        ),
        "waiting": waiting,
        "may_edit": allowed(request.user, May.EDIT_LEVEL),
    }
    return render(request, "level/list.html", context)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


@door(May.EDIT_LEVEL)
@require_POST
def load(request: SignedIn) -> HttpResponse:
    """Makes a version of a level that comes along with the product."""
    try:
        level = load_level(request.POST.get("name", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("service_levels")
    messages.success(request, f"{level} er indlæst. Det gælder først, når det er vedtaget.")
    return redirect("service_level", level.id)


@door(May.SEE_LEVEL)
def service_level(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One version row by row, beside what the law says of the same tasks on a date."""
    level = access.record(request, ServiceLevel.objects.all(), key, verb="serviceniveau")
    on, error = _asked_day(request, "lov", level.in_force_from or today())
    by_law = [rule for rule in law_book().rules_on(on) if rule.kind == "gives"]
    rows = list(level.rows.all())
    context = {
        "level": level,
        "rows": [(row, _law_of(row, by_law)) for row in rows],
        "by_law": [(rule, [row for row in rows if rule.function in row.functions]) for rule in by_law],
        "on": on,
        "error": error,
        "is_now": _is_now(level),
        "may_edit": allowed(request.user, May.EDIT_LEVEL),
        "section": "service_levels",
    }
    return render(request, "level/level.html", context)


def _law_of(row: ServiceLevelRow, by_law: list[law.Rule]) -> dict[str, list[law.Rule]]:
    """The rules that give what a row speaks of, and those that bind otherwise where none binds as the row says."""
    found = [rule for rule in by_law if rule.function in row.functions]
    agrees = any(rule.obligation == row.obligation for rule in found)
    return {"found": found, "other": [] if agrees else found}


def _is_now(level: ServiceLevel) -> bool:
    first, last = level.in_force_from, level.in_force_to
    return first is not None and first <= today() and (last is None or last >= today())


@door(May.EDIT_LEVEL)
def adopt(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Records the committee's adoption of a version."""
    level = access.record(request, ServiceLevel.objects.all(), key, verb="serviceniveau")
    form = AdoptionForm(request.POST or None)
    if form.is_valid():
        form.attempt(adopt_level, level, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{level} gælder fra den dag, du skrev.")
            return redirect("service_level", level.id)
    return render(request, "level/adopt.html", {"form": form, "level": level, "section": "service_levels"})


@door(May.SEE_HOURS)
def hours(request: SignedIn) -> HttpResponse:
    """Granted hours of a date beside the level, row by row; every row opens its courses."""
    on, error = _asked_day(request, "dato", today())
    found = granted_hours(on)
    if request.GET.get("som") == "xlsx":
        access.listed(request, "timer", [], kind=Kind.EXPORT, on=on.isoformat())
        return _as_sheet(found)
    access.listed(request, "timer", [], on=on.isoformat())
    return render(request, "level/hours.html", {"found": found, "on": on, "error": error})


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
    on, error = _asked_day(request, "dato", today())
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
    return render(request, "level/hours_row.html", context)


def _asked_day(request: HttpRequest, name: str, default: date) -> tuple[date, str]:
    """The date in the address, or the default with what was wrong with it."""
    try:
        return DateField(required=False).clean(request.GET.get(name, "")) or default, ""
    except ValidationError as wrong:
        return default, " ".join(wrong.messages)


urls = [
    path("serviceniveau/", service_levels, name="service_levels"),
    path("serviceniveau/indlaes/", load, name="load_level"),
    path("serviceniveau/<uuid:key>/", service_level, name="service_level"),
    path("serviceniveau/<uuid:key>/vedtag/", adopt, name="adopt_level"),
    path("timer/", hours, name="hours"),
    path("timer/<uuid:key>/<str:row>/", hours_row, name="hours_row"),
]
