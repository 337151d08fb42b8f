"""The rows of the week board: a course with its weeks and its hours in them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.contact_duty import Compliance, compliance
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.followup.facts import span_of
from mentorkorps.followup.queries.corps import CorpsWeek
from mentorkorps.followup.queries.weeks import Held, Strip, held_contacts, strips_of
from mentorkorps.municipality.periods import holding


@dataclass(frozen=True)
class BoardRow:
    """A course in the weeks shown. Minutes delivered, granted and by the level count the weeks begun so far.

    `course` has its citizen, mentor, provider and level row, and `substitute`: the name of who stands in today.
    """

    course: Course
    weeks: Strip
    delivered: int
    granted: int
    level: int | None
    weeks_left: int

    @property
    def compliance(self) -> Compliance:
        """Kept and missed of the weeks shown."""
        return compliance(self.weeks)


def board_rows(keys: Iterable[uuid.UUID], corps: CorpsWeek, weeks: range) -> dict[uuid.UUID, BoardRow]:
    """The rows of some of the corps' courses, in two queries. The corps must have been read for these weeks."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    courses = list(_courses(wanted, corps.today))
    held = held_contacts(wanted, weeks)
    strips = strips_of(courses, held, corps.around, weeks, corps.today)
    return {c.id: _row(c, strips[c.id], held.get(c.id, []), weeks, corps.today) for c in courses}


def _courses(keys: list[uuid.UUID], today: date) -> QuerySet[Course]:
    standing_in = MentorAssignment.objects.filter(holding(today), course=OuterRef("pk"), substitute=True)
    names = standing_in.exclude(mentor=F("course__mentor")).values("mentor__name")[:1]
    related = ("citizen", "mentor__provider", "level_row")
    return Course.objects.filter(id__in=keys).select_related(*related).annotate(substitute=Subquery(names))


def _row(course: Course, strip: Strip, held: list[Held], weeks: range, today: date) -> BoardRow:
    span = span_of(course)
    first = max(weeks[0], week_number(span.start))
    last = min(weeks[-1], week_number(span.end), week_number(today))
    begun = max(last - first + 1, 0)
    level = course.level_row.minutes_per_week if course.level_row else None
    return BoardRow(
        course=course,
        weeks=strip,
        delivered=sum(contact.minutes for contact in held if contact.day >= week_start(weeks[0])),
        granted=course.minutes_per_week * begun,
        level=None if level is None else level * begun,
        weeks_left=max((course.end - today).days // 7, 0),
    )
