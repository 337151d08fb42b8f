"""The picture of the law over time: ten situations, and what was must, right or may from when to when."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain import law
from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.municipality.queries import law_book
from mentorkorps.web.access import May, door

FIRST, LAST = date(2003, 1, 1), date(2028, 1, 1)  # the ends of the picture
LABELS, WIDTH, ROW, TOP = 320, 1240, 44, 34  # units of the picture
BAR_HEIGHT = 26
ROOM_FOR_LINK, ROOM_FOR_WORD, ROOM_FOR_CITATION = 24, 40, 120


class Bar(NamedTuple):
    """A span as drawn. `link` is false where it is too narrow to be hit; the table has it all the same."""

    x: float
    y: int
    width: float
    span: law.Span
    text: str
    link: bool


class Line(NamedTuple):
    """A situation with its bars; `y` is the middle of the row."""

    situation: law.Situation
    title: list[str]
    y: int
    bars: list[Bar]
    expected: Bar


@door(May.SEE_LAW)
@require_safe
def law_overview(request: HttpRequest) -> HttpResponse:
    """What was must, right or may for whom, as a picture and as a table."""
    book = law_book()
    lines = [_line(number, situation, book) for number, situation in enumerate(law.SITUATIONS)]
    context = {
        "lines": lines,
        "years": [(year, _x(date(year, 1, 1))) for year in range(FIRST.year, LAST.year, 2)],
        "width": WIDTH,
        "height": TOP + ROW * len(lines) + 4,
        "labels": LABELS,
        "bar_height": BAR_HEIGHT,
        "expected": _expected(),
        "section": "law",
        "tab": "overview",
    }
    return render(request, "law/overview.html", context)


def _expected() -> law.Regime:
    return next(regime for regime in law.regimes() if regime.expected)


def _line(number: int, situation: law.Situation, book: law.Book) -> Line:
    y = TOP + number * ROW
    ends = _expected().valid_from
    bars = [_bar(span, y, ends) for span in law.spans(situation, book)]
    dashed = Bar(_x(ends), y, _x(LAST) - _x(ends), law.Span(ends, None, None), "", False)
    return Line(situation, _in_two(situation.title), y, bars, dashed)


def _bar(span: law.Span, y: int, ends: date) -> Bar:
    last = min(span.last + timedelta(days=1), ends) if span.last else ends
    x, width = _x(span.first), _x(last) - _x(span.first)
    return Bar(x, y, round(max(width - 2, 1), 1), span, _text(span, width), width >= ROOM_FOR_LINK)


def _text(span: law.Span, width: float) -> str:
    """As much as the bar has room for: the word and the paragraph, the word, or nothing."""
    if span.finding is None or width < ROOM_FOR_WORD:
        return ""
    word = OBLIGATION_WORDS[span.finding.obligation].capitalize()
    return (
        f"{word}, {span.finding.citation}"
        if width >= ROOM_FOR_CITATION + 5 * len(span.finding.citation) / 2
        else word
    )


def _x(day: date) -> float:
    share: float = (day - FIRST).days / (LAST - FIRST).days
    return round(LABELS + share * (WIDTH - LABELS), 1)


def _in_two(title: str) -> list[str]:
    """A long title on two lines, broken at the space nearest its middle."""
    if len(title) <= 44:
        return [title]
    spaces = [place for place, letter in enumerate(title) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(title) / 2))
    return [title[:middle], title[middle + 1 :]]


urls: list[Any] = [path("lov/overblik/", law_overview, name="law_overview")]
