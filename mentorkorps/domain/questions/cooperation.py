"""Whom do we share citizens with, and is the help doubled? Counts of people, the small ones hidden."""

from collections.abc import Mapping
from typing import Any

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.network import GROUPS
from mentorkorps.domain.questions.answer import (
    Answer,
    AnswerTable,
    Figure,
    Given,
    percent,
    safe,
    safe_words,
)

HEADER = ("", "Borgere", "Giver hjælp hver uge", "Uden aftalt næste skridt", "Skridt over fristen")
LIMITS = (
    "Kun parter, som nogen har skrevet på borgeren, er med. Står der ingen, ved vi det ikke.",
    "At to giver hjælp, er ikke i sig selv for meget. Det er en grund til at tale sammen.",
    "Tal på under fem borgere er skjult, og det er tal, der ville røbe dem.",
)


def cooperation(given: Given) -> Answer:
    """`citizens` have a running course; `shared` and `several` of them have one or more sides of the picture at work.

    `groups` are counts of citizens by side: `citizens`, `help`, `no_step` and `late`; `home_support` have support of
    the kind of serviceloven § 85 as well.
    """
    everyone = given["citizens"]
    groups: Mapping[str, Mapping[str, Any]] = given["groups"]
    codes = [code for code in GROUPS if code in groups]
    rows = tuple(_row(GROUPS[code], groups[code], everyone) for code in codes)
    caption = "Borgere med mentor, som andre også arbejder med i dag"
    table = AnswerTable(caption, HEADER, rows, tuple(f"shared:{code}" for code in codes))
    figures = (
        Figure("citizens", "Borgere med mentor", everyone, thousands(everyone), "running"),
        _figure("shared", "Deles med mindst én anden", given["shared"], everyone, "shared:"),
        _figure("several", "Deles med to eller flere sider", given["several"], everyone, "several:"),
        _figure(
            "home-support", "Har også bostøtte eller anden støtte", given["home_support"], everyone, "home:"
        ),
    )
    return Answer("samarbejde", _sentence(given), figures, table, LIMITS)


def _figure(key: str, label: str, number: int, of: int, opens: str) -> Figure:
    return Figure(key, label, safe(number, of), safe_words(number, of), opens if number else "")


def _row(label: str, part: Mapping[str, Any], everyone: int) -> tuple[str, ...]:
    citizens = part["citizens"]
    inner = (safe_words(part[name], citizens) for name in ("help", "no_step", "late"))
    return label, safe_words(citizens, everyone), *inner


def _sentence(given: Given) -> str:
    everyone, shared, support = given["citizens"], given["shared"], given["home_support"]
    if not everyone:
        return "Ingen borgere har mentor i dag, så der er ingen at dele."
    if not shared:
        return (
            "Det kan vi ikke svare på endnu: der er ikke skrevet nogen parter på de "
            f"{thousands(everyone)} borgere, der har mentor."
        )
    if safe(shared, everyone) is None:
        return "Så få borgere er delt med andre, at vi ikke kan vise tallet uden at røbe, hvem de er."
    also = (
        f" {thousands(support)} har også bostøtte eller anden støtte, og dér kan hjælpen overlappe."
        if support and safe(support, everyone) is not None
        else ""
    )
    return (
        f"{thousands(shared)} af {thousands(everyone)} borgere med mentor ({percent(shared, everyone)}) "
        f"har også andre, der arbejder med dem.{also}"
    )
