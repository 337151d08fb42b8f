"""A rule: its wording on a day, its source, what it replaced and what replaced it, and what runs under it."""

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.cases.models import Course
from mentorkorps.domain import law
from mentorkorps.domain.law.conditions import TESTS
from mentorkorps.municipality.models import RuleCorrection
from mentorkorps.municipality.queries import law_book, today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.pages.law.forms import shown_day

PAGE = 50


class Ending(NamedTuple):
    """An example: support that begins on a day, and the day that one reading leads to."""

    reading: str
    source: str
    when: str
    last: date


class Share(NamedTuple):
    """The state's share for some groups alike."""

    reimbursement: law.Reimbursement | None
    groups: list[str]


@door(May.SEE_LAW)
@require_safe
def law_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """The wording of a rule on a day (`paa`), or the newest; where the rule was not in force then, the nearest."""
    book, asked = law_book(), shown_day(request.GET.get("paa"))
    wordings = wordings_or_404(book, rule)
    row = _wording(wordings, asked)
    start = max(asked or today(), row.valid_from)
    context = {
        "row": row,
        "asked": asked,
        "was_in_force": asked is None or _in_force(row, asked),
        "wordings": wordings,
        "conditions": [TESTS[name].text for name in row.conditions],
        "contacts": book.contacts_of(rule),
        "replaces": book.replaces(row),
        "replaced_by": book.replaced_by(row),
        "start": start if row.valid_to is None else min(start, row.valid_to),
        "endings": _endings(row, min(start, row.valid_to or start)),
        "shares": _shares(row, min(start, row.valid_to or start)) if row.kind == "gives" else [],
        "corrections": RuleCorrection.objects.filter(rule=rule).select_related("proposed_by", "approved_by"),
        "running": Course.objects.filter(rule=rule, ended_on__isnull=True).count(),
        "may_correct": allowed(request.user, May.EDIT_LAW) and not row.expected,
        "may_see_courses": allowed(request.user, May.SEE_CITIZENS),
        "section": "law",
    }
    return render(request, "law/rule.html", context)


def wordings_or_404(book: law.Book, rule: str) -> tuple[law.Rule, ...]:
    """Every wording of a rule, or 404 for no rule."""
    try:
        return book.wordings(rule)
    except KeyError:
        raise Http404(f"Reglen {rule} findes ikke.") from None


def _wording(wordings: tuple[law.Rule, ...], on: date | None) -> law.Rule:
    if on is None:
        return wordings[-1]
    held = [row for row in wordings if _in_force(row, on)]
    return held[0] if held else min(wordings, key=lambda row: _days_between(row, on))


def _in_force(row: law.Rule, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _days_between(row: law.Rule, on: date) -> int:
    return max((row.valid_from - on).days, (on - row.valid_to).days if row.valid_to else 0)


def _endings(row: law.Rule, start: date) -> list[Ending]:
    """The latest and the earliest end of support from `start`, by the rule's own reading and by others'."""
    readings = [(row.citation, row.duration), *((other.source, other) for other in row.other_readings)]
    found = []
    for source, bounds in readings:
        if bounds.at_most:
            found.append(Ending(f"højst {bounds.at_most}", source, "senest", bounds.at_most.last_day(start)))
        if bounds.at_least:
            whole = bounds.at_least.last_day(start)
            found.append(Ending(f"mindst {bounds.at_least} i alt", source, "tidligst", whole))
    return found


def _shares(row: law.Rule, on: date) -> list[Share]:
    """The state's share of a cost of a day by an agreement of that day, groups that are treated alike together."""
    found: dict[law.Reimbursement | None, list[str]] = {}
    for group, name in law.target_groups(on).items():
        try:
            share: law.Reimbursement | None = law.reimbursement(group, row.function, on, on)
        except law.MissingRule:
            share = None
        found.setdefault(share, []).append(name)
    return [Share(share, names) for share, names in found.items()]


@door(May.SEE_CITIZENS)
@require_safe
def law_rule_courses(request: HttpRequest, rule: str) -> HttpResponse:
    """The running courses under a rule that the reader may see."""
    row = wordings_or_404(law_book(), rule)[-1]
    running = access.courses_of(request.user).filter(rule=rule, ended_on__isnull=True)  # type: ignore[arg-type]
    rows = running.select_related("citizen", "unit").order_by("end", "id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "forløb under en regel", page.object_list, rule=rule)
    context: dict[str, Any] = {"row": row, "page": page, "section": "law"}
    return render(request, "law/rule_courses.html", context)


urls = [
    path("lov/regel/<str:rule>/", law_rule, name="law_rule"),
    path("lov/regel/<str:rule>/forloeb/", law_rule_courses, name="law_rule_courses"),
]
