"""The forms on a citizen: who it is, the referral, notes, and what is corrected later."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from mentorkorps.cases.cpr import normalize
from mentorkorps.cases.models import BARRIERS, Citizen, Referral
from mentorkorps.cases.queries import caseworkers
from mentorkorps.domain import law
from mentorkorps.domain.codes import AGE_WORDS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import field_date
from mentorkorps.municipality.languages import LANGUAGES
from mentorkorps.municipality.models import Unit
from mentorkorps.municipality.queries import today
from mentorkorps.web.forms import DateField, HouseForm, LongText

OLDEST_REFERRAL = timedelta(days=366)
GENDERS = [("", "Ikke oplyst"), ("k", "Kvinde"), ("m", "Mand")]
WISHED_GENDER = [("", "Ingen ønsker"), ("k", "Kvinde"), ("m", "Mand")]
WISHED_AGE = [("", "Ingen ønsker"), *((band, capitalised(words)) for band, words in AGE_WORDS.items())]
SOURCES = ("Fagsystem", "Jobplan", "Oplyst af borgeren", "Ydelsescenter", "Henvisende enhed")
BENEFITS = (
    "Kontanthjælp", "Uddannelseshjælp", "Dagpenge", "Sygedagpenge", "Ressourceforløbsydelse", "Ledighedsydelse",
    "Fleksløntilskud", "Førtidspension", "Revalideringsydelse", "Selvforsørgelses- og hjemrejseydelse", "Ingen ydelse",
)  # fmt: skip
LANGUAGE_CHOICES = [(code, name.capitalize()) for code, name in LANGUAGES.items()]
phone_number = RegexValidator(r"^[0-9+() -]*$", "Skriv telefonnummeret med cifre, fx 12 34 56 78.")


def short_text(
    model: type, name: str, label: str, *, required: bool = False, **kwargs: Any
) -> forms.CharField:
    """One line, as long as its column."""
    longest = model._meta.get_field(name).max_length
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        error_messages={"max_length": f"Højst {longest} tegn. Du har skrevet %(show_value)d."},
        **kwargs,
    )


def with_suggestions(name: str) -> forms.TextInput:
    """A line that offers words to choose from, and takes any other."""
    return forms.TextInput({"list": name, "autocomplete": "off"})


class KeyedForm(HouseForm):
    """A form with a key of its own, so that the same form sent twice is one row."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": "Genindlæs siden, og prøv igen.",
            "invalid": "Genindlæs siden, og prøv igen.",
        },
    )

    def fields_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The cleaned values of some fields."""
        return {name: self.cleaned_data[name] for name in names}


class ReferralForm(KeyedForm):
    """A referral. Only what the support is for must be written; everything else may still be unknown."""

    purpose = LongText(label="Det skal støtten hjælpe med", help_text="Med borgerens egne ord, når du kan.")
    goals = LongText(
        label="Borgerens egne mål", rows=2, required=False, help_text="Det første mål kommer med i aftalen."
    )
    received_on = DateField(label="Modtaget", help_text="Fristen for visitation regnes herfra.")
    target_group = forms.ChoiceField(label="Målgruppe", required=False)
    target_group_from = DateField(label="Målgruppe fra", required=False)
    target_group_source = short_text(
        Referral, "target_group_source", "Kilde", widget=with_suggestions("sources")
    )
    benefit = short_text(Referral, "benefit", "Ydelse", widget=with_suggestions("benefits"))
    barriers = forms.MultipleChoiceField(
        label="Det står i vejen",
        required=False,
        choices=[(code, word.capitalize()) for code, word in BARRIERS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Kun det, der har betydning for støtten.",
    )
    professionals = LongText(label="Andre fagfolk om borgeren", rows=2, required=False)
    safety_notes = LongText(
        label="Sikkerhed ved besøg",
        rows=2,
        required=False,
        help_text="Læses af mentor. Skriv kun det nødvendige.",
    )
    mentor_gender = forms.ChoiceField(label="Ønsker mentor", required=False, choices=WISHED_GENDER)
    mentor_age = forms.ChoiceField(label="Ønsket alder på mentor", required=False, choices=WISHED_AGE)
    wishes = LongText(label="Andre ønsker til mentor", rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = law.target_groups(today())
        self.fields["target_group"].choices = [("", "Ved ikke endnu"), *groups.items()]
        self.fields["received_on"].initial = today()

    def clean_received_on(self) -> date:
        received = self.cleaned_data["received_on"]
        if received > today():
            raise ValidationError("Datoen ligger i fremtiden. Skriv dagen, hvor henvisningen kom.")
        if received < today() - OLDEST_REFERRAL:
            raise ValidationError(
                f"{field_date(received)} er mere end et år siden. Se efter, om årstallet er rigtigt."
            )
        return received

    def clean_target_group_from(self) -> date | None:
        since = self.cleaned_data["target_group_from"]
        if since and since > today():
            raise ValidationError("Datoen ligger i fremtiden. Skriv målgruppen, som den er nu.")
        return since

    def referral(self) -> dict[str, Any]:
        """The fields of `actions.referral.refer`."""
        return self.fields_of(name for name in ReferralForm.base_fields if name != "key")


class CitizenFields(HouseForm):
    """What is known of a citizen beside the CPR number."""

    first_name = short_text(Citizen, "first_name", "Fornavn", required=True)
    last_name = short_text(Citizen, "last_name", "Efternavn", required=True)
    gender = forms.ChoiceField(label="Køn", required=False, choices=GENDERS)
    phone = short_text(
        Citizen, "phone", "Telefon", validators=[phone_number], widget=forms.TextInput({"inputmode": "tel"})
    )
    address = short_text(
        Citizen, "address", "Adresse", help_text="Tom, når borgeren ikke har en fast adresse."
    )
    district = short_text(
        Citizen, "district", "Område", help_text="Bruges til at finde en mentor i nærheden."
    )
    language = forms.ChoiceField(
        label="Taler",
        choices=LANGUAGE_CHOICES,
        initial="da",
        help_text="Ved andet end dansk: tolk, eller en mentor der taler sproget.",
    )
    external_case_number = short_text(Citizen, "external_case_number", "Nummer i fagsystemet")
    digital_post_exempt = forms.BooleanField(label="Fritaget for Digital Post", required=False)
    protected = forms.BooleanField(label="Navne- og adressebeskyttelse", required=False)


CITIZEN_FIELDS = tuple(CitizenFields.base_fields)


class NewReferralForm(CitizenFields, ReferralForm):
    """A citizen whom we do not know yet, with the first referral, in one."""

    cpr = forms.CharField(
        label="CPR-nummer",
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "inp inp-date"}),
        help_text="10 cifre. Gemmes krypteret og vises kun, når nogen beder om det.",
        error_messages={"max_length": "Et CPR-nummer er 10 cifre. Skriv det som 010190-1234."},
    )

    field_order = ("cpr", *CITIZEN_FIELDS)

    def clean_cpr(self) -> str:
        return normalize(self.cleaned_data["cpr"])

    def citizen(self) -> dict[str, Any]:
        """The fields of `actions.referral.register_citizen`."""
        return self.fields_of(("cpr", *CITIZEN_FIELDS))


class EditCitizenForm(CitizenFields):
    """Corrections, and who has the case. A protected address is never shown here; empty leaves it as it is."""

    caseworker = forms.ModelChoiceField(
        label="Sagsbehandler", required=False, queryset=None, empty_label="Ingen sagsbehandler"
    )
    unit = forms.ModelChoiceField(label="Enhed", queryset=Unit.objects.order_by("name"), empty_label=None)

    def __init__(self, *args: Any, citizen: Citizen, **kwargs: Any) -> None:
        values = {name: getattr(citizen, name) for name in (*CITIZEN_FIELDS, "caseworker", "unit")}
        if citizen.protected:
            values["address"] = ""
        super().__init__(*args, initial=values, **kwargs)
        self.citizen = citizen
        if citizen.language not in LANGUAGES:
            self.fields["language"].choices = [*LANGUAGE_CHOICES, (citizen.language, citizen.language)]
        self.fields["caseworker"].queryset = caseworkers()
        if citizen.protected:
            self.fields[
                "address"
            ].help_text = "Adressen er beskyttet og vises ikke her. Skriv kun, hvis den skal ændres."

    def changes(self) -> dict[str, Any]:
        """The fields of `actions.referral.correct_citizen`."""
        changes = dict(self.cleaned_data)
        if self.citizen.protected and not changes["address"]:
            del changes["address"]
        return changes


class NoteForm(KeyedForm):
    """A note in the case."""

    text = LongText(label="Notat", rows=4, help_text="Skriv nøgternt. Borgeren kan få aktindsigt i det.")


class ReasonForm(HouseForm):
    """Why a protected address is opened."""

    reason = forms.CharField(
        label="Hvorfor skal du bruge adressen?",
        max_length=200,
        error_messages={
            "required": "Skriv, hvorfor du skal bruge adressen.",
            "max_length": "Højst 200 tegn.",
        },
    )
