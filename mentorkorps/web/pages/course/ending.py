"""The end of a course, and what became of the citizen."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mentorkorps.cases.actions.course import end_course as end
from mentorkorps.cases.models import Course
from mentorkorps.followup.actions import answer_follow_up, plan_follow_ups
from mentorkorps.followup.models import FollowUp
from mentorkorps.followup.queries.follow_ups import whereabouts_of
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.course.forms import EndForm, FollowUpForm
from mentorkorps.web.pages.course.frame import show


@door(May.ASSIGN)
def end_course(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ends a course. Before the grant's last day it says that a decision comes first."""
    course = access.course(request, key)
    form = EndForm(request.POST or None, initial={"on": min(course.end, today())})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        form.attempt(_end, course, on=said["on"], reason=said["reason"], note=form.note(), by=request.user)
        if not form.errors and form.refusal is None:
            messages.success(request, "Forløbet er afsluttet. Alt kan stadig læses her.")
            return redirect("course", key=course.id)
    return show(request, "end", course, form=form, early=today() < course.end)


@transaction.atomic
def _end(course: Course, *, by: Any, **said: Any) -> None:
    end(course, **said, today=today(), by=by)
    plan_follow_ups(course, by=by)


@door(May.ASSIGN)
def follow_up(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What became of the citizen 6, 12 or 18 months after the end."""
    row = access.of_course(request, FollowUp.objects.select_related("asked_by"), key, verb="opfølgning")
    form = FollowUpForm(request.POST or None, initial={"outcome": row.outcome})
    if request.method == "POST" and form.is_valid():
        form.attempt(answer_follow_up, row, **form.cleaned_data, on=today(), by=request.user)
        if not form.errors:
            messages.success(request, "Svaret er gemt.")
            return redirect("course", key=row.course_id)
    others = list(row.course.follow_ups.all())
    return show(
        request,
        "follow_up",
        row.course,
        form=form,
        row=row,
        others=others,
        due=row.due <= today(),
        history=whereabouts_of(row),
    )
