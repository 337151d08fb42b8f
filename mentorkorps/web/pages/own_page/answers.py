"""Where a citizen says that a logged meeting did not take place: a plain list for whoever follows up."""

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mentorkorps.followup.actions import citizen_page as verbs
from mentorkorps.followup.models import CitizenAnswer
from mentorkorps.followup.queries.citizen_page import noes
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import HouseForm

PAGE = 50


class FollowUpForm(HouseForm):
    """What the answer turned out to be."""

    note = forms.CharField(label="Hvad viste det sig at være?", max_length=300)


@door(May.ASSIGN)
def citizen_answers(request: SignedIn) -> HttpResponse:
    """The answers that wait, the oldest first, or those that are followed up."""
    return _show(request)


def _show(request: SignedIn, failed: tuple[uuid.UUID, FollowUpForm] | None = None) -> HttpResponse:
    done = request.GET.get("vis") == "fulgt-op"
    rows = noes(access.courses_of(request.user), followed_up=done)
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "borgernes svar", [answer.course for answer in page])
    context = {"page": page, "done": done, "failed": failed, "section": "citizen_answers"}
    return render(request, "own_page/answers.html", context)


@door(May.ASSIGN)
@require_POST
def follow_up_answer(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Notes what came of it."""
    answer = access.of_course(request, CitizenAnswer.objects.all(), key, verb="borgerens svar")
    form = FollowUpForm(request.POST)
    if form.is_valid():
        form.attempt(
            verbs.follow_up_answer, answer, note=form.cleaned_data["note"], on=today(), by=request.user
        )
    for meanwhile in form.non_field_errors():
        messages.error(request, f"{meanwhile} Du skrev: “{form.cleaned_data['note']}”")
    if form.errors:
        return _show(request, failed=(answer.id, form))
    messages.success(request, "Det er noteret. Skal kontakten rettes, gør mentor det på kontakten selv.")
    return redirect("citizen_answers")
