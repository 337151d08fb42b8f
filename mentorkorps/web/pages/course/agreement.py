"""The written agreement: written, seen, printed and signed."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.agreement import draft_agreement
from mentorkorps.cases.actions.agreement import sign_agreement as sign
from mentorkorps.cases.models import Agreement, Course, Grant
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.letter import Document
from mentorkorps.municipality.models import IN_COMPANY
from mentorkorps.municipality.queries import law_book, today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.drafts import course_in_address, keeps_draft
from mentorkorps.web.pages.course.forms import AgreementForm, SignForm
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.paper import print_paper
from mentorkorps.web.pdf import render_html


@door(May.ASSIGN)
@keeps_draft(course_in_address)
def agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The agreement's form, or the agreement itself once it is written."""
    course = access.course(request, key)
    form = AgreementForm(request.POST or None, initial=_suggested(course), company=_in_company(course))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(draft_agreement, course, **form.agreed(), on=today(), by=request.user)
        if made is not None:
            messages.success(request, "Aftalen er skrevet. Læs den igennem, før I skriver under.")
            return redirect("agreement", key=course.id)
    return _show(request, course, form, SignForm(initial={"on": today()}))


@door(May.SEE_CITIZENS)
def agreement_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A stored agreement as PDF."""
    row = access.of_course(request, Agreement.objects.all(), key, verb="aftale")
    if row.document is None:
        messages.error(
            request, "Aftalens tekst ligger ikke her. Den er lavet, før kommunen tog Mentorkorps i brug."
        )
        return redirect("course", key=row.course_id)
    return print_paper(request, row.course.citizen, Document.from_json(row.document), name="aftale")


@door(May.ASSIGN)
@require_POST
def sign_agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Records when and how the agreement was signed."""
    row = access.of_course(request, Agreement.objects.select_related("mentor"), key, verb="aftale")
    if row.signed_on is not None:
        messages.info(request, f"Aftalen er allerede underskrevet {field_date(row.signed_on)}.")
        return redirect("agreement", key=row.course_id)
    form = SignForm(request.POST)
    if form.is_valid():
        form.attempt(sign, row, **form.cleaned_data, today=today(), by=request.user)
    if form.errors:
        unwritten = AgreementForm(initial=_suggested(row.course), company=_in_company(row.course))
        return _show(request, row.course, unwritten, form)
    messages.success(request, "Underskriften er noteret. Aftalen er låst, og opgaverne står nu på forløbet.")
    return redirect("course", key=row.course_id)


def _show(request: HttpRequest, course: Course, form: AgreementForm, sign_form: SignForm) -> HttpResponse:
    rows = list(course.agreements.select_related("mentor").order_by("-drafted_on", "-signed_on"))
    draft = next((row for row in rows if row.signed_on is None), None)
    signed = next((row for row in rows if row.signed_on is not None), None)
    current = draft or signed
    writes = form.is_bound or "ret" in request.GET or current is None
    return show(
        request,
        "agreement",
        course,
        form=form,
        sign_form=sign_form,
        current=current,
        earlier=[row for row in rows if row.signed_on and row != current],
        paper=_paper(current),
        writes=writes and course.ended_on is None,
        grant=_newest_grant(course),
        rule=law.agreement_rule(today()),
    )


def _paper(row: Agreement | None) -> str:
    """The stored text as HTML; `render_html` escapes every word of it."""
    return mark_safe(render_html(Document.from_json(row.document))) if row and row.document else ""


def _newest_grant(course: Course) -> Grant | None:
    return course.grants.select_related("decision").order_by("-start").first()


def _in_company(course: Course) -> bool:
    return course.mentor is not None and course.mentor.kind in IN_COMPANY


def _suggested(course: Course) -> dict[str, Any]:
    """What the form begins with: the agreement before, else what decision, tasks and law say."""
    grant = _newest_grant(course)
    before = course.agreements.order_by("-drafted_on", "-signed_on").first()
    asked = law.contact_rule(course.rule, today(), book=law_book()) or law.ContactRule("week", 1)
    tasks = list(course.tasks.exclude(stage="done"))
    said: dict[str, Any] = {
        "goal": course.goal,
        "tasks": [task.title for task in tasks if task.mine],
        "not_tasks": [task.title for task in tasks if not task.mine],
        "contact_every": asked.every,
        "contact_at_least": asked.at_least,
    }
    if grant is not None:
        said["tasks"] = said["tasks"] or grant.decision.tasks
        said["not_tasks"] = said["not_tasks"] or grant.decision.not_tasks
        said["start"] = grant.start
        said["end"] = min(grant.end, law.agreement_rule(today()).at_most.last_day(grant.start))
    if before is not None:
        kept = ("goal", "place", "contact_every", "contact_at_least", "beyond_ordinary", "decisive")
        said |= {name: getattr(before, name) for name in kept}
        said["wage_per_hour"] = before.wage_per_hour and Decimal(before.wage_per_hour) / 100
    if before is not None and before.signed_on is None:
        said |= {
            "tasks": before.tasks,
            "not_tasks": before.not_tasks,
            "start": before.start,
            "end": before.end,
        }
    return said
