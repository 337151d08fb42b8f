"""What an hour costs: suppliers' prices, own wages, overhead and tolerance, each with its dates, source and story."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.ledger.actions.prices import (
    make_pay_group,
    put_in_pay_group,
    set_overhead,
    set_price,
    set_tolerance,
    set_volunteer_price,
    set_wage,
    withdraw_price,
)
from mentorkorps.ledger.models import (
    Overhead,
    PayGroup,
    PayGroupMember,
    Price,
    Tolerance,
    VolunteerPrice,
    Wage,
)
from mentorkorps.ledger.queries.price_lists import (
    group_wages,
    mentor_wages,
    overheads,
    provider_prices,
    tolerances,
    volunteer_prices,
)
from mentorkorps.ledger.queries.prices import overhead_on, price_book, tolerance_on, volunteers_on
from mentorkorps.municipality.models import Mentor, Provider, User
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.money_fields import KronerField
from mentorkorps.web.pages.taking_back import take_back_row


class DatedForm(HouseForm):
    """From when, and where it stands."""

    first = DateField(
        label="Gælder fra", help_text="Den, der gælder nu, slutter dagen før. Intet overskrives."
    )
    last = DateField(label="Til og med", required=False, help_text="Tom, når den gælder indtil videre.")
    source = forms.CharField(
        label="Kilde", max_length=300, help_text="Aftale, overenskomst eller beslutning, og dens dato."
    )
    FIRST: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.FIRST, "first", "last", "source"])


class PriceForm(DatedForm):
    """A supplier's price."""

    FIRST = ("provider", "per", "ore", "vat_percent")
    provider = forms.ModelChoiceField(label="Leverandør", queryset=Provider.objects.all(), empty_label="Vælg")
    per = forms.ChoiceField(label="Pris for", choices=[("hour", "En time"), ("course", "Et helt forløb")])
    ore = KronerField(label="Pris uden moms, kr.")
    vat_percent = forms.TypedChoiceField(label="Moms", choices=[(0, "Uden moms"), (25, "25 %")], coerce=int)


class WageForm(DatedForm):
    """The wage of a mentor or of a pay group."""

    FIRST = ("mentor", "group", "ore")
    mentor = forms.ModelChoiceField(
        label="Mentor", queryset=Mentor.objects.filter(kind=Mentor.Kind.INTERNAL), required=False,
        empty_label="Ingen bestemt",
    )  # fmt: skip
    group = forms.ModelChoiceField(
        label="Eller løngruppe", queryset=PayGroup.objects.all(), required=False, empty_label="Ingen"
    )
    ore = KronerField(
        label="Timeløn, kr.",
        help_text="Med feriepenge, pension og arbejdsgiverbidrag. Uden fælles udgifter, egen sygdom og transport "
        "(BEK 2006/2020 § 122).",
    )


class GroupForm(HouseForm):
    """A new pay group."""

    name = forms.CharField(label="Løngruppens navn", max_length=80)


class MemberForm(DatedForm):
    """A mentor in a pay group."""

    FIRST = ("mentor", "group")
    mentor = forms.ModelChoiceField(
        label="Mentor", queryset=Mentor.objects.filter(kind=Mentor.Kind.INTERNAL), empty_label="Vælg"
    )
    group = forms.ModelChoiceField(label="Løngruppe", queryset=PayGroup.objects.all(), empty_label="Vælg")


class OverheadForm(DatedForm):
    """What is laid on a wage to tell the full cost."""

    FIRST = ("percent",)
    percent = forms.DecimalField(
        label="Tillæg i procent", max_digits=5, decimal_places=2, localize=True,
        help_text="Husleje, ledelse, it og transport. Det vises for sig og kan aldrig give refusion.",
    )  # fmt: skip


class VolunteerForm(DatedForm):
    """What an hour with a volunteer costs."""

    FIRST = ("ore",)
    ore = KronerField(
        label="Pris pr. time, kr.",
        help_text="Løn til koordinator, udlæg, kurser og forsikring, delt ud på de timer, de frivillige giver. "
        "En frivillig får ikke løn.",
    )


class ToleranceForm(DatedForm):
    """How much a line may be off."""

    FIRST = ("minutes", "ore")
    minutes = forms.IntegerField(label="Minutter på en linje", min_value=0, max_value=600)
    ore = KronerField(label="Beløb på en linje, kr.")


def _put_member(*, by: User, **given: Any) -> Any:
    return put_in_pay_group(given.pop("mentor"), given.pop("group"), by=by, **given)


def _put_price(*, by: User, **given: Any) -> Any:
    return set_price(given.pop("provider"), by=by, **given)


def _make_group(*, by: User, name: str) -> Any:
    return make_pay_group(name, by=by)


# What can be written: the word in the address, the form, the verb, and the heading.
KINDS: dict[str, tuple[type[HouseForm], Callable[..., Any], str]] = {
    "leverandoer": (PriceForm, _put_price, "Leverandørens pris"),
    "loen": (WageForm, set_wage, "Timeløn"),
    "gruppe": (GroupForm, _make_group, "Ny løngruppe"),
    "medlem": (MemberForm, _put_member, "Mentor i løngruppe"),
    "tillaeg": (OverheadForm, set_overhead, "Tillæg for fælles udgifter"),
    "frivillige": (VolunteerForm, set_volunteer_price, "Pris for frivillige"),
    "bagatel": (ToleranceForm, set_tolerance, "Bagatelgrænse"),
}
ROWS = {
    "leverandoer": Price, "loen": Wage, "medlem": PayGroupMember, "tillaeg": Overhead,
    "frivillige": VolunteerPrice, "bagatel": Tolerance,
}  # fmt: skip


@door(May.SEE_MONEY)
def prices(request: SignedIn) -> HttpResponse:
    """Everything that is written of prices, what holds today, and what is missing."""
    access.listed(request, "priser", [])
    on, book = today(), price_book()
    providers, mentors = provider_prices(on, book), mentor_wages(on, book)
    context = {
        "providers": providers,
        "groups": group_wages(on, book),
        "mentors": mentors,
        "overheads": overheads(),
        "overhead": overhead_on(on),
        "volunteer_prices": volunteer_prices(),
        "volunteers": volunteers_on(on),
        "tolerances": tolerances(),
        "tolerance": tolerance_on(on),
        "missing": sum(each.missing for each in providers) + sum(each.wage is None for each in mentors),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
    }
    return render(request, "prices/prices.html", context)


@door(May.EDIT_MONEY)
def new_price(request: SignedIn, what: str) -> HttpResponse:
    """Writes a price or a wage from a day."""
    if what not in KINDS:
        raise access.refuse(request, "skriv pris", asked_for=what)
    shape, verb, heading = KINDS[what]
    form = shape(request.POST or None, initial=_from_address(request))
    if form.is_valid():
        made = form.attempt(verb, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, f"{heading} er gemt.")
            return redirect("prices")
    return render(request, "prices/new.html", {"form": form, "heading": heading, "section": "prices"})


def _from_address(request: SignedIn) -> dict[str, str]:
    names = {"leverandoer": "provider", "mentor": "mentor", "gruppe": "group"}
    return {field: request.GET[word] for word, field in names.items() if word in request.GET}


@door(May.EDIT_MONEY)
@require_POST
def withdraw(request: SignedIn, what: str) -> HttpResponse:
    """Takes back a row that was wrong, with the reason."""
    model = ROWS.get(what)
    if model is None:
        raise access.refuse(request, "træk pris tilbage", asked_for=what)
    return take_back_row(
        request, model.objects.all(), withdraw_price, verb="træk pris tilbage", to="prices",
        done="Linjen er trukket tilbage. Skriv den rigtige, hvis der mangler en.",
    )  # fmt: skip


urls = [
    path("priser/", prices, name="prices"),
    path("priser/ny/<str:what>/", new_price, name="new_price"),
    path("priser/traek-tilbage/<str:what>/", withdraw, name="withdraw_price"),
]
