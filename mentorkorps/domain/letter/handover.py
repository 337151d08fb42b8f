"""The hand-over (overlevering): one page for a substitute; first name and initial, no CPR, no diagnosis."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain.letter.basis import Mentor
from mentorkorps.domain.letter.complete import require, require_no_cpr, require_texts
from mentorkorps.domain.letter.document import (
    Block,
    Box,
    Bullets,
    Document,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Table,
)
from mentorkorps.domain.letter.frame import footer, phone
from mentorkorps.domain.letter.words import sentence, standing_in

Stage = Literal["mentor", "together", "citizen"]
STAGES: dict[Stage, str] = {
    "mentor": "Mentor gør det",
    "together": "De gør det sammen",
    "citizen": "Borgeren gør det",
}


@dataclass(frozen=True)
class TaskStage:
    """A task and who does it now."""

    task: str
    stage: Stage


@dataclass(frozen=True)
class Appointment:
    """When, what and where, written out."""

    when: str
    what: str
    where: str


@dataclass(frozen=True)
class HandoverInput:
    """What a substitute needs on one page. An empty list is said in words, so that it is not overlooked.

    `back` names the mentor whose return ends it; None where only the last day does.
    """

    sender: Sender
    substitute: str
    dated: date
    case_number: str
    citizen_first_name: str
    citizen_initial: str
    mentor: Mentor
    start: date
    end: date
    goal: str
    tasks: tuple[TaskStage, ...]
    agreements: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    works: tuple[str, ...]
    safety: tuple[str, ...]
    back: str | None = None


def compose_handover(given: HandoverInput) -> Document:
    """The hand-over page. Raises Incomplete, also where a text carries what looks like a CPR number."""
    require_texts(given)
    require(given, "tasks")
    require_no_cpr(given, "overleveringen")
    return Document(
        title=f"Overlevering til vikar: {given.citizen_first_name} {given.citizen_initial[0].upper()}.",
        sender=given.sender,
        recipient=Recipient(given.substitute),
        dated=given.dated,
        case_number=given.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=None,
        footer=footer(given.sender),
    )


def _sections(given: HandoverInput) -> Iterator[Section]:
    yield Section(None, (_box(given),))
    yield Section("Opgaverne lige nu", (_tasks(given.tasks),))
    yield Section("Aftaler med borgeren", (_listed(given.agreements, "Der er ingen særlige aftaler."),))
    yield Section("De næste møder", (_appointments(given),))
    yield Section(
        "Det virker", (_listed(given.works, f"Det er ikke skrevet ned. Spørg {given.mentor.first_name}."),)
    )
    asking = f"Der er ikke skrevet noget om sikkerhed. Spørg {given.sender.name}, før du tager af sted."
    yield Section("Sikkerhed", (_listed(given.safety, asking),))


def _box(given: HandoverInput) -> Box:
    return Box(
        (
            ("Mål", sentence(given.goal)),
            ("Du er vikar", f"Fra {standing_in(given.start, given.end, given.back)}"),
            ("Fast mentor", f"{given.mentor.name}, {phone(given.mentor.phone)}"),
            ("Spørg", f"{given.sender.name}, {given.sender.title}, {phone(given.sender.phone)}"),
        )
    )


def _tasks(tasks: tuple[TaskStage, ...]) -> Table:
    return Table(
        header=("Opgave", "Hvem gør det nu"),
        rows=tuple((task.task, STAGES[task.stage]) for task in tasks),
        caption="Opgaver, og hvor langt de er",
    )


def _listed(items: tuple[str, ...], otherwise: str) -> Block:
    return Bullets(items) if items else Paragraph(otherwise)


def _appointments(given: HandoverInput) -> Block:
    if not given.appointments:
        return Paragraph(
            f"Der er ingen aftalte møder. Spørg {given.sender.name}, hvordan du aftaler det næste."
        )
    return Table(
        header=("Hvornår", "Hvad", "Hvor"),
        rows=tuple((item.when, item.what, item.where) for item in given.appointments),
        caption="Aftalte møder",
    )
