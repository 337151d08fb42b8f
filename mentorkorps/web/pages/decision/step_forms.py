"""The short forms of each step: hearing, second person, complaint."""

from django import forms

from mentorkorps.web.forms import DateField, HouseForm, LongText
from mentorkorps.web.pages.visitation.assessment import TO_THE_CITIZEN

WAIVED = (
    "Du har selv givet os alle de oplysninger, vi bygger på.",
    "Du kender allerede oplysningerne og har sagt din mening om dem.",
    "Du har selv bedt om det.",
)


class HearingForm(HouseForm):
    """Until when the citizen can answer."""

    answer_by = DateField(label="Svar senest")


class WaiveForm(HouseForm):
    """Why the citizen is not heard: a common reason or one's own words. It stands in the letter."""

    common = forms.ChoiceField(
        label="Hvorfor er borgeren ikke hørt?", choices=[(text, text) for text in WAIVED], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    waived_reason = LongText(
        label="Eller med egne ord", rows=2, required=False, help_text=f"Står i brevet. {TO_THE_CITIZEN}"
    )

    @property
    def reason(self) -> str:
        """One's own words before the common ones."""
        return self.cleaned_data["waived_reason"] or self.cleaned_data["common"]


class AnswerForm(HouseForm):
    """What the citizen answered."""

    answer = LongText(
        label="Borgerens svar", required=False,
        help_text=f"Står i brevet. {TO_THE_CITIZEN} Tom, hvis fristen er gået uden svar.",
    )  # fmt: skip


class SecondForm(HouseForm):
    """Why something that binds the municipality is withheld."""

    second_reason = LongText(
        label="Hvorfor gives det ikke, når loven kan kræve det?", required=False,
        help_text="Til den, der skal godkende. Det står ikke i brevet.",
    )  # fmt: skip


class SendBackForm(HouseForm):
    """What the caseworker should look at again."""

    reason = LongText(label="Hvad skal sagsbehandleren se på?", rows=2, required=False)


class ComplaintForm(HouseForm):
    """A complaint as it came."""

    received_on = DateField(label="Modtaget")
    text = LongText(
        label="Hvad klager borgeren over?",
        required=False,
        help_text="Skriv den af, eller fortæl kort, hvad der er sagt.",
    )


class ReassessForm(HouseForm):
    """The municipality's own new look at its decision (RSL § 66)."""

    outcome = forms.ChoiceField(
        label="Hvad blev udfaldet?", widget=forms.RadioSelect,
        choices=[
            ("changed", "Afgørelsen ændres. Der træffes en ny."),
            ("sent_on", "Afgørelsen fastholdes. Klagen sendes til Ankestyrelsen."),
            ("withdrawn", "Borgeren har trukket klagen tilbage."),
        ],
        error_messages={"required": "Vælg udfaldet."},
    )  # fmt: skip
    outcome_reason = LongText(label="Begrundelse", required=False, help_text="Følger med til Ankestyrelsen.")
