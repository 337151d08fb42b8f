"""The explain page: a day and facts without a person in, what the law gives and what shifts around the day out."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.municipality.queries import law_book, today
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.law.forms import FactsForm
from mentorkorps.web.pages.law.timeline import timeline_on
from mentorkorps.web.pages.law.words import GIVES

ONE_DAY = timedelta(days=1)


class Column(NamedTuple):
    """A day beside the chosen one, and what the law then said of the same facts."""

    label: str
    on: date
    answer: law.Answer


class Cell(NamedTuple):
    """A rule on one of the days: its row, its least contact, how it stands, and what becomes of it."""

    day: date
    row: law.Rule | None
    contact: law.ContactRule | None
    met: bool | None
    changed: str


@door(May.SEE_LAW)
def law_page(request: HttpRequest) -> HttpResponse:
    """What the law of a day says of a person nobody names. Facts are posted and never stored."""
    form = FactsForm(_asked(request), today=today())
    form.is_valid()
    shown = _answer(form) | {"form": form, "section": "law", "tab": "explain"}
    return render(request, "law/answer_swap.html" if request.htmx else "law/explain.html", shown)  # type: ignore[attr-defined]


def _asked(request: HttpRequest) -> Any:
    """What was posted, with the day that a shift button names; or the day of an address and no facts."""
    if request.method != "POST":
        return {"on": request.GET.get("paa") or field_date(today())}
    data = request.POST.copy()
    if data.get("to"):
        data["on"] = data["to"]
    return data


def _answer(form: FactsForm) -> dict[str, Any]:
    day, facts, book = form.day, form.facts(), law_book()
    answer = law.visitate(facts, day, book=book)
    shifts = [shift for shift in book.shifts if law.SHIPPED.shifts[0] < shift and not _only_expected(shift)]
    before = max((shift for shift in shifts if shift <= day), default=None)
    after = min((shift for shift in shifts if shift > day), default=None)
    days = [("Før", before - ONE_DAY)] if before else []
    days += [("På dagen", day)] + ([("Efter", after)] if after else [])
    columns = [Column(label, on, law.visitate(facts, on, book=book)) for label, on in days]
    return {
        "day": day,
        "answer": answer,
        "met": [finding for finding in answer.findings if finding.met],
        "open": [finding for finding in answer.findings if finding.met is None],
        "verdict": _verdict(answer),
        "shift_began": before,
        "before": before and before - ONE_DAY,
        "after": after,
        "columns": columns,
        "rows": _side_by_side(columns, book),
        "timeline": timeline_on(day),
        "expected": next((r for r in law.regimes() if r.expected and r.valid_from <= day), None),
    }


def _only_expected(shift: date) -> bool:
    """Whether nothing but expected law begins on a day."""
    return any(regime.expected and regime.valid_from == shift for regime in law.regimes())


def _verdict(answer: law.Answer) -> dict[str, str]:
    met = next((finding for finding in answer.findings if finding.met), None)
    if met is not None:
        return {"strong": f"Personen {GIVES[met.obligation]} {met.title}", "rest": f"efter {met.citation}"}
    if answer.findings:
        return {"strong": "Det afhænger af oplysninger, der mangler", "rest": ""}
    return {"strong": "Ingen af reglerne giver en mentor", "rest": ""}


def _side_by_side(columns: list[Column], book: law.Book) -> list[tuple[str, list[Cell]]]:
    """The rules that read or stand otherwise around the day, and those met on it, one cell a day."""
    ids = dict.fromkeys(row.id for column in columns for row in book.rules_on(column.on))
    table = [(rule, _cells(rule, columns, book)) for rule in ids]
    return [(rule, cells) for rule, cells in table if any(cell.changed for cell in cells)]


def _cells(rule: str, columns: list[Column], book: law.Book) -> list[Cell]:
    chosen = next(column.on for column in columns if column.label == "På dagen")
    now = _reads(rule, chosen, book)
    return [
        Cell(
            column.on,
            *_reads(rule, column.on, book),
            _met(column.answer, rule),
            _change(now, _reads(rule, column.on, book), column.on > chosen),
        )
        for column in columns
    ]


def _reads(rule: str, on: date, book: law.Book) -> tuple[law.Rule | None, law.ContactRule | None]:
    row = next((row for row in book.rules_on(on) if row.id == rule), None)
    return row, book.contact_rule(rule, on) if row else None


def _change(now: tuple[Any, Any], other: tuple[Any, Any], later: bool) -> str:
    """What becomes of the rule from the earlier of two days to the later, in a word; nothing where it stays."""
    if now == other:
        return ""
    first, last = (now[0], other[0]) if later else (other[0], now[0])
    if first is None:
        return "kommer til" if later else "fandtes ikke endnu"
    if last is None:
        return "falder bort" if later else "faldt bort efter denne dag"
    return "ændres" if later else "blev ændret efter denne dag"


def _met(answer: law.Answer, rule: str) -> bool | None:
    return next((f.met for f in (*answer.findings, *answer.unmet) if f.rule == rule), None)


urls = [path("lov/", law_page, name="law")]
