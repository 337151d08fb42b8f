"""What else a citizen takes part in, from when, and who says so."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.cases.actions.offers import note_offer
from mentorkorps.cases.models import OtherOffer
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm


class OfferForm(HouseForm):
    """One other offer, or none, from a day."""

    kind = forms.ChoiceField(
        label="Andet tilbud nu", choices=OtherOffer.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Vælg et tilbud, eller at der intet er."},
    )  # fmt: skip
    since = DateField(label="Fra", help_text="Den dag, tilbuddet begyndte, eller det sidste holdt op.")
    source = forms.CharField(
        label="Kilde", max_length=80, help_text="Hvor du ved det fra, fx fagsystemet eller en samtale."
    )


@door(May.ASSIGN)
def other_offers(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Notes what the citizen is in now; what was noted before stands below."""
    citizen = access.citizen(request, key, verb="andre tilbud")
    form = OfferForm(request.POST or None)
    if form.is_valid() and form.attempt(
        note_offer, citizen, **form.cleaned_data, today=today(), by=request.user
    ):
        messages.success(request, "Det er noteret.")
        return redirect("other_offers", key=citizen.id)
    noted = citizen.other_offers.select_related("noted_by")[:50]
    context = {"form": form, "citizen": citizen, "noted": noted, "section": "citizens"}
    return render(request, "offers/offers.html", context)


urls = [path("borger/<uuid:key>/andre-tilbud/", other_offers, name="other_offers")]
