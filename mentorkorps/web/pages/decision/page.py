"""One decision: what it rests on, what it still needs, the letter, and after it what happens now."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from mentorkorps.cases.actions import decision as verbs
from mentorkorps.cases.facts import finding_of
from mentorkorps.cases.models import Decision, Hearing
from mentorkorps.municipality.queries import the_municipality, today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door, refuse
from mentorkorps.web.forms import HouseForm
from mentorkorps.web.pages.decision.step_forms import (
    AnswerForm,
    HearingForm,
    SecondForm,
    SendBackForm,
    WaiveForm,
)
from mentorkorps.web.pages.decision.steps import Way
from mentorkorps.web.pages.visitation.words import told
from mentorkorps.web.pdf import render_html

ROWS = Decision.objects.select_related(
    "citizen", "citizen__unit", "visitation", "course", "course__mentor", "drafted_by", "second_by", "level_row__level",
)  # fmt: skip
Forms = dict[str, HouseForm]
# Form -> the step at which it stands on the page.
PLACES = {
    "hear": "hear",
    "waive": "hear",
    "answer": "answer",
    "second": "second",
    "decide": "decide",
    "back": "wait",
}


@door(May.SEE_CITIZENS)
def decision(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Reads a decision; its caseworker takes the next step."""
    row = access.of_citizen(request, ROWS, key, verb="afgørelse")
    if request.method != "POST":
        return show(request, row)
    if not allowed(request.user, May.VISITATE):
        raise refuse(request, "afgørelse", asked_for=str(key))
    step = STEPS.get(request.POST.get("do", ""))
    failed = step(request, row) if step else {}
    return show(request, row, failed) if failed else redirect("decision", row.id)


def show(request: HttpRequest, row: Decision, forms: Forms | None = None) -> HttpResponse:
    """The page, with forms that came back with errors in the place of fresh ones."""
    row = ROWS.get(pk=row.pk) if forms else row
    way = way_of(request, row)
    _say_what_has_no_place(request, way, forms or {})
    finding = finding_of(row)
    sources = row.visitation.sources if row.visitation else {}
    shown = {
        "decision": row, "citizen": row.citizen, "way": way, "finding": finding, "hearing": way.hearing,
        "told": told(row.facts, sources, row.law_on), "forms": _fresh(way) | (forms or {}),
        "letter": mark_safe(render_html(way.letter)) if way.letter else "",
        "mine": allowed(request.user, May.VISITATE),
        "may_approve": allowed(request.user, May.APPROVE) and row.drafted_by_id != request.user.id,
        "complaints": row.complaints.all(), "section": _section(request),
    }  # fmt: skip
    return render(request, "decision/decision.html", shown)


def way_of(request: HttpRequest, row: Decision) -> Way:
    """The decision as its reader stands to it: a caseworker would sign the letter, another reads the drafter's."""
    signer = request.user if allowed(request.user, May.VISITATE) else row.drafted_by
    hearing = Hearing.objects.filter(decision=row).first()
    municipality = the_municipality()
    days = municipality.hearing_days if municipality else 0
    return Way(row, hearing, signer, today(), today() + timedelta(days=days))


def _say_what_has_no_place(request: HttpRequest, way: Way, failed: Forms) -> None:
    """A step that somebody else took first has no form on the page any more; its error is said on top."""
    for name, form in failed.items():
        if way.next != PLACES[name]:
            for error in form.non_field_errors():
                messages.error(request, error)


def _section(request: HttpRequest) -> str:
    return "citizens" if allowed(request.user, May.VISITATE) else "approvals"


def _fresh(way: Way) -> Forms:
    return {
        "hear": HearingForm(initial={"answer_by": way.answer_by}), "waive": WaiveForm(), "answer": AnswerForm(),
        "second": SecondForm(), "decide": HouseForm(), "back": SendBackForm(),
    }  # fmt: skip


def _went_wrong(form: HouseForm, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    form.attempt(verb, *args, **kwargs)
    return bool(form.errors or form.refusal)


def _hear(request: HttpRequest, row: Decision) -> Forms:
    form = HearingForm(request.POST)
    if not form.is_valid() or _went_wrong(
        form, verbs.send_hearing, row, on=today(), by=request.user, answer_by=form.cleaned_data["answer_by"]
    ):
        return {"hear": form}
    messages.success(request, "Partshøringen er skrevet. Hent brevet, og send det til borgeren.")
    return {}


def _waive(request: HttpRequest, row: Decision) -> Forms:
    form = WaiveForm(request.POST)
    if not form.is_valid() or _went_wrong(
        form, verbs.waive_hearing, row, reason=form.reason, on=today(), by=request.user
    ):
        return {"waive": form}
    return {}


def _answer(request: HttpRequest, row: Decision) -> Forms:
    form = AnswerForm(request.POST)
    if not form.is_valid() or _went_wrong(
        form, verbs.record_answer, row, answer=form.cleaned_data["answer"], on=today(), by=request.user
    ):
        return {"answer": form}
    return {}


def _second(request: HttpRequest, row: Decision) -> Forms:
    form = SecondForm(request.POST)
    if not form.is_valid() or _went_wrong(
        form, verbs.ask_second_person, row, reason=form.cleaned_data["second_reason"], by=request.user
    ):
        return {"second": form}
    messages.success(
        request, "Sendt til godkendelse. Du kan træffe afgørelsen, når en anden har godkendt den."
    )
    return {}


def _decide(request: HttpRequest, row: Decision) -> Forms:
    form = HouseForm(request.POST)
    if row.state == Decision.State.DRAFT and way_of(request, row).seal != request.POST.get("read"):
        form.add_error(None, "Brevet er ændret, siden du så det. Læs det igen, og træf så afgørelsen.")
        return {"decide": form}
    if _went_wrong(form, verbs.decide, row, on=today(), by=request.user):
        return {"decide": form}
    return {}


def _drop(request: HttpRequest, row: Decision) -> Forms:
    form = HouseForm(request.POST)
    if _went_wrong(form, verbs.drop_draft, row, by=request.user):
        return {"decide": form}
    messages.info(request, "Kladden er opgivet. Visitationen er åben, som den var.")
    return {}


STEPS: dict[str, Callable[[HttpRequest, Decision], Forms]] = {
    "hear": _hear, "waive": _waive, "answer": _answer, "second": _second, "decide": _decide, "drop": _drop,
}  # fmt: skip
