"""Where the marks of the pictures of progress and of tasks stand. The templates draw them; a table says the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mentorkorps.cases.models import Task
from mentorkorps.cases.queries import TaskPath
from mentorkorps.domain.progress import HIGHEST, Question
from mentorkorps.followup.models.progress import Answer, Rating
from mentorkorps.followup.queries.progress import View, WaveViews

LEFT, RIGHT, TOP, STEP = 28, 222, 12, 20  # of the picture of one question, 240 wide
BESIDE = 4  # mentor's marks stand so far left and the citizen's so far right, so that both are seen
SHORT = {"start": "start", "weeks_13": "13 uger", "weeks_26": "26 uger", "end": "slut"}


@dataclass(frozen=True)
class Mark:
    """One answer in the picture, or at the foot where there is none."""

    x: int
    y: int
    known: bool


@dataclass(frozen=True)
class Trace:
    """One person's marks, and the lines between neighbours that both were answered."""

    rater: str
    marks: tuple[Mark, ...]
    lines: tuple[tuple[Mark, Mark], ...]


@dataclass(frozen=True)
class Panel:
    """The picture of one question."""

    question: Question
    traces: tuple[Trace, ...]
    waves: tuple[tuple[int, str], ...]
    levels: tuple[tuple[int, int], ...]
    said: str


def panels(questions: tuple[Question, ...], views: list[WaveViews], name: str) -> list[Panel]:
    """One picture for each question, with the waves from left to right; `name` is the citizen's."""
    places = _places(len(views))
    waves = tuple((x, SHORT[view.wave.code]) for x, view in zip(places, views, strict=True))
    levels = tuple((_height(step), step + 1) for step in range(HIGHEST + 1))
    return [
        Panel(
            question,
            tuple(_trace(question.key, rater, views, places) for rater in Rating.Rater.values),
            waves,
            levels,
            _said(question.key, views, name),
        )
        for question in questions
    ]


def _places(count: int) -> list[int]:
    if count == 1:
        return [(LEFT + RIGHT) // 2]
    return [LEFT + 14 + (RIGHT - LEFT - 28) * place // (count - 1) for place in range(count)]


def _height(step: int) -> int:
    return TOP + (HIGHEST - step) * STEP


FOOT = _height(0) + STEP // 2


def _trace(key: str, rater: str, views: list[WaveViews], places: list[int]) -> Trace:
    beside = -BESIDE if rater == Rating.Rater.MENTOR else BESIDE
    found = [_mark(view.by(rater), key, x + beside) for x, view in zip(places, views, strict=True)]
    lines = ((one, two) for one, two in pairwise(found) if one and two and one.known and two.known)
    return Trace(rater, tuple(mark for mark in found if mark), tuple(lines))


def _mark(view: View, key: str, x: int) -> Mark | None:
    """Nothing where the wave has no answers at all; a mark at the foot for a question not answered."""
    if view.rating is None:
        return None
    step = view.score(key)
    return Mark(x, FOOT if step is None else _height(step), step is not None)


def _said(key: str, views: list[WaveViews], name: str) -> str:
    def steps(rater: str) -> str:
        return ", ".join(f"{SHORT[v.wave.code]} {_figure(v.by(rater), key)}" for v in views)

    return f"Mentor: {steps('mentor')}. {name}: {steps('citizen')}."


def _figure(view: View, key: str) -> str:
    return said_of(view.answers.get(key), view)[0]


ABSENT = {"open": "mangler endnu", "missing": "mangler", "later": "kommer"}


def said_of(answer: Answer | None, view: View, question: Question | None = None) -> tuple[str, str]:
    """A cell of the table: the step from 1 to 5 and its words, or what stands in its place."""
    if answer is None:
        return ABSENT.get(view.state, "ikke spurgt"), ""
    if answer.score is None:
        return ("ønsker ikke at svare" if answer.declined else "ikke svaret"), ""
    return str(answer.score + 1), question.steps[answer.score] if question else ""


@dataclass(frozen=True)
class Row:
    """One question as one of the two answered it, wave by wave."""

    question: Question
    rater: str
    cells: tuple[tuple[str, str], ...]


def rows(questions: tuple[Question, ...], views: list[WaveViews]) -> list[Row]:
    """The table that says what the pictures show."""
    return [
        Row(
            question,
            rater,
            tuple(said_of(v.by(rater).answers.get(question.key), v.by(rater), question) for v in views),
        )
        for question in questions
        for rater in Rating.Rater.values
    ]


WIDE, STAIR = 220, 14  # of the picture of one task, 48 high
RISE = {Task.Stage.MENTOR: 0, Task.Stage.TOGETHER: 1, Task.Stage.CITIZEN: 2, Task.Stage.DONE: 3}


@dataclass(frozen=True)
class TaskPicture:
    """A task's way as a stair that climbs as the citizen takes over, and the same in words."""

    path: TaskPath
    points: str
    end: tuple[int, int]
    unmoved: int | None


def task_pictures(paths: list[TaskPath], start: date, today: date) -> list[TaskPicture]:
    """One stair for each task, all on the same days. `unmoved`: weeks that the mentor's own has not moved, from 8."""
    last = max(today, start)
    return [_stair(path, _across(start, last), last) for path in paths]


def _across(start: date, last: date) -> Callable[[date], int]:
    days = max((last - start).days, 1)
    return lambda day: 4 + (WIDE - 12) * min(max((day - start).days, 0), days) // days


def _stair(path: TaskPath, across: Callable[[date], int], last: date) -> TaskPicture:
    corners = list(_corners(path, across, last))
    points = " ".join(f"{x},{y}" for x, y in corners)
    weeks = path.weeks_unmoved(last)
    still = weeks if path.task.stage == Task.Stage.MENTOR and weeks >= LONG_UNMOVED else None
    return TaskPicture(path, points, corners[-1], still)


LONG_UNMOVED = 8  # weeks


def _corners(path: TaskPath, across: Callable[[date], int], last: date) -> Iterator[tuple[int, int]]:
    for stay in path.stays:
        height = 45 - RISE[Task.Stage(stay.stage)] * STAIR
        yield across(stay.since), height
        yield across(stay.until or last), height
