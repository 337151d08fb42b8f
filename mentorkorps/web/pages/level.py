"""The service level: its versions, what the law says beside them, and their adoption."""

import uuid
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.domain import law
from mentorkorps.domain.service_level import shipped_level, shipped_levels
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.queries import law_book, today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField, HouseForm


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
    on, error = asked_day(request, "lov", level.in_force_from or today())
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


def asked_day(request: HttpRequest, name: str, default: date) -> tuple[date, str]:
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
]
