"""Which course an invoice's line speaks of: a case number, or the first eight characters of the course's id."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.dates import month_end
from mentorkorps.municipality.models import Provider

Asked = tuple[str, date]
"""What the supplier wrote, and the first day of the month."""

SHORT = 8  # characters of a course's id


def courses_meant(provider: Provider, asked: Iterable[Asked]) -> dict[Asked, Course]:
    """The courses that lines of a supplier's invoice mean; what is unknown or could mean several is not there.

    Only a course that ran in the month is meant. Where a case number has several, it is the one with a mentor of
    the supplier in that month.
    """
    wanted = {(reference, month) for reference, month in asked if reference}
    courses = _courses({reference for reference, _ in wanted})
    own = _with_mentor_of(provider, [course for each in courses.values() for course in each])
    found: dict[Asked, Course] = {}
    for reference, month in wanted:
        running = [course for course in courses[reference] if _ran_in(course, month)]
        meant = [course for course in running if _in_month(own[course.pk], month)] or running
        if len(meant) == 1:
            found[reference, month] = meant[0]
    return found


def short_number(course: Course) -> str:
    """What a supplier may write instead of the case number."""
    return course.pk.hex[:SHORT]


def _courses(references: set[str]) -> dict[str, list[Course]]:
    short = {text for text in references if len(text) == SHORT and _is_hex(text)}
    ranges = [Q(pk__range=(UUID(text.ljust(32, "0")), UUID(text.ljust(32, "f")))) for text in short]
    any_of = Q(citizen__case_number__in=references - short)
    for each in ranges:
        any_of |= each
    found: dict[str, list[Course]] = defaultdict(list)
    for course in Course.objects.filter(any_of).select_related("citizen"):
        found[course.citizen.case_number].append(course)
        found[short_number(course)].append(course)
    return found


def _is_hex(text: str) -> bool:
    return all(character in "0123456789abcdef" for character in text)


def _with_mentor_of(
    provider: Provider, courses: list[Course]
) -> dict[uuid.UUID, list[tuple[date, date | None]]]:
    rows = MentorAssignment.objects.filter(course__in=courses, mentor__provider=provider)
    found: dict[uuid.UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for course, first, last in rows.values_list("course", "first", "last"):
        found[course].append((first, last))
    return found


def _in_month(stretches: list[tuple[date, date | None]], month: date) -> bool:
    return any(first <= month_end(month) and (last is None or last >= month) for first, last in stretches)


def _ran_in(course: Course, month: date) -> bool:
    last = min(course.end, course.ended_on) if course.ended_on else course.end
    return course.start <= month_end(month) and last >= month
