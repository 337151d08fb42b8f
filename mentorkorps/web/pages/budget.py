"""The year's budget: what is set aside, what is spent, where the year is likely to end, and the ceiling."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions.budget import adopt_budget, write_ceiling
from mentorkorps.ledger.models import Budget, YearCeiling
from mentorkorps.ledger.queries.accounts import MISSING
from mentorkorps.ledger.queries.budget import YearOutlook, year_outlook
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.money_fields import KronerField
from mentorkorps.web.sheet import sheet

FIRST_YEAR, YEARS_AHEAD = 2003, 4


class YearForm(HouseForm):
    """What budgets and ceilings share."""

    year = forms.IntegerField(
        label="År", min_value=FIRST_YEAR, widget=forms.TextInput({"inputmode": "numeric"})
    )
    ore = KronerField(label="Beløb i kroner")

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > today().year + YEARS_AHEAD:
            raise ValidationError(f"Skriv et år til og med {today().year + YEARS_AHEAD}.")
        return year


class BudgetForm(YearForm):
    """A budget as somebody adopted it."""

    adopted_by = forms.CharField(label="Vedtaget af", max_length=120, help_text="Fx byrådet eller udvalget.")
    adopted_on = DateField(
        label="Vedtaget den",
        help_text="En ændring skrives som et nyt budget. Det, der er vedtaget sidst, gælder.",
    )
    source = forms.CharField(label="Kilde", max_length=300, help_text="Fx sagsnummer eller budgetaftale.")
    note = forms.CharField(label="Bemærkning", max_length=300, required=False)


class CeilingForm(YearForm):
    """The ceiling on reimbursement as the state told it."""

    counts = forms.ChoiceField(
        label="Loftet er over", choices=YearCeiling.Counts.choices, widget=forms.RadioSelect
    )
    known_on = DateField(label="Oplyst den")
    source = forms.CharField(
        label="Kilde", max_length=300, help_text="Fx finanslov og side, eller brevet med beløbet."
    )


@door(May.SEE_MONEY)
def budget(request: SignedIn) -> HttpResponse:
    """One year, with every version of its budget."""
    year = _asked_year(request.GET.get("aar", ""))
    found = year_outlook(year, today())
    if request.GET.get("som") == "xlsx":
        access.listed(request, "budget", [], kind=Kind.EXPORT, year=year)
        return _as_sheet(found)
    access.listed(request, "budget", [], year=year)
    known = {*Budget.objects.values_list("year", flat=True), today().year, year}
    context = {
        "found": found,
        "years": sorted(known, reverse=True),
        "budgets": Budget.objects.filter(year=year).select_related("entered_by"),
        "ceilings": YearCeiling.objects.filter(year=year).select_related("entered_by"),
        "missing": [MISSING[name] for name in found.spent.missing],
        "may_edit": allowed(request.user, May.EDIT_MONEY),
        "is_now": year == today().year,
        "is_capped": year >= 2026,
    }
    return render(request, "budget/budget.html", context)


def _asked_year(text: str) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= today().year + YEARS_AHEAD else today().year


def _as_sheet(found: YearOutlook) -> HttpResponse:
    """The page's figures in kroner; what is missing is an empty cell with its word beside it."""

    def kroner(ore: int | None) -> Decimal | None:
        return None if ore is None else Decimal(ore) / 100

    end, spent = found.end, found.spent
    rows = [
        ("Budget", kroner(found.budget.ore if found.budget else None)),
        ("Forbrug, refusionsberettiget", kroner(spent.cost)),
        ("Forbrug, fuld udgift", kroner(spent.full)),
        ("Refusion af forbruget", kroner(found.refund)),
        ("Forventet ved årets slutning, lavt", kroner(end.low if end else None)),
        ("Forventet ved årets slutning", kroner(end.middle if end else None)),
        ("Forventet ved årets slutning, højt", kroner(end.high if end else None)),
        ("Loft", kroner(found.ceiling.ore if found.ceiling else None)),
        ("En time mere før loftet", kroner(found.next_hour)),
        ("En time mere efter loftet", kroner(found.next_hour_after)),
    ]
    columns = (("Tal", 40), ("Kroner", 18), ("Bemærkning", 40), ("Til og med", 14))
    said = [(label, value, "" if value is not None else "mangler", found.until) for label, value in rows]
    said += [("Mangler", None, MISSING[name], found.until) for name in spent.missing]
    return sheet(f"budget-{found.year}.xlsx", columns, said)


@door(May.EDIT_MONEY)
def new_budget(request: SignedIn) -> HttpResponse:
    """Writes down a budget that was adopted."""
    form = BudgetForm(request.POST or None, initial={"year": _asked_year(request.GET.get("aar", ""))})
    if form.is_valid():
        made = form.attempt(adopt_budget, by=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"Budgettet for {made.year} er skrevet.")
            return redirect(_at(made.year))
    return _form(request, form, "Skriv et budget", "Gem budgettet")


@door(May.EDIT_MONEY)
def new_ceiling(request: SignedIn) -> HttpResponse:
    """Writes down the ceiling that the state has told."""
    form = CeilingForm(request.POST or None, initial={"year": _asked_year(request.GET.get("aar", ""))})
    if form.is_valid():
        made = form.attempt(write_ceiling, by=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"Loftet for {made.year} er skrevet.")
            return redirect(_at(made.year))
    return _form(request, form, "Skriv et loft", "Gem loftet")


def _at(year: int) -> str:
    return f"{reverse('budget')}?aar={year}"


def _form(request: SignedIn, form: HouseForm, title: str, button: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "section": "budget"}
    return render(request, "budget/form.html", context)


urls = [
    path("budget/", budget, name="budget"),
    path("budget/nyt/", new_budget, name="new_budget"),
    path("budget/loft/", new_ceiling, name="new_ceiling"),
]
