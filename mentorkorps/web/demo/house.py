"""What the two worlds share: the municipality's row, people and mentors, made by the product's own verbs."""

from datetime import date
from random import Random
from typing import Any

from mentorkorps.municipality.actions import (
    create_person,
    found_municipality,
    load_catalogue,
    save_mentor,
    set_hours,
)
from mentorkorps.municipality.models import Mentor, Municipality, Provider, Role, Unit, User
from mentorkorps.web.demo.people import Gender, People

ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."})
ROLE_OF = {
    Mentor.Kind.INTERNAL: Role.MENTOR,
    Mentor.Kind.SUPPLIER: Role.MENTOR,
    Mentor.Kind.COMPANY: Role.COMPANY_MENTOR,
    Mentor.Kind.EDUCATION: Role.COMPANY_MENTOR,
}


def _birth_year(name: str, since: date) -> int | None:
    """From 20 to 59 years old when they begin; of one in six not known. Nothing is taken from the world's dice."""
    dice = Random(name)
    return dice.randint(since.year - 59, since.year - 20) if dice.random() < 5 / 6 else None


class House:
    """A synthetic municipality that is being furnished. Nobody has a password: the demo's front page picks a role."""

    def __init__(self, rng: Random, people: People, **municipality: Any) -> None:
        self.rng, self.people = rng, people
        self.municipality: Municipality = found_municipality(synthetic=True, **municipality)
        load_catalogue()
        self.administrator = self.person("Anna Prøve", Role.ADMINISTRATOR)

    def person(self, name: str, role: Role, **fields: Any) -> User:
        """Someone who signs in."""
        self.people.take(name)
        email = f"{name.lower().translate(ASCII)}@example.invalid"
        by = getattr(self, "administrator", None)
        return create_person(email=email, name=name, role=role, by=by, phone=self.people.phone(), **fields)

    def mentor(
        self, kind: Mentor.Kind, minutes: int, since: date, *, name: str = "", unit: Unit | None = None,
        provider: Provider | None = None, **fields: Any,
    ) -> Mentor:  # fmt: skip
        """A mentor who signs in, with minutes a week from a day."""
        gender: Gender = fields.pop("gender", None) or self.rng.choice("km")  # type: ignore[assignment]
        name = name or " ".join(self.people.name(gender))
        user = self.person(name, ROLE_OF[kind], unit=unit, provider=provider)
        fields = {"confidentiality_on": since, "birth_year": _birth_year(name, since)} | fields
        mentor = save_mentor(
            None, by=self.administrator, kind=kind, name=name, user=user, unit=unit, provider=provider,
            phone=user.phone, email=user.email, gender=gender, active_from=since, **fields,
        )  # fmt: skip
        set_hours(mentor, valid_from=since, minutes_per_week=minutes, by=self.administrator)
        return mentor

    def provider(self, name: str, kind: Provider.Kind) -> Provider:
        """A supplier, company or school, with a CVR number that no firm has."""
        cvr = f"1000{Provider.objects.count():04}"
        return Provider.objects.create(name=name, kind=kind, cvr=cvr, phone=self.people.phone())
