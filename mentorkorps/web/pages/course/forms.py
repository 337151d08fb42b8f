"""The forms of a course."""

from decimal import Decimal
from typing import Any

from django import forms

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.danish import capitalised
from mentorkorps.followup.models import CitizenAbsence, FollowUp, StatusReport
from mentorkorps.ledger.queries.choices import Choice
from mentorkorps.municipality.models import TaskTemplate
from mentorkorps.web.forms import DateField, HouseForm, LongText

UNCHOSEN = ("", "Vælg …")


class Lines(LongText):
    """Something on each line; cleaned to a list without blank lines and doubles.

    Whether any line is needed is the verb's to say, since some may come from the catalogue.
    """

    def validate(self, value: Any) -> None:
        """Nothing is asked for here."""

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def suggestions(kind: str, label: str) -> forms.MultipleChoiceField:
    """Entries of the task catalogue to tick; what is ticked is added to the lines above."""
    titles = TaskTemplate.objects.filter(kind=kind).values_list("title", flat=True)
    return forms.MultipleChoiceField(
        label=label,
        choices=[(title, title) for title in titles],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AgreementForm(HouseForm):
    """Everything that the written agreement must hold. `company` adds the two-part test and the wage."""

    use_required_attribute = False  # a line may come from the catalogue instead

    goal = LongText(
        label="Mål",
        max_length=1_000,
        rows=2,
        help_text="Hvad skal være anderledes, når støtten slutter? Skriv til borgeren.",
    )
    tasks = Lines(
        label="Det hjælper mentor med", help_text="En opgave på hver linje, fx “at komme til læge”.", rows=5
    )
    not_tasks = Lines(
        label="Det er ikke mentors opgave",
        help_text="Mindst én linje. Så ved begge, hvor grænsen går.",
        rows=4,
    )
    contact_at_least = forms.IntegerField(label="Mødes mindst (antal gange)", min_value=1, max_value=14)
    contact_every = forms.ChoiceField(
        label="Hvor tit", choices=Agreement._meta.get_field("contact_every").choices
    )
    place = forms.CharField(label="Hvor", max_length=120, help_text="Fx “Hjemme hos dig” eller “Varmestuen”.")
    start = DateField(label="Fra")
    end = DateField(label="Til og med")

    def __init__(self, *args: Any, company: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company = company
        kind = TaskTemplate.Kind.COMPANY if company else TaskTemplate.Kind.SOCIAL
        self.fields["more_tasks"] = suggestions(kind, "Opgaver fra kataloget")
        self.fields["more_not_tasks"] = suggestions(
            TaskTemplate.Kind.NOT_MENTOR, "Ikke mentors opgaver, fra kataloget"
        )
        if company:
            self.fields |= _company_fields()

    def agreed(self) -> dict[str, Any]:
        """What was typed, as `draft_agreement` takes it; the wage in whole øre."""
        said = dict(self.cleaned_data)
        said["tasks"] = list(dict.fromkeys(said["tasks"] + said.pop("more_tasks")))
        said["not_tasks"] = list(dict.fromkeys(said["not_tasks"] + said.pop("more_not_tasks")))
        if self.company:
            said["wage_per_hour"] = int(said["wage_per_hour"] * 100)
        return said


def _company_fields() -> dict[str, forms.Field]:
    wage = forms.DecimalField(
        label="Timeløn, kroner", localize=True, min_value=Decimal(1), max_value=Decimal(2_000), decimal_places=2,
        help_text="Det, virksomheden får dækket for hver time, fx 212,50.",
    )  # fmt: skip
    wage.widget.attrs["class"] = "inp inp-num"
    return {
        "beyond_ordinary": LongText(
            label="Hvorfor støtten går ud over det sædvanlige", max_length=2_000,
            help_text="Ud over, hvad arbejdspladsen eller skolen ellers gør for en ny.",
        ),
        "decisive": LongText(
            label="Hvorfor støtten er afgørende", max_length=2_000,
            help_text="Hvorfor borgeren ikke kan blive i aktiviteten, tilbuddet, uddannelsen eller jobbet uden.",
        ),
        "wage_per_hour": wage,
    }  # fmt: skip


class SignForm(HouseForm):
    """When and how the agreement was signed."""

    on = DateField(label="Underskrevet den")
    how = forms.ChoiceField(
        label="Hvordan",
        choices=[
            (way, way) for way in ("på papir ved et møde", "på papir, sendt med posten", "i Digital Post")
        ],
        widget=forms.RadioSelect,
    )


class MentorForm(HouseForm):
    """One of the choices, from a day. Nobody is preselected."""

    mentor = forms.ChoiceField(
        label="Mentor", widget=forms.RadioSelect, error_messages={"required": "Vælg en mentor."}
    )
    first = DateField(label="Fra")
    reason = LongText(label="Hvorfor netop denne mentor", max_length=1_000, rows=2, required=False)

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(choice.mentor.id): choice.mentor for choice in choices}
        self.fields["mentor"].choices = [(key, mentor.name) for key, mentor in self.by_id.items()]

    def clean_mentor(self) -> Any:
        return self.by_id[self.cleaned_data["mentor"]]


class SubstituteForm(MentorForm):
    """A substitute, for a period."""

    last = DateField(label="Til og med", required=False, help_text="Tom: indtil videre.")
    reason = LongText(label="Hvorfor er der brug for en vikar", max_length=1_000, rows=2, required=False)
    field_order = ("mentor", "first", "last", "reason")


class TaskForm(HouseForm):
    """A task to add to a running course."""

    title = forms.CharField(label="Ny opgave", max_length=200)
    mine = forms.TypedChoiceField(
        label="Hvis opgave er det",
        choices=[("yes", "Mentor skal hjælpe med den"), ("no", "Den er ikke mentors opgave")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )


class AbsenceForm(HouseForm):
    """Days on which the citizen cannot be met."""

    first = DateField(label="Første dag")
    last = DateField(label="Sidste dag", required=False, help_text="Tom: indtil videre.")
    reason = forms.ChoiceField(label="Hvorfor", choices=[UNCHOSEN, *CitizenAbsence.Reason.choices])
    note = forms.CharField(
        label="Bemærkning", max_length=200, required=False, help_text="Kun det, andre har brug for at vide."
    )


class EndAbsenceForm(HouseForm):
    """The last day of an absence."""

    last = DateField(label="Sidste dag")


class StatusForm(HouseForm):
    """The mentor's status for the running grant."""

    goals = LongText(label="Hvor er I med målene", help_text="Hvad er nået, hvad mangler?")
    progress = LongText(
        label="Hvad har flyttet sig", help_text="Hvad gør borgeren nu selv, som mentor gjorde før?"
    )
    citizens_view = LongText(
        label="Borgerens egen opfattelse", required=False, help_text="Gerne med borgerens egne ord."
    )
    recommendation = forms.ChoiceField(
        label="Hvad anbefaler du",
        choices=[(code, capitalised(word)) for code, word in StatusReport.Recommendation.choices],
        widget=forms.RadioSelect,
    )
    reason = LongText(label="Hvorfor", help_text="Et par linjer. De bruges i den nye vurdering.")


class EndForm(HouseForm):
    """How and why a course ends, as both see it."""

    on = DateField(label="Sidste dag")
    reason = forms.ChoiceField(
        label="Hvorfor slutter forløbet, og hvor går borgeren hen",
        choices=[UNCHOSEN, *Course.EndReason.choices],
    )
    citizens_view = LongText(label="Borgerens egne ord om forløbet", max_length=2_000, required=False)
    own_view = LongText(
        label="Mentors og kommunens ord", max_length=2_000, help_text="Hvad blev nået, og hvad står tilbage?"
    )

    def note(self) -> str:
        """Both parties' view as it is kept; a citizen who has said nothing is said to have."""
        said = self.cleaned_data
        citizen = said["citizens_view"].strip() or "har ikke udtalt sig om det."
        return f"Borgeren: {citizen}\nMentor og kommune: {said['own_view'].strip()}"


class FollowUpForm(HouseForm):
    """Where the citizen is now."""

    outcome = forms.ChoiceField(
        label="Hvor er borgeren nu",
        choices=FollowUp._meta.get_field("outcome").choices,
        widget=forms.RadioSelect,
    )
