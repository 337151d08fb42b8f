"""The words that files are read against: units, people, suppliers, languages and codes, by their names here."""

from datetime import date
from typing import Any

from django.db.models import Q

from mentorkorps.cases.models import BARRIERS
from mentorkorps.domain.intake import Around
from mentorkorps.domain.intake.kinds import AGES, GENDERS
from mentorkorps.municipality.languages import LANGUAGES
from mentorkorps.municipality.models import Mentor, Provider, Role, Unit, User


def around(today: date) -> Around:
    """What a file is read against on a day: each set of words by the name that `domain.intake.kinds` gives it."""
    having_cases = User.objects.filter(Q(role=Role.CASEWORKER) | Q(citizens__isnull=False)).distinct()
    return Around(
        today=today,
        words={
            "genders": GENDERS,
            "ages": AGES,
            "languages": {name: code for code, name in LANGUAGES.items()},
            "barriers": {name: code for code, name in BARRIERS.items()},
            "mentor_kinds": {label: value for value, label in Mentor.Kind.choices},
            "units": {_low(name): key for key, name in Unit.objects.values_list("pk", "name")},
            "caseworkers": {_low(email): key for key, email in having_cases.values_list("pk", "email")},
            "providers": _providers(),
        },
    )


def _low(text: str) -> str:
    return " ".join(text.lower().split())


def _providers() -> dict[str, Any]:
    """Each supplier by name and by CVR number."""
    rows = Provider.objects.all()
    return {_low(row.name): row for row in rows} | {row.cvr: row for row in rows if row.cvr}
