"""Whom do we share citizens with, and is the help doubled? Counts of people in whole fives, the small ones hidden."""

from collections.abc import Mapping

from mentorkorps.domain.network import GROUPS
from mentorkorps.domain.questions.answer import (
    FEWEST,
    HIDDEN,
    Answer,
    AnswerTable,
    Figure,
    Given,
    fives,
    percent,
)
from mentorkorps.domain.shared_citizens import ALL, FACTS, HOME, SEVERAL, SHARED, mark

HEADER = ("", "Borgere", "Giver hjælp hver uge", "Uden aftalt næste skridt", "Skridt over fristen")
LIMITS = (
    "Kun parter, som nogen har skrevet på borgeren, er med. Står der ingen, ved vi det ikke.",
    "At to giver hjælp, er ikke i sig selv for meget. Det er en grund til at tale sammen.",
    "Tallene er i hele femmere: 55–59 er et sted fra 55 til 59. Så kan to dages svar ikke trækkes fra hinanden og "
    "røbe en borger.",
    "Det, der er skjult, er under fem eller ingen, eller det er et tal, der ville røbe et af dem.",
)
Counts = Mapping[str, int | None]


def cooperation(given: Given) -> Answer:
    """`counts` are citizens with a running course as `shared_citizens.hidden_counts` gives them."""
    counts: Counts = given["counts"]
    rows = tuple(
        (label, *(_words(counts[name]) for name in (side, *(mark(side, fact) for fact in FACTS))))
        for side, label in GROUPS.items()
    )
    caption = "Borgere med mentor, som andre også arbejder med i dag"
    table = AnswerTable(caption, HEADER, rows, tuple(f"shared:{side}" for side in GROUPS))
    figures = (
        _figure("citizens", "Borgere med mentor", counts[ALL], "running"),
        _figure("shared", "Deles med mindst én anden", counts[SHARED], "shared:"),
        _figure("several", "Deles med to eller flere sider", counts[SEVERAL], "several:"),
        _figure("home-support", "Har også bostøtte eller anden støtte", counts[HOME], "home:"),
    )
    return Answer("samarbejde", _sentence(counts), figures, table, LIMITS)


def _figure(key: str, label: str, least: int | None, opens: str) -> Figure:
    return Figure(key, label, least, _words(least), opens)


def _words(least: int | None) -> str:
    return HIDDEN if least is None else fives(least)


def _sentence(counts: Counts) -> str:
    everyone, shared, support = counts[ALL], counts[SHARED], counts[HOME]
    if everyone is None:
        return "Så få borgere har mentor i dag, at vi ikke kan vise, hvem de er delt med."
    if shared is None:
        return (
            f"Det kan vi ikke svare på: af de {fives(everyone)} borgere med mentor er der for få, hvor nogen har "
            "skrevet andre parter på, eller tallet ville røbe, hvem de er."
        )
    middle = FEWEST // 2
    also = (
        f" {fives(support)} har også bostøtte eller anden støtte, og dér kan hjælpen overlappe."
        if support is not None
        else ""
    )
    return (
        f"{fives(shared)} af {fives(everyone)} borgere med mentor (omkring "
        f"{percent(shared + middle, everyone + middle)}) har også andre, der arbejder med dem.{also}"
    )
