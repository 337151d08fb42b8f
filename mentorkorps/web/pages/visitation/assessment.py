"""The assessment in words, as the visitation and the decision both ask for it. The words go into the letter."""

from typing import Any

from django import forms

from mentorkorps.domain.service_level import MINUTES_IN_A_WEEK
from mentorkorps.web.forms import HouseForm, LongText

# Field -> how the letter names the help. RSL § 5 asks the municipality to look at every kind of help.
OTHER_HELP = {
    "help_housing": "Bostøtte efter servicelovens § 85",
    "help_contact": "Støtte- og kontaktperson efter servicelovens § 99",
    "help_assistance": "Personlig assistance",
    "help_sps": "Specialpædagogisk støtte (SPS) på uddannelsen",
    "help_volunteers": "Frivillige",
}
TO_THE_CITIZEN = "Skriv til borgeren: Du …"


class MinutesField(forms.IntegerField):
    """Minutes a week that a week can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=1, max_value=MINUTES_IN_A_WEEK, localize=True,
            widget=forms.TextInput({"class": "inp inp-num", "inputmode": "numeric"}),
            error_messages={
                "invalid": "Skriv et helt antal minutter, fx 90.",
                "min_value": "Skriv mindst 1 minut.",
                "max_value": "En uge har 10.080 minutter. Skriv færre.",
            },
            **kwargs,
        )  # fmt: skip


class HelpField(forms.CharField):
    """What was considered of one kind of other help; empty is not considered."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, max_length=300)


class AssessmentForm(HouseForm):
    """Situation, prospect, the citizen's own view, other help, and minutes a week."""

    situation = LongText(label="Situationen nu", help_text=TO_THE_CITIZEN, required=False)
    prospect = LongText(
        label="Udsigt til at komme videre mod borgerens eget mål", required=False,
        help_text=f"Hvad tyder på fremgang, og hvad kan mentor ikke løse? {TO_THE_CITIZEN}",
    )  # fmt: skip
    citizens_view = LongText(
        label="Borgerens egen opfattelse",
        required=False,
        help_text=f"Hvad siger borgeren selv? {TO_THE_CITIZEN}",
    )
    help_housing = HelpField("Bostøtte, SEL § 85")
    help_contact = HelpField("Støtte- og kontaktperson, SEL § 99")
    help_assistance = HelpField("Personlig assistance")
    help_sps = HelpField("SPS på uddannelsen")
    help_volunteers = HelpField("Frivillige")
    other_help = LongText(label="Anden hjælp", rows=2, required=False)
    minutes_per_week = MinutesField(label="Minutter om ugen", required=False)
    deviation_reason = LongText(
        label="Hvorfor andet end niveauet?",
        rows=2,
        required=False,
        help_text=f"Kun når timerne er andre end niveauets. Står i brevet. {TO_THE_CITIZEN}",
    )

    @property
    def other_help_fields(self) -> list[Any]:
        """The one-line fields of other help, in their order."""
        return [self[name] for name in OTHER_HELP]

    @property
    def said_below(self) -> list[Any]:
        """Every field of the assessment: each has a place for its own error."""
        plain = (
            "situation",
            "prospect",
            "citizens_view",
            "minutes_per_week",
            "deviation_reason",
            "other_help",
        )
        return [self[name] for name in (*plain, *OTHER_HELP)]

    def written(self) -> dict[str, Any]:
        """What was typed and can be read, by the names that the rows have."""
        plain = ("situation", "prospect", "citizens_view", "minutes_per_week", "deviation_reason")
        found = {name: self.cleaned_data[name] for name in plain if name in self.cleaned_data}
        if not any(self.errors.get(name) for name in (*OTHER_HELP, "other_help")):
            found["other_help"] = help_as_text(self.cleaned_data)
        return found


def help_as_text(fields: dict[str, str]) -> str:
    """The fields of other help as the lines that the row and the letter hold."""
    named = [f"{label}: {fields[name]}" for name, label in OTHER_HELP.items() if fields.get(name)]
    return "\n".join([*named, fields.get("other_help", "")]).strip()


def help_as_fields(text: str) -> dict[str, str]:
    """The inverse of `help_as_text`: lines that name a known kind go to its field, the rest are kept together."""
    fields: dict[str, str] = {}
    rest = []
    for line in text.splitlines():
        label, _, said = line.partition(": ")
        name = next((name for name, known in OTHER_HELP.items() if known == label), None)
        if name is None or name in fields:
            rest.append(line)
        else:
            fields[name] = said
    return fields | {"other_help": "\n".join(rest)}


def assessment_of(row: Any) -> dict[str, Any]:
    """What a visitation or a decision holds, as the form shows it."""
    plain = ("situation", "prospect", "citizens_view", "minutes_per_week", "deviation_reason")
    return {name: getattr(row, name) for name in plain} | help_as_fields(row.other_help)
