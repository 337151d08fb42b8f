"""Meetings as a mentor's calendar shows them."""

from datetime import date

from django.db.models import QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Appointment

MOST = 500  # meetings in one calendar


def meetings_from(courses: QuerySet[Course], first: date) -> list[Appointment]:
    """Meetings from a day on with their citizens, cancelled ones too: a calendar must be told what to strike out."""
    rows = Appointment.objects.filter(course__in=courses, day__gte=first).select_related("course__citizen")
    return list(rows.order_by("day", "start", "id")[:MOST])
