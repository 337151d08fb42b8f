"""Who could be a course's mentor: what each can give, and in words what speaks for and against."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.cases.models import BARRIERS, Course, MentorAssignment, Referral
from mentorkorps.domain.dates import short_date, write_minutes
from mentorkorps.domain.planning import Citizen as Wishes
from mentorkorps.domain.planning import Mentor as Offer
from mentorkorps.domain.planning.words import reasons_against, reasons_for
from mentorkorps.ledger.queries.corps import MentorLoad, corps_load
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import GENDERS, IN_COMPANY, Mentor, MentorAbsence


@dataclass(frozen=True)
class Choice:
    """A mentor with the week as it is without this course: `free` in minutes, None where hours are unknown."""

    mentor: Mentor
    free: int | None
    citizens: int
    current: bool
    absence: MentorAbsence | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def mentor_choices(course: Course, on: date) -> list[Choice]:
    """Every mentor of the fitting kind on a day: fewest objections first, then most free time, then by name.

    Eight queries for any number of mentors. A company mentor's course is shown those in companies and schools, any
    other the rest.
    """
    return choices_of([course], on)[course.id]


def choices_of(courses: Collection[Course], on: date) -> dict[uuid.UUID, list[Choice]]:
    """`mentor_choices` of each course, which has its citizen read, in the same eight queries for any number of them."""
    citizens = {course.citizen_id for course in courses}
    known, referrals, loads = _known(citizens, on), _newest_referrals(citizens), corps_load(on)
    found = {}
    for course in courses:
        wishes = _wishes(course, referrals.get(course.citizen_id))
        fitting = (load for load in loads if _fits(load.mentor, course))
        choices = (_choice(load, course, wishes, known[course.citizen_id], on) for load in fitting)
        found[course.id] = sorted(choices, key=_by_objections)
    return found


def _by_objections(choice: Choice) -> tuple[int, int, str]:
    free = -1 if choice.free is None else choice.free
    return len(choice.speaks_against), -free, choice.mentor.name


def _known(citizens: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The mentors whom each citizen has had before a day."""
    known: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    rows = MentorAssignment.objects.filter(course__citizen__in=citizens, first__lt=on).order_by()
    for citizen, mentor in rows.values_list("course__citizen", "mentor"):
        known[citizen].add(mentor)
    return known


def _newest_referrals(citizens: Collection[uuid.UUID]) -> dict[uuid.UUID, Referral]:
    stands = Referral.objects.filter(citizen__in=citizens).exclude(state=Referral.State.WITHDRAWN)
    return {row.citizen_id: row for row in stands.order_by("received_on", "created_at")}


def _fits(mentor: Mentor, course: Course) -> bool:
    return (mentor.kind in IN_COMPANY) == (course.function == "company_mentor")


def _wishes(course: Course, referral: Referral | None) -> Wishes:
    """What the newest referral and the citizen's own row ask for. Danish is not asked for: every mentor speaks it."""
    citizen = course.citizen
    return Wishes(
        id=str(citizen.id),
        minutes=course.minutes_per_week,
        obligation=course.obligation,
        languages=frozenset() if citizen.language == "da" else frozenset({language_name(citizen.language)}),
        district=citizen.district or None,
        needs=frozenset(BARRIERS.get(code, code) for code in referral.barriers) if referral else frozenset(),
        wishes_gender=GENDERS.get(referral.mentor_gender) if referral else None,
    )


def _choice(load: MentorLoad, course: Course, wishes: Wishes, known: set[uuid.UUID], on: date) -> Choice:
    current = load.mentor.id == course.mentor_id
    offer = _offer(load.mentor, wishes.district)
    free = None if load.free is None else load.free + course.minutes_per_week * current
    fits = reasons_for(wishes, offer, None, can=False)
    familiar = (
        ("Har været borgerens mentor før: et kendt ansigt.",)
        if load.mentor.id in known and not current
        else ()
    )
    room_for, room_against = _room(load, wishes, free, current)
    return Choice(
        mentor=load.mentor,
        free=free,
        citizens=load.citizens,
        current=current,
        absence=load.absence,
        speaks_for=(*familiar, *fits, *room_for),
        speaks_against=(*_away(load.absence, on), *room_against, *reasons_against(wishes, offer, None)),
    )


def _offer(mentor: Mentor, wished: str | None) -> Offer:
    """The mentor as plans see one; with several districts the citizen's own is the one that counts."""
    district = wished if wished in mentor.districts else next(iter(mentor.districts), None)
    return Offer(
        id=str(mentor.id),
        minutes=0,
        max_citizens=mentor.max_citizens or 0,
        languages=frozenset(language_name(code) for code in mentor.languages),
        district=district,
        skills=frozenset(mentor.skills),
        gender=GENDERS.get(mentor.gender),
    )


def _room(
    load: MentorLoad, wishes: Wishes, free: int | None, current: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the mentor's hours and head count say for and against."""
    against = tuple(_too_full(load, wishes, free, current))
    return (() if against else (f"Har plads til {write_minutes(wishes.minutes)} om ugen.",)), against


def _too_full(load: MentorLoad, wishes: Wishes, free: int | None, current: bool) -> Iterator[str]:
    most = load.mentor.max_citizens
    if free is None:
        yield "Mentorens timer er ikke oplyst."
    elif free < wishes.minutes:
        yield f"Har {write_minutes(max(free, 0))} ledig om ugen; forløbet er på {write_minutes(wishes.minutes)}"
    if most is not None and load.citizens - current >= most:
        yield f"Har allerede sit højeste antal borgere: {most}."


def _away(absence: MentorAbsence | None, on: date) -> Iterable[str]:
    if absence is None:
        return ()
    until = f"til {short_date(absence.last, today=on)}" if absence.last else "indtil videre"
    return (f"Er væk {until}: {absence.get_reason_display()}.",)
