"""Who is away, which of their courses nobody meets this week, who could stand in, and what was restored."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from mentorkorps.cases.models import Course, MentorAssignment, SubstituteChoice
from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.dates import week_end, week_number, week_start
from mentorkorps.followup.models import Contact
from mentorkorps.municipality.models import Mentor, MentorAbsence
from mentorkorps.municipality.periods import not_over

AHEAD = timedelta(days=7)
RETURNED_WITHIN = timedelta(days=14)
MISSING, NOBODY, COVERED, MET = "missing", "nobody", "covered", "met"


@dataclass(frozen=True)
class AwayLine:
    """A course whose mentor is away. `state` is MISSING, NOBODY (and why), COVERED or MET, in the week of `on`.

    `on` is today, or the first day of an absence that has not begun. A substitute of a course that is not COVERED is
    away too.
    """

    course: Course
    absence: MentorAbsence
    on: date
    state: str
    substitute: MentorAssignment | None
    choice: SubstituteChoice | None

    @property
    def uncovered(self) -> bool:
        """Nobody will meet the citizen, and that is not settled: the law binds, or nothing has been decided."""
        return self.state == MISSING or (self.state == NOBODY and self.course.obligation != "may")


@dataclass(frozen=True)
class Away:
    """The absences of today and the coming week with every course they touch; what the law binds most comes first."""

    absences: list[MentorAbsence]
    lines: list[AwayLine]

    def counts(self) -> dict[uuid.UUID, Counter[str]]:
        """How many courses of each mentor are in each state; `uncovered` counts across them."""
        found: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            found[line.absence.mentor_id].update([line.state, *(["uncovered"] if line.uncovered else [])])
        return found

    def substitutes(self) -> dict[uuid.UUID, list[Mentor]]:
        """Who stands in for each mentor, by name."""
        found: dict[uuid.UUID, dict[uuid.UUID, Mentor]] = defaultdict(dict)
        for line in self.lines:
            if line.state == COVERED and line.substitute is not None:
                found[line.absence.mentor_id][line.substitute.mentor_id] = line.substitute.mentor
        return {key: sorted(each.values(), key=str) for key, each in found.items()}


def away(courses: QuerySet[Course], today: date) -> Away:
    """Who is away or will be within a week, and which of `courses` it touches. Four queries for any number."""
    absences = _absences(today)
    running = courses.filter(not_over(today, "ended_on"), mentor__in=absences, end__gte=today)
    rows = list(running.select_related("citizen", "mentor").annotate(met_on=F("tally__last_met_on")))
    substitutes = _substitutes(rows, today)
    choices = _open_choices(absences.values())
    lines = [
        _line(
            course,
            absence,
            max(today, absence.first),
            substitutes[course.id],
            choices.get(course.id),
            absences,
        )
        for course in rows
        for absence in [absences[course.mentor_id]]
        if course.start <= max(today, absence.first) <= course.end
    ]
    return Away(list(absences.values()), sorted(lines, key=_most_bound))


def _absences(today: date) -> dict[uuid.UUID, MentorAbsence]:
    """By mentor the absence that holds, else the one that begins within a week; the newest begun comes last."""
    rows = MentorAbsence.objects.filter(not_over(today), first__lte=today + AHEAD)
    found: dict[uuid.UUID, MentorAbsence] = {}
    for row in rows.select_related("mentor__unit", "mentor__provider").order_by("first", "mentor__name"):
        found.setdefault(row.mentor_id, row)
    return found


def _substitutes(courses: list[Course], today: date) -> dict[uuid.UUID, list[MentorAssignment]]:
    rows = MentorAssignment.objects.filter(not_over(today), substitute=True, course__in=courses)
    found: dict[uuid.UUID, list[MentorAssignment]] = defaultdict(list)
    for row in rows.select_related("mentor").order_by("first"):
        found[row.course_id].append(row)
    return found


def _open_choices(absences: Iterable[MentorAbsence]) -> dict[uuid.UUID, SubstituteChoice]:
    rows = SubstituteChoice.objects.filter(absence__in=list(absences), closed="")
    return {row.course_id: row for row in rows.select_related("mentor", "suggested", "chosen_by")}


def _line(
    course: Any, absence: MentorAbsence, on: date, standing_in: list[MentorAssignment],
    choice: SubstituteChoice | None, gone: Collection[uuid.UUID],
) -> AwayLine:  # fmt: skip
    week = week_number(on)
    within = [s for s in standing_in if s.first <= week_end(week) and (s.last is None or s.last >= on)]
    covering = next((s for s in within if s.mentor_id not in gone), None)
    met = course.met_on is not None and course.met_on >= week_start(week)
    nobody = choice is not None and choice.mentor_id is None
    state = COVERED if covering else MET if met else NOBODY if nobody else MISSING
    return AwayLine(course, absence, on, state, covering or next(iter(within), None), choice)


def _most_bound(line: AwayLine) -> tuple[int, bool, date, str]:
    course = line.course
    return OBLIGATIONS.index(course.obligation), not line.uncovered, course.end, course.citizen.case_number


def absence_of(course: Course, today: date) -> MentorAbsence | None:
    """The absence of a course's mentor that holds, or begins within a week."""
    rows = MentorAbsence.objects.filter(not_over(today), mentor=course.mentor_id, first__lte=today + AHEAD)
    return rows.select_related("mentor").order_by("first").first()


def last_day_of(choice: SubstituteChoice, today: date) -> date:
    """A substitute's last day when a choice is undone today: before the first where they have done nothing."""
    stands = choice.assignment
    if stands is None:
        return today
    did = Contact.objects.filter(course=choice.course_id, mentor=stands.mentor_id, day__gte=stands.first)
    return today if stands.first < today or did.exists() else stands.first - timedelta(days=1)


@dataclass(frozen=True)
class Returned:
    """A mentor who is back, from which day, and what was over with it."""

    mentor: Mentor
    on: date
    over: list[SubstituteChoice]


def returned(courses: QuerySet[Course], today: date) -> list[Returned]:
    """Whose absence ended within the last two weeks with something to restore; the latest first. One query."""
    since = today - RETURNED_WITHIN
    stopped = Q(assignment__isnull=True) | Q(assignment__last__lt=today)
    by_itself = stopped & Q(closed="", absence__last__range=(since, today - timedelta(days=1)))
    told = Q(closed=SubstituteChoice.Closed.BACK, closed_on__gte=since)
    rows = SubstituteChoice.objects.filter(by_itself | told, course__in=courses)
    found: dict[tuple[date, uuid.UUID], list[SubstituteChoice]] = defaultdict(list)
    rows = rows.select_related("absent", "mentor", "absence", "course__citizen")
    for row in rows.order_by("course__citizen__first_name", "id"):
        found[_back_on(row), row.absent_id].append(row)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[1][0].absent.name), reverse=True)
    return [Returned(rows[0].absent, on, rows) for (on, _), rows in ordered]


def _back_on(choice: SubstituteChoice) -> date:
    if choice.closed_on is not None:
        return choice.closed_on
    last = choice.absence.last if choice.absence else None
    return (last or choice.chosen_on) + timedelta(days=1)
