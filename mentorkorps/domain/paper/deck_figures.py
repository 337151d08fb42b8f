"""What slides take from their two runs: named figures for the prose, tables, charts and large figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised, thousands, write_number
from mentorkorps.domain.dates import NBSP, write_minutes
from mentorkorps.domain.letter.document import Block, Box, Paragraph, Picture, Table
from mentorkorps.domain.questions.answer import MISSING, count, kroner

COMPANY = "company_mentor"


@dataclass(frozen=True)
class RunFacts:
    """A run as the slides know it."""

    title: str
    fingerprint: str
    made_on: date
    inputs: Mapping[str, Any]
    result: Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """A figure that the prose can name: what it is, how it is written, and the run it is from."""

    label: str
    shown: str
    run: RunFacts


def named(level: RunFacts, corps: RunFacts) -> dict[str, Named]:
    """Every figure that a text can have as {{ name }}."""
    money = _economy(level)
    social, company = _rows(level)
    of_level = {
        "borgere": ("Borgere med social mentor", _citizens(social)),
        "faglige-borgere": ("Borgere med faglig mentor", _citizens(company)),
        "timer-om-ugen": ("Timer om ugen i alt", _hours(level.result["total"]["hours_per_week"])),
        "budget": ("Budget", money["Budget"]),
        "udgift": ("Udgift på et år ved niveauet", money["Udgift ved niveauet"]),
        "refusion": ("Refusion på et år", money["Refusion"]),
        "loft": ("Loft", money["Loft"]),
        "procent": ("Refusionsprocent", money["Refusionsprocent"]),
    }
    made = {name: Named(label, shown, level) for name, (label, shown) in of_level.items()}
    mentors = corps.result["figures"][0]
    return made | {"mentorer": Named(mentors["label"], mentors["shown"], corps)}


def social_table(level: RunFacts) -> Table:
    """Citizens and minutes a week by row, those of company mentors apart."""
    social, _ = _rows(level)
    rows = tuple(
        (
            row["label"],
            capitalised(OBLIGATION_WORDS.get(row["obligation"], "")),
            write_minutes(row["minutes_per_week"]),
            thousands(row["citizens"]),
        )
        for row in social
    )
    total = ("I alt", "", "", thousands(sum(row["citizens"] for row in social)))
    header = ("Målgruppe og mentor", "Pligt", "Tid om ugen", "Borgere")
    return Table(header, (*rows, total), "Sociale mentorer: målgruppe, tid om ugen og borgere")


def hours_chart(level: RunFacts) -> Picture:
    """Hours a week by row as bars, beside the proposal's where the run has one."""
    proposed = {row["key"]: row for row in (level.result.get("proposal") or {}).get("rows", ())}
    points = [(row["label"], "I dag", _exact(row["hours_per_week"])) for row in level.result["rows"]]
    points += [
        (row["label"], "Forslaget", _exact(proposed[row["key"]]["hours_per_week"]))
        for row in level.result["rows"]
        if row["key"] in proposed
    ]
    most = max(level.result["rows"], key=lambda row: row["hours_per_week"])
    largest = f"{most['label']}: {_hours(most['hours_per_week'])}"
    said = f"Søjler med timer om ugen for hver række. Flest er der til {largest}."
    return _bars("Timer om ugen", said, "Række", points)


def company_box(level: RunFacts) -> tuple[Block, ...]:
    """The company mentors of the row with most citizens; a sentence when the level has none."""
    _, company = _rows(level)
    if not company:
        return (Paragraph("Niveauet har ingen række til faglige mentorer."),)
    row = max(company, key=lambda each: each["citizens"])
    hours = _hours(Decimal(row["minutes_per_week"]) / 60)
    weeks = count(row["weeks"], "uge", "uger")
    return (
        Box(
            (
                ("borgere med faglig mentor", thousands(row["citizens"])),
                ("om ugen til hver", hours),
                ("varer et forløb", weeks),
            )
        ),
    )


def economy_box(level: RunFacts) -> Box:
    """Budget, cost, reimbursement and ceiling of the run."""
    money = _economy(level)
    counted = {"spending": "loft over udgiften", "reimbursement": "loft over refusionen"}
    ceiling = counted.get(str((level.inputs.get("economy") or {}).get("ceiling_on")), "loft")
    return Box(
        (
            ("budget", money["Budget"]),
            ("udgift ved niveauet", money["Udgift ved niveauet"]),
            (f"refusion, {money['Refusionsprocent']}", money["Refusion"]),
            (ceiling, money["Loft"]),
        )
    )


def corps_chart(corps: RunFacts) -> Picture:
    """Mentors by where they sit."""
    places = corps.inputs["places"]
    points = [(place["name"], "Mentorer", str(place["mentors"])) for place in places]
    return _bars(
        "Mentorer", f"Søjler med mentorer for hvert sted. {corps.result['sentence']}", "Sted", points
    )


def _bars(title: str, said: str, places: str, points: list[tuple[str, str, str]]) -> Picture:
    chart = {
        "title": title, "description": said, "kind": "bar", "x_label": places, "y_label": title, "unit": "",
        "points": tuple(points),
    }  # fmt: skip
    return Picture(title, said, chart)


def _rows(level: RunFacts) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The rows of social mentors, and those of mentors in companies."""
    functions = {row["key"]: row.get("functions", ()) for row in level.inputs["level"]["row"]}
    rows = level.result["rows"]
    company = [row for row in rows if COMPANY in functions[row["key"]]]
    return [row for row in rows if row not in company], company


def _economy(level: RunFacts) -> dict[str, str]:
    """The run's money in words; what it was not counted with is missing."""
    given, counted = level.inputs.get("economy") or {}, level.result.get("economy") or {}
    percent = given.get("reimbursement_percent")
    return {
        "Budget": _kroner(given.get("budget")),
        "Udgift ved niveauet": _kroner(counted.get("cost")),
        "Refusion": _kroner(counted.get("reimbursement")),
        "Refusionsprocent": MISSING if percent is None else f"{write_number(percent)}{NBSP}%",
        "Loft": _kroner(given.get("reimbursement_ceiling")),
    }


def _kroner(amount: int | Decimal | None) -> str:
    return kroner(None if amount is None else int(Decimal(amount) * 100))


def _citizens(rows: list[Mapping[str, Any]]) -> str:
    return count(sum(row["citizens"] for row in rows), "borger", "borgere")


def _hours(hours: int | Decimal) -> str:
    return f"{write_number(hours)}{NBSP}{'time' if hours == 1 else 'timer'}"


def _exact(hours: int | Decimal) -> str:
    return str(hours)
