"""Questions to a mentor about own courses: the question and the answer, never the citizen's words."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.ledger.actions.control import take_step
from mentorkorps.ledger.models import Discrepancy, DiscrepancyStep
from mentorkorps.ledger.queries.control import questions_to_mentors, waits_for_mentor
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.pages.control.forms import MentorAnswerForm

PAGE = 20
SEEN_BY_MENTOR = (DiscrepancyStep.Kind.ASKED, DiscrepancyStep.Kind.ANSWERED)


@door(May.ANSWER_CONTROL)
@require_safe
def control_questions(request: SignedIn) -> HttpResponse:
    """What one was asked about, with one's own answers."""
    return _page(request)


def _page(request: SignedIn, wrong: MentorAnswerForm | None = None) -> HttpResponse:
    found = questions_to_mentors(access.courses_of(request.user))
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "spørgsmål til mentor", [each.course for each in page])
    rows = [
        {
            "question": each,
            "steps": [step for step in each.steps.all() if step.kind in SEEN_BY_MENTOR],
            "form": _form(each, wrong) if waits_for_mentor(each) else None,
        }
        for each in page
    ]
    return render(request, "control/questions.html", {"page": page, "rows": rows})


def _form(each: Discrepancy, wrong: MentorAnswerForm | None) -> MentorAnswerForm:
    return wrong if wrong and wrong.prefix == str(each.pk) else MentorAnswerForm(prefix=str(each.pk))


@door(May.ANSWER_CONTROL)
@require_POST
def answer_question(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Answers the question that waits."""
    found = access.of_course(request, Discrepancy.objects.all(), key, verb="svar på spørgsmål")
    form = MentorAnswerForm(request.POST, prefix=str(found.pk))
    if form.is_valid():
        kind = DiscrepancyStep.Kind.ANSWERED
        form.attempt(take_step, found, kind=kind, **form.cleaned_data, today=today(), by=request.user)
    if not form.is_valid():
        return _page(request, form)
    messages.success(request, "Tak. Dit svar er sendt.")
    return redirect("control_questions")
