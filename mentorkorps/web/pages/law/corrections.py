"""Corrections of the law: proposed, looked at with what they would change, approved by another, and taken back."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorkorps.cases.models import Citizen
from mentorkorps.cases.queries.law_changes import OtherAnswer, other_answers
from mentorkorps.domain import law
from mentorkorps.domain.law.corrections import FIELDS as CORRECTABLE
from mentorkorps.municipality.actions import approve_correction, propose_correction, withdraw_correction
from mentorkorps.municipality.facts import correction_facts
from mentorkorps.municipality.models import RuleCorrection
from mentorkorps.municipality.queries import book_with, book_without, law_book, today, unfit_corrections
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.pages.law.forms import CorrectionForm, WithdrawForm, shown_day
from mentorkorps.web.pages.law.rule import wordings_or_404
from mentorkorps.web.pages.law.words import FIELDS, Difference, finding_differences, value_in_words

PAGE = 50
ROWS = RuleCorrection.objects.select_related("proposed_by", "approved_by", "withdrawn_by")


class Touched(NamedTuple):
    """A case that would be answered otherwise; `citizen` is None for a reader who may not see whose it is."""

    case: OtherAnswer
    citizen: Citizen | None
    differences: list[Difference]


@door(May.SEE_LAW)
@require_safe
def law_corrections(request: HttpRequest) -> HttpResponse:
    """Every correction, newest first."""
    page = Paginator(ROWS, PAGE).get_page(request.GET.get("side"))
    unfit = {correction.pk for correction in unfit_corrections()}
    context = {"page": page, "unfit": unfit, "rules": _titles(), "section": "law", "tab": "corrections"}
    return render(request, "law/corrections.html", context)


def _titles() -> dict[str, str]:
    return {row.id: row.title for row in law.SHIPPED.rules}


@door(May.EDIT_LAW)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, rule: str) -> HttpResponse:
    """A row as it reads now, to be read otherwise from a day."""
    row = _row_that_came_along(rule, shown_day(request.GET.get("raekke")))
    form = CorrectionForm(request.POST or None, row=row, read=_reads_now(row), today=today())
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            propose_correction,
            rule=row.id,
            row_from=row.valid_from,
            changes=form.changes(),
            in_force_from=form.cleaned_data["in_force_from"],
            reason=form.cleaned_data["reason"],
            source=form.cleaned_data["source"],
            by=request.user,
        )
        if made is not None:
            messages.success(
                request, "Rettelsen er foreslået. Den ændrer intet, før en anden har godkendt den."
            )
            return redirect("correction", made.pk)
    rows = [each for each in law.SHIPPED.wordings(rule) if each != row]
    context = {"form": form, "row": row, "others": rows, "section": "law"}
    return render(request, "law/propose.html", context, status=200)


def _row_that_came_along(rule: str, first: date | None) -> law.Rule:
    """The row that begins on `first`, or the newest, as it came along. Expected law cannot be corrected."""
    rows = [row for row in wordings_or_404(law.SHIPPED, rule) if not row.expected]
    found = [row for row in rows if first is None or row.valid_from == first]
    if not found:
        raise Http404(f"Reglen {rule} har ingen række, der kan rettes.")
    return found[-1]


def _reads_now(row: law.Rule) -> dict[str, Any]:
    """What each field of a row reads today with the corrections in force; its dates from first to last."""
    book = law_book()
    pieces = book.pieces(row.id, row.valid_from) or (row,)
    now = next((piece for piece in pieces if piece.valid_to is None or today() <= piece.valid_to), pieces[-1])
    on = min(max(today(), now.valid_from), now.valid_to or today())
    read = {name: law.value_in(now, book.contact_rule(row.id, on), name) for name in CORRECTABLE}
    return read | {"valid_from": pieces[0].valid_from, "valid_to": pieces[-1].valid_to}


@door(May.SEE_LAW)
@require_safe
def correction(request: HttpRequest, key: int) -> HttpResponse:
    """A correction: what it changes, for whom, who has agreed, and the way back."""
    return _page(request, access.record(request, ROWS, key, verb="rettelse af regel"), WithdrawForm())


@door(May.APPROVE_LAW)
@require_POST
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Puts a proposal in force, by another than who proposed it."""
    row = access.record(request, ROWS, key, verb="rettelse af regel")
    try:
        approve_correction(row, by=request.user)  # type: ignore[arg-type]
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Rettelsen gælder. Nye visitationer læser reglen sådan fra rettelsens dag.")
    return redirect("correction", key)


@door(May.APPROVE_LAW)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Takes a correction back, with the reason."""
    row, form = access.record(request, ROWS, key, verb="rettelse af regel"), WithdrawForm(request.POST)
    if form.is_valid():
        form.attempt(withdraw_correction, row, reason=form.cleaned_data["withdrawn_reason"], by=request.user)
    if form.errors:
        return _page(request, row, form)
    messages.success(
        request, "Rettelsen er trukket tilbage. Reglen læses igen, som om rettelsen aldrig var gjort."
    )
    return redirect("correction", key)


def _page(request: HttpRequest, row: RuleCorrection, form: WithdrawForm) -> HttpResponse:
    context = {
        "row": row,
        "rule": law.SHIPPED.wordings(row.rule)[-1] if row.rule in _titles() else None,
        "changes": _changes(row),
        "form": form,
        "unfit": row.approved_at and not row.withdrawn_at and row in unfit_corrections(),
        "may_approve": allowed(request.user, May.APPROVE_LAW) and row.proposed_by_id != request.user.pk,
        "may_withdraw": allowed(request.user, May.APPROVE_LAW),
        "waits": row.approved_at is None and row.withdrawn_at is None,
        "section": "law",
    }
    if row.withdrawn_at is None:
        context |= _preview(request, row)
    return render(request, "law/correction.html", context)


def _changes(row: RuleCorrection) -> list[Difference]:
    """Each corrected field as the row reads without the correction on its day, and with it."""
    facts, without = correction_facts(row), book_without(row)
    try:
        pieces = without.pieces(row.rule, row.row_from)
    except KeyError:
        pieces = ()
    old = next(
        (p for p in pieces if p.valid_to is None or row.in_force_from <= p.valid_to),
        pieces[-1] if pieces else None,
    )
    contact = without.contact_rule(row.rule, row.in_force_from) if old else None
    return [
        Difference(
            FIELDS[name],
            value_in_words(name, law.value_in(old, contact, name)) if old else "rækken findes ikke mere",
            value_in_words(name, facts.changes[name]),
        )
        for name in FIELDS
        if name in facts.changes
    ]


def _preview(request: HttpRequest, row: RuleCorrection) -> dict[str, Any]:
    """Who would be answered otherwise. Names only for who may see them, and then the list is journalled."""
    try:
        after = law_book() if row.approved_at else book_with(correction_facts(row))
    except law.BadCorrection:
        return {"page": None}
    cases = other_answers(row.rule, row.in_force_from, before=book_without(row), after=after)
    page = Paginator(cases, PAGE).get_page(request.GET.get("side"))
    return {
        "visitations": sum(case.kind == "visitation" for case in cases),
        "courses": sum(case.kind == "course" for case in cases),
        "page": page,
        "touched": _touched(request, page),
    }


def _touched(request: HttpRequest, page: Page[OtherAnswer]) -> list[Touched]:
    citizens: dict[uuid.UUID, Citizen] = {}
    if allowed(request.user, May.SEE_CITIZENS) and page.object_list:
        seen = access.citizens_of(request.user)  # type: ignore[arg-type]
        citizens = seen.in_bulk([case.citizen_id for case in page.object_list])
        access.listed(request, "forløb, som en rettelse af en regel rammer", list(citizens))
    return [
        Touched(case, citizens.get(case.citizen_id), finding_differences(case.before, case.after))
        for case in page.object_list
    ]


urls = [
    path("lov/rettelser/", law_corrections, name="law_corrections"),
    path("lov/rettelser/<int:key>/", correction, name="correction"),
    path("lov/rettelser/<int:key>/godkend/", approve, name="approve_correction"),
    path("lov/rettelser/<int:key>/traek/", withdraw, name="withdraw_correction"),
    path("lov/regel/<str:rule>/ret/", propose, name="propose_correction"),
]
