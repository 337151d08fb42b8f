"""`mentorkorps rebuild_tallies`: counts each course's tally anew from its contacts."""

from typing import Any

from django.core.management.base import BaseCommand

from mentorkorps.cases.models import Course
from mentorkorps.followup.actions import rebuild_tally
from mentorkorps.followup.models import CourseTally

FIELDS = ("delivered_minutes", "held", "last_met_on")
NOTHING_YET = (0, 0, None)


class Command(BaseCommand):
    help = "Count the tally of every course anew from its contacts and say how many were wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        before = {row[0]: row[1:] for row in CourseTally.objects.values_list("course_id", *FIELDS)}
        courses = wrong = 0
        for course in Course.objects.order_by("pk").iterator():
            tally = rebuild_tally(course)
            courses += 1
            wrong += before.get(course.pk, NOTHING_YET) != tuple(getattr(tally, name) for name in FIELDS)
        self.stdout.write(f"Talt {courses} forløb. Rettet {wrong}.")
