"""The tasks of many courses at once."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from mentorkorps.cases.models import Task


def open_tasks(courses: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Task]]:
    """The mentor's tasks that are not done yet, by course, in their own order; one query."""
    found: dict[uuid.UUID, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(course__in=list(courses), mine=True).exclude(stage=Task.Stage.DONE):
        found[task.course_id].append(task)
    return dict(found)
