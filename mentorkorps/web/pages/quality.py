"""What is missing, late or contradictory in the records, by unit, each with the way to mend it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.quality import CHECKS, Found, counts, rows_of
from mentorkorps.ledger.queries.quality.reading import Check
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.sheet import sheet

PAGE = 50
# The page that mends a row, by address name, and what it takes to open it.
MENDS = {
    "course": ("course", May.SEE_COURSE),
    "citizen": ("citizen", May.SEE_CITIZENS),
    "mentor": ("mentor", May.SEE_CORPS),
    "invoice": ("invoice", May.SEE_MONEY),
}


@door(May.SEE_CONTROL)
@require_safe
def quality(request: SignedIn) -> HttpResponse:
    """Every check with how many each unit has."""
    found = counts(CHECKS.values(), today())
    units = sorted({unit for each in found for unit in each.by_unit})
    access.listed(request, "datakvalitet", [])
    shown = {
        "bad": [(each, [(unit, each.by_unit[unit]) for unit in units]) for each in found if each.total],
        "good": [each.check for each in found if not each.total],
        "units": units,
        "total": sum(each.total for each in found),
    }
    return render(request, "quality/quality.html", shown)


@door(May.SEE_CONTROL)
@require_safe
def quality_export(request: SignedIn) -> HttpResponse:
    """The counts as a spreadsheet: a row for each check and unit."""
    access.listed(request, "datakvalitet", [], kind=Kind.EXPORT)
    columns = (("Hvad", 56), ("Enhed eller leverandør", 32), ("Antal", 10), ("Opgjort", 12))
    rows = (
        (each.check.label, unit, number, today())
        for each in counts(CHECKS.values(), today())
        for unit, number in sorted(each.by_unit.items())
    )
    return sheet(f"datakvalitet-{today()}.xlsx", columns, rows)


@door(May.SEE_CONTROL)
@require_safe
def quality_rows(request: SignedIn, check: str) -> HttpResponse:
    """What one check found, the longest first."""
    if check not in CHECKS:
        raise access.refuse(request, "datakvalitet")
    chosen, unit = CHECKS[check], request.GET.get("enhed", "")[:80]
    page = Paginator(rows_of(chosen, today(), unit), PAGE).get_page(request.GET.get("side"))
    rows = [Found(*row) for row in page]
    access.listed(
        request,
        "datakvalitet",
        [row.citizen_id for row in rows if row.citizen_id],
        check=check,
        page=page.number,
    )
    shown: dict[str, Any] = {
        "check": chosen,
        "unit": unit,
        "page": page,
        "rows": [(row, _mend(request, chosen, row)) for row in rows],
        "section": "quality",
    }
    return render(request, "quality/rows.html", shown)


def _mend(request: SignedIn, check: Check, row: Found) -> str:
    """The address that mends a row, or nothing for one who may not open it."""
    name, may = MENDS[check.mend]
    return reverse(name, args=[row.key]) if allowed(request.user, may) else ""


urls = [
    path("datakvalitet/", quality, name="quality"),
    path("datakvalitet.xlsx", quality_export, name="quality_export"),
    path("datakvalitet/<slug:check>/", quality_rows, name="quality_rows"),
]
