"""The states of many weeks of many courses, where nobody asks why: each different week is judged once.

Most weeks of most courses are alike: whole, and owing one meeting. They get the state of such a week, as
`contact_duty.strip` judges it with and without a meeting; the others are judged one by one.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from mentorkorps.domain.contact_duty import Absence, Contact, Rhythm, Span, State, strip
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.queries.duties import (
    Duty,
    Facts,
    duty_of,
    first_meeting_decides,
    status_of,
    whole_weeks,
)
from mentorkorps.followup.queries.weeks import (
    Days,
    Keys,
    Line,
    Surroundings,
    first_meetings,
    held_contacts,
    strips_of,
    surroundings,
)
from mentorkorps.municipality.queries import recent_law_book

States = tuple[State, ...]


def states_of(courses: Sequence[Line], keys: Keys, weeks: range, today: date) -> list[States]:
    """The states of each course's weeks, in the order given; `keys` are the same courses as a query.

    Five queries for any number of courses, and one for those whose first meeting of a week does not decide it.
    """
    around = surroundings(keys, (), weeks)  # a mentor's absence explains a missed week, and never changes it
    met, usual, book = first_meetings(keys, weeks), _usual(weeks, today), recent_law_book()
    duties = [duty_of(course, around, weeks, book) for course in courses]
    pairs = list(zip(courses, duties, strict=True))
    rare = _rare([course for course, duty in pairs if not first_meeting_decides(duty)], around, weeks, today)
    never: Days = (None,) * len(weeks)

    def states(course: Line, duty: Duty) -> States:
        absences = tuple(around.absences(course))
        whole = () if absences else whole_weeks(duty, weeks)
        return tuple(
            usual[place][day is not None and day <= today]
            if whole and whole[place]
            else _judged(course, day, absences, around, weeks[place], today)
            for place, day in enumerate(met.get(course.id, never))
        )

    return [rare.get(course.id) or states(course, duty) for course, duty in pairs]


def _rare(courses: list[Line], around: Surroundings, weeks: range, today: date) -> Mapping[uuid.UUID, States]:
    """The states of the courses whose weeks must be judged from every meeting."""
    held = held_contacts([course.id for course in courses], weeks) if courses else {}
    strips = strips_of(courses, held, around, weeks, today)
    return {key: tuple(status.state for status in strip) for key, strip in strips.items()}


def _usual(weeks: range, today: date) -> list[tuple[State, State]]:
    """The states of whole weeks that owe one meeting: (without it, with it)."""
    first, last = week_start(weeks[0]), week_end(weeks[-1])
    owed = (Rhythm("week", 1, first, last, ""),)
    every = [Contact(week_start(week), "met", in_person=True) for week in weeks]
    without, met = (strip(owed, Span(first, last), contacts, (), weeks, today) for contacts in ((), every))
    return [(one.state, other.state) for one, other in zip(without, met, strict=True)]


def _judged(
    course: Line,
    met: date | None,
    absences: tuple[Absence, ...],
    around: Surroundings,
    week: int,
    today: date,
) -> State:
    duty = duty_of(course, around, range(week, week + 1), recent_law_book())
    return status_of(Facts(duty, (met,) if met else (), absences), week, today).state
