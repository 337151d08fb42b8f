"""How much time the corps has left."""

from datetime import date

from django.db.models import Sum

from mentorkorps.cases.models import Course
from mentorkorps.municipality.queries import active_mentors
from mentorkorps.municipality.queries.corps import direct_minutes


def free_minutes(on: date) -> int:
    """Minutes a week that the mentors serving on a day have beyond their running courses, in two or three queries."""
    have = sum(direct_minutes(on, active_mentors(on)).values())
    taken = Course.objects.filter(mentor__in=active_mentors(on), ended_on__isnull=True, end__gte=on)
    used: int = taken.aggregate(sum=Sum("minutes_per_week", default=0))["sum"]
    return max(have - used, 0)
