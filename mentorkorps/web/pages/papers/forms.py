"""The forms of a paper: its head, a figure, an annex, and what a meeting did."""

from collections.abc import Iterable
from typing import Any

from django import forms

from mentorkorps.domain.paper import templates
from mentorkorps.municipality.models import ServiceLevel
from mentorkorps.municipality.queries import the_municipality
from mentorkorps.steering.models import Annex, Paper, Proposal, Reading
from mentorkorps.steering.queries.papers import current_reading
from mentorkorps.steering.queries.proposals import open_proposals
from mentorkorps.web.forms import DateField, HouseForm, LongText

HEAD = (
    "title",
    "kind",
    "committee",
    "case_number",
    "document_number",
    "is_open",
    "closed_reason",
    "competence",
)

MADE = Annex.Made.choices


class HeadForm(HouseForm):
    """What stands in the paper's head."""

    title = forms.CharField(label="Titel", max_length=160)
    kind = forms.ChoiceField(label="Type", choices=Paper.Kind.choices, widget=forms.RadioSelect)
    committee = forms.CharField(label="Udvalg", max_length=120)
    meeting_on = DateField(label="Mødets dag")
    item_number = forms.IntegerField(label="Punkt på dagsordenen", required=False, min_value=1, max_value=999)
    case_number = forms.CharField(label="Sagsnr.", max_length=40, required=False)
    document_number = forms.CharField(label="Dok.nr.", max_length=40, required=False)
    competence = forms.CharField(
        label="Kompetence",
        max_length=160,
        required=False,
        help_text="Hvem kan beslutte? Som regel udvalget selv.",
    )
    is_open = forms.TypedChoiceField(
        label="Åbent eller lukket", choices=[("1", "Åbent punkt"), ("0", "Lukket punkt")], initial="1",
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    closed_reason = forms.CharField(
        label="Hvorfor lukket", max_length=200, required=False,
        help_text="Fx: bilaget har oplysninger, der kan føres til en person.",
    )  # fmt: skip

    @classmethod
    def of(cls, paper: Paper, data: Any) -> "HeadForm":
        """The head of a paper as it is."""
        reading = current_reading(paper)
        initial = {name: getattr(paper, name) for name in HEAD} | {"is_open": "1" if paper.is_open else "0"}
        initial |= {"meeting_on": reading.meeting_on, "item_number": reading.item_number}
        return cls(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """A closed item says why."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_open") is False and not given.get("closed_reason"):
            self.add_error("closed_reason", "Skriv, hvorfor punktet er lukket.")
        return given


class NewPaperForm(HeadForm):
    """A new paper: the head, and what it is about."""

    proposal = forms.ModelChoiceField(
        Proposal.objects.none(), label="Forslag", required=False, empty_label="Intet forslag",
        help_text="Beslutningen på sagen følger med over på forslaget.",
    )  # fmt: skip
    level = forms.ModelChoiceField(
        ServiceLevel.objects.all(), label="Serviceniveau", required=False, empty_label="Det, der gælder på mødets dag",
        help_text="Når sagen ikke har et forslag.",
    )  # fmt: skip
    template = forms.ChoiceField(
        label="Skabelon", required=False,
        choices=[("", "Kommunens egen på mødets dag"), *((each.code, each.name) for each in templates())],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposal"].queryset = open_proposals()  # type: ignore[attr-defined]
        self.fields["is_open"].initial = "1"

    def given(self) -> dict[str, Any]:
        """What a paper is created with."""
        municipality = the_municipality()
        return self.cleaned_data | {"authority": str(municipality) if municipality else ""}


class FigureForm(HouseForm):
    """A figure of a run, under a name of the writer's own."""

    path = forms.CharField(label="Tal")
    name = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]*$", label="Navn i teksten", max_length=60,
        help_text="Små bogstaver og bindestreg, fx timer-i-alt.",
        error_messages={"invalid": "Brug små bogstaver fra a til z, tal og bindestreg, fx timer-i-alt."},
    )  # fmt: skip


class AnnexForm(HouseForm):
    """An annex, or a corrected one."""

    title = forms.CharField(label="Titel", max_length=160)
    document_number = forms.CharField(label="Dok.nr.", max_length=40, required=False)
    made = forms.ChoiceField(
        label="Hvem skriver bilaget?", required=False, widget=forms.RadioSelect,
        choices=[("", "Det ligger et andet sted"), *((code, f"Programmet: {word}") for code, word in MADE)],
    )  # fmt: skip
    kroner_per_hour = forms.DecimalField(
        label="Kroner pr. time", required=False, min_value=0, max_value=99_999, decimal_places=2, localize=True,
        help_text="Til bilaget med kroner. Tomt: bilaget siger, at prisen ikke er oplyst.",
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What an annex is added with; the price as whole øre."""
        given = dict(self.cleaned_data)
        price = given.pop("kroner_per_hour")
        return given | {"ore_per_hour": None if price is None else int(price * 100)}


class DecisionForm(HouseForm):
    """What the meeting did."""

    outcome = forms.ChoiceField(
        label="Hvad gjorde udvalget?", choices=Reading.Outcome.choices, widget=forms.RadioSelect
    )
    decision = LongText(label="Beslutning", help_text="Som den står i referatet.")
    absent = forms.CharField(label="Fraværende", max_length=300, required=False)
    questions = LongText(
        label="Udvalgets spørgsmål",
        required=False,
        rows=5,
        help_text="Et på hver linje. De bliver til afsnit, du kan svare i.",
    )
    in_force_from = DateField(
        label="Niveauet gælder fra",
        required=False,
        help_text="Når et forslag er godkendt. Løbende bevillinger beholder deres.",
    )

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if paper.proposal is None:
            del self.fields["in_force_from"]
        else:
            self.fields["in_force_from"].initial = paper.proposal.in_force_from

    def given(self) -> dict[str, Any]:
        """What the decision is recorded with."""
        questions: Iterable[str] = self.cleaned_data["questions"].splitlines()
        return self.cleaned_data | {"questions": list(questions)}


class TakeUpForm(HouseForm):
    """The meeting at which a postponed paper is taken up."""

    meeting_on = DateField(label="Mødets dag")
    item_number = forms.IntegerField(label="Punkt på dagsordenen", required=False, min_value=1, max_value=999)
