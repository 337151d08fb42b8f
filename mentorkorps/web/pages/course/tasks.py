"""Tasks of a course: added, and moved from mentor over together to citizen and back."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.course import add_task
from mentorkorps.cases.actions.course import move_task as move
from mentorkorps.cases.models import Course, Task
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.course.forms import TaskForm
from mentorkorps.web.pages.course.overview import show_course


@door(May.WORK_ON_COURSE)
@require_POST
def tasks(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Adds a task."""
    course = access.course(request, key)
    form = TaskForm(request.POST)
    if form.is_valid():
        added = form.attempt(add_task, course, **form.cleaned_data, on=today(), by=request.user)
        if added is not None:
            messages.success(request, f"Opgaven “{added.title}” er tilføjet.")
            return _back(course)
    return show_course(request, course, form)


@door(May.WORK_ON_COURSE)
@require_POST
def move_task(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Moves a task; moving it back undoes it."""
    task = access.of_course(request, Task.objects.all(), key, verb="opgave")
    try:
        move(task, stage=request.POST.get("stage", ""), on=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(
            request, f"“{task.title}”: {task.get_stage_display()}. Flyt den tilbage, hvis det var en fejl."
        )
    return _back(task.course)


def _back(course: Course) -> HttpResponse:
    return redirect(reverse("course", args=[course.id]) + "#opgaver")
