"""The coordination sheet for a meeting of several parties: only what the consents of those present allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.dates import field_date, long_date
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
from mentorkorps.domain.letter.frame import footer
from mentorkorps.domain.letter.handover import STAGES, TaskStage
from mentorkorps.domain.letter.words import sentence


@dataclass(frozen=True)
class Shared:
    """What may be shared with one of those present: the information, what for, which way, and until when."""

    information: str
    purpose: str
    way: str
    until: date | None


@dataclass(frozen=True)
class Participant:
    """One of those present, what they do next, and the consents it rests on; at least one."""

    name: str
    what: str
    owner: str
    due: date | None
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class CoordinationInput:
    """What stands on the sheet. `goal` None and empty `tasks` were left out on purpose; `citizen` is no whole name."""

    sender: Sender
    citizen: str
    dated: date
    case_number: str
    mentor: str
    meets_on: date | None
    next_on: date | None
    goal: str | None
    tasks: tuple[TaskStage, ...]
    participants: tuple[Participant, ...]
    questions: tuple[str, ...]


def compose_coordination(given: CoordinationInput) -> Document:
    """The sheet. Raises Incomplete, also where a text carries what looks like a CPR number."""
    require_texts(given)
    require(given, "participants")
    for participant in given.participants:
        require(participant, "shared")
    require_no_cpr(given, "arket")
    return Document(
        title=f"Koordinering omkring {given.citizen}",
        sender=given.sender,
        recipient=Recipient("Til mødets deltagere"),
        dated=given.dated,
        case_number=given.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=None,
        footer=footer(given.sender),
    )


def _sections(given: CoordinationInput) -> Iterator[Section]:
    yield Section(None, (_box(given),))
    yield Section("Hvem gør hvad", (_steps(given),))
    if given.tasks:
        yield Section("Mentors opgaver nu", (_tasks(given.tasks),))
    yield Section("Spørgsmål til mødet", (_questions(given.questions),))
    yield Section("Det må vi tale om", (_shared(given), Paragraph(NO_MORE)))


NO_MORE = (
    "Tal kun om det, der står her. Mere kræver, at borgeren siger ja først. Borgeren kan altid trække sit"
    " samtykke tilbage, også under mødet."
)


def _box(given: CoordinationInput) -> Box:
    meets = long_date(given.meets_on) if given.meets_on else "Er ikke aftalt endnu"
    after = long_date(given.next_on) if given.next_on else "Aftales på mødet"
    goal = (("Mål", sentence(given.goal)),) if given.goal else ()
    return Box((*goal, ("Mødet", meets), ("Næste møde", after), ("Mentor", given.mentor)))


def _steps(given: CoordinationInput) -> Table:
    return Table(
        header=("Deltager", "Næste skridt", "Hvem gør det", "Hvornår"),
        rows=tuple(
            (each.name, each.what, each.owner, field_date(each.due) if each.due else "Aftales")
            for each in given.participants
        ),
        caption="Deltagerne, og hvad hver gør næste gang",
    )


def _tasks(tasks: tuple[TaskStage, ...]) -> Table:
    return Table(
        header=("Opgave", "Hvem gør det nu"),
        rows=tuple((task.task, STAGES[task.stage]) for task in tasks),
        caption="Opgaver, og hvor langt de er",
    )


def _shared(given: CoordinationInput) -> Table:
    return Table(
        header=("Deltager", "Om hvad", "Til hvad", "Hvilken vej", "Gælder til"),
        rows=tuple(
            (each.name, shared.information, shared.purpose, shared.way, _until(shared.until))
            for each in given.participants
            for shared in each.shared
        ),
        caption="Hvad borgeren har sagt ja til",
    )


def _until(day: date | None) -> str:
    return field_date(day) if day else "Indtil videre"


def _questions(questions: tuple[str, ...]) -> Block:
    return Bullets(questions) if questions else Paragraph("Ingen er skrevet på forhånd.")
