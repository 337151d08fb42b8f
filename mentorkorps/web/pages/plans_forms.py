"""The forms of plans: what to plan for, an answer to a line, the points, and a mentor who is not to be chosen."""

from typing import Any

from django import forms

from mentorkorps.cases.models import Avoidance
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.planning.trade_off import NEVER
from mentorkorps.ledger.models import Plan, PlanWeights
from mentorkorps.ledger.queries.plans import POINTS
from mentorkorps.municipality.models import Unit
from mentorkorps.web.forms import DateField, HouseForm, LongText

OWN = ""
# What a move may cost: points for staying, and what that means. The first is the municipality's own points.
MOVES = (
    (OWN, "Som kommunens point siger"),
    (str(NEVER), "Flyt kun dem, der ikke kan blive, hvor de er"),
    ("50", "Flyt, når to ønsker bliver opfyldt i stedet for ingen"),
    ("15", "Flyt, når ét ønske mere bliver opfyldt"),
)
MOST_POINTS = 1_000


class PlanForm(HouseForm):
    """Whom to plan for, and how much it takes to move somebody."""

    scope = forms.ChoiceField(
        label="Hvem skal planen hjælpe",
        choices=Plan.Scope.choices,
        widget=forms.RadioSelect,
        initial="waiting",
    )
    unit = forms.ModelChoiceField(
        label="Enhed", queryset=Unit.objects.all(), required=False, empty_label="Alle enheder"
    )
    stability = forms.ChoiceField(
        label="Hvornår må en borger skifte mentor",
        choices=MOVES,
        required=False,
        help_text="Gælder kun, når planen er for alle. Den, der venter, har ingen mentor at skifte fra.",
    )
    move_from_absent = forms.BooleanField(
        label="Find også en ny mentor til dem, hvis mentor er væk i dag", required=False
    )

    def clean_stability(self) -> int | None:
        said = self.cleaned_data["stability"]
        return int(said) if said else None


class TakeForm(HouseForm):
    """From when the citizen has the suggested mentor."""

    first = DateField(label="Fra")


class DeclineForm(HouseForm):
    """Why a suggestion is not followed."""

    reason = LongText(
        label="Hvorfor passer forslaget ikke",
        max_length=1_000,
        rows=2,
        help_text="Den, der læser planen, ser det.",
    )


class PointsForm(HouseForm):
    """The municipality's own points from a day."""

    first = DateField(label="Gælder fra")
    adopted_by = forms.CharField(label="Vedtaget af", max_length=120, help_text="Fx ledelsen i Jobindsats.")
    source = forms.CharField(
        label="Hvor det står", max_length=280, help_text="Fx referat fra mødet 3. november 2026."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in POINTS:
            self.fields[name] = _points(str(PlanWeights._meta.get_field(name).verbose_name))


def _points(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=capitalised(label),
        min_value=0,
        max_value=MOST_POINTS,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-num"}),
        error_messages={
            "required": "Skal udfyldes.",
            "invalid": "Skriv et helt tal, fx 20.",
            "min_value": "Skriv 0 eller mere.",
            "max_value": f"Skriv højst {MOST_POINTS}.",
        },
    )


class AvoidForm(HouseForm):
    """A mentor whom the citizen is not to have, and the kind of reason."""

    mentor = forms.ChoiceField(label="Mentor")
    reason = forms.ChoiceField(
        label="Hvorfor",
        choices=Avoidance.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg en grund."},
        help_text="Kun grundens art bliver gemt. Skriv ikke mere om den her.",
    )

    def __init__(self, *args: Any, mentors: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mentors = mentors
        self.fields["mentor"].choices = [("", "Vælg …"), *((key, each.name) for key, each in mentors.items())]

    def clean_mentor(self) -> Any:
        return self.mentors[self.cleaned_data["mentor"]]
