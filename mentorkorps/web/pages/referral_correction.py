"""A referral put right before a decision rests on it, and what was corrected."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.cases.actions.referral_correction import correct_referral
from mentorkorps.cases.models import BARRIERS, Referral, ReferralCorrection
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.citizen_forms import (
    BENEFITS,
    SOURCES,
    WISHED_AGE,
    WISHED_GENDER,
    ReferralForm,
    short_text,
)


class CorrectionForm(ReferralForm):
    """What the referral says, to be put right, and why."""

    key = None  # a correction sent twice changes nothing the second time
    reason = short_text(
        ReferralCorrection, "reason", "Hvorfor rettes den?", required=True,
        help_text="Fx tastefejl, eller ny oplysning fra borgeren. Det står ved rettelsen.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        names = [name for name in ReferralForm.base_fields if name != "key"]
        begins = {name: getattr(referral, name) for name in names}
        super().__init__(*args, initial=begins | {"seen": referral.corrections.count()}, **kwargs)
        self.received_on = referral.received_on
        self.fields["received_on"].initial = referral.received_on
        groups = self.fields["target_group"]
        if referral.target_group not in dict(groups.choices):
            groups.choices = [*groups.choices, (referral.target_group, group_name(referral))]

    def clean_received_on(self) -> date:
        """A day that stands stays good, however long ago it was."""
        received: date = self.cleaned_data["received_on"]
        return received if received == self.received_on else super().clean_received_on()


def group_name(referral: Referral) -> str:
    """The target group of a referral as it was called on its day; the code where that day had none such."""
    return law.target_groups(referral.received_on).get(referral.target_group, referral.target_group)


@dataclass(frozen=True)
class Corrected:
    """One field of a correction in words."""

    label: str
    before: str
    after: str


def corrections_of(referral: Referral) -> list[tuple[ReferralCorrection, list[Corrected]]]:
    """The corrections of a referral, the latest first, each with its fields in words. One query."""
    rows = referral.corrections.select_related("corrected_by")
    return [(row, [_corrected(name, row) for name in _in_order(row.after)]) for row in rows]


def _in_order(names: Iterable[str]) -> list[str]:
    return [name for name in ReferralForm.base_fields if name in names]


def _corrected(name: str, row: ReferralCorrection) -> Corrected:
    label = str(ReferralForm.base_fields[name].label)
    return Corrected(label, _in_words(name, row.before[name]), _in_words(name, row.after[name]))


def _in_words(name: str, value: Any) -> str:
    if not value:
        return ""
    match name:
        case "received_on" | "target_group_from":
            return field_date(date.fromisoformat(value))
        case "target_group":
            return law.target_groups(today()).get(value, value)
        case "barriers":
            return ", ".join(BARRIERS.get(code, code) for code in value)
        case "mentor_gender":
            return dict(WISHED_GENDER).get(value, value)
        case "mentor_age":
            return dict(WISHED_AGE).get(value, value)
        case _:
            return str(value)


@door(May.REFER)
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Puts a referral right; when a decision rests on it, the referral tells the way on."""
    rows = Referral.objects.select_related("citizen__caseworker", "citizen__unit")
    found = access.of_citizen(request, rows, key, verb="ret henvisning")
    if found.state != Referral.State.NEW:
        messages.info(request, "Henvisningen kan ikke rettes nu. Er noget ændret, så lav en ny vurdering.")
        return redirect("referral", key=key)
    form = CorrectionForm(request.POST or None, referral=found)
    if request.method == "POST" and form.is_valid():
        touched = _correct(request, found, form)
        if touched is not None:
            said = "Henvisningen er rettet." if touched else "Intet er ændret."
            messages.success(request, said)
            return redirect("referral", key=key)
    shown = {"form": form, "referral": found, "citizen": found.citizen, "section": "citizens"}
    shown |= {
        "sources": SOURCES,
        "benefits": BENEFITS,
        "begun": found.visitations.filter(locked=False).first(),
    }
    return render(request, "citizens/correct_referral.html", shown)


def _correct(request: HttpRequest, found: Referral, form: CorrectionForm) -> list[str] | None:
    given = form.cleaned_data
    return form.attempt(
        correct_referral, found, reason=given["reason"], seen=given["seen"], on=today(), by=request.user,
        **form.referral(),
    )  # fmt: skip


urls = [path("henvisning/<uuid:key>/ret/", correct, name="correct_referral")]
