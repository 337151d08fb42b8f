"""Under one's own account: whether the weekly mail comes, what it counts, and when no mail may be sent."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.followup.actions.mails import choose_notices
from mentorkorps.followup.models import Alert, NoticeChoice
from mentorkorps.followup.queries.alerts import KINDS_OF
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import HouseForm


class NoticesForm(HouseForm):
    """One's own choice of the weekly mail."""

    mail = forms.BooleanField(label="Send mig en mail om mandagen", required=False)
    kinds = forms.MultipleChoiceField(
        label="Mailen tæller", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Kun antal og et link. Mailen nævner aldrig en borger.",
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label="Ingen mails fra klokken", required=False, input_formats=["%H:%M", "%H.%M", "%H"],
        help_text="Skriv 17.00. Lad begge felter stå tomme, hvis mails må komme hele døgnet.",
        error_messages={"invalid": "Skriv et klokkeslæt, for eksempel 17.00."}, widget=forms.TimeInput(format="%H.%M"),
    )  # fmt: skip
    quiet_to = forms.TimeField(
        label="Til klokken", required=False, input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": "Skriv et klokkeslæt, for eksempel 7.00."}, widget=forms.TimeInput(format="%H.%M"),
    )  # fmt: skip

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = KINDS_OF.get(role, ())
        self.fields["kinds"].choices = [(kind, Alert.Kind(kind).label.capitalize()) for kind in mine]  # type: ignore[attr-defined]


@door(May.OWN_PAGES)
def notices(request: SignedIn) -> HttpResponse:
    """Chooses one's own mails. Who has no alerts to hear of is told so."""
    person = request.user
    form = NoticesForm(request.POST or None, role=person.role, initial=_as_chosen(request))
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(choose_notices, person, by=person, **form.cleaned_data)
        if saved is not None:
            messages.success(request, f"Gemt: {saved}.")
            return redirect("notices")
    return render(request, "alerts/notices.html", {"form": form, "concerned": person.role in KINDS_OF})


def _as_chosen(request: SignedIn) -> dict[str, Any]:
    kept = NoticeChoice.objects.filter(person=request.user).first()
    choice = kept or NoticeChoice(kinds=list(KINDS_OF.get(request.user.role, ())))
    return {name: getattr(choice, name) for name in ("mail", "kinds", "quiet_from", "quiet_to")}


urls = [path("min-konto/mails/", notices, name="notices")]
