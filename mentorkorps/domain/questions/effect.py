"""What was the effect of what must and may be given? A description alone, in the published figures and no others."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.evidence.words import MONTHS, count_in_words, share_in_words, shares_in_words
from mentorkorps.domain.questions.answer import MISSING, Answer, AnswerTable, Figure, Given

WEEKS = 52
ALL = "Alle"
HEADER = ("", "Borgere", "I job eller uddannelse", "Andel (95 %)", "Pension eller død", "Tabt af syne")
NOT_YET = "Det kan vi ikke svare på endnu: "
LIMITS = (
    "Det er en beskrivelse af, hvad der skete. Den siger ikke, at mentoren var grunden.",
    "De, der skal have mentor, har det som regel sværere end dem, der kan få. Tallene kan derfor ikke sammenlignes, "
    "som de står.",
    "Tallene i parentes er usikkerheden: det rigtige tal ligger med 95 % sikkerhed mellem dem.",
    "Andelen tager højde for, at ikke alle er fulgt lige længe. Derfor er den en anden end antallet delt med alle.",
    "Tallene er dem, der er gjort op for halvåret. De skifter først ved næste opgørelse, og små tal er skjult, så "
    "ingen kan kendes.",
)
Rows = Sequence[Mapping[str, Any]]


def effect(given: Given) -> Answer:
    """`status_on` is the day of the publication or None; `rows` are its rows of everybody and of each obligation."""
    rows = _in_order(given["rows"])
    months = MONTHS[WEEKS]
    if given["status_on"] is None or not rows:
        caption = "Der er ikke gjort noget op endnu"
    else:
        day = long_date(date.fromisoformat(given["status_on"]))
        caption = f"Hvor borgerne var {months} måneder efter start, opgjort {day}"
    table = AnswerTable(caption, HEADER, tuple(_cells(row) for row in rows))
    return Answer("effekt", _sentence(rows), tuple(_figures(rows)), table, LIMITS)


def _in_order(rows: Rows) -> list[Mapping[str, Any]]:
    order = ("", *OBLIGATIONS)
    return sorted(rows, key=lambda row: order.index(row["group"]))


def _name(row: Mapping[str, Any]) -> str:
    return capitalised(OBLIGATION_WORDS[row["group"]]) if row["group"] else ALL


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    counts = [count_in_words(row["people"][column]) for column in ("n", f"goal_{WEEKS}", "other", "lost")]
    return _name(row), *counts[:2], share_in_words(row, WEEKS), *counts[2:]


def _figures(rows: Rows) -> Iterator[Figure]:
    """How many citizens there are, and each obligation's share in whole percent."""
    if not rows:
        yield Figure("people", "Borgere gjort op", None, MISSING)
        return
    people = rows[0]["people"]["n"]
    yield Figure("people", "Borgere gjort op", people, count_in_words(people))
    for row in rows[1:]:
        share = row["shares"][str(WEEKS)]
        label = f"{_name(row)}: i job eller uddannelse inden {MONTHS[WEEKS]} måneder"
        yield Figure(f"share-{row['group']}", label, share[0] if share else None, share_in_words(row, WEEKS))


def _sentence(rows: Rows) -> str:
    if not rows:
        return f"{NOT_YET}der er ikke gjort op, hvad der blev af forløbene."
    found = [(row["group"], row["shares"][str(WEEKS)]) for row in rows[1:]]
    known = [(group, share[0]) for group, share in found if share]
    if not known:
        why = f"tallene er for små, eller for få er fulgt i {MONTHS[WEEKS]} måneder"
        return f"{NOT_YET}{why}, til at sige noget, der holder."
    return f"{shares_in_words(known, WEEKS)} Det viser ikke, hvad mentoren gjorde."
