"""The way each task of a course has gone between mentor and citizen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mentorkorps.cases.models import Course, Task


@dataclass(frozen=True)
class Stay:
    """A time that a task was at one stage. `until` is the day it moved on, None where it still is there."""

    stage: str
    since: date
    until: date | None

    @property
    def words(self) -> str:
        """“sammen”."""
        return Task.Stage(self.stage).label


@dataclass(frozen=True)
class TaskPath:
    """A task with every stage it has been at, in order. `can_undo`: there is a move that can be taken back."""

    task: Task
    stays: tuple[Stay, ...]
    can_undo: bool

    def weeks_unmoved(self, today: date) -> int:
        """Whole weeks since the task came to where it is."""
        return max((today - self.stays[-1].since).days, 0) // 7


def task_paths(course: Course) -> list[TaskPath]:
    """The mentor's tasks of a course with their way, in the course's own order. Two queries."""
    rows = course.tasks.filter(mine=True).prefetch_related("moves")
    return [_path(task) for task in rows]


def _path(task: Task) -> TaskPath:
    moves = [move for move in task.moves.all() if not move.undone]
    begun = [*((move.from_stage, move.since) for move in moves), (str(task.stage), task.since)]
    return TaskPath(task, tuple(_stays(begun)), bool(moves))


def _stays(begun: list[tuple[str, date]]) -> Iterator[Stay]:
    """Stages that held for no day at all were moved through and are left out."""
    for (stage, since), (_, until) in pairwise(begun):
        if since < until:
            yield Stay(stage, since, until)
    yield Stay(*begun[-1], None)
