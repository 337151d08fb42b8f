"""The page of a course: its weeks, hours, tasks, people and papers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from mentorkorps.cases.models import Course, Task
from mentorkorps.cases.queries import consent, parties_in
from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Rhythm, WeekStatus
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import week_number, write_minutes
from mentorkorps.domain.progress import Wave
from mentorkorps.followup.queries.caseload import STATUS_DUE
from mentorkorps.followup.queries.citizen_page import said_on
from mentorkorps.followup.queries.overview import Overview, course_overview, decisions_on
from mentorkorps.followup.queries.progress import open_waves
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.pages.course.forms import TaskForm
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.pages.course.matters import matters, measures

WHY_SHOWN = 4  # weeks explained before the fold
STATE_WORDS = (
    ("kept", "holdt"), ("missed", "mangler"), ("excused", "undskyldt"), ("open", "åben"), ("future", "kommer"),
)  # fmt: skip


@door(May.SEE_COURSE)
def course(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A course as it stands today."""
    return show_course(request, access.course(request, key), TaskForm())


def show_course(request: HttpRequest, row: Course, task_form: TaskForm) -> HttpResponse:
    """The page of a course, also when a task that could not be added is shown again."""
    view = course_overview(row, today())
    return show(
        request,
        "course",
        row,
        view=view,
        said=said_on(row),
        matters=[*matters(view, request.user), *measures(view, _lacking(view), request.user)],
        rule_title=_rule_title(row),
        rhythm=_rhythm(view),
        task_form=task_form,
        language=language_name(row.citizen.language).capitalize(),
        parties=[(party, *consent(party, view.today)) for party in parties_in(row.citizen)],
        decisions=decisions_on(row) if allowed(request.user, May.VISITATE) else [],
        status_due=row.end - STATUS_DUE,
        **_weeks(view),
        **_hours(view),
        **_tasks(view),
    )


def _lacking(view: Overview) -> list[tuple[Wave, list[str]]]:
    return open_waves([view.course], view.today).get(view.course.id, [])


def _rule_title(row: Course) -> str:
    rule = law.rule(row.rule)
    return capitalised(f"{rule.title} til {rule.purpose}")


def _weeks(view: Overview) -> dict[str, Any]:
    explained = [week for week in reversed(view.weeks) if week.state in ("missed", "excused")]
    return {
        "this_week": week_number(view.today),
        "week_counts": _week_counts(view.weeks),
        "explained": explained[:WHY_SHOWN],
        "explained_more": explained[WHY_SHOWN:],
    }


def _hours(view: Overview) -> dict[str, Any]:
    hours = view.hours
    return {
        "until_week": min(week_number(view.today), view.weeks[-1].week),
        "weekly": {name: hours.weekly(getattr(hours, name)) for name in ("delivered", "granted", "level")},
        "deviation": _deviation(view),
    }


def _tasks(view: Overview) -> dict[str, Any]:
    own = [task for task in view.tasks if task.mine]
    return {
        "columns": _columns(own, view.course.citizen.first_name),
        "own_tasks": own,
        "on_own": sum(task.stage in (Task.Stage.CITIZEN, Task.Stage.DONE) for task in own),
        "done": [task for task in own if task.stage == Task.Stage.DONE],
        "not_mine": [task for task in view.tasks if not task.mine],
    }


@dataclass(frozen=True)
class Move:
    """Where a task can be moved from its column."""

    stage: str
    label: str
    back: bool = False


@dataclass(frozen=True)
class Column:
    """A column of tasks, with the moves back and on from it."""

    title: str
    since: str
    tasks: list[Task]
    moves: tuple[Move, ...]


def _columns(tasks: list[Task], name: str) -> list[Column]:
    stages = Task.Stage
    on, alone = Move(stages.TOGETHER, "Sammen"), Move(stages.CITIZEN, f"{name} gør det")
    done = Move(stages.DONE, "Løst")
    laid_out = (
        (stages.MENTOR, "Mentor gør det", "Mentor", (on, alone)),
        (stages.TOGETHER, "Sammen", "Sammen", (Move(stages.MENTOR, "Mentor gør det", back=True), alone)),
        (stages.CITIZEN, f"{name} gør det", "Selv", (Move(stages.TOGETHER, "Sammen", back=True), done)),
    )
    return [
        Column(title, since, [task for task in tasks if task.stage == code], moves)
        for code, title, since, moves in laid_out
    ]


def _week_counts(weeks: Iterable[WeekStatus]) -> str:
    """18 holdt, 1 mangler …, without the states that no week has."""
    states = [week.state for week in weeks]
    return ", ".join(f"{states.count(code)} {word}" for code, word in STATE_WORDS if code in states)


def _rhythm(view: Overview) -> tuple[str, str]:
    """How often they meet at least, and who says so."""
    today_ = min(max(view.today, view.course.start), view.course.end)
    now = [r for r in view.rhythms if r.valid_from <= today_ and (r.valid_to is None or r.valid_to >= today_)]
    if not now:
        return "Ikke fastsat", ""
    chosen = max(now, key=_contacts_in_a_year)
    if chosen.source == "aftalen":
        legal = any(r.source == view.course.citation for r in now)
        return _often(chosen), "Aftalt." if legal else "Aftalt. Loven kræver ikke et antal."
    if chosen.source == view.course.citation:
        return _often(chosen), f"Loven kræver det: {chosen.source}."
    return _often(chosen), "Kommunens egen rytme, til aftalen siger andet."


def _contacts_in_a_year(rhythm: Rhythm) -> int:
    return rhythm.at_least * (52 if rhythm.every == "week" else 26)


def _often(rhythm: Rhythm) -> str:
    times = "1 gang" if rhythm.at_least == 1 else f"{rhythm.at_least} gange"
    return f"Mindst {times} {'om ugen' if rhythm.every == 'week' else 'hver 14. dag'}"


def _deviation(view: Overview) -> dict[str, Any] | None:
    """How far the grant in force is from its level, and why."""
    grant = view.grant
    if grant is None or grant.level_minutes is None or grant.level_minutes == grant.minutes_per_week:
        return None
    apart = grant.minutes_per_week - grant.level_minutes
    words = f"{write_minutes(abs(apart))} {'over' if apart > 0 else 'under'} niveauet"
    return {"words": words, "reason": grant.decision.deviation_reason}
