"""What was the effect of what must and what may be given? A description alone: it compares nobody."""

from collections.abc import Mapping, Sequence

from mentorkorps.domain.codes import OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised, listed, thousands
from mentorkorps.domain.questions.answer import (
    FEWEST,
    HIDDEN,
    Answer,
    AnswerTable,
    Figure,
    Given,
    percent,
    safe,
    safe_words,
)

ENOUGH = 20  # ended courses before a share is said in a sentence
OUTCOMES = {
    "work": ("Job eller uddannelse", ("job", "education")),
    "offer": ("Andet tilbud", ("offer",)),
    "goals": ("Målene nået", ("goals_met",)),
    "other": ("Andet", ("other_law", "moved", "wish", "pension", "expired", "death")),
}
LIMITS = (
    "Det er en beskrivelse af, hvad der skete. Den siger ikke, at mentoren var grunden.",
    "De, der skal have mentor, har det som regel sværere end dem, der kan få. Tallene kan derfor ikke sammenlignes, "
    "som de står.",
    "Flyttede, døde og forløb, hvor perioden bare løb ud, tæller under Andet.",
)


def effect(given: Given) -> Answer:
    """`ended` are courses by obligation and reason; `running` courses by obligation; `months` how far back."""
    ended: Mapping[str, Mapping[str, int]] = given["ended"]
    running: Mapping[str, int] = given["running"]
    codes = [code for code in OBLIGATIONS if ended.get(code) or running.get(code)]
    rows = tuple(_row(code, ended.get(code, {}), running.get(code, 0)) for code in codes)
    header = ("", "I gang", "Afsluttet", *(label for label, _ in OUTCOMES.values()))
    caption = f"Afsluttede forløb de sidste {given['months']} måneder, efter hvad der skete"
    table = AnswerTable(caption, header, rows, tuple(f"ended:{code}" for code in codes))
    figures = tuple(_figure(code, ended.get(code, {})) for code in OBLIGATIONS)
    return Answer("effekt", _sentence(ended, given["months"]), figures, table, LIMITS)


def _row(code: str, reasons: Mapping[str, int], running: int) -> tuple[str, ...]:
    total = sum(reasons.values())
    found = [sum(reasons.get(reason, 0) for reason in group) for _, group in OUTCOMES.values()]
    hidden = _hidden(found)
    shown = [HIDDEN if place in hidden else thousands(number) for place, number in enumerate(found)]
    return capitalised(OBLIGATION_WORDS[code]), safe_words(running), safe_words(total), *shown


def _hidden(found: Sequence[int]) -> set[int]:
    """The places of small numbers, and as many others as it takes that the sum does not tell them."""
    hidden = {place for place, number in enumerate(found) if 0 < number < FEWEST}
    others = sorted((number, place) for place, number in enumerate(found) if number >= FEWEST)
    while hidden and others and (len(hidden) == 1 or sum(found[place] for place in hidden) < FEWEST):
        hidden.add(others.pop(0)[1])
    return hidden


def _figure(code: str, reasons: Mapping[str, int]) -> Figure:
    total = sum(reasons.values())
    label = f"{capitalised(OBLIGATION_WORDS[code])}: afsluttede forløb"
    return Figure(f"ended-{code}", label, safe(total), safe_words(total), f"ended:{code}" if total else "")


def _sentence(ended: Mapping[str, Mapping[str, int]], months: int) -> str:
    said = []
    for code in OBLIGATIONS:
        reasons = ended.get(code, {})
        total, work = sum(reasons.values()), sum(reasons.get(each, 0) for each in OUTCOMES["work"][1])
        if total >= ENOUGH and safe(work, total) is not None:
            said.append(f"{percent(work, total)} af de {thousands(total)} {OBLIGATION_WORDS[code]}-forløb")
    if not said:
        return (
            "Det kan vi ikke svare på endnu: der er afsluttet for få forløb "
            f"de sidste {months} måneder til at sige noget, der holder."
        )
    return (
        f"Af de forløb, der sluttede de sidste {months} måneder, endte {listed(said)} i job eller uddannelse. "
        "Det viser ikke, hvad mentoren gjorde."
    )
