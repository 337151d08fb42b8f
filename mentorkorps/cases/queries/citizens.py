"""Finding citizens: by CPR number, case number or name, and by where their case lies."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat

from mentorkorps.cases import cpr
from mentorkorps.cases.models import Citizen, Course, Referral
from mentorkorps.municipality.models import Role, User

# A name is looked for by so many of its words; more are no name.
MOST_WORDS = 6


@dataclass(frozen=True)
class Found:
    """What a search gave: `by` is cpr, case_number or name, `citizens` the first ones in order of name."""

    by: str
    citizens: list[Citizen]
    more: bool


def find(citizens: QuerySet[Citizen], text: str, *, at_most: int) -> Found:
    """Citizens by CPR number, case number (ours or that of the case system) or any part of a name, æ, ø and å alike."""
    text = " ".join(text.replace("\x00", "").split())
    by, rows = _rows(citizens, text)
    found = list(with_courses(rows)[: at_most + 1])
    return Found(by, found[:at_most], len(found) > at_most)


def _rows(citizens: QuerySet[Citizen], text: str) -> tuple[str, QuerySet[Citizen]]:
    if re.fullmatch(r"\d{6}[ -]?\d{4}", text):
        return "cpr", citizens.filter(cpr_index=_index(text))
    if re.search(r"\d", text):
        own, other = Q(case_number__iexact=text), Q(external_case_number__iexact=text)
        return "case_number", citizens.filter(own | other)
    return "name", _by_name(citizens, text)


def _by_name(citizens: QuerySet[Citizen], text: str) -> QuerySet[Citizen]:
    """Every word must stand somewhere in the name."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return citizens.none()
    named = citizens.alias(whole_name=Concat("first_name", Value(" "), "last_name"))
    for word in words:
        named = named.filter(whole_name__regex=_either_case(word))
    return named


def _either_case(word: str) -> str:
    """A pattern that reads capitals and small letters alike, also where the database only knows those of English."""
    return "".join(
        f"[{c.lower()}{c.upper()}]" if len(c.upper()) == 1 and c.isalpha() else re.escape(c) for c in word
    )


def by_cpr(citizens: QuerySet[Citizen], number: str) -> Citizen | None:
    """The citizen with a CPR number, or None; a text that is no CPR number finds nobody."""
    index = _index(number)
    return citizens.filter(cpr_index=index).first() if index else None


def _index(text: str) -> str:
    """The blind index of a number; empty, which no row has, for one that cannot exist."""
    try:
        return cpr.blind_index(cpr.normalize(text))
    except ValidationError:
        return ""


def with_courses(citizens: QuerySet[Citizen]) -> QuerySet[Citizen]:
    """Citizens with caseworker, unit, running courses (`running`) and whether a referral waits (`referred`)."""
    running = Course.objects.filter(ended_on__isnull=True).select_related("mentor").order_by("end")
    waiting = Referral.objects.filter(citizen=OuterRef("pk"), state=Referral.State.NEW)
    return (
        citizens.select_related("caseworker", "unit")
        .annotate(referred=Exists(waiting))
        .prefetch_related(Prefetch("courses", running, to_attr="running"))
        .order_by("first_name", "last_name", "id")
    )


def filtered(citizens: QuerySet[Citizen], *, unit: str, caseworker: str, course: str) -> QuerySet[Citizen]:
    """Citizens of a unit, of a caseworker (`ingen` is nobody's), `med` or `uden` a running course; empty is any."""
    if unit:
        citizens = citizens.filter(unit=unit)
    if caseworker == "ingen":
        citizens = citizens.filter(caseworker__isnull=True)
    elif caseworker:
        citizens = citizens.filter(caseworker=caseworker)
    if course:
        running = Exists(Course.objects.filter(citizen=OuterRef("pk"), ended_on__isnull=True))
        citizens = citizens.filter(running if course == "med" else ~running)
    return citizens


def caseworkers() -> QuerySet[User]:
    """Caseworkers who can sign in, by name."""
    return User.objects.filter(role=Role.CASEWORKER, is_active=True).order_by("name")
