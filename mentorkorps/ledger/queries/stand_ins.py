"""Who could stand in for the mentors who are away, found for all their courses together: all of it can be followed."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mentorkorps.cases.models import Course
from mentorkorps.cases.queries.avoidance import avoided_by
from mentorkorps.domain.planning import Citizen as Wishes
from mentorkorps.domain.planning import Mentor as Offer
from mentorkorps.domain.planning import in_turn
from mentorkorps.ledger.queries.absences import COVERED, AwayLine, away
from mentorkorps.ledger.queries.choices import Choice, choices_of, fits, offer_of, wishes_of
from mentorkorps.ledger.queries.corps import MentorLoad, corps_load
from mentorkorps.ledger.queries.plans import points_on
from mentorkorps.municipality.models import Mentor

SUGGESTED = 3


@dataclass(frozen=True)
class StandIns:
    """Who could stand in on a course, best first: the first is suggested, the others have room beside every suggestion.

    `spent` have room for this course as long as what is suggested for others is not followed.
    """

    choices: list[Choice]
    spent: list[Mentor]


@dataclass(frozen=True)
class _Whole:
    """The mentor suggested for each course; `room` is what each mentor has to give, `left` what is left of it then."""

    mentors: Mapping[str, str]
    room: Mapping[str, Offer]
    left: Mapping[str, Offer]


def suggestions(courses: Collection[Course], today: date) -> dict[uuid.UUID, StandIns]:
    """Who could stand in on each of `courses` today. Nobody who is away, or will be within a week.

    It is found for every course whose mentor is away, whoever reads: those that nobody meets come first, and among
    them what the law binds most. Whoever of them is covered first, the suggestions for the others stay the same.
    Sixteen queries for any number of courses and mentors.
    """
    loads = corps_load(today)
    whole, found = _together(courses, loads, today), choices_of(courses, today, loads)
    return {course.id: _stand_ins(course, found[course.id], whole) for course in courses}


def suggestion(course: Course, today: date) -> Mentor | None:
    """Whom the program suggests for a course today."""
    found = suggestions([course], today)[course.id].choices
    return found[0].mentor if found else None


def _stand_ins(course: Course, choices: Iterable[Choice], whole: _Whole) -> StandIns:
    minutes, suggested = course.minutes_per_week, whole.mentors.get(str(course.id))
    fitting = [
        choice
        for choice in choices
        if not (choice.current or choice.avoid) and _holds(whole.room.get(str(choice.mentor.id)), minutes)
    ]
    others = [choice for choice in fitting if str(choice.mentor.id) != suggested]
    free = [choice for choice in others if _holds(whole.left[str(choice.mentor.id)], minutes)]
    best = [choice for choice in fitting if str(choice.mentor.id) == suggested]
    return StandIns([*best, *free][:SUGGESTED], [choice.mentor for choice in others if choice not in free])


def _holds(offer: Offer | None, minutes: int) -> bool:
    return offer is not None and offer.minutes >= minutes and offer.max_citizens > 0


def _together(courses: Collection[Course], loads: Sequence[MentorLoad], today: date) -> _Whole:
    """The courses choose in turn: those that nobody meets, then the others on the list, and last those not on it."""
    known = away(Course.objects.all(), today)
    lines = sorted(
        (line for line in known.lines if line.state != COVERED), key=lambda line: not line.uncovered
    )
    listed = [line.course for line in lines]
    everyone = [*listed, *(course for course in courses if course not in listed)]
    gone = {absence.mentor_id for absence in known.absences}
    here = [load for load in loads if load.mentor.id not in gone and load.available is not None]
    here.sort(key=lambda load: (load.assigned - (load.available or 0), load.mentor.name))
    room = [_offer(load, known.lines, today, len(everyone)) for load in here]
    wishes = wishes_of(everyone, avoided_by({course.citizen_id for course in everyone}))
    people = [_wish(course, wishes[course.id], here) for course in everyone]
    turns = in_turn(room, people, points_on(today).weights)
    return _Whole(turns.mentors, {offer.id: offer for offer in room}, turns.left)


def _offer(load: MentorLoad, lines: Iterable[AwayLine], today: date, citizens: int) -> Offer:
    """What a mentor has to give, less what they are to stand in with from a later day."""
    coming = [
        line.course.minutes_per_week
        for line in lines
        if line.state == COVERED
        and line.substitute.mentor_id == load.mentor.id
        and line.substitute.first > today
    ]
    most, heads = load.mentor.max_citizens, load.citizens + load.stands_in_for + len(coming)
    places = citizens if most is None else max(most - heads, 0)
    return offer_of(load.mentor, today, max((load.free or 0) - sum(coming), 0), places)


def _wish(course: Course, wishes: Wishes, corps: Iterable[MentorLoad]) -> Wishes:
    """What the course's citizen asks for; the own mentor and those of another kind are out of the question."""
    mentors = (load.mentor for load in corps)
    out = {str(each.id) for each in mentors if each.id == course.mentor_id or not fits(each, course)}
    return replace(wishes, avoid=wishes.avoid | out)
