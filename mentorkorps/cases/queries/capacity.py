"""How much time the corps has left."""

from datetime import date

from django.db.models import Sum

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import MentorHours
from mentorkorps.municipality.periods import holding
from mentorkorps.municipality.queries import active_mentors


def free_minutes(on: date) -> int:
    """Minutes a week that the mentors serving on a day have beyond their running courses. Two queries."""
    hours = MentorHours.objects.filter(holding(on, "valid_from", "valid_to"), mentor__in=active_mentors(on))
    taken = Course.objects.filter(mentor__in=active_mentors(on), ended_on__isnull=True, end__gte=on)
    have, used = (rows.aggregate(sum=Sum("minutes_per_week"))["sum"] or 0 for rows in (hours, taken))
    return max(have - used, 0)
