"""Who else could do it? One task of the level priced for each who could, with the contact kept and the distance."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.economy import cost_of, round_ore
from mentorkorps.domain.questions.answer import (
    FEW,
    FEWEST,
    HIDDEN,
    MISSING,
    Answer,
    AnswerTable,
    Figure,
    Given,
    figure,
    fives,
    kroner,
)

WHO = {
    "internal": ("Egne mentorer", "Samme hus som sagsbehandleren. De kan tale sammen fra dag til dag."),
    "supplier": ("Mentorer hos leverandør", "Et andet hus. Samtalen går over aftaler, beskeder og status."),
    "company": ("Faglige mentorer", "På arbejdspladsen. Ser borgeren dér og kender ikke sagen."),
    "volunteers": ("Frivillige", "Uden for kommunen. Intet ansvar i sagen og ingen adgang til den."),
}
HEADER = (
    "",
    "Pris pr. time",
    "Pris for forløbet",
    "Uger holdt",
    "Forløb i gang",
    "Afstand til sagsbehandleren",
)


def others(given: Given) -> Answer:
    """`row` is the level's row that is priced, `who` the price of an hour (øre) and `of_courses` by kind.

    A price that nobody has written is None.
    """
    row: Mapping[str, Any] | None = given["row"]
    who: Mapping[str, Mapping[str, Any]] = given["who"]
    minutes = (
        row["minutes_per_week"] * row["weeks"] if row and row["minutes_per_week"] and row["weeks"] else None
    )
    rows = tuple(_row(kind, who.get(kind, {}), minutes) for kind in WHO)
    caption = f"Den samme opgave hos fire slags mentorer: {row['label']}" if row else "Fire slags mentorer"
    opens = tuple(f"kind:{kind}" if "courses" in who.get(kind, {}) else "" for kind in WHO)
    table = AnswerTable(caption, HEADER, rows, opens)
    return Answer(
        "andre",
        _sentence(row, who, minutes),
        tuple(_figure(kind, who.get(kind, {}), minutes) for kind in WHO),
        table,
        tuple(_limits(row, minutes)),
    )


def of_courses(number: int, kept: int, owed: int) -> dict[str, int | None]:
    """What is told of a kind's running courses: the least of the five they lie in, and weeks kept in whole percent.

    Both are None under five courses, and the percent is None too where no weeks were owed.
    """
    if number < FEWEST:
        return {"courses": None, "kept_percent": None}
    return {
        "courses": number // FEWEST * FEWEST,
        "kept_percent": round(Fraction(100 * kept, owed)) if owed else None,
    }


def _course(part: Mapping[str, Any], minutes: int | None) -> int | None:
    """What the whole course costs in øre."""
    price = part.get("price")
    return None if price is None or minutes is None else round_ore(cost_of(Fraction(minutes), price))


def _row(kind: str, part: Mapping[str, Any], minutes: int | None) -> tuple[str, ...]:
    label, distance = WHO[kind]
    return (
        label,
        kroner(part.get("price")),
        kroner(_course(part, minutes)),
        _kept(part),
        _courses(part),
        distance,
    )


def _kept(part: Mapping[str, Any]) -> str:
    if "courses" in part and part["courses"] is None:
        return HIDDEN
    share = part.get("kept_percent")
    return MISSING if share is None else f"{share}{NBSP}%"


def _courses(part: Mapping[str, Any]) -> str:
    if "courses" not in part:
        return MISSING
    return FEW if part["courses"] is None else fives(part["courses"])


def _figure(kind: str, part: Mapping[str, Any], minutes: int | None) -> Figure:
    price = _course(part, minutes)
    return figure(f"course-{kind}", f"{WHO[kind][0]}: pris for forløbet", price, kroner(price))


def _sentence(
    row: Mapping[str, Any] | None, who: Mapping[str, Mapping[str, Any]], minutes: int | None
) -> str:
    if row is None or minutes is None:
        return "Det kan vi ikke regne på endnu: der er ingen opgave i serviceniveauet med både timer og uger."
    priced = [(WHO[kind][0].lower(), _course(who[kind], minutes)) for kind in WHO if kind in who]
    known = [f"{kroner(price)} hos {label}" for label, price in priced if price is not None]
    if not known:
        return "Andre kan løfte opgaven, men ingen har skrevet en pris, så vi kan ikke sige, hvad det koster."
    lacking = [WHO[kind][0].lower() for kind in WHO if _course(who.get(kind, {}), minutes) is None]
    rest = f" Prisen {MISSING} for {listed(lacking)}." if lacking else ""
    return (
        f"Andre kan løfte opgaven. Et forløb på {row['weeks']} uger koster {listed(known)}.{rest} "
        "Jo længere væk mentoren er, jo mere skal der til, for at sagsbehandleren følger med."
    )


def _limits(row: Mapping[str, Any] | None, minutes: int | None) -> Sequence[str]:
    said = [
        "Prisen er gennemsnittet af dem, der har en skrevet løn eller pris i dag. Egen løn er uden fælles udgifter, "
        "leverandørens pris er med: de to er ikke helt det samme.",
        "Uger holdt siger, om kontakten blev holdt. Den siger ikke, hvis borgere der var sværest at nå.",
        "Frivilliges pris er det, det koster at koordinere dem og dække udlæg, ikke løn. De kan aldrig træde i stedet "
        "for det, loven siger, at borgeren skal have.",
    ]
    if row is not None and minutes is not None:
        said.append(
            f"Regnet på {row['minutes_per_week']} minutter om ugen i {row['weeks']} uger, som niveauet siger."
        )
    return said
