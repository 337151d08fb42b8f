"""The named cast of the page tests: a small synthetic municipality with one person in each role.

Helle is the caseworker and Fatima the mentor of Jens. Karl works in another unit and Peter has another citizen,
so they must see nothing of Jens. Every name and CPR number is made up.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client

from mentorkorps.cases import cpr
from mentorkorps.cases.models import Citizen, Course, MentorAssignment, Referral
from mentorkorps.followup.models import CourseTally
from mentorkorps.municipality.models import Mentor, MentorHours, Municipality, Provider, Role, Unit, User
from mentorkorps.municipality.queries import forget_municipality

TODAY = date(2026, 11, 20)  # a Friday in ISO week 47


@dataclass
class Cast:
    """Who is on stage."""

    municipality: Municipality
    unit: Unit
    other_unit: Unit
    provider: Provider
    people: dict[str, User]
    helle: User
    karl: User
    fatima: Mentor
    peter: Mentor
    ditte: Mentor
    jens: Citizen
    course: Course
    karla: Citizen
    referral: Referral


def person(name: str, role: Role, **fields: object) -> User:
    """A person who can sign in."""
    email = f"{name.split()[0].lower()}.{role}@example.invalid"
    return User.objects.create_user(email, "en lang sætning til prøve", name=name, role=role, **fields)


def mentor(name: str, *, user: User | None = None, minutes: int = 1_200, **fields: object) -> Mentor:
    """A mentor with hours from the start of 2026."""
    fields.setdefault("kind", Mentor.Kind.INTERNAL)
    fields.setdefault("phone", "12 34 56 78")
    made = Mentor.objects.create(name=name, user=user, active_from=date(2026, 1, 1), **fields)
    MentorHours.objects.create(mentor=made, valid_from=date(2026, 1, 1), minutes_per_week=minutes)
    return made


def citizen(first: str, last: str, number: str, unit: Unit, **fields: object) -> Citizen:
    """A citizen with an encrypted, fictitious CPR number."""
    count = Citizen.objects.count() + 400
    return Citizen.objects.create(
        first_name=first,
        last_name=last,
        cpr_encrypted=cpr.encrypt(number),
        cpr_index=cpr.blind_index(number),
        birth_date=cpr.birth_date(number),
        case_number=f"FJ-{count:04}",
        unit=unit,
        **fields,
    )


def course_for(who: Citizen, by: Mentor | None, assigned_by: User, **fields: object) -> Course:
    """A running course under LAB § 167, stk. 1, from 22 June to 20 December 2026, unless said otherwise."""
    made = Course.objects.create(
        citizen=who,
        unit=who.unit,
        **{
            "function": "social_mentor",
            "target_group": "kontanthjaelp_aktivitetsparat",
            "goal": "Fast adresse og en aktivitet to dage om ugen",
            "start": date(2026, 6, 22),
            "end": date(2026, 12, 20),
            "obligation": "may",
            "rule": "R3-01",
            "citation": "LAB § 167, stk. 1",
            "minutes_per_week": 120,
            "signed_on": date(2026, 6, 19),
            "mentor": by,
        }
        | fields,
    )
    CourseTally.objects.create(course=made)
    if by is not None:
        MentorAssignment.objects.create(course=made, mentor=by, first=made.start, assigned_by=assigned_by)
    return made


def set_the_stage() -> Cast:
    """Everyone on stage. The municipality lives on TODAY, since it is synthetic."""
    municipality = Municipality.objects.create(
        name="Fjordby Kommune", code="999", address="Rådhuspladsen 1, 9999 Fjordby", phone="12 34 56 78",
        case_prefix="FJ", last_case_number=500, synthetic=True, world_date=TODAY,
    )  # fmt: skip
    forget_municipality()
    unit, other_unit = Unit.objects.create(name="Jobindsats Nord"), Unit.objects.create(name="Jobindsats Syd")
    provider = Provider.objects.create(name="Prøvehuset A/S", kind=Provider.Kind.SUPPLIER, cvr="10000009")
    firm = Provider.objects.create(name="Prøvetræ ApS", kind=Provider.Kind.COMPANY, cvr="10000017")
    helle = person("Helle Prøve", Role.CASEWORKER, unit=unit, phone="12 34 56 78")
    karl = person("Karl Eksempel", Role.CASEWORKER, unit=other_unit)
    people = {
        Role.CASEWORKER: helle,
        Role.MENTOR: person("Fatima Eksempel", Role.MENTOR, unit=unit),
        Role.COMPANY_MENTOR: person("Torben Prøve", Role.COMPANY_MENTOR),
        Role.PROVIDER: person("Viggo Eksempel", Role.PROVIDER, provider=provider),
        Role.COORDINATOR: person("Bodil Eksempel", Role.COORDINATOR, unit=unit),
        Role.CONTROLLER: person("Ove Prøve", Role.CONTROLLER),
        Role.LEADER: person("Lene Eksempel", Role.LEADER),
        Role.SECRETARY: person("Stine Prøve", Role.SECRETARY),
        Role.DPO: person("Dan Eksempel", Role.DPO),
        Role.ADMINISTRATOR: person("Anna Prøve", Role.ADMINISTRATOR),
    }
    fatima = mentor(
        "Fatima Eksempel", user=people[Role.MENTOR], unit=unit, languages=["da", "ar"], gender="k"
    )
    peter = mentor("Peter Prøve", user=person("Peter Prøve", Role.MENTOR, unit=unit), unit=unit, gender="m")
    ditte = mentor("Ditte Eksempel", kind=Mentor.Kind.SUPPLIER, provider=provider)
    torben = mentor("Torben Prøve", user=people[Role.COMPANY_MENTOR], kind=Mentor.Kind.COMPANY, provider=firm)
    jens = citizen(
        "Jens", "Eksempel", "1403769995", unit, caseworker=helle, address="Prøvegade 1, 9999 Fjordby"
    )
    karla = citizen("Karla", "Prøve", "0101929996", unit, caseworker=helle)
    referral = Referral.objects.create(
        citizen=karla, received_on=date(2026, 11, 16), visitate_by=date(2026, 11, 30), created_by=helle,
        target_group="kontanthjaelp_aktivitetsparat", target_group_source="Fagsystem",
        target_group_from=date(2026, 3, 1), purpose="Følgeskab efter udskrivning", goals="Vil være materialist",
    )  # fmt: skip
    course = course_for(jens, fatima, helle)
    others = citizen("Olga", "Prøve", "0202859997", other_unit, caseworker=karl)
    course_for(others, peter, karl)
    course_for(citizen("Viktor", "Eksempel", "0303819998", unit, caseworker=helle), ditte, helle)
    course_for(
        citizen("Nadia", "Prøve", "0404889990", unit, caseworker=helle), torben, helle,
        function="company_mentor", citation="LAB § 169", minutes_per_week=300, end=TODAY + timedelta(days=40),
    )  # fmt: skip
    return Cast(
        municipality,
        unit,
        other_unit,
        provider,
        people,
        helle,
        karl,
        fatima,
        peter,
        ditte,
        jens,
        course,
        karla,
        referral,
    )


def signed_in(user: User | None) -> Client:
    """A browser in which a person has signed in with both factors; None is nobody."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = True
        session.save()
    return client


def new_key() -> uuid.UUID:
    """What a phone makes for each contact."""
    return uuid.uuid4()
