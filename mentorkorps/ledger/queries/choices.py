"""Who could be a course's mentor: what each can give, and in words what speaks for and against."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentorkorps.cases.models import BARRIERS, Avoidance, Course, MentorAssignment, Referral
from mentorkorps.cases.queries.avoidance import avoided_by
from mentorkorps.domain.dates import short_date, write_minutes
from mentorkorps.domain.planning import Citizen as Wishes
from mentorkorps.domain.planning import Mentor as Offer
from mentorkorps.domain.planning import age_band
from mentorkorps.domain.planning.words import reasons_against, reasons_for
from mentorkorps.ledger.queries.corps import MentorLoad, corps_load
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import GENDERS, IN_COMPANY, Mentor, MentorAbsence


@dataclass(frozen=True)
class Choice:
    """A mentor with the week as it is without this course: `free` in minutes, None where hours are unknown.

    With `avoid` the citizen is not to have this mentor, and nobody can choose them.
    """

    mentor: Mentor
    free: int | None
    citizens: int
    current: bool
    absence: MentorAbsence | None
    avoid: Avoidance | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def mentor_choices(course: Course, on: date) -> list[Choice]:
    """Every mentor of the fitting kind on a day: fewest objections first, then most free time, then by name.

    Those whom the citizen avoids come last. Nine queries for any number of mentors. A company mentor's course is
    shown those in companies and schools, any other the rest.
    """
    return choices_of([course], on, corps_load(on))[course.id]


def choices_of(
    courses: Collection[Course], on: date, loads: Sequence[MentorLoad]
) -> dict[uuid.UUID, list[Choice]]:
    """`mentor_choices` of each course among the corps of a day, three queries for any number of them.

    The courses have their citizens read.
    """
    citizens = {course.citizen_id for course in courses}
    known, avoided = _known(citizens, on), avoided_by(citizens)
    wanted = wishes_of(courses, avoided)
    found = {}
    for course in courses:
        wishes, conflicts = wanted[course.id], avoided[course.citizen_id]
        fitting = (load for load in loads if fits(load.mentor, course))
        choices = (
            _choice(load, course, wishes, conflicts.get(load.mentor.id), known[course.citizen_id], on)
            for load in fitting
        )
        found[course.id] = sorted(choices, key=_by_objections)
    return found


def _by_objections(choice: Choice) -> tuple[bool, int, int, str]:
    free = -1 if choice.free is None else choice.free
    return choice.avoid is not None, len(choice.speaks_against), -free, choice.mentor.name


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


def fits(mentor: Mentor, course: Course) -> bool:
    """Whether the mentor is of the kind that the course is for: in a company, or not."""
    return (mentor.kind in IN_COMPANY) == (course.function == "company_mentor")


def wishes_of(
    courses: Iterable[Course], avoided: Mapping[uuid.UUID, Mapping[uuid.UUID, Avoidance]]
) -> dict[uuid.UUID, Wishes]:
    """What each course's citizen asks for, as plans see it, by course; `avoided` is by citizen. One query."""
    rows = list(courses)
    referrals = _newest_referrals({course.citizen_id for course in rows})
    return {
        course.id: _wishes(
            course, referrals.get(course.citizen_id), frozenset(map(str, avoided.get(course.citizen_id, ())))
        )
        for course in rows
    }


def _wishes(course: Course, referral: Referral | None, avoid: frozenset[str]) -> Wishes:
    """What the newest referral and the citizen's own row ask for. Danish is not asked for: every mentor speaks it."""
    citizen = course.citizen
    return Wishes(
        id=str(course.id),
        minutes=course.minutes_per_week,
        obligation=course.obligation,
        languages=frozenset() if citizen.language == "da" else frozenset({language_name(citizen.language)}),
        district=citizen.district or None,
        needs=frozenset(BARRIERS.get(code, code) for code in referral.barriers) if referral else frozenset(),
        wishes_gender=GENDERS.get(referral.mentor_gender) if referral else None,
        wishes_age=(referral.mentor_age or None) if referral else None,
        avoid=avoid,
    )


def _choice(
    load: MentorLoad, course: Course, wishes: Wishes, avoid: Avoidance | None, known: set[uuid.UUID], on: date
) -> Choice:
    current = load.mentor.id == course.mentor_id
    offer = offer_of(load.mentor, on)
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
        avoid=avoid,
        speaks_for=(*familiar, *fits, *room_for),
        speaks_against=(
            *((f"Er fravalgt for borgeren: {avoid.get_reason_display()}.",) if avoid else ()),
            *_away(load.absence, on),
            *room_against,
            *reasons_against(wishes, offer, None),
        ),
    )


def offer_of(mentor: Mentor, on: date, minutes: int = 0, places: int = 0) -> Offer:
    """The mentor as plans see one on a day, with minutes a week and places to give away."""
    return Offer(
        id=str(mentor.id),
        minutes=minutes,
        max_citizens=places,
        languages=frozenset(language_name(code) for code in mentor.languages),
        districts=frozenset(mentor.districts),
        skills=frozenset(mentor.skills),
        gender=GENDERS.get(mentor.gender),
        age=age_band(mentor.birth_year, on),
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
