"""The five questions a committee asks: a sentence each on one page, and a page each with figures, limits and rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.domain.dates import long_date
from mentorkorps.domain.questions import ANSWERS, Answer
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.queries.cooperation import cooperation_inputs
from mentorkorps.steering.queries.outcomes import effect_inputs
from mentorkorps.steering.queries.questions import (
    Inputs,
    budget_inputs,
    closed_weeks,
    cost_inputs,
    courses_behind,
    others_inputs,
    priced_rows,
)
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, citizens_of, door
from mentorkorps.web.sheet import sheet

PAGE = 50
LONGEST_FIGURE = 30  # letters: a longer cell is words
Cells = list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Question:
    """A question as the page asks it; `count` reads what its answer is made of, `quick` enough for its sentence."""

    key: str
    asked: str
    count: Callable[[date, str], Inputs]
    quick: Callable[[date], Inputs]


def _others(on: date, row: str, *, weeks: bool = True) -> Inputs:
    """The level's row that the address names, or the one with most courses."""
    rows = priced_rows(on)
    chosen = next((each for each in rows if each.key == row), rows[0] if rows else None)
    return others_inputs(on, chosen, weeks=weeks)


QUESTIONS = {
    each.key: each
    for each in (
        Question("effekt", "Hvad har effekten været?", lambda on, _: effect_inputs(on), effect_inputs),
        Question(
            "omkostninger",
            "Hvad koster det, og er der noget at spare?",
            lambda on, _: cost_inputs(on),
            lambda on: cost_inputs(on, priced=False),
        ),
        Question("andre", "Kan andre løfte opgaven?", _others, lambda on: _others(on, "", weeks=False)),
        Question(
            "samarbejde",
            "Hvem deler vi borgerne med?",
            lambda on, _: cooperation_inputs(on),
            cooperation_inputs,
        ),
        Question(
            "budget", "Holder det sig inden for budgettet?", lambda on, _: budget_inputs(on), budget_inputs
        ),
    )
}


@door(May.SEE_STEERING)
@require_safe
def questions(request: SignedIn) -> HttpResponse:
    """All five with today's sentence."""
    on = today()
    access.listed(request, "de fem spørgsmål", [])
    rows = [(each, ANSWERS[each.key](each.quick(on)).sentence) for each in QUESTIONS.values()]
    return render(request, "questions/overview.html", {"rows": rows})


@door(May.SEE_STEERING)
@require_safe
def question(request: SignedIn, question: str) -> HttpResponse:
    """One question with its figures, rows and limits; or its table as a spreadsheet."""
    asked, on = _asked(question), today()
    row = request.GET.get("raekke", "")
    answer = ANSWERS[question](asked.count(on, row))
    if request.GET.get("som") == "xlsx":
        access.listed(request, "spørgsmål", [], kind=Kind.EXPORT, question=question)
        return _as_sheet(answer, on)
    access.listed(request, "spørgsmål", [], question=question)
    context = {
        "asked": asked,
        "answer": answer,
        "figures": [(each, _place(request, question, each.opens)) for each in answer.figures],
        "rows": (rows := _linked(request, question, answer)),
        "heads": [(head, words) for head, _, words in rows[0][2]] if rows else [],
        "others": [(number, each) for number, each in enumerate(QUESTIONS.values(), start=1)],
        "choices": priced_rows(on) if question == "andre" else [],
        "row": row,
        "effect": _named("effect") if question == "effekt" else "",
        "may_edit": allowed(request.user, May.EDIT_STEERING),
        "section": "questions",
    }
    return render(request, "questions/question.html", context)


def _asked(question: str) -> Question:
    if question not in QUESTIONS:
        raise Http404("Det spørgsmål findes ikke.")
    return QUESTIONS[question]


def _linked(request: SignedIn, question: str, answer: Answer) -> list[tuple[str, str, Cells]]:
    """(row heading, where it leads, its cells: column head, text, and whether the column is of words)."""
    words = [max(map(len, column)) > LONGEST_FIGURE for column in zip(*answer.table.rows, strict=True)]
    opens = answer.table.opens or ("",) * len(answer.table.rows)
    return [
        (
            row[0],
            _place(request, question, behind),
            list(zip(answer.table.header[1:], row[1:], words[1:], strict=True)),
        )
        for row, behind in zip(answer.table.rows, opens, strict=True)
    ]


HOURS: Mapping[str, Mapping[str, str]] = {
    "above": {"efter": "raekke"},
    "hours:must": {"efter": "forloeb", "pligt": "must"},
    "hours:right": {"efter": "forloeb", "pligt": "right"},
    "hours:may": {"efter": "forloeb", "pligt": "may"},
    "kind:internal": {"efter": "mentor", "leverandoer": "ingen"},
    "kind:supplier": {"efter": "leverandoer"},
    "kind:company": {"efter": "mentor", "opgave": "company_mentor"},
}
PAGES = {
    "budget": ("budget", May.SEE_MONEY),
    "months": ("months", May.SEE_MONEY),
    "running": ("hours_on_day", May.SEE_HOURS),
}


def _place(request: SignedIn, question: str, behind: str) -> str:
    """The address of what lies behind a figure, or nothing where this reader may not open it."""
    if behind in HOURS:
        first, last = closed_weeks(today())
        period = {"fra": first.isoformat(), "til": last.isoformat()}
        return f"{reverse('hours')}?{urlencode(period | dict(HOURS[behind]))}"
    if behind in PAGES:
        name, may = PAGES[behind]
        return reverse(name) if allowed(request.user, may) else ""
    if behind and allowed(request.user, May.SEE_CITIZENS):
        return f"{reverse('question_rows', args=[question])}?{urlencode({'bag': behind})}"
    return ""


def _named(name: str) -> str:
    """The address of a page that may not be there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _as_sheet(answer: Answer, on: date) -> HttpResponse:
    """The figures above the table, each as it is worded on the page."""
    header = answer.table.header
    columns = [(header[0] or "Tal", 44), *((head, 24) for head in header[1:])]
    padding = ("",) * (len(header) - 2)
    rows = [(each.label, each.shown, *padding) for each in answer.figures]
    return sheet(f"{answer.question}-{on.isoformat()}.xlsx", columns, [*answer.table.rows, *rows])


@door(May.SEE_CITIZENS)
@require_safe
def question_rows(request: SignedIn, question: str) -> HttpResponse:
    """The courses behind a figure, those that this reader may see."""
    asked, behind = _asked(question), request.GET.get("bag", "")
    try:
        found = courses_behind(question, behind, today())
    except KeyError:
        raise Http404("Der er ingen rækker bag det.") from None
    mine = found.filter(citizen__in=citizens_of(request.user)).select_related("citizen", "mentor", "unit")
    page = Paginator(mine.order_by("citizen__case_number", "start"), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "spørgsmål", page, question=question, behind=behind)
    context = {"asked": asked, "page": page, "section": "questions"}
    return render(request, "questions/rows.html", context)


@door(May.EDIT_STEERING)
@require_POST
def take_question(request: SignedIn, question: str) -> HttpResponse:
    """Keeps the answer as a run, so that a paper can have its figures and anybody can make them again."""
    asked, on = _asked(question), today()
    inputs = asked.count(on, request.POST.get("raekke", ""))
    title = f"{asked.asked} {long_date(on)}"
    run = make_run(kind="answer", title=title, inputs=inputs, by=request.user)
    messages.success(
        request,
        "Svaret er gemt som en beregning. I en sag vælger du “Hent tal fra en beregning” og finder det øverst.",
    )
    return redirect("run", run.pk)


urls = [
    path("spoergsmaal/", questions, name="questions"),
    path("spoergsmaal/<str:question>/", question, name="question"),
    path("spoergsmaal/<str:question>/raekker/", question_rows, name="question_rows"),
    path("spoergsmaal/<str:question>/tag-med/", take_question, name="take_question"),
]
