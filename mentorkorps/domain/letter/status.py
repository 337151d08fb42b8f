"""The status paper (statusnotat), due four weeks before a grant ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain.dates import NBSP, long_date, write_minutes
from mentorkorps.domain.letter.complete import require, require_texts
from mentorkorps.domain.letter.document import (
    Block,
    Box,
    Bullets,
    Document,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Signature,
    Signer,
    Table,
)
from mentorkorps.domain.letter.frame import footer
from mentorkorps.domain.letter.handover import STAGES, TaskStage
from mentorkorps.domain.letter.words import sentence, span

Reached = Literal["yes", "partly", "no", "unknown"]
Advice = Literal["continue", "change", "end", "other"]
_REACHED: dict[Reached, str] = {
    "yes": "Nået",
    "partly": "Delvist nået",
    "no": "Ikke nået",
    "unknown": "Ikke vurderet",
}
_ADVICE: dict[Advice, str] = {
    "continue": "Fortsæt i en ny periode",
    "change": "Fortsæt med en anden tid om ugen",
    "end": "Afslut, når perioden slutter",
    "other": "Gå over til et andet tilbud",
}


@dataclass(frozen=True)
class GoalStatus:
    """A goal, how far it is reached, and a note."""

    goal: str
    reached: Reached
    note: str


@dataclass(frozen=True)
class Score:
    """One question scored by each of the two; None is "ikke besvaret", which is an answer."""

    question: str
    mentor: int | None
    citizen: int | None


@dataclass(frozen=True)
class ContactCount:
    """The contact duty so far, in whole weeks or 14-day periods."""

    every: Literal["week", "fortnight"]
    due: int
    kept: int
    excused: int
    missed: int


@dataclass(frozen=True)
class StatusInput:
    """What the report is made from; minutes are whole minutes in the period so far."""

    sender: Sender
    recipient: Recipient
    citizen: str
    dated: date
    case_number: str
    start: date
    end: date
    granted_minutes: int
    delivered_minutes: int
    contacts: ContactCount | None
    goals: tuple[GoalStatus, ...]
    tasks: tuple[TaskStage, ...]
    scores: tuple[Score, ...]
    scale: str
    deviations: tuple[str, ...]
    citizen_view: str
    advice: Advice
    reason: str


def compose_status(given: StatusInput) -> Document:
    """The report to the caseworker. Raises Incomplete."""
    require_texts(given)
    require(given, "goals")
    return Document(
        title=f"Statusnotat om {given.citizen}",
        sender=given.sender,
        recipient=given.recipient,
        dated=given.dated,
        case_number=given.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=Signature("Skrevet af", (Signer(given.sender.name, given.sender.title),)),
        footer=footer(given.sender),
    )


def _sections(given: StatusInput) -> Iterator[Section]:
    yield Section(None, (_box(given),))
    yield Section("Mål", (_goals(given.goals),))
    if given.tasks:
        yield Section("Opgaver", (_tasks(given.tasks),))
    yield Section("Fremgang", (_scores(given),))
    yield Section("Det gik anderledes end aftalt", (_deviations(given.deviations),))
    yield Section("Borgerens egne ord", (Paragraph(sentence(given.citizen_view)),))
    yield Section("Mentorens råd", (Paragraph(f"{_ADVICE[given.advice]}. {sentence(given.reason)}"),))


def _box(given: StatusInput) -> Box:
    delivered, granted = write_minutes(given.delivered_minutes), write_minutes(given.granted_minutes)
    return Box(
        (
            ("Bevilling", f"Fra {span(given.start, given.end)}"),
            ("Timer", f"{delivered} givet af {granted} bevilget til nu"),
            ("Kontakt", _contact_words(given.contacts)),
            ("Husk", f"Bevillingen slutter den {long_date(given.end)}. En ny periode er en ny vurdering."),
        )
    )


def _contact_words(count: ContactCount | None) -> str:
    if count is None:
        return "Der er ingen fast kontakt i aftalen."
    one, many = ("uge", "uger") if count.every == "week" else ("14-dages periode", "14-dages perioder")
    due = f"{count.due}{NBSP}{one if count.due == 1 else many}"
    return f"Holdt i {count.kept} af {due}. {count.excused} undskyldt, {count.missed} uden kontakt."


def _goals(goals: tuple[GoalStatus, ...]) -> Table:
    return Table(
        header=("Mål", "Hvor langt", "Bemærkning"),
        rows=tuple((item.goal, _REACHED[item.reached], sentence(item.note)) for item in goals),
        caption="Målene, og hvor langt de er nået",
    )


def _tasks(tasks: tuple[TaskStage, ...]) -> Table:
    return Table(
        header=("Opgave", "Hvem gør det nu"),
        rows=tuple((item.task, STAGES[item.stage]) for item in tasks),
        caption="Opgaverne, og hvor langt de er",
    )


def _scores(given: StatusInput) -> Block:
    if not given.scores:
        return Paragraph("Der er ikke målt fremgang i perioden.")
    return Table(
        header=("Spørgsmål", "Mentor", "Borger"),
        rows=tuple((item.question, _score(item.mentor), _score(item.citizen)) for item in given.scores),
        caption=f"Fremgang. {given.scale}",
    )


def _score(value: int | None) -> str:
    return "Ikke besvaret" if value is None else str(value)


def _deviations(items: tuple[str, ...]) -> Block:
    return Bullets(items) if items else Paragraph("Nej, det gik som aftalt.")
