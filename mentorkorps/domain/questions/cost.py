"""What does it cost, and what would keeping the level set free? Kinds of mentor, and must, right and may."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.economy import cost_of, round_ore
from mentorkorps.domain.questions.answer import (
    MISSING,
    Answer,
    AnswerTable,
    Figure,
    Given,
    figure,
    hours,
    kroner,
)

KINDS = {
    "internal": "Egne mentorer",
    "supplier": "Mentorer hos leverandør",
    "company": "Faglige mentorer (frikøb)",
}
HEADER = ("", "Leveret", "Udgift", "Pris pr. time", "Over niveauet", "Under niveauet")


def cost(given: Given) -> Answer:
    """`obligations` are sums of grants and costs by obligation, `kinds` minutes and costs by kind of mentor.

    Minutes and øre of `weeks` closed weeks. A cost that nobody has priced is None and stands as missing.
    """
    parts: Mapping[str, Mapping[str, Any]] = given["obligations"]
    kinds: Mapping[str, Mapping[str, Any]] = given["kinds"]
    weeks = given["weeks"]
    codes = [code for code in OBLIGATIONS if code in parts]
    rows = [_row(capitalised(OBLIGATION_WORDS[code]), parts[code]) for code in codes]
    rows += [_row(KINDS[kind], kinds[kind]) for kind in KINDS if kind in kinds]
    opens = [f"hours:{code}" for code in codes] + [f"kind:{kind}" for kind in KINDS if kind in kinds]
    caption = f"De sidste {weeks} afsluttede uger, delt efter skal, ret og kan og efter hvem mentoren er"
    return Answer(
        "omkostninger",
        _sentence(parts, weeks),
        tuple(_figures(parts, weeks)),
        AnswerTable(caption, HEADER, tuple(rows), tuple(opens)),
        tuple(_limits(parts, kinds)),
    )


def _row(label: str, part: Mapping[str, Any]) -> tuple[str, ...]:
    above, below = part.get("above"), part.get("below")
    return (
        label,
        hours(part["minutes"]),
        kroner(part["cost"]),
        kroner(_price([part])),
        "–" if above is None else hours(above),
        "–" if below is None else hours(below),
    )


def _price(parts: Sequence[Mapping[str, Any]]) -> int | None:
    """Øre for an hour on average, of what has a price."""
    priced = sum(part["minutes"] - part["unpriced"] for part in parts)
    spent = sum(part["cost"] or 0 for part in parts)
    return round_ore(Fraction(spent * 60, priced)) if priced and spent else None


def _figures(parts: Mapping[str, Mapping[str, Any]], weeks: int) -> list[Figure]:
    every = list(parts.values())
    price = _price(every)
    free = _weekly(_sum(every, "above"), weeks)
    may = _weekly(parts.get("may", {}).get("above") or 0, weeks)
    saved = None if price is None else round_ore(cost_of(Fraction(may * 52), price))
    spent = _spent(every)
    return [
        figure("above", "Bevilget over niveauet om ugen", free, hours(free), "above"),
        figure("above-may", "Heraf i kan-opgaver", may, hours(may), "hours:may"),
        figure("saved", "Kan-timerne i kroner på et år", saved, kroner(saved)),
        figure("cost", f"Udgift i {weeks} uger", spent, kroner(spent), "months"),
    ]


def _spent(parts: Sequence[Mapping[str, Any]]) -> int | None:
    return sum(part["cost"] or 0 for part in parts) if any(part["cost"] for part in parts) else None


def _sum(parts: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(part.get(name) or 0 for part in parts)


def _weekly(minutes: int, weeks: int) -> int:
    return round(Fraction(minutes, weeks))


def _sentence(parts: Mapping[str, Mapping[str, Any]], weeks: int) -> str:
    """What it cost, where that was asked, and what there is to save."""
    spent = _spent(list(parts.values()))
    paid = "" if spent is None else f"De sidste {weeks} uger har kostet {kroner(spent)} "
    return f"{paid}{_saving(parts, weeks)}"


def _saving(parts: Mapping[str, Mapping[str, Any]], weeks: int) -> str:
    every = list(parts.values())
    if not any(part["measured"] for part in every):
        return (
            "Om der er noget at spare, kan vi ikke svare på endnu: ingen bevillinger har et serviceniveau med timer at "
            "holde op imod."
        )
    free, lacks = _weekly(_sum(every, "above"), weeks), _weekly(_sum(every, "below"), weeks)
    may = _weekly(parts.get("may", {}).get("above") or 0, weeks)
    if not free:
        return "Der er intet at spare ved at holde niveauet: ingen bevilling ligger over det."
    less = f" Andre bevillinger ligger {hours(lacks)} under." if lacks else ""
    return (
        f"Holdt alle bevillinger sig til niveauet, blev der {hours(free)} fri om ugen, "
        f"heraf {hours(may)} i det, kommunen kan give.{less}"
    )


def _limits(parts: Mapping[str, Mapping[str, Any]], kinds: Mapping[str, Mapping[str, Any]]) -> list[str]:
    unpriced = sum(part["unpriced"] for part in kinds.values())
    said = [
        "Niveauet vejleder. Det, borgeren skal have eller har ret til, kan det ikke sætte ned, og en afvigelse kan "
        "have en god grund.",
        "Timer, der bliver fri, er tid til andre borgere. De er først kroner, når en stilling eller en aftale ændres.",
        "Udgiften er løn eller pris for direkte timer. Transport, forberedelse og fælles udgifter er ikke med.",
    ]
    if unpriced:
        said.append(
            f"{capitalised(hours(unpriced))} har ingen pris og er ikke regnet med. De er ikke gratis."
        )
    if any(part["unmeasured"] for part in parts.values()):
        said.append(f"Hvor niveauet ikke har timer, kan intet holdes op imod det: {MISSING} er ikke nul.")
    return said
