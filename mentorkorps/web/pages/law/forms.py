"""The forms of the law's pages: facts without a person, and a correction of a row."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError

from mentorkorps.domain import law
from mentorkorps.domain.dates import Duration, add_months
from mentorkorps.domain.law.findings import Certainty
from mentorkorps.web.forms import DateField, DateInput, HouseForm, LongText
from mentorkorps.web.pages.law.words import CERTAINTY, EVERY, FIELDS, OBLIGATION, contact_in_words
from mentorkorps.web.pages.visitation.facts import QUESTIONS
from mentorkorps.web.pages.visitation.form import UNKNOWN, Row, control

OLDEST = 110


def _questions() -> Iterator[tuple[str, forms.Field]]:
    for question in QUESTIONS:
        yield question.name, control(question)


Questions = type("Questions", (HouseForm,), dict(_questions()))


class FactsForm(Questions):  # type: ignore[misc, valid-type]
    """A day and what is known of a person nobody names. An age stands for the birth date."""

    on = DateField(label="Loven, som den gælder", error_messages={"required": "Skriv en dato."})
    age = forms.IntegerField(
        label="Alder den dag",
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput({"class": "inp inp-num", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Skriv et helt antal år.",
            "max_value": "Skriv en alder under 111.",
            "min_value": "Skriv en alder fra 0.",
        },
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        self.fields["target_group"].choices = [UNKNOWN, *self._groups().items()]

    def clean_on(self) -> date:
        """A day that some law of ours covers."""
        on: date = self.cleaned_data["on"]
        try:
            law.regime_on(on)
        except law.MissingRule as missing:
            raise ValidationError(str(missing)) from None
        return on

    @property
    def day(self) -> date:
        """The day asked about; today while none can be read."""
        return (self.is_bound and self.cleaned_data.get("on")) or self.today

    def facts(self) -> law.Facts:
        """What could be read, the rest unknown."""
        said = {q.name: self.cleaned_data.get(q.name) for q in QUESTIONS}
        plain = {name: _plain(value) for name, value in said.items()}
        age = self.cleaned_data.get("age")
        birth = add_months(self.day, -12 * age).isoformat() if age is not None else None
        return law.Facts.from_json(plain | {"birth_date": birth})

    def rows(self) -> list[Row]:
        """The facts in the order that a visitation asks for them, without sources."""
        return [Row(question, self[question.name], None, None, None) for question in QUESTIONS]

    def _groups(self) -> dict[str, str]:
        """The groups of every day, since the day moves: each by its newest name that the law has had."""
        names: dict[str, str] = {}
        for first in law.SHIPPED.shifts:
            names |= law.target_groups(first)
        return names


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {"true": True, "false": False, "": None}.get(value, value)


_LENGTH = re.compile(r"(\d{1,3})\s*(måned|måneder|mdr\.?|uge|uger)", re.IGNORECASE)


class DurationField(forms.CharField):
    """A length as people write it: 6 måneder, 26 uger; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=20, widget=forms.TextInput({"class": "inp inp-date"}), **kwargs
        )

    def clean(self, value: Any) -> Duration | None:
        text = super().clean(value)
        if not text:
            return None
        match = _LENGTH.fullmatch(text.replace("\u00a0", " ").strip())
        if match is None or int(match[1]) < 1:
            raise ValidationError("Skriv fx 6 måneder eller 26 uger, eller lad feltet stå tomt.")
        return (
            Duration(weeks=int(match[1]))
            if match[2].lower().startswith("uge")
            else Duration(months=int(match[1]))
        )


RHYTHMS = [law.ContactRule(every, times) for every in EVERY for times in (1, 2, 3)]  # type: ignore[arg-type]


class ContactField(forms.ChoiceField):
    """A least contact, chosen from those that a law could ask for."""

    def __init__(self, now: law.ContactRule | None, **kwargs: Any) -> None:
        known = [*RHYTHMS] if now is None or now in RHYTHMS else [*RHYTHMS, now]
        self._rules = {f"{rule.every}-{rule.at_least}": rule for rule in known}
        none = [("", "Intet krav i rækken")] if now is None else []
        said = [(key, contact_in_words(rule).capitalize()) for key, rule in self._rules.items()]
        super().__init__(choices=none + said, required=now is not None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.every}-{value.at_least}" if isinstance(value, law.ContactRule) else value

    def clean(self, value: Any) -> law.ContactRule | None:
        return self._rules.get(super().clean(value))


class CorrectionForm(HouseForm):
    """A row as it reads, to be read otherwise from a day. Only what is changed is corrected."""

    citation = forms.CharField(label=FIELDS["citation"], max_length=120)
    valid_from = DateField(label=FIELDS["valid_from"])
    valid_to = DateField(label=FIELDS["valid_to"], required=False, help_text="Tom: indtil videre.")
    certainty = forms.ChoiceField(
        label=FIELDS["certainty"],
        choices=[(code, CERTAINTY[code].capitalize()) for code in get_args(Certainty)],
        help_text="“Efterset”: du har selv holdt rækken op mod lovens egen tekst. Dit navn kommer til at stå ved den.",
    )
    in_force_from = DateField(
        label="Rettelsen gælder fra",
        help_text="Den første dag, loven læses sådan. Afgørelser, der er truffet, ændres aldrig.",
    )
    source = forms.CharField(
        label="Kilde", max_length=300, help_text="Hvor det står, og hvornår du har læst det."
    )
    reason = LongText(label="Begrundelse", rows=3)

    def __init__(self, data: Any = None, *, row: law.Rule, read: dict[str, Any], today: date) -> None:
        self.read = read
        super().__init__(data, initial=_shown(read) | {"in_force_from": today})
        if row.kind == "gives":
            self._add_what_is_given(row, read)

    def changes(self) -> dict[str, Any]:
        """The fields that read otherwise than the row does now."""
        new = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return {name: value for name, value in new.items() if value != self.read[name]}

    @property
    def corrected(self) -> list[Any]:
        """The fields of the row, in the order of the page."""
        return [self[name] for name in FIELDS if name in self.fields]

    def _add_what_is_given(self, row: law.Rule, read: dict[str, Any]) -> None:
        hint = "Fx 6 måneder eller 26 uger. Tom: loven sætter ingen."
        self.fields["at_most"] = DurationField(label=FIELDS["at_most"], help_text=hint)
        self.fields["at_least"] = DurationField(label=FIELDS["at_least"], help_text=hint)
        self.fields["contact"] = ContactField(read["contact"], label=FIELDS["contact"])
        readings = law.obligations_of(row)
        if len(readings) > 1:
            choices = [(code, OBLIGATION[code].capitalize()) for code in readings]
            said = ", ".join(reading.source for reading in row.other_readings if reading.obligation)
            self.fields["obligation"] = forms.ChoiceField(
                label=FIELDS["obligation"], choices=choices, help_text=f"Læses forskelligt: {said}."
            )
        for name in ("at_most", "at_least", "contact", "obligation"):
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("class", "inp")


def _shown(read: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Duration) else value for name, value in read.items()}


class WithdrawForm(HouseForm):
    """Why a correction is taken back."""

    withdrawn_reason = LongText(label="Hvorfor trækkes den tilbage?", rows=2)


def shown_day(text: str | None) -> date | None:
    """A day that stands in an address; None where it is no day."""
    try:
        return DateField(required=False, widget=DateInput).clean(text)
    except ValidationError:
        return None
