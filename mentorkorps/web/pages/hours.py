"""Do citizens get the hours they are granted? Granted, delivered and invoiced beside the level, by any group."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from mentorkorps.domain.codes import FUNCTIONS, OBLIGATIONS, TARGET_GROUPS
from mentorkorps.domain.dates import DAYS, add_months, field_date, iso_week, week_number
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.hours_given import Given, by_group, hours_given, last_closed_day
from mentorkorps.ledger.queries.hours_rows import (
    HoursOf,
    citizens_of,
    deviation_reasons,
    invoiced_by_course,
    names_of,
    rows_of,
    total_of,
    whole_months,
)
from mentorkorps.ledger.queries.hours_time import Span, hours_over_time
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField
from mentorkorps.web.sheet import sheet

PAGE = 50
WEEKS_SHOWN = 13
LONGEST = timedelta(days=2 * 366)
# Word in the address, field of the grants, what a row is called, and "by what" in the list of choices.
GROUPS = {
    "pligt": ("obligation", "Skal, ret eller kan", "Skal, ret og kan"),
    "enhed": ("unit", "Enhed", "Enhed"),
    "mentor": ("mentor", "Mentor", "Mentor"),
    "leverandoer": ("provider", "Leverandør", "Leverandør"),
    "maalgruppe": ("target_group", "Målgruppe", "Målgruppe"),
    "opgave": ("function", "Opgave", "Opgave"),
    "raekke": ("level_row", "Række i serviceniveauet", "Række i serviceniveauet"),
    "forloeb": ("course", "Forløb", "Forløb"),
}
STEPS = {"uge": ("week", "Uge", "Uge for uge"), "maaned": ("month", "Måned", "Måned for måned")}
CHOICES = {word: choice for word, (_, _, choice) in (GROUPS | STEPS).items()}
KEYS = {"course", "mentor", "provider", "unit"}
NOBODY = "ingen"
CODES = {"obligation": OBLIGATIONS, "function": tuple(FUNCTIONS), "target_group": (*TARGET_GROUPS, "")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a period of closed weeks, by what, and which values alone."""

    first: date
    last: date
    by: str
    wanted: Mapping[str, Any]
    words: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def is_step(self) -> bool:
        """Whether the rows are weeks or months."""
        return self.by in STEPS


def asked_for(values: Mapping[str, str], now: date) -> Asked:
    """Reads the address. What it cannot mean is said in `notes`, and the usual is shown in its place."""
    first, last, notes = _period(values, now)
    wanted, words = {}, {}
    for word, (field, _, _) in GROUPS.items():
        if word in values:
            try:
                wanted[field] = _value(field, values[word])
                words[word] = values[word]
            except ValueError:
                notes.append("Et af valgene i adressen findes ikke. Det er taget fra.")
    by = values.get("efter", "")
    return Asked(first, last, by if by in CHOICES else "pligt", wanted, words, tuple(notes))


def _value(field: str, text: str) -> Any:
    """A filter's value. Raises ValueError for one that cannot be."""
    if text == NOBODY:
        return None
    if field in KEYS:
        return uuid.UUID(text)
    if field == "level_row":
        return int(text)
    if text not in CODES[field]:
        raise ValueError(text)
    return text


def _period(values: Mapping[str, str], now: date) -> tuple[date, date, list[str]]:
    closed = last_closed_day(now)
    usual = closed - timedelta(weeks=WEEKS_SHOWN, days=-1)
    try:
        first = DateField(required=False).clean(values.get("fra", "")) or usual
        last = DateField(required=False).clean(values.get("til", "")) or closed
    except ValidationError as wrong:
        return usual, closed, [f"{' '.join(wrong.messages)} Her vises de sidste {WEEKS_SHOWN} uger."]
    if first > min(last, closed):
        return (
            usual,
            closed,
            [f"Der er ingen afsluttede uger i perioden. Her vises de sidste {WEEKS_SHOWN} uger."],
        )
    notes = []
    if last > closed:
        notes.append(f"Tallene går til og med søndag {field_date(closed)}: ugen, der løber, kan stadig nås.")
    if min(last, closed) - first > LONGEST:
        notes.append("Der vises højst to år ad gangen.")
        first = min(last, closed) - LONGEST
    return first, min(last, closed), notes


@dataclass(frozen=True)
class Shown:
    """A row as the page shows it. `opens` are changes of the address that open it, none where it opens nothing."""

    label: str
    sub: str
    code: str
    opens: Mapping[str, str]
    figures: Any
    reason: str = ""


@door(May.SEE_HOURS)
def hours(request: SignedIn) -> HttpResponse:
    """The figures of a period, by what the reader chooses; every row opens the courses behind it."""
    asked = asked_for(request.GET, today())
    given = hours_given(asked.first, asked.last, **asked.wanted)
    invoiced = invoiced_by_course(asked.first, asked.last)
    rows: list[Any] = (
        hours_over_time(given, asked.first, asked.last, STEPS[asked.by][0], **asked.wanted)
        if asked.is_step
        else rows_of(given, GROUPS[asked.by][0], invoiced)
    )
    if request.GET.get("som") == "xlsx":
        return _export(request, asked, given, rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    _journal(request, asked, page, given)
    context = {
        "asked": asked,
        "by_label": (GROUPS | STEPS)[asked.by][1],
        "choices": CHOICES.items(),
        "page": page,
        "rows": shown_rows(asked, given, list(page), sees_citizens=allowed(request.user, May.SEE_CITIZENS)),
        "total": total_of(given, invoiced),
        "obligations": [(code, by_group(given, "obligation").get(code)) for code in OBLIGATIONS],
        "months": whole_months(asked.first, asked.last),
        "chips": _chips(asked),
        "periods": _periods(today()),
        "sees_citizens": allowed(request.user, May.SEE_CITIZENS),
    }
    return render(request, "hours/hours.html", context)


def _journal(request: SignedIn, asked: Asked, page: Any, given: list[Given], kind: Kind = Kind.LIST) -> None:
    """A list of courses shows citizens; sums of groups show none."""
    of_course = {each.course: each.citizen for each in given}
    shown = [of_course[row.key] for row in page] if asked.by == "forloeb" else []
    said = {"first": asked.first.isoformat(), "last": asked.last.isoformat(), "by": asked.by}
    access.listed(request, "timer", shown, kind=kind, **said)


def shown_rows(asked: Asked, given: list[Given], rows: list[Any], *, sees_citizens: bool) -> list[Shown]:
    """The rows of one page with their names, and what each opens."""
    if asked.is_step:
        return [_of_span(asked, span) for span in rows]
    keys = [row.key for row in rows]
    names = names_of(GROUPS[asked.by][0], keys, asked.last)
    if asked.by != "forloeb":
        return [_of_group(asked, row, names.get(row.key, str(row.key))) for row in rows]
    courses = citizens_of(keys) if sees_citizens else {}
    here = set(keys)
    reasons = deviation_reasons(each for each in given if each.course in here)
    return [
        Shown(
            label=str(courses[row.key].citizen) if courses else names[row.key],
            sub=names[row.key] if courses else "",
            code="",
            opens={"efter": "uge", "forloeb": str(row.key)},
            figures=row,
            reason=reasons.get(row.key, ""),
        )
        for row in rows
    ]


def _of_group(asked: Asked, row: HoursOf, name: str) -> Shown:
    key = NOBODY if row.key is None else str(row.key)
    code = row.key if asked.by == "pligt" else ""
    return Shown(name, "", code, {"efter": "forloeb", asked.by: key}, row)


def _of_span(asked: Asked, span: Span) -> Shown:
    """A week or month; it opens its courses, unless one course is all there is."""
    if asked.by == "uge":
        year, number = iso_week(week_number(span.first))
        label, sub = f"Uge {number}", f"{year}, fra {DAYS[span.first.weekday()]} {field_date(span.first)}"
    else:
        label, sub = f"{span.first:%m-%Y}", f"{field_date(span.first)} – {field_date(span.last)}"
    days = {"fra": span.first.isoformat(), "til": span.last.isoformat()}
    return Shown(label, sub, "", {} if "forloeb" in asked.words else {"efter": "forloeb"} | days, span)


@dataclass(frozen=True)
class Chip:
    """A filter that is on: its word and value in the address, what it is called, and the address without it."""

    word: str
    value: str
    kind: str
    name: str
    without: Mapping[str, str]


def _chips(asked: Asked) -> list[Chip]:
    found = []
    for word, value in asked.words.items():
        field, kind, _ = GROUPS[word]
        names = names_of(field, [asked.wanted[field]], asked.last)
        without = {word: ""} | ({"efter": "forloeb"} if word == "forloeb" else {})
        found.append(Chip(word, value, kind, names.get(asked.wanted[field], "findes ikke"), without))
    return found


def _periods(now: date) -> list[tuple[str, str, str]]:
    """(label, first day, last day) of the periods most often asked for."""
    closed, month = last_closed_day(now), now.replace(day=1)
    before = add_months(month, -1)
    spans = [
        (f"Sidste {WEEKS_SHOWN} uger", closed - timedelta(weeks=WEEKS_SHOWN, days=-1), closed),
        ("Sidste måned", before, month - timedelta(days=1)),
        ("I år", date(now.year, 1, 1), closed),
        ("Sidste år", date(now.year - 1, 1, 1), date(now.year - 1, 12, 31)),
    ]
    return [(label, first.isoformat(), last.isoformat()) for label, first, last in spans if first <= last]


def _export(request: SignedIn, asked: Asked, given: list[Given], rows: list[Any]) -> HttpResponse:
    """The rows as a spreadsheet, in minutes."""
    _journal(request, asked, rows, given, Kind.EXPORT)
    shown = shown_rows(asked, given, rows, sees_citizens=allowed(request.user, May.SEE_CITIZENS))
    name = f"timer-{asked.first.isoformat()}-{asked.last.isoformat()}.xlsx"
    label = (GROUPS | STEPS)[asked.by][1]
    if asked.is_step:
        columns = [
            (label, 14),
            ("Fra", 12),
            ("Til og med", 12),
            ("Bevilget, minutter", 18),
            ("Leveret, minutter", 18),
        ]
        spans = [row.figures for row in shown]
        return sheet(
            name,
            columns,
            [
                (row.label, s.first, s.last, s.granted, s.delivered)
                for row, s in zip(shown, spans, strict=True)
            ],
        )
    columns = [
        (label, 40), ("Navn eller sag", 16), ("Forløb", 8), ("Bevilget, minutter", 18), ("Leveret", 12),
        ("Ikke leveret", 12), ("Undskyldt", 12), ("Ud over bevilget", 16), ("Bevilget, hvor niveauet har minutter", 20),
        ("Niveauet", 12), ("Over niveauet", 14), ("Under niveauet", 14), ("Faktureret", 12),
        ("Grund til at afvige", 40),
    ]  # fmt: skip
    return sheet(name, columns, [_cells(row) for row in shown])


def _cells(row: Shown) -> tuple[Any, ...]:
    sums = row.figures.sums
    return (
        row.label, row.sub, sums.courses, sums.granted, sums.delivered, sums.not_delivered, sums.excused, sums.over,
        sums.measured if sums.is_measured else None, sums.at_level, sums.above if sums.is_measured else None,
        sums.below if sums.is_measured else None, row.figures.invoiced, row.reason,
    )  # fmt: skip


urls = [path("timer/", hours, name="hours")]
