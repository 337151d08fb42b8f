"""Equal treatment: the same kind of case in two units or two districts, with small counts hidden."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.equal_treatment import Cut, Terms
from mentorkorps.domain.evidence.disclosure import FEWEST
from mentorkorps.domain.law import FUNCTIONS
from mentorkorps.followup.queries.public_figures import group_words
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.equal_treatment import Compared, Group, compared
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.sheet import sheet

HIDDEN, NOBODY, NOT_MET = "skjult", "ingen bevilget", "halvdelen er ikke mødt"
BY: dict[str, tuple[Cut, str]] = {"enhed": ("unit", "Enheder"), "omraade": ("district", "Områder")}
COLUMNS = (("Gruppe", 56), ("Hvad", 44), ("Sted", 28), ("Tal", 14), ("Fra", 12), ("Til", 12))


@door(May.SEE_CONTROL)
@require_safe
def equal_treatment(request: SignedIn) -> HttpResponse:
    """Granted minutes, days to the first meeting and refusals of one group in two places."""
    found, word, sides = _asked(request)
    access.listed(request, "lige vilkår", [], by=word, group=found.chosen.code if found.chosen else "")
    shown: dict[str, Any] = {
        "found": found,
        "groups": [(group.code, in_words(group)) for group in found.groups],
        "label": in_words(found.chosen) if found.chosen else "",
        "by": {key: label for key, (_, label) in BY.items()},
        "word": word,
        "places": found.places(BY[word][0]),
        "sides": [name for name, _ in sides],
        "rows": list(_rows(sides)),
        "said": _said(sides),
        "fewest": FEWEST,
    }
    return render(request, "equal_treatment/page.html", shown)


@door(May.SEE_CONTROL)
@require_safe
def equal_treatment_export(request: SignedIn) -> HttpResponse:
    """What the page shows as a spreadsheet, a row for each figure and place."""
    found, word, sides = _asked(request)
    access.listed(request, "lige vilkår", [], kind=Kind.EXPORT, by=word)
    label = in_words(found.chosen) if found.chosen else ""
    lines = (
        (label, words, name, figure, found.first, found.last)
        for words, figures in _rows(sides)
        for (name, _), figure in zip(sides, figures, strict=True)
    )
    return sheet(f"lige-vilkaar-{found.last}.xlsx", COLUMNS, lines)


def _asked(request: SignedIn) -> tuple[Compared, str, list[tuple[str, Terms]]]:
    """What is compared, by which word, and the two places of the address or the first two that there are."""
    word = request.GET.get("efter", "")
    word = word if word in BY else "enhed"
    found = compared(request.GET.get("gruppe", ""), today())
    places = found.places(BY[word][0])
    wished = [request.GET.get(side, "") for side in ("a", "b")]
    chosen = [name for name in dict.fromkeys(wished) if name in places]
    chosen += [name for name in places if name not in chosen]
    return found, word, [(name, found.terms[BY[word][0], name]) for name in chosen[:2]]


def in_words(group: Group) -> str:
    """“Kan: social mentor, Kontanthjælp (aktivitetsparat)”."""
    word = capitalised(OBLIGATION_WORDS[group.obligation])
    target = group_words(today()).get(group.target_group, group.target_group or "målgruppe ikke oplyst")
    return f"{word}: {FUNCTIONS.get(group.function, group.function)}, {target}"


def _rows(sides: list[tuple[str, Terms]]) -> Iterator[tuple[str, list[str]]]:
    """Each figure with its words, for every side."""
    terms = [each for _, each in sides]
    yield "Borgere, der fik svar", [_count(each.people) for each in terms]
    yield "Heraf bevilget", [_count(each.granted) for each in terms]
    yield "Bevilget tid om ugen (median)", [_minutes(each) for each in terms]
    yield "Dage fra henvisning til første møde (median)", [_days(each) for each in terms]
    yield "Heraf afslag", [_count(each.refused) for each in terms]
    yield "Andel afslag", [_share(each) for each in terms]


def _count(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _minutes(terms: Terms) -> str:
    if terms.minutes is not None:
        return write_minutes(terms.minutes)
    return HIDDEN if terms.people is None else NOBODY


def _days(terms: Terms) -> str:
    if terms.days is not None:
        return str(terms.days)
    if terms.people is None:
        return HIDDEN
    return NOBODY if terms.minutes is None else NOT_MET


def _share(terms: Terms) -> str:
    return HIDDEN if terms.refused_percent is None else f"{terms.refused_percent}\u00a0%"


def _said(sides: list[tuple[str, Terms]]) -> str:
    """The difference in granted time as a sentence; empty where one of the two is not shown."""
    if len(sides) < 2 or any(terms.minutes is None for _, terms in sides):
        return ""
    (name, one), (other, two) = sides
    difference = (one.minutes or 0) - (two.minutes or 0)
    if not difference:
        return f"{name} og {other} bevilger det samme om ugen: {write_minutes(one.minutes or 0)}"
    more, less = (name, other) if difference > 0 else (other, name)
    return f"{more} bevilger {write_minutes(abs(difference))} mere om ugen end {less}."


urls = [
    path("lige-vilkaar/", equal_treatment, name="equal_treatment"),
    path("lige-vilkaar.xlsx", equal_treatment_export, name="equal_treatment_export"),
]
