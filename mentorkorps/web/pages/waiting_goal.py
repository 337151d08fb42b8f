"""The municipality's own goal for the days from referral to first meeting, with its dates, source and story."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mentorkorps.ledger.queries.waiting import goal_on, goals
from mentorkorps.municipality.actions.agreements import MOST_DAYS, set_waiting_goal, take_back
from mentorkorps.municipality.models import WaitingGoal
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.pages.taking_back import take_back_row


class GoalForm(HouseForm):
    """How many days, from when, and where it stands."""

    days = forms.IntegerField(
        label="Højst så mange dage",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-auto"}),
        error_messages={
            "invalid": "Skriv et helt antal dage, fx 28.",
            "min_value": "Skriv 1 eller mere.",
            "max_value": f"Skriv højst {MOST_DAYS}.",
        },
    )
    first = DateField(
        label="Gælder fra", help_text="Det mål, der gælder nu, slutter dagen før. Intet overskrives."
    )
    last = DateField(label="Til og med", required=False, help_text="Tom, når det gælder indtil videre.")
    source = forms.CharField(
        label="Kilde", max_length=300, help_text="Hvem vedtog det hvornår, fx udvalgets møde og sagsnummer."
    )


@door(May.SET_WAITING_GOAL)
def waiting_goal(request: SignedIn) -> HttpResponse:
    """Writes a goal from a day, and shows those that were written before."""
    form = GoalForm(request.POST or None)
    if form.is_valid() and form.attempt(set_waiting_goal, by=request.user, **form.cleaned_data):
        messages.success(request, "Målet er gemt. Det står ved ventetiden fra den dag, det gælder.")
        return redirect("waiting_goal")
    access.listed(request, "mål for ventetid", [])
    context = {"form": form, "goals": goals(), "now": goal_on(today()), "section": "waiting"}
    return render(request, "waiting/goal.html", context)


@door(May.SET_WAITING_GOAL)
@require_POST
def withdraw_waiting_goal(request: SignedIn) -> HttpResponse:
    """Takes back a goal that was wrong, with the reason."""
    return take_back_row(
        request, WaitingGoal.objects.all(), take_back, verb="træk mål tilbage", to="waiting_goal",
        done="Målet er trukket tilbage. Skriv det rigtige, hvis der mangler et.",
    )  # fmt: skip
