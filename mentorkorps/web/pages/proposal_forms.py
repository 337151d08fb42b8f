"""The forms in which a proposal is begun, its rows are written, and a meeting's outcome is recorded."""

from typing import Any

from django import forms

from mentorkorps.domain.codes import FUNCTIONS, OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.law import target_groups
from mentorkorps.domain.service_level import LONGEST_AGE, MINUTES_IN_A_WEEK, LevelRow
from mentorkorps.municipality.models import ServiceLevel
from mentorkorps.municipality.queries import level_in_force, today
from mentorkorps.steering.models import Proposal
from mentorkorps.web.forms import DateField, HouseForm, LongText

FROM_NOTHING = "Intet: vi skriver niveauet fra bunden"
LONGEST_WEEKS = 520
WHEN_ADOPTED = "Udfyldes, når forslaget er vedtaget."


class ProposedForm(HouseForm):
    """What is proposed, and from when."""

    name = forms.CharField(label="Navn", max_length=120, help_text="Bliver niveauets navn, fx Niveau 2027.")
    purpose = LongText(label="Hvad vil forslaget?", help_text="En eller to sætninger.")
    in_force_from = DateField(
        label="Skal gælde fra", help_text="Bevillinger, der løber, beholder deres niveau."
    )


class ProposalForm(ProposedForm):
    """A proposal that begins from a level, or from nothing."""

    base = forms.ModelChoiceField(
        ServiceLevel.objects.all(), label="Bygger på", required=False, empty_label=FROM_NOTHING
    )
    field_order = ("name", "purpose", "base")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = level_in_force(today())


class FromRunForm(ProposedForm):
    """A proposal with the differences of a saved what-if."""

    reason = LongText(
        label="Hvorfor?",
        help_text="Står ved hver række, der er ændret. Du kan rette dem hver for sig bagefter.",
    )
    field_order = ("name", "purpose", "reason")


class RowForm(HouseForm):
    """One row of a level, and why it is proposed so."""

    label = forms.CharField(label="Betegnelse", max_length=160)
    obligation = forms.ChoiceField(
        label="Skal, ret eller kan",
        choices=[(code, capitalised(word)) for code, word in OBLIGATION_WORDS.items()],
        widget=forms.RadioSelect,
    )
    minutes_per_week = forms.IntegerField(
        label="Minutter om ugen", required=False, min_value=0, max_value=MINUTES_IN_A_WEEK,
        help_text="Tomt betyder ikke fastsat. Det er ikke det samme som 0.",
    )  # fmt: skip
    weeks = forms.IntegerField(label="Uger", required=False, min_value=1, max_value=LONGEST_WEEKS)
    functions = forms.MultipleChoiceField(
        label="Opgave", choices=[(code, capitalised(name)) for code, name in FUNCTIONS.items()],
        widget=forms.CheckboxSelectMultiple, help_text="Det, rækken foreslås til, når en borger visiteres.",
    )  # fmt: skip
    target_groups = forms.MultipleChoiceField(
        label="Målgrupper",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ingen kryds: alle.",
    )
    age_from = forms.IntegerField(label="Fra alder", required=False, min_value=0, max_value=LONGEST_AGE)
    age_to = forms.IntegerField(label="Til og med alder", required=False, min_value=0, max_value=LONGEST_AGE)
    who_may = forms.CharField(label="Hvem kan være mentor", max_length=200, required=False)
    criteria = LongText(label="Kriterier", required=False)
    reason = LongText(label="Hvorfor?", help_text="Udvalget læser begrundelsen ved rækken.")

    def __init__(self, *args: Any, row: LevelRow | None, **kwargs: Any) -> None:
        initial = (
            {} if row is None else {name: getattr(row, name) for name in self.base_fields if name != "reason"}
        )
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["target_groups"].choices = list(target_groups(today()).items())  # type: ignore[attr-defined]

    def row(self, key: str) -> LevelRow:
        """The row as written."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        lists = {name: tuple(given[name]) for name in ("functions", "target_groups")}
        return LevelRow(key=key, **given | lists)


class ReasonForm(HouseForm):
    """Why."""

    reason = LongText(label="Hvorfor?", help_text="Udvalget læser begrundelsen ved rækken.")


class OutcomeForm(HouseForm):
    """What a meeting did with a proposal."""

    outcome = forms.ChoiceField(
        label="Hvad gjorde udvalget?",
        choices=[("adopted", "Vedtog det"), ("postponed", "Udsatte det"), ("rejected", "Forkastede det")]
        + [("noted", "Drøftede det eller tog det til efterretning")],
        widget=forms.RadioSelect,
    )
    on = DateField(label="Mødets dag")
    questions = LongText(label="Udvalgets spørgsmål", required=False, help_text="Et på hver linje.")
    committee = forms.CharField(label="Udvalg", max_length=120, required=False, help_text=WHEN_ADOPTED)
    case_number = forms.CharField(label="Sagsnummer", max_length=40, required=False, help_text=WHEN_ADOPTED)
    in_force_from = DateField(label="Gælder fra", required=False, help_text=WHEN_ADOPTED)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, initial={"in_force_from": proposal.in_force_from}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """An adoption needs who, under which case, and from when."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "adopted":
            for name in ("committee", "case_number", "in_force_from"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "Skal udfyldes, når forslaget er vedtaget.")
        return given
