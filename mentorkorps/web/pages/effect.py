"""The effect page: what we see, what we dare say, and what cannot be said, all of one publication that is kept."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.evidence.published import half_year_before
from mentorkorps.domain.evidence.references import studies
from mentorkorps.domain.evidence.tables import WHOLE, WINDOWS
from mentorkorps.domain.evidence.words import HIDDEN, MONTHS, count_in_words, share_in_words
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import today
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.outcomes import publications
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.charts import Chart, Point
from mentorkorps.web.pages.effect_words import (
    UNKNOWN,
    group_names,
    judged,
    points,
    reservations,
    seen,
    unsaid,
)
from mentorkorps.web.sheet import sheet

PROGRESS = "evidence-progress"
CUTS = {
    "pligt": ("obligation", "Skal, ret og kan"),
    "opgave": ("function", "Opgave"),
    "leverandoer": ("provider", "Leverandør"),
    "maalgruppe": ("target_group", "Målgruppe"),
}
COLUMNS = (("Opdelt efter", 18), ("Gruppe", 44), ("Tal", 40), ("Værdi", 22))


@door(May.SEE_STEERING)
@require_safe
def effect(request: SignedIn) -> HttpResponse:
    """The newest publication."""
    return _page(request, publications().first())


@door(May.SEE_STEERING)
@require_safe
def earlier_effect(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A publication of its own time."""
    return _page(request, access.record(request, publications(), key, verb="udfald af forløb"))


def _page(request: SignedIn, run: Run | None) -> HttpResponse:
    if run is None or not run.result["rows"]:
        if not request.htmx:  # type: ignore[attr-defined]
            access.listed(request, "udfald af forløb", [])
        waiting = cache.get(PROGRESS) if run is None else None
        context = {"run": run, "on": half_year_before(today()), "done": waiting}
        return render(request, "effect/waiting.html", context)
    if request.GET.get("som") == "xlsx":
        access.listed(request, "udfald af forløb", [], kind=Kind.EXPORT, run=str(run.pk))
        return sheet(f"forloeb-{run.result['status_on']}.xlsx", COLUMNS, _lines(run.result, run.made_on))
    access.listed(request, "udfald af forløb", [], run=str(run.pk))
    return render(request, "effect/effect.html", _context(request.GET, run))


def _context(asked: Mapping[str, str], run: Run) -> dict[str, Any]:
    word = asked.get("del") if asked.get("del") in CUTS else "pligt"
    weeks = next((each for each in WINDOWS if str(each) == asked.get("uger")), 52)
    result, names = run.result, group_names(run.made_on)
    cut, label = CUTS[str(word)]
    rows = [_line(row, names, weeks) for row in result["rows"] if row["cut"] in (cut, WHOLE)]
    return {
        "run": run,
        "on": date.fromisoformat(result["status_on"]),
        "people": count_in_words(result["rows"][0]["people"]["n"]),
        "cuts": [(key, each) for key, (_, each) in CUTS.items()],
        "windows": MONTHS,
        "cut": word,
        "label": label,
        "weeks": weeks,
        "months": MONTHS[weeks],
        "said": seen(result["rows"], weeks),
        "rows": rows,
        "seen_chart": _seen_chart(rows, label, MONTHS[weeks]),
        "compared": [_compared(each, result) for each in result["compared"] if each["weeks"] == weeks],
        "unsaid": list(unsaid(result, weeks)),
        "views": result["views"],
        "studies": studies(),
        "earlier": publications().exclude(pk=run.pk).defer("inputs", "result"),
    }


def _line(row: Mapping[str, Any], names: Mapping[tuple[str, str], str], weeks: int) -> dict[str, Any]:
    """A row of the table. `share` is its figure and interval, or None where it is hidden or unknown."""
    people = row["people"]
    return {
        "name": _name(row, names),
        "whole": row["cut"] == WHOLE,
        "n": count_in_words(people["n"]),
        "goal": count_in_words(people[f"goal_{weeks}"]),
        "share": row["shares"][str(weeks)],
        "said": share_in_words(row, weeks),
        "other": count_in_words(people["other"]),
        "lost": count_in_words(people["lost"]),
        "hours": row["hours"] and Decimal(row["hours"]) / 10,
        "ore": row["ore"],
        "open": people["n"] is not None,
    }


def _name(row: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> str:
    return names.get((row["cut"], row["group"]), row["group"])


def _seen_chart(rows: list[dict[str, Any]], label: str, months: int) -> Chart | None:
    shown = [row for row in rows if row["share"]]
    if not shown:
        return None
    said = "; ".join(f"{row['name']} {row['said']}" for row in shown)
    return Chart(
        f"I job eller uddannelse inden {months} måneder",
        f"Et mærke med usikkerhed for hver gruppe. {said}.",
        "interval",
        label,
        "Procent i job eller uddannelse",
        "procent",
        tuple(Point(row["name"], "Andel", *row["share"]) for row in shown),
    )


def _compared(found: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    """A pair with its words, and what each of the two costs beside the difference."""
    rows = {row["group"]: row for row in result["rows"] if row["cut"] == "obligation"}
    sides = [(OBLIGATION_WORDS[found[side]], rows[found[side]]) for side in ("stronger", "weaker")]
    whole = found["low"] is not None
    return {
        "title": " og ".join(word for word, _ in sides),
        "said": judged(found),
        "span": f"{points(found['value'])} procentpoint (mellem {points(found['low'])} og {points(found['high'])})"
        if whole
        else "",
        "before": points(found["before"]) if whole and found["before"] is not None else "",
        "reservations": list(reservations(found)) if whole else [],
        "chart": _difference_chart(found) if whole else None,
        "costs": [
            (word, row["hours"] and Decimal(row["hours"]) / 10, row["ore"], row["people"]["n"] is not None)
            for word, row in sides
        ],
    }


def _difference_chart(found: Mapping[str, Any]) -> Chart:
    stronger, weaker = OBLIGATION_WORDS[found["stronger"]], OBLIGATION_WORDS[found["weaker"]]
    value, low, high = (Decimal(found[name]) / 10 for name in ("value", "low", "high"))
    return Chart(
        f"Forskel på {stronger} og {weaker}, når grupperne er gjort ens",
        f"Et mærke med usikkerhed. {points(found['value'])} procentpoint, mellem {points(found['low'])} og "
        f"{points(found['high'])}. Over nul er flere med {stronger} kommet i job eller uddannelse.",
        "interval",
        "Sammenligning",
        "Procentpoint",
        "procentpoint",
        (Point(f"{stronger} mod {weaker}", "Forskel", value, low, high),),
    )


def _lines(result: Mapping[str, Any], made_on: date) -> Iterator[tuple[Any, ...]]:
    """Every published figure on a line of its own; nothing but what the page can show."""
    names = group_names(made_on)
    labels = dict(CUTS.values())
    for row in result["rows"]:
        place = (labels.get(row["cut"], "Alle"), _name(row, names))
        yield (*place, "Borgere", _figure(row["people"]["n"]))
        for weeks in WINDOWS:
            what = f"I job eller uddannelse inden {MONTHS[weeks]} måneder"
            yield (*place, f"{what}, borgere", _figure(row["people"][f"goal_{weeks}"]))
            yield (*place, f"{what}, andel og 95 % interval", share_in_words(row, weeks))
        yield (*place, "Pension eller død", _figure(row["people"]["other"]))
        yield (*place, "Tabt af syne", _figure(row["people"]["lost"]))
    for found in result["compared"]:
        place = (
            "Gjort ens",
            f"{OBLIGATION_WORDS[found['stronger']]} mod {OBLIGATION_WORDS[found['weaker']]}",
        )
        for name, label in (("value", "forskel"), ("low", "fra"), ("high", "til")):
            shown = UNKNOWN if found[name] is None else Decimal(found[name]) / 10
            yield (*place, f"Inden {MONTHS[found['weeks']]} måneder, {label}, procentpoint", shown)
        yield (*place, f"Inden {MONTHS[found['weeks']]} måneder, hvorfor ikke", found["why"] or "–")


def _figure(people: int | None) -> int | str:
    return HIDDEN if people is None else people


urls = [
    path("effekt/", effect, name="effect"),
    path("effekt/<uuid:key>/", earlier_effect, name="earlier_effect"),
]
