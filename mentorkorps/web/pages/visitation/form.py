"""The visitation's one form: the law's date, each fact with its source, and the assessment."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mentorkorps.cases.facts import source
from mentorkorps.cases.models import Visitation
from mentorkorps.domain import law
from mentorkorps.domain.dates import UnreadableDate, parse_date
from mentorkorps.web.forms import DateField, DateInput, HouseForm
from mentorkorps.web.pages.visitation.assessment import AssessmentForm, assessment_of
from mentorkorps.web.pages.visitation.facts import QUESTIONS, Question

UNKNOWN = ("", "Ved ikke")
FLAGS = [("true", "Ja"), ("false", "Nej"), UNKNOWN]
PLACES = [
    UNKNOWN, ("company", "virksomheden"), ("education", "uddannelsesstedet"), ("municipality", "kommunen"),
    ("supplier", "en leverandør"),
]  # fmt: skip


class FactDay(DateField):
    """A date that a case can speak of."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2199:
            raise ValidationError(f"Årstallet {day.year} kan ikke passe. Ret datoen.")
        return day


class Row(NamedTuple):
    """A fact on the page: its question, its control and the fields of its source."""

    question: Question
    field: Any
    source: Any
    source_on: Any
    said: dict[str, Any] | None


def control(question: Question) -> forms.Field:
    """The field in which a fact is answered; a group's choices are given by the day."""
    common = {"label": question.label, "help_text": question.hint, "required": False}
    match question.kind:
        case "flag":
            return forms.ChoiceField(choices=FLAGS, widget=forms.RadioSelect, **common)
        case "day":
            return FactDay(widget=DateInput(), **common)
        case "place":
            return forms.ChoiceField(choices=PLACES, **common)
        case "group":
            return forms.ChoiceField(
                error_messages={"invalid_choice": "Målgruppen findes ikke i loven den dag."}, **common
            )


def _fields() -> Iterator[tuple[str, forms.Field]]:
    for question in QUESTIONS:
        yield question.name, control(question)
        yield f"source_{question.name}", forms.CharField(label="Kilde", required=False, max_length=80)
        yield f"source_on_{question.name}", FactDay(label="Dato", required=False)


FactFields = type("FactFields", (HouseForm,), dict(_fields()))


class VisitationForm(AssessmentForm, FactFields):  # type: ignore[misc, valid-type]
    """Reads what can be read; a field with an error leaves what is stored as it is."""

    law_on = FactDay(
        label="Loven, som den gælder", error_messages={"required": "Skriv en dato, eller vælg I dag."}
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, visitation: Visitation) -> None:
        self.visitation = visitation
        super().__init__(data, initial=self._stored())
        self.fields["target_group"].choices = self._groups()

    def rows(self, names: Any = None) -> Iterator[Row]:
        """The facts in their order, or some of them."""
        for question in QUESTIONS:
            if names is None or question.name in names:
                name, said = question.name, self.visitation.sources.get(question.name)
                told = said and said | {"on": date.fromisoformat(said["on"])}
                yield Row(question, self[name], self[f"source_{name}"], self[f"source_on_{name}"], told)

    def facts(self) -> dict[str, Any]:
        """The facts that can be read, as JSON writes them, None for unknown."""
        named = ((question.name, self.cleaned_data.get(question.name)) for question in QUESTIONS)
        return {name: _json(value) for name, value in named if name in self.data and name not in self.errors}

    def sources(self) -> dict[str, dict[str, str]]:
        """The sources that were told beside facts, where they are another than what is stored."""
        told = {}
        for question in QUESTIONS:
            name = self.cleaned_data.get(f"source_{question.name}")
            on = self.cleaned_data.get(f"source_on_{question.name}")
            if name and on:
                told[question.name] = source(name, on)
        stored = self.visitation.sources
        return {name: said for name, said in told.items() if said != stored.get(name)}

    def everything(self) -> dict[str, Any]:
        """What the verb that saves takes."""
        law_on = {"law_on": self.cleaned_data["law_on"]} if self.cleaned_data.get("law_on") else {}
        return self.written() | law_on | {"facts": self.facts(), "sources": self.sources()}

    @property
    def stale(self) -> bool:
        """Whether the visitation was saved in another window since this one was opened."""
        return self.has_error(NON_FIELD_ERRORS, code="stale")

    def seen_at(self) -> datetime | None:
        """When the visitation had last been saved as the typist saw it."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("seen", ""))
        except ValueError:
            return None

    def _stored(self) -> dict[str, Any]:
        row = self.visitation
        stored = assessment_of(row) | {"law_on": row.law_on, "seen": row.saved_at.isoformat()}
        for question in QUESTIONS:
            value, said = row.facts.get(question.name), row.sources.get(question.name, {})
            stored[question.name] = _shown(question, value)
            stored[f"source_{question.name}"] = said.get("source", "")
            stored[f"source_on_{question.name}"] = date.fromisoformat(said["on"]) if said else None
        return stored

    def _groups(self) -> list[tuple[str, str]]:
        """The groups of the law's date; a stored one that the law did not know then stays to be seen."""
        try:
            groups = law.target_groups(self._law_day())
        except law.MissingRule:
            groups = law.target_groups(self.visitation.law_on)
        stored = self.visitation.facts.get("target_group")
        strange = (
            [(stored, f"{stored} (findes ikke i loven den dag)")] if stored and stored not in groups else []
        )
        return [UNKNOWN, *groups.items(), *strange]

    def _law_day(self) -> date:
        try:
            return parse_date(self.data.get("law_on", "")) if self.is_bound else self.visitation.law_on
        except UnreadableDate:
            return self.visitation.law_on


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {"true": True, "false": False, "": None}.get(value, value)


def _shown(question: Question, value: Any) -> Any:
    if question.kind == "flag":
        return {True: "true", False: "false", None: ""}[value]
    return date.fromisoformat(value) if value and question.kind == "day" else (value or "")
