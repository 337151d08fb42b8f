"""The forms of the corps: what is typed as words and hours, and read as codes and minutes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from mentorkorps.domain.intake.values import FIRST_YEAR
from mentorkorps.municipality.languages import LANGUAGES, language_name
from mentorkorps.municipality.models import Mentor, MentorAbsence, Provider, Role, Unit, User
from mentorkorps.municipality.queries import today
from mentorkorps.web.forms import DateField, HouseForm

MOST_CITIZENS = 500
WHICH_YEAR = "Skriv fødselsåret med fire cifre, fx 1985."
CODES = {name: code for code, name in LANGUAGES.items()}


class Words(forms.CharField):
    """A list of words, typed with commas between them."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(word.strip() for word in (value or "").split(",") if word.strip()))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def run_validators(self, value: list[str]) -> None:
        for word in value:
            ProhibitNullCharactersValidator()(word)
            if len(word) > 40:
                raise ValidationError(f"“{word[:40]}…” er for langt. Sæt komma mellem ordene.")


class Languages(Words):
    """Languages by their Danish names, read as ISO codes."""

    def to_python(self, value: Any) -> list[str]:
        codes = []
        for word in super().to_python(value):
            code = CODES.get(word.lower())
            if code is None:
                raise ValidationError(f"Sproget “{word}” er ikke på listen: {', '.join(sorted(CODES))}.")
            codes.append(code)
        return codes

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(language_name(code) for code in value) if isinstance(value, list) else value


class HoursAsMinutes(forms.DecimalField):
    """Hours with a comma, fx 22,5, as whole minutes."""

    def __init__(self, **kwargs: Any) -> None:
        too_many = "En uge har højst 168 timer."
        super().__init__(min_value=0, max_value=168, decimal_places=2, localize=True, widget=forms.TextInput(
            {"inputmode": "decimal", "class": "inp inp-num"}
        ), error_messages={"invalid": "Skriv timerne som et tal, fx 22,5.", "max_value": too_many,
                           "min_value": "Timer kan ikke være under 0."}, **kwargs)  # fmt: skip

    def clean(self, value: Any) -> int | None:
        hours = super().clean(value)
        return None if hours is None else round(hours * Decimal(60))


class MentorForm(HouseForm):
    """Who the mentor is and what they can."""

    name = forms.CharField(label="Navn", max_length=80)
    kind = forms.ChoiceField(label="Art", choices=Mentor.Kind.choices)
    unit = forms.ModelChoiceField(
        label="Enhed", queryset=Unit.objects.all(), required=False, empty_label="Ingen"
    )
    provider = forms.ModelChoiceField(
        label="Ansat hos", queryset=Provider.objects.all(), required=False, empty_label="Kommunen",
        help_text="Leverandør, virksomhed eller uddannelsessted. Kommunens egne mentorer har ingen.",
    )  # fmt: skip
    user = forms.ModelChoiceField(
        label="Logger ind som", queryset=User.objects.none(), required=False, empty_label="Logger ikke ind",
        help_text="Kun brugere med rollen mentor eller faglig mentor.",
    )  # fmt: skip
    phone = forms.CharField(label="Telefon", max_length=20, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    languages = Languages(label="Sprog", required=False, help_text="Med komma imellem, fx dansk, arabisk.")
    districts = Words(label="Områder", required=False, help_text="Med komma imellem, fx Nord, Midt.")
    skills = Words(
        label="Erfaring", required=False, help_text="Med komma imellem, fx psykiatri, hjemløshed, unge."
    )
    gender = forms.ChoiceField(
        label="Køn", choices=[("", "Ikke oplyst"), ("k", "Kvinde"), ("m", "Mand")], required=False,
        help_text="Bruges kun, når en borger ønsker en kvinde eller en mand.",
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label="Fødselsår", required=False, min_value=FIRST_YEAR,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-num"}),
        help_text="Fx 1985. Bruges kun, når en borger ønsker en mentor i en bestemt alder.",
        error_messages={"invalid": WHICH_YEAR, "min_value": WHICH_YEAR},
    )  # fmt: skip
    max_citizens = forms.IntegerField(
        label="Højst antal borgere", min_value=0, max_value=MOST_CITIZENS, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-num"}),
        help_text="Lad stå tom, hvis der ikke er aftalt et højeste antal.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Skriv et helt tal fra 0 til {MOST_CITIZENS}, fx 12."
        ),
    )  # fmt: skip
    confidentiality_on = DateField(
        label="Tavshedspligt aftalt", required=False, help_text="Den dag, mentoren har skrevet under på den."
    )
    active_from = DateField(label="Mentor fra")
    active_to = DateField(label="Mentor til og med", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(
            role__in=(Role.MENTOR, Role.COMPANY_MENTOR), is_active=True
        )

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > today().year:
            raise ValidationError("Året ligger i fremtiden. Skriv det år, mentoren er født.")
        return year

    def who_fields(self) -> list[forms.BoundField]:
        """Who the mentor is: the left half of the page."""
        return list(self)[:7]

    def can_fields(self) -> list[forms.BoundField]:
        """What the mentor can: the right half."""
        return list(self)[7:]

    @classmethod
    def initial_of(cls, mentor: Mentor) -> dict[str, Any]:
        """What the form shows for a mentor who is there already."""
        return {name: getattr(mentor, name) for name in cls.base_fields}


class HoursForm(HouseForm):
    """The time a mentor can spend with citizens from a day."""

    minutes_per_week = HoursAsMinutes(
        label="Timer om ugen sammen med borgere", help_text="Uden møder, transport og forberedelse. Fx 22,5."
    )
    valid_from = DateField(label="Fra")
    valid_to = DateField(
        label="Til og med",
        required=False,
        help_text="Udfyld kun for en tid. Bagefter gælder timerne fra før igen.",
    )
    note = forms.CharField(label="Bemærkning", max_length=200, required=False)


class ContractForm(HouseForm):
    """A mentor's week as it stands in the contract."""

    contract_minutes = HoursAsMinutes(label="Timer om ugen i kontrakten", help_text="Fx 37.")
    meeting_minutes = HoursAsMinutes(
        label="Møder om ugen",
        help_text="Teammøder, supervision og lignende i gennemsnit. Skriv 0, når der ingen er.",
    )
    training_minutes = HoursAsMinutes(
        label="Uddannelse om ugen",
        help_text="I gennemsnit. Hele kursusdage skriver du som fravær. Skriv 0, når der ingen er.",
    )
    valid_from = DateField(label="Fra")
    valid_to = DateField(
        label="Til og med", required=False,
        help_text="Udfyld kun for en tid. Bagefter gælder timerne fra før igen.",
    )  # fmt: skip
    note = forms.CharField(label="Bemærkning", max_length=200, required=False)


class PreparationForm(HouseForm):
    """What travel and preparation take of the time that is left after meetings and training."""

    percent = forms.IntegerField(
        label="Rejse og forberedelse i procent", min_value=0, max_value=99,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-num"}),
        help_text="Af den tid, der er tilbage, når møder og uddannelse er trukket fra. Fx 20.",
        error_messages={
            "invalid": "Skriv et helt tal, fx 20.", "min_value": "Skriv en procent fra 0 til 99.",
            "max_value": "Skriv en procent fra 0 til 99.",
        },
    )  # fmt: skip
    valid_from = DateField(label="Gælder fra")
    source = forms.CharField(
        label="Kilde", max_length=200, help_text="Hvem har besluttet tallet, og hvad bygger det på?"
    )


class AbsenceForm(HouseForm):
    """Days on which a mentor is away."""

    reason = forms.ChoiceField(label="Grund", choices=MentorAbsence.Reason.choices, widget=forms.RadioSelect)
    first = DateField(label="Første dag")
    last = DateField(label="Sidste dag", required=False, help_text="Lad stå tom, når det er indtil videre.")


class AbsenceEndForm(HouseForm):
    """The last day of an absence."""

    last = DateField(label="Sidste dag")


class TrainingForm(HouseForm):
    """A course or qualification."""

    title = forms.CharField(label="Uddannelse eller kursus", max_length=120)
    completed_on = DateField(label="Gennemført")
    expires_on = DateField(label="Udløber", required=False, help_text="Kun når den skal tages igen.")

    def clean_completed_on(self) -> date:
        """Nobody holds what is not completed yet."""
        day: date = self.cleaned_data["completed_on"]
        if day > today():
            raise ValidationError("Dagen ligger i fremtiden. Skriv den, når uddannelsen er gennemført.")
        return day
