"""The forms of delivery control."""

from typing import Any

from django import forms

from mentorkorps.ledger.actions.control import LARGEST, SIZE
from mentorkorps.ledger.models import ControlAnswer, Discrepancy, DiscrepancyStep
from mentorkorps.web.forms import HouseForm, LongText
from mentorkorps.web.money_fields import KronerField, MonthField

Kind = DiscrepancyStep.Kind
NUMBER = {"class": "inp inp-num"}
# What a coordinator does; the mentor's answer has a page of its own.
STEPS = (
    (Kind.ASKED.value, "Spørg mentor"),
    (Kind.CORRECTED.value, "Skriv, at registreringen er rettet"),
    (Kind.CLAIM.value, "Rejs et krav"),
    (Kind.CLOSED.value, "Luk afvigelsen"),
)


class DrawForm(HouseForm):
    """Which month to draw, and how many cases."""

    month = MonthField(label="Måned", help_text="En måned, der er slut. Den kan kun trækkes én gang.")
    size = forms.IntegerField(
        label="Antal sager", initial=SIZE, min_value=1, max_value=LARGEST, widget=forms.NumberInput(NUMBER),
        error_messages={
            "invalid": "Skriv et tal.", "min_value": "Træk mindst én sag.", "max_value": f"Træk højst {LARGEST} sager.",
        },
    )  # fmt: skip


class AnswerForm(HouseForm):
    """What came of trying to ask the citizen."""

    reached = forms.ChoiceField(
        label="Hvordan gik det?", choices=ControlAnswer.Reached.choices, widget=forms.RadioSelect
    )
    times = forms.IntegerField(
        label="Hvor mange gange mødtes I i måneden?", required=False, min_value=0, max_value=200,
        widget=forms.NumberInput(NUMBER), help_text="Lad det stå tomt, når borgeren ikke husker det. 0 er ingen møder.",
        error_messages={"invalid": "Skriv et tal.", "min_value": "Skriv 0 eller mere.", "max_value": "Højst 200."},
    )  # fmt: skip
    minutes_each = forms.IntegerField(
        label="Omtrent hvor mange minutter hver gang?", required=False, min_value=0, max_value=1440,
        widget=forms.NumberInput(NUMBER),
        error_messages={"invalid": "Skriv et tal.", "max_value": "Et døgn har 1.440 minutter."},
    )  # fmt: skip
    what_for = forms.CharField(
        label="Hvad mødtes I om?",
        required=False,
        max_length=300,
        error_messages={"max_length": "Højst 300 tegn."},
    )
    words = LongText(
        label="Borgerens egne ord",
        required=False,
        help_text="Kun om støtten. Ikke om helbred. Mentor ser dem ikke.",
    )


class DiscrepancyForm(HouseForm):
    """What does not agree."""

    what = LongText(
        label="Hvad stemmer ikke?", rows=2, help_text="Skriv det, du kan se. Ikke hvem der har skyld."
    )


class StepForm(HouseForm):
    """The next step of a discrepancy."""

    kind = forms.ChoiceField(
        label="Hvad gør du?", choices=STEPS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = LongText(
        label="Spørgsmålet, eller hvad du har gjort",
        rows=2,
        help_text="Spørger du mentor, er det kun denne tekst, mentor ser.",
    )
    claim = KronerField(
        label="Beløb i kravet, kr.", required=False, help_text="Kun ved et krav. Tomt er ikke opgjort endnu."
    )
    outcome = forms.ChoiceField(
        label="Hvad endte det med?",
        choices=[("", "Vælg, når du lukker"), *Discrepancy.Outcome.choices],
        required=False,
    )


class FinishForm(HouseForm):
    """Why what does not agree is left; without a field where everything agrees."""

    because = LongText(
        label="Hvorfor bliver det ikke fulgt?",
        rows=2,
        help_text="Grunden bliver stående på kontrollen. Skriv den kort, og uden navne.",
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["because"]


class MentorAnswerForm(HouseForm):
    """The mentor's answer to a question."""

    text = LongText(label="Dit svar", rows=3)
