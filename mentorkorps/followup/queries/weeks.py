"""The weeks of many courses: what was held, who was away, and the states that follow."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from mentorkorps.cases.models import Agreement, Course, Grant
from mentorkorps.domain.contact_duty import Absence, Rhythm, WeekStatus, strip
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.facts import (
    Agreed,
    AgreedRhythm,
    OtherRule,
    Others,
    Running,
    absence_facts,
    rhythms_of,
    span_of,
)
from mentorkorps.followup.models import Appointment, CitizenAbsence, Contact
from mentorkorps.municipality.models import MentorAbsence
from mentorkorps.municipality.periods import not_over

Strip = tuple[WeekStatus, ...]
Days = tuple[date | None, ...]
Keys = Any  # what `__in` takes: a list of course ids, or a query of courses
FORTNIGHT_WEEKS = 2  # a period of 14 days may begin two weeks before the week it ends in


class Held(NamedTuple):
    """A contact that counts."""

    day: date
    minutes: int


class Line(Running, Protocol):
    """A course with the id and mentor that its contacts and absences hang on."""

    id: uuid.UUID
    mentor_id: uuid.UUID | None


@dataclass(frozen=True)
class Surroundings:
    """What decides the weeks of many courses beside their contacts: rules, agreed rhythms and absences of a period."""

    agreed: Mapping[uuid.UUID, Agreed]
    others: Mapping[uuid.UUID, Others]
    away: Mapping[uuid.UUID, list[CitizenAbsence]]
    mentors_away: Mapping[uuid.UUID, list[MentorAbsence]]

    def rhythms(self, course: Line) -> tuple[Rhythm, ...]:
        """What is owed to the course's citizen, dated."""
        return rhythms_of(course, self.agreed.get(course.id, ()), self.others.get(course.id, ()))

    def absences(self, course: Line) -> list[Absence]:
        """The citizen's and the mentor's absences."""
        mentor = self.mentors_away.get(course.mentor_id, ()) if course.mentor_id else ()
        return absence_facts(self.away.get(course.id, ()), mentor)


def strips(courses: Sequence[Course], weeks: range, today: date) -> dict[uuid.UUID, Strip]:
    """The weeks of each course. Five queries for any number of courses; only the weeks asked for are read."""
    if not courses or not weeks:
        return {}
    keys = [course.id for course in courses]
    around = surroundings(keys, {c.mentor_id for c in courses if c.mentor_id}, weeks)
    return strips_of(courses, held_contacts(keys, weeks), around, weeks, today)


def strips_of(
    courses: Iterable[Line],
    held: Mapping[uuid.UUID, Sequence[Held]],
    around: Surroundings,
    weeks: range,
    today: date,
) -> dict[uuid.UUID, Strip]:
    """The weeks of each course from what has been read."""
    return {
        course.id: strip(
            around.rhythms(course),
            span_of(course),
            [ContactFact(contact.day, "met", True) for contact in held.get(course.id, ())],
            around.absences(course),
            weeks,
            today,
        )
        for course in courses
    }


def held_contacts(keys: Keys, weeks: range) -> dict[uuid.UUID, list[Held]]:
    """Contacts that count, of the weeks and the fortnight before them, through the index on held weeks."""
    found: dict[uuid.UUID, list[Held]] = defaultdict(list)
    for course_id, day, minutes in held_rows(keys, weeks).values_list("course_id", "day", "minutes"):
        found[course_id].append(Held(day, minutes))
    return found


def held_rows(keys: Keys, weeks: range) -> QuerySet[Contact]:
    """The query behind `held_contacts`; it must be answered by the index `held_weeks`, never by history."""
    span = (weeks[0] - FORTNIGHT_WEEKS, weeks[-1])
    return Contact.objects.filter(held=True, course__in=keys, week__range=span).order_by()


def first_meetings(keys: Keys, weeks: range) -> dict[uuid.UUID, Days]:
    """The first meeting in each of the weeks, None where there was none; courses that met in none are left out."""
    return {course_id: tuple(days) for course_id, *days in first_meeting_rows(keys, weeks)}


def first_meeting_rows(keys: Keys, weeks: range) -> QuerySet[Contact, tuple[Any, ...]]:
    """The query behind `first_meetings`, answered by the index `held_weeks` alone: a row for each course."""
    held = Contact.objects.filter(held=True, course__in=keys, week__range=(weeks[0], weeks[-1])).order_by()
    first = {f"week_{week}": Min("day", filter=Q(week=week)) for week in weeks}
    return held.values("course_id").annotate(**first).values_list("course_id", *first)


def surroundings(keys: Keys, mentors: Keys, weeks: range) -> Surroundings:
    """The rhythms and the absences that touch the weeks or the fortnight before them. Four queries."""
    first, last = week_start(weeks[0] - FORTNIGHT_WEEKS), week_end(weeks[-1])
    touching = Q(first__lte=last) & not_over(first)
    away = CitizenAbsence.objects.filter(touching, course__in=keys)
    mentors_away = MentorAbsence.objects.filter(touching, mentor__in=mentors)
    return Surroundings(
        _agreed_rhythms(keys),
        _other_rules(keys, first, last),
        _grouped(away, "course_id"),
        _grouped(mentors_away, "mentor_id"),
    )


def _other_rules(keys: Keys, first: date, last: date) -> dict[uuid.UUID, Others]:
    """The days within a period that rest on another rule than their course's; few courses have any."""
    grants = Grant.objects.filter(course__in=keys, start__lte=last, end__gte=first)
    other = grants.exclude(rule=F("course__rule")).order_by("start")
    found: dict[uuid.UUID, Others] = {}
    for course_id, *days in other.values_list("course_id", "start", "end", "rule"):
        found[course_id] = (*found.get(course_id, ()), OtherRule(*days))
    return found


def _agreed_rhythms(keys: Keys) -> dict[uuid.UUID, Agreed]:
    signed = Agreement.objects.filter(course__in=keys, signed_on__isnull=False)
    return agreed_of(
        signed.values_list("course_id", "start", "contact_every", "contact_at_least", "signed_on")
    )


def agreed_of(signed: Iterable[tuple[uuid.UUID, date, str, int, date]]) -> dict[uuid.UUID, Agreed]:
    """The agreed rhythms of each course, from (course, start, every, at least, signed on).

    Of two agreements from the same day the last signed holds.
    """
    found: dict[uuid.UUID, dict[date, AgreedRhythm]] = defaultdict(dict)
    for course_id, start, every, least, _ in sorted(signed, key=lambda row: (row[1], row[4])):
        found[course_id][start] = AgreedRhythm(start, every, least)
    return {course_id: tuple(dated.values()) for course_id, dated in found.items()}


def _grouped(rows: Iterable[Any], by: str) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def next_appointments(keys: Keys, first: date, last: date | None = None) -> dict[uuid.UUID, Appointment]:
    """The first appointment to come of each course from `first`, until `last` where given."""
    rows = _not_over().filter(course__in=keys, day__gte=first)
    if last is not None:
        rows = rows.filter(day__lte=last)
    found: dict[uuid.UUID, Appointment] = {}
    for row in rows.order_by("day", "start"):
        found.setdefault(row.course_id, row)
    return found


def forgotten_appointments(keys: Keys, first: date, today: date) -> list[Appointment]:
    """Appointments from `first` until yesterday of which nobody has said how they went, the oldest first."""
    rows = _not_over().filter(course__in=keys, day__gte=first, day__lt=today)
    return list(rows.select_related("course__citizen").order_by("day", "start"))


def _not_over() -> QuerySet[Appointment]:
    """Appointments that were not cancelled and that no contact of their day says was held or failed.

    An attempt is not the meeting: one rings in the morning to agree on the afternoon.
    """
    how_it_went = Contact.objects.filter(course=OuterRef("course"), day=OuterRef("day"), superseded=False)
    no_meeting = [Contact.Outcome.ATTEMPT, Contact.Outcome.RETRACTED]
    return Appointment.objects.filter(~Exists(how_it_went.exclude(outcome__in=no_meeting)), cancelled=False)
