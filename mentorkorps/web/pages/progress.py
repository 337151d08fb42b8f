"""How a citizen gets on: progress as mentor and citizen each see it, and whether tasks move from one to the other."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.course import undo_move as undo
from mentorkorps.cases.models import Course, Task
from mentorkorps.cases.queries import TaskPath, task_paths
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.progress import Question, Wave
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.models.progress import Rating
from mentorkorps.followup.queries.progress import View, WaveViews, question_set_of, questions_of, waves_of
from mentorkorps.followup.queries.question_sets import set_in_force
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.pages.course.frame import about
from mentorkorps.web.pages.progress_picture import panels, rows, task_pictures

NOT_ANSWERED, DECLINED = "none", "declined"
STAGES = (Task.Stage.MENTOR, Task.Stage.TOGETHER, Task.Stage.CITIZEN, Task.Stage.DONE)


class RatingForm(HouseForm):
    """One person's answers: a step in words for each question, or that there is no answer."""

    on = DateField(label="Svaret den")

    def __init__(self, *args: Any, questions: tuple[Question, ...], rater: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.rater = questions, rater
        for question in questions:
            self.fields[f"q_{question.key}"] = _question_field(question, rater)
        if rater == Rating.Rater.CITIZEN:
            self.fields["given"] = forms.ChoiceField(
                label="Hvordan er svarene givet", widget=forms.RadioSelect, initial=Rating.Given.READ_ALOUD,
                choices=[(code, word.capitalize()) for code, word in reversed(Rating.Given.choices)],
            )  # fmt: skip

    def asked(self) -> list[forms.BoundField]:
        """One field for each question."""
        return [self[f"q_{question.key}"] for question in self.questions]

    def answers(self) -> dict[str, Any]:
        """The arguments of `actions.progress.score` that the form knows."""
        said = {question.key: self.cleaned_data[f"q_{question.key}"] for question in self.questions}
        return {
            "answers": {key: int(step) if step.isdigit() else None for key, step in said.items()},
            "declined": [key for key, step in said.items() if step == DECLINED],
            "given": self.cleaned_data.get("given", Rating.Given.SELF),
            "on": self.cleaned_data["on"],
        }


def _question_field(question: Question, rater: str) -> forms.ChoiceField:
    by_citizen = rater == Rating.Rater.CITIZEN
    steps = [(str(step), f"{step + 1}. {words}") for step, words in enumerate(question.steps)]
    none = [(NOT_ANSWERED, "Ikke svaret"), *([(DECLINED, "Ønsker ikke at svare")] if by_citizen else [])]
    return forms.ChoiceField(
        label=question.to_citizen if by_citizen else question.to_mentor,
        choices=[*steps, *none],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg et trin, eller vælg “Ikke svaret”."},
    )


def _known(view: View) -> dict[str, Any]:
    """What the form begins with: the answers that are corrected."""
    if view.rating is None:
        return {}
    steps = {f"q_{key}": _choice(answer.score, answer.declined) for key, answer in view.answers.items()}
    return {**steps, "on": view.rating.answered_on, "given": view.rating.given}


def _choice(step: int | None, declined: bool) -> str:
    if step is not None:
        return str(step)
    return DECLINED if declined else NOT_ANSWERED


@door(May.SEE_COURSE)
def progress(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Progress wave by wave, and the way of each task."""
    course = access.course(request, key, verb="fremgang")
    on = today()
    views, version, now = waves_of(course, today=on), question_set_of(course), set_in_force(on)
    paths = task_paths(course)
    answered = any(view.by(rater).rating for view in views for rater in Rating.Rater.values)
    shown = {
        "views": views,
        "panels": panels(version.asked, views, course.citizen.first_name) if answered else [],
        "rows": rows(version.asked, views) if answered else [],
        "version": version,
        "newer": now if now.in_force_from > version.in_force_from else None,
        "tasks": task_pictures(paths, course.start, min(on, course.ended_on or on)),
        "shares": _shares(paths),
    }
    return render(request, "progress/progress.html", about(request, course) | shown)


def _shares(paths: list[TaskPath]) -> list[tuple[str, int, int]]:
    """Stage in words, how many tasks are there, and the share in whole per cent; empty without tasks."""
    counts = [(stage, sum(path.task.stage == stage for path in paths)) for stage in STAGES]
    return [(stage.label, count, round(100 * count / len(paths))) for stage, count in counts] if paths else []


@door(May.WORK_ON_COURSE)
def rate(request: HttpRequest, key: uuid.UUID, wave: str, rater: str) -> HttpResponse:
    """One person's answers in one wave: written in, or corrected."""
    course = access.course(request, key, verb="måling af fremgang")
    found = next((view for view in waves_of(course, today=today()) if view.wave.code == wave), None)
    if found is None or rater not in Rating.Rater.values:
        raise access.refuse(request, "måling af fremgang", citizen_id=course.citizen_id, asked_for=wave[:20])
    if today() < found.wave.opens:
        messages.info(request, f"Målingen {found.wave.words} kan svares fra {field_date(found.wave.opens)}.")
        return redirect("progress", key=course.id)
    questions = questions_of(course)
    begins = {"on": _usual_day(found.wave), **_known(found.by(rater))}
    form = RatingForm(request.POST or None, initial=begins, questions=questions, rater=rater)
    if request.method == "POST" and form.is_valid():
        form.attempt(score, course=course, wave=wave, rater=rater, by=request.user, **form.answers())
        if not form.errors:
            messages.success(request, f"Svarene {found.wave.words} er gemt.")
            return redirect("progress", key=course.id)
    return render(request, "progress/rate.html", about(request, course) | _asked(found, rater, form))


def _usual_day(wave: Wave) -> date:
    return min(today(), wave.closes)


def _asked(found: WaveViews, rater: str, form: RatingForm) -> dict[str, Any]:
    return {"wave": found.wave, "view": found.by(rater), "by_citizen": rater == "citizen", "form": form}


@door(May.WORK_ON_COURSE)
@require_POST
def undo_move(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Takes back the last move of a task."""
    task = access.of_course(request, Task.objects.all(), key, verb="opgave")
    try:
        undo(task, by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, f"Fortrudt. “{task.title}”: {task.get_stage_display()}.")
    return _to_tasks(task.course)


def _to_tasks(course: Course) -> HttpResponse:
    return redirect(reverse("progress", args=[course.id]) + "#opgaver")


urls = [
    path("forloeb/<uuid:key>/fremgang/", progress, name="progress"),
    path("forloeb/<uuid:key>/fremgang/<str:wave>/<str:rater>/", rate, name="rate"),
    path("opgave/<uuid:key>/fortryd/", undo_move, name="undo_move"),
]
