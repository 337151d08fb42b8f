"""The forms on those around a citizen: who it is, the next step, a consent, and the sheet for a meeting."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Consent, Party, Task
from mentorkorps.domain.network import GROUPS, KINDS
from mentorkorps.municipality.queries import today
from mentorkorps.web.citizen_forms import KeyedForm, short_text
from mentorkorps.web.forms import DateField, HouseForm, LongText

KIND_CHOICES = [
    (label, [(code, kind.word) for code, kind in KINDS.items() if kind.group == group])
    for group, label in GROUPS.items()
]
MINUTES = 60


class StepForm(HouseForm):
    """What a party does next. `done` keeps the step they had as done."""

    done = forms.BooleanField(label="Det er gjort", required=False)
    next_step = short_text(Party, "next_step", "Næste skridt", help_text="Tomt, når intet mere er aftalt.")
    owner = short_text(Party, "owner", "Hvem gør det")
    due = DateField(label="Hvornår", required=False)


class PartyForm(KeyedForm):
    """Someone around the citizen, the agreed next step, and the help they give already."""

    name = short_text(
        Party, "name", "Hvem", required=True, help_text="Fx Egen læge, Udbetaling Danmark, Børne-Familie."
    )
    kind = forms.ChoiceField(label="Art", choices=KIND_CHOICES, initial="other", required=False)
    contact = short_text(Party, "contact", "Navn og telefon")
    next_step = short_text(Party, "next_step", "Næste skridt")
    owner = short_text(Party, "owner", "Hvem gør det")
    due = DateField(label="Hvornår", required=False)
    gives = short_text(
        Party, "gives", "Hjælp, de giver nu",
        help_text="Fx bostøtte efter serviceloven § 85. Så ses det, om hjælpen overlapper.",
    )  # fmt: skip
    hours = forms.DecimalField(
        label="Timer om ugen", required=False, localize=True, min_value=0, max_value=168, decimal_places=2,
        help_text="Fx 1,5. Tomt, når det ikke vides.",
    )  # fmt: skip
    closed_on = DateField(label="Samarbejdet er slut", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].widget.attrs["class"] = "inp inp-num"

    def clean_closed_on(self) -> date | None:
        ended = self.cleaned_data["closed_on"]
        if ended and ended > today():
            raise ValidationError("Datoen ligger i fremtiden. Skriv den, når samarbejdet er slut.")
        return ended

    def party(self) -> dict[str, Any]:
        """The fields of `actions.parties.save_party`; hours as whole minutes."""
        said = self.fields_of(name for name in PartyForm.base_fields if name not in ("key", "hours"))
        said["kind"] = said["kind"] or "other"
        hours: Decimal | None = self.cleaned_data["hours"]
        return said | {"minutes_per_week": None if hours is None else int(hours * MINUTES)}


def known_of(party: Party) -> dict[str, Any]:
    """What the form on a party begins with."""
    names = (name for name in PartyForm.base_fields if name not in ("key", "hours"))
    minutes = party.minutes_per_week
    hours = None if minutes is None else Decimal(minutes) / MINUTES
    return {name: getattr(party, name) for name in names} | {"hours": hours}


class ConsentForm(KeyedForm):
    """What may be shared with whom, for what, how long, and how the citizen said so."""

    information = short_text(
        Consent, "information", "Det må der tales om", required=True, help_text="Fx bolig og behandling. Vær konkret."
    )  # fmt: skip
    purpose = short_text(Consent, "purpose", "Til hvad", help_text="Fx at få en bolig.")
    direction = forms.ChoiceField(
        label="Hvilken vej", choices=[(code, word.capitalize()) for code, word in Consent.Direction.choices],
        initial=Consent.Direction.BOTH, widget=forms.RadioSelect,
    )  # fmt: skip
    how = forms.ChoiceField(
        label="Hvordan er det givet", widget=forms.RadioSelect,
        choices=[(code, word.capitalize()) for code, word in Consent.How.choices],
    )  # fmt: skip
    given_on = DateField(label="Givet")
    until = DateField(label="Gælder til og med", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="consent_%s", **kwargs)  # it shares a page with the form on the party

    def consent(self) -> dict[str, Any]:
        """The fields of `actions.parties.give_consent`."""
        return dict(self.cleaned_data)


class WithdrawForm(HouseForm):
    """The day a consent was taken back."""

    on = DateField(label="Trukket tilbage")


class SheetForm(HouseForm):
    """What stands on the sheet of a meeting. Only parties with a consent that holds can be chosen."""

    meets_on = DateField(label="Mødet holdes", required=False)
    participants = forms.MultipleChoiceField(
        label="Hvem deltager", widget=forms.CheckboxSelectMultiple,
        help_text="Kun parter, som borgeren har givet samtykke til, kan vælges.",
        error_messages={"required": "Vælg mindst én, der deltager."},
    )  # fmt: skip
    goal = forms.BooleanField(label="Tag målet med", required=False, initial=True)
    tasks = forms.MultipleChoiceField(
        label="Opgaver på arket", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Vælg kun dem, som alle deltagere må kende.",
    )  # fmt: skip
    questions = LongText(label="Spørgsmål til mødet", required=False, help_text="Ét på hver linje.")
    next_on = DateField(label="Næste møde efter dette", required=False)

    def __init__(self, *args: Any, parties: Sequence[Party], tasks: Sequence[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(party.id): party for party in parties}
        self.open_tasks = {str(task.id): task for task in tasks}
        self.fields["participants"].choices = [(key, party.name) for key, party in self.parties.items()]
        self.fields["tasks"].choices = [(key, task.title) for key, task in self.open_tasks.items()]

    def sheet(self) -> dict[str, Any]:
        """What `facts.coordination_sheet` takes from the form."""
        said = self.cleaned_data
        return {
            "participants": [self.parties[key] for key in said["participants"]],
            "tasks": [self.open_tasks[key] for key in said["tasks"]],
            "with_goal": said["goal"],
            "questions": [line.strip() for line in said["questions"].splitlines() if line.strip()],
            "meets_on": said["meets_on"],
            "next_on": said["next_on"],
        }
