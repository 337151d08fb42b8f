"""What a full-time mentor gives citizens in a year: the dated figures, and a new one."""

from fractions import Fraction

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.full_time import set_full_time
from mentorkorps.steering.models import FullTime
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.pages.what_if.form import NumberField


class FullTimeForm(HouseForm):
    """Direct hours in a year, from a day, with the source."""

    hours = NumberField(
        label="Timer med borgere om året",
        more_than=0,
        most=8784,
        help_text="Den direkte tid. Møder, kørsel, ferie og sygdom er trukket fra.",
    )
    valid_from = DateField(label="Gælder fra")
    source = forms.CharField(
        label="Kilde", max_length=200, help_text="Hvem har regnet tallet ud, og hvornår?"
    )

    def clean_hours(self) -> int:
        """The hours as whole minutes."""
        minutes = Fraction(self.cleaned_data["hours"]) * 60
        if minutes.denominator != 1:
            raise forms.ValidationError("Skriv timer, der går op i hele minutter, fx 936 eller 936,5.")
        return minutes.numerator


@door(May.EDIT_STEERING)
def full_time(request: SignedIn) -> HttpResponse:
    """Lists the figures and takes a new one."""
    form = FullTimeForm(request.POST or None, initial={"valid_from": today()})
    if form.is_valid():
        said = form.cleaned_data
        form.attempt(
            set_full_time,
            valid_from=said["valid_from"],
            minutes_per_year=said["hours"],
            source=said["source"],
            by=request.user,
        )
        if form.is_valid():
            messages.success(request, "Tallet er gemt. Det gælder fra den dag, du skrev.")
            return redirect("full_time")
    rows = FullTime.objects.select_related("set_by")[:100]
    access.listed(request, "fuldtidsmentorens timer", [])
    return render(request, "what_if/full_time.html", {"form": form, "rows": rows, "section": "what_if"})
