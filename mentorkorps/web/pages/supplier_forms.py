"""Forms of suppliers and companies: who they are, a new agreement from a day, its end, and taking it back."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mentorkorps.domain.dates import long_date
from mentorkorps.municipality.actions import agreements as verbs
from mentorkorps.municipality.actions.agreements import MOST_MINUTES, MOST_PLACES, agree_with_provider
from mentorkorps.municipality.actions.providers import save_provider
from mentorkorps.municipality.models import Provider, ProviderAgreement
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.citizen_forms import KeyedForm
from mentorkorps.web.forms import DateField, HouseForm, typed_line

AGREEMENTS = ProviderAgreement.objects.select_related("provider")
Agreed = ProviderAgreement.Kind


def _whole(label: str, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=most,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-auto"}),
        error_messages={
            "invalid": "Skriv et helt tal uden komma og punktum.",
            "min_value": "Skriv 1 eller mere.",
            "max_value": "Tallet er for stort. Se efter, om der er et ciffer for meget.",
        },
        **more,
    )  # fmt: skip


class ProviderForm(HouseForm):
    """Who they are; the kind is chosen once."""

    name = forms.CharField(label="Navn", max_length=80)
    kind = forms.ChoiceField(
        label="Art", choices=Provider.Kind.choices, widget=forms.RadioSelect,
        help_text="Det kan ikke ændres bagefter.",
    )  # fmt: skip
    cvr = forms.CharField(
        label="CVR-nummer", max_length=12, required=False,
        help_text="Otte cifre. Fakturaer genkendes på nummeret.",
    )  # fmt: skip
    gln = forms.CharField(
        label="GLN-nummer", max_length=20, required=False,
        help_text="13 cifre. Kun når leverandøren sender fakturaer, der ikke har CVR-nummer.",
    )  # fmt: skip
    phone = forms.CharField(label="Telefon", max_length=20, required=False)


class FrameworkForm(KeyedForm):
    """A framework agreement with a supplier."""

    minutes_bought = _whole(
        "Timer købt i perioden", MOST_MINUTES // 60, required=False,
        help_text="Tom, når der ikke er aftalt et antal. Så står der “ikke aftalt”, og der advares ikke om timer.",
    )  # fmt: skip
    first = DateField(
        label="Gælder fra", help_text="Den aftale, der gælder nu, slutter dagen før. Intet overskrives."
    )
    last = DateField(label="Til og med", required=False, help_text="Tom, når den gælder indtil videre.")
    source = forms.CharField(
        label="Kilde", max_length=300, help_text="Aftalens navn eller journalnummer, og dens dato."
    )

    def clean_minutes_bought(self) -> int | None:
        """Hours are typed, minutes are kept."""
        hours: int | None = self.cleaned_data["minutes_bought"]
        return None if hours is None else hours * 60

    def agreed(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"kind": Agreed.FRAMEWORK}


class CompanyForm(FrameworkForm):
    """An agreement with a company or a school: a formal one, or a single case."""

    kind = forms.ChoiceField(
        label="Hvad er aftalt?", widget=forms.RadioSelect,
        choices=[
            (Agreed.FORMAL, "En formel aftale, hvor en mentor følger med pladserne"),
            (Agreed.SINGLE, "En enkeltsag: én borger, ud over det arbejdspladsen sædvanligvis giver"),
        ],
        help_text="Hvem borgeren i en enkeltsag er, står i borgerens egen mentoraftale og ikke her.",
    )  # fmt: skip
    places = _whole("Pladser", MOST_PLACES, required=False, help_text="Kun i en formel aftale.")
    citizens_a_place = _whole(
        "Borgere på en plads", MOST_PLACES, required=False, initial=1,
        help_text="1, eller flere når det er en pladsmentor, der har flere borgere samme sted.",
    )  # fmt: skip
    field_order = ("kind", "places", "citizens_a_place", "minutes_bought", "first", "last", "source")

    def agreed(self) -> dict[str, Any]:
        """What the action takes; a place has one citizen unless said otherwise."""
        return self.cleaned_data | {"citizens_a_place": self.cleaned_data["citizens_a_place"] or 1}


class EndForm(HouseForm):
    """The last day of an agreement."""

    last = DateField(label="Sidste dag", help_text="Forløb, der løber videre, bliver der advaret om.")


@door(May.EDIT_SUPPLIERS)
def new_provider(request: SignedIn) -> HttpResponse:
    """A new supplier, company or school."""
    form = ProviderForm(request.POST or None)
    if form.is_valid():
        made = form.attempt(save_provider, None, by=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"{made.name} er oprettet. Skriv nu, hvad der er aftalt.")
            return redirect("new_provider_agreement", made.pk)
    return _form(request, None, form, "Ny leverandør eller virksomhed", "Opret")


@door(May.EDIT_SUPPLIERS)
def edit_provider(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Corrects who they are."""
    found = access.record(request, Provider.objects.all(), key, verb="leverandør")
    known = {name: getattr(found, name) for name in ("name", "kind", "cvr", "gln", "phone")}
    form = ProviderForm(request.POST or None, initial=known)
    form.fields["kind"].disabled = True
    if form.is_valid() and form.attempt(save_provider, found, by=request.user, **form.cleaned_data):
        messages.success(request, f"{found.name} er gemt.")
        return redirect("supplier", found.pk)
    return _form(request, found, form, f"Ret {found.name}", "Gem")


@door(May.EDIT_SUPPLIERS)
def new_agreement(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What is agreed from a day; the agreement before it ends the day before."""
    found = access.record(request, Provider.objects.all(), key, verb="aftale med leverandør")
    shape = FrameworkForm if found.kind == Provider.Kind.SUPPLIER else CompanyForm
    form = shape(request.POST or None)
    if form.is_valid() and form.attempt(agree_with_provider, found, by=request.user, **form.agreed()):
        messages.success(request, "Aftalen er skrevet.")
        return redirect("supplier", found.pk)
    return _form(request, found, form, f"Ny aftale med {found.name}", "Gem aftalen")


@door(May.EDIT_SUPPLIERS)
def end_agreement(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Sets the last day of an agreement."""
    found = access.record(request, AGREEMENTS, key, verb="aftale med leverandør")
    form = EndForm(request.POST or None)
    if form.is_valid():
        form.attempt(verbs.end_agreement, found, last=form.cleaned_data["last"], by=request.user)
        if not form.errors:
            messages.success(request, "Aftalens sidste dag er gemt.")
            return redirect("supplier", found.provider_id)
    title = f"Afslut aftalen fra {long_date(found.first)}"
    return _form(request, found.provider, form, title, "Gem sidste dag")


@door(May.EDIT_SUPPLIERS)
@require_POST
def withdraw_agreement(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes back an agreement that was written wrong, with the reason."""
    found = access.record(request, AGREEMENTS, key, verb="træk aftale med leverandør tilbage")
    try:
        verbs.take_back(found, reason=typed_line(request, "hvorfor"), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Aftalen er trukket tilbage. Skriv den rigtige, hvis der mangler en.")
    return redirect("supplier", found.provider_id)


def _form(
    request: SignedIn, provider: Provider | None, form: HouseForm, title: str, button: str
) -> HttpResponse:
    context = {"form": form, "provider": provider, "title": title, "button": button, "section": "suppliers"}
    return render(request, "suppliers/form.html", context)
