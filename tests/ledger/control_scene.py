"""A drawn month and a case in it, made by hand where a test needs no more than that they are there."""

from datetime import date

from mentorkorps.cases.models import Course
from mentorkorps.ledger.models import ControlCase, ControlDraw
from mentorkorps.municipality.models import User
from tests.cast import TODAY

OCTOBER = date(2026, 10, 1)


def a_draw(by: User) -> ControlDraw:
    """October, drawn by somebody."""
    known = {
        "seed": "prøve",
        "size": 30,
        "rows": 1,
        "rows_digest": "0" * 64,
        "drawn_by": by,
        "drawn_on": TODAY,
    }
    return ControlDraw.objects.get_or_create(month=OCTOBER, defaults=known)[0]


def a_case(course: Course, by: User) -> ControlCase:
    """The course in October's control, with four hours in four meetings."""
    return ControlCase.objects.create(
        draw=a_draw(by),
        course=course,
        mentor=course.mentor,
        place=1,
        weight=1,
        logged_meetings=4,
        logged_minutes=240,
    )
