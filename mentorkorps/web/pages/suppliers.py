"""Suppliers, companies and schools: what is agreed, what is used of it, and what somebody should see to."""

import uuid
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.dates import long_date
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.models import Price
from mentorkorps.ledger.queries.prices import PriceBook, price_book
from mentorkorps.ledger.queries.suppliers import ENDS_SOON, See, Standing, Use, mentors_there, standings
from mentorkorps.municipality.models import Provider
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.supplier_forms import (
    edit_provider,
    end_agreement,
    new_agreement,
    new_provider,
    withdraw_agreement,
)
from mentorkorps.web.sheet import sheet

PAGE = 50
# The filters of the list: word in the address, and what they are called.
VIEWS = {
    "": "Alle",
    "se": "Se på",
    "leverandoer": "Leverandører",
    "sted": "Virksomheder og uddannelsessteder",
}


@door(May.SEE_SUPPLIERS)
@require_safe
def suppliers(request: SignedIn) -> HttpResponse:
    """Every provider with its agreement, hours, places and warnings; those to see to first."""
    found = sorted(standings(today()), key=lambda each: (not each.to_see, each.provider.name))
    view = request.GET.get("vis", "")
    view = view if view in VIEWS else ""
    page = Paginator([each for each in found if _shown_in(view, each)], PAGE).get_page(
        request.GET.get("side")
    )
    access.listed(request, "leverandører", [], view=view)
    context = {
        "rows": [(each, warnings(each)) for each in page],
        "page": page,
        "views": [
            (word, label, sum(_shown_in(word, each) for each in found)) for word, label in VIEWS.items()
        ],
        "view": view,
        "to_see": sum(bool(each.to_see) for each in found),
        "any": bool(found),
        "days": ENDS_SOON.days,
        "may_edit": allowed(request.user, May.EDIT_SUPPLIERS),
    }
    return render(request, "suppliers/list.html", context)


def _shown_in(view: str, row: Standing) -> bool:
    is_supplier = row.provider.kind == Provider.Kind.SUPPLIER
    return {"": True, "se": bool(row.to_see), "leverandoer": is_supplier, "sted": not is_supplier}[view]


def warnings(row: Standing) -> list[str]:
    """What to see to, in words."""
    return [_words(what, row) for what in row.to_see]


def _words(what: See, row: Standing) -> str:
    match what:
        case See.NO_AGREEMENT:
            return "Ingen aftale er skrevet"
        case See.ENDED:
            return f"Aftalen sluttede {long_date(row.last_ended)}, og {len(row.ends)} forløb løber"
        case See.TOO_MANY:
            return f"{row.citizens} borgere på {row.room} plads{'' if row.room == 1 else 'er'}"
        case See.USED_UP:
            return f"Alle aftalte timer er brugt ({row.most_used // 10} %)"
        case See.NEARLY_USED:
            return f"{row.most_used // 10} % af de aftalte timer er brugt"
        case See.ENDS:
            longer = f", og {row.run_longer} forløb løber længere" if row.run_longer else ""
            return f"Aftalen slutter {long_date(row.ending.agreement.last)}{longer}"


@door(May.SEE_SUPPLIERS)
@require_safe
def supplier(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A provider with every agreement there was, the mentors there, and the dated prices for those who see money."""
    found = access.record(request, Provider.objects.all(), key, verb="leverandør")
    row = standings(today(), Provider.objects.filter(pk=found.pk))[0]
    sees_money = allowed(request.user, May.SEE_MONEY)
    context: dict[str, Any] = {
        "row": row,
        "provider": found,
        "warnings": warnings(row),
        "mentors": mentors_there(found, today()),
        "is_supplier": found.kind == Provider.Kind.SUPPLIER,
        "prices": _prices(price_book(), found) if sees_money else None,
        "may_edit": allowed(request.user, May.EDIT_SUPPLIERS),
        "sees_corps": allowed(request.user, May.SEE_CORPS),
        "section": "suppliers",
    }
    return render(request, "suppliers/supplier.html", context)


def _prices(book: PriceBook, provider: Provider) -> list[tuple[str, int]]:
    """The prices that hold today: “en time” or “et forløb”, and øre without VAT."""
    held = {per: book.agreed(provider.pk, per, today(), today()) for per in Price.Per.values}
    words = {Price.Per.HOUR: "en time", Price.Per.COURSE: "et forløb"}
    return [(words[Price.Per(per)], rows[0].ore) for per, rows in held.items() if rows]


COLUMNS = (
    ("Leverandør", 28), ("Art", 22), ("CVR", 10), ("Aftale", 34), ("Fra", 12), ("Til og med", 12),
    ("Timer købt", 12), ("Leveret, timer", 14), ("Faktureret eller underskrevet, timer", 20),
    ("Linjer for hele forløb", 14), ("Brugt, %", 10), ("Pladser til borgere", 12), ("Borgere nu", 12), ("Kilde", 44),
    ("Se på", 60),
)  # fmt: skip
NOT_AGREED = "ikke aftalt"


@door(May.SEE_SUPPLIERS)
@require_safe
def suppliers_export(request: SignedIn) -> HttpResponse:
    """Every agreement that stands, one a row, with what is used of it; a provider without one has a row too."""
    access.listed(request, "leverandører", [], kind=Kind.EXPORT)
    rows = [cells for row in standings(today()) for cells in _cells(row)]
    return sheet(f"leverandoerer-{today()}.xlsx", COLUMNS, rows)


def _cells(row: Standing) -> list[tuple[Any, ...]]:
    who = (row.provider.name, row.provider.get_kind_display(), row.provider.cvr)
    said = "; ".join(warnings(row))
    uses = [each for each in row.uses if each.stands]
    if not uses:
        return [(*who, "ingen", *[None] * 8, row.citizens, None, said)]
    return [(*who, *_agreed(use), row.citizens, use.agreement.source, said) for use in uses]


def _agreed(use: Use) -> tuple[Any, ...]:
    agreement, tenths = use.agreement, use.tenths
    bought = NOT_AGREED if agreement.minutes_bought is None else _hours(agreement.minutes_bought)
    return (
        agreement.get_kind_display(), agreement.first, agreement.last, bought, _hours(use.delivered),
        _hours(use.billed), use.whole_courses, None if tenths is None else Decimal(tenths) / 10, agreement.room,
    )  # fmt: skip


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


urls = [
    path("leverandoerer/", suppliers, name="suppliers"),
    path("leverandoerer.xlsx", suppliers_export, name="suppliers_export"),
    path("leverandoerer/ny/", new_provider, name="new_provider"),
    path("leverandoerer/<uuid:key>/", supplier, name="supplier"),
    path("leverandoerer/<uuid:key>/ret/", edit_provider, name="edit_provider"),
    path("leverandoerer/<uuid:key>/aftale/", new_agreement, name="new_provider_agreement"),
    path("leverandoeraftaler/<uuid:key>/slut/", end_agreement, name="end_provider_agreement"),
    path(
        "leverandoeraftaler/<uuid:key>/traek-tilbage/", withdraw_agreement, name="withdraw_provider_agreement"
    ),
]
