"""Judging a file against what we know, and taking it in: good rows in one transaction, bad rows named."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.cases.actions.intake import citizens, mentors, referrals
from mentorkorps.cases.actions.intake.judged import BAD, CHANGED, NEW, SAME, Judged
from mentorkorps.cases.actions.intake.waiting import WAITS, keep_columns, table_of
from mentorkorps.cases.actions.intake.words import around
from mentorkorps.cases.models import Intake
from mentorkorps.cases.sealed import seal
from mentorkorps.domain.intake import KINDS, Fault, ReadRow, Table, read_rows
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User

TELL_EVERY = 1_000  # rows
CHANGES_SHOWN = 200
FIRST_ROWS = 5  # that a remark names
Tell = Callable[[int], None]


class _Way(NamedTuple):
    """How rows of a kind are judged and written, and what one that is here already is called."""

    judge: Callable[..., list[Judged]]
    write: Callable[..., None]
    called: Callable[[Judged], str]


WAYS = {
    "borgere": _Way(citizens.judge, citizens.write, lambda row: row.there.case_number),
    "henvisninger": _Way(referrals.judge, referrals.write, lambda row: row.citizen.case_number),
    "mentorer": _Way(mentors.judge, mentors.write, lambda row: row.there.name),
}


@transaction.atomic
def choose_columns(intake: Intake, *, places: Mapping[str, int], today: date, by: User) -> Intake:
    """Sets which column of the file is which of ours (key → place from 0), remembers it, and judges every row.

    Raises ValidationError: at a key that shares its place with another, or when nothing tells who a row is about.
    """
    kind, table = KINDS[intake.kind], table_of(intake)
    for key, place in places.items():
        if list(places.values()).count(place) > 1:
            raise ValidationError({key: "Kolonnen i filen er valgt to gange. Vælg en anden."})
    if not places.keys() & set(kind.known_by):
        names = ", ".join(kind.column(key).heading for key in kind.known_by)
        raise ValidationError(f"Vælg mindst én af {names}: rækkerne kendes på dem.")
    intake.columns = dict(places)
    rows = list(read_rows(kind, table, places, around(today)))
    judged = WAYS[kind.key].judge(rows, today=today)
    told = _told(intake, judged) | {"columns": intake.columns, "interrupted": False}
    if not Intake.objects.filter(pk=intake.pk, state=Intake.State.WAITING).update(**told):
        raise ValidationError("Filen er allerede taget ind eller fortrudt. Læs den igen.")
    keep_columns(intake, table, places)
    changed("valgt kolonner i fil", by=by, about=intake, **told["counts"])
    intake.refresh_from_db()
    return intake


def put_in_queue(intake: Intake, *, by: User) -> None:
    """Asks the worker to take a file in; a second time nothing happens. Raises ValidationError when it cannot be."""
    asked = Intake.objects.filter(pk=intake.pk, state=Intake.State.WAITING).exclude(counts={})
    if asked.update(state=Intake.State.QUEUED, taken_by=by, done=0, interrupted=False):
        return
    if not Intake.objects.filter(pk=intake.pk, state__in=(Intake.State.QUEUED, Intake.State.TAKING)).exists():
        raise ValidationError(_NOT_WAITING)


_NOT_WAITING = "Filen er allerede taget ind eller fortrudt."


def take_in(intake: Intake, *, today: date, by: User, tell: Tell | None = None) -> Intake:
    """Takes in every good row of a file, once, judged anew against what stands now; the bad rows are kept to be mended.

    `tell` hears how many rows are read. Raises ValidationError when the file is taken in or given up already.
    """
    kind, table = KINDS[intake.kind], table_of(intake)
    reading = read_rows(kind, table, intake.columns, around(today))
    rows = list(_telling(reading, tell) if tell else reading)
    with transaction.atomic():
        Municipality.objects.select_for_update().first()  # one intake at a time
        claimed = Intake.objects.filter(pk=intake.pk, state__in=(*WAITS, Intake.State.TAKING))
        if not claimed.update(state=Intake.State.TAKEN, taken_at=timezone.now(), taken_by=by):
            raise ValidationError(_NOT_WAITING)
        judged = WAYS[kind.key].judge(rows, today=today)
        WAYS[kind.key].write(judged, by=by, today=today)
        told = _told(intake, judged) | {"content": _left(intake, table, judged), "done": len(rows)}
        Intake.objects.filter(pk=intake.pk).update(**told)
        changed("taget fil ind", by=by, about=intake, kind=kind.key, **told["counts"])
    intake.refresh_from_db()
    return intake


def _telling(rows: Iterable[ReadRow], tell: Tell) -> Iterator[ReadRow]:
    for place, row in enumerate(rows, start=1):
        if place % TELL_EVERY == 0:
            tell(place)
        yield row


def _left(intake: Intake, table: Table, judged: Sequence[Judged]) -> bytes | None:
    """The bad rows alone, encrypted; None when there are none."""
    bad = {row.read.number for row in judged if row.faults}
    left = Table(table.headers, tuple(row for row in table.rows if row[0] in bad))
    return seal(left.as_json(), of=intake.pk) if bad else None


def _told(intake: Intake, judged: Sequence[Judged]) -> dict[str, Any]:
    """What a preview says, without a value of the file."""
    states = Counter(row.state for row in judged)
    return {
        "counts": {state: states[state] for state in (NEW, CHANGED, SAME, BAD)},
        "bad": [[row.read.number, each.column, each.says] for row in judged for each in row.faults],
        "notes": list(_notes(judged)),
        "changes": list(_changes(intake, judged)),
    }


def _notes(judged: Sequence[Judged]) -> Iterator[list[Any]]:
    """Each remark about new rows once: heading, sentence, how many rows, and the first of them."""
    rows: dict[Fault, list[int]] = defaultdict(list)
    for row in (row for row in judged if row.state == NEW):
        for note in row.read.notes:
            rows[note].append(row.read.number)
    for note, numbers in rows.items():
        yield [note.column, note.says, len(numbers), numbers[:FIRST_ROWS]]


def _changes(intake: Intake, judged: Sequence[Judged]) -> Iterator[list[Any]]:
    kind = KINDS[intake.kind]
    for row in [row for row in judged if row.state == CHANGED][:CHANGES_SHOWN]:
        headings = [column.heading for column in kind.columns if column.key in row.values]
        about = row.citizen if row.citizen is not None else row.there
        yield [row.read.number, str(about.pk), WAYS[kind.key].called(row), headings]


def take_next(*, today: date) -> Intake | None:
    """Takes in the file that has waited longest for the worker, of which there is one; None when none waits.

    A file that is being taken in when nobody is at it was interrupted: nothing of it was written, and it waits again.
    """
    stopped = Intake.objects.filter(state=Intake.State.TAKING)
    stopped.update(state=Intake.State.WAITING, interrupted=True)
    intake = Intake.objects.filter(state=Intake.State.QUEUED).order_by("read_at").first()
    if intake is None or intake.taken_by is None:
        return None
    mine = Intake.objects.filter(pk=intake.pk, state=Intake.State.QUEUED)
    if not mine.update(state=Intake.State.TAKING):
        return None
    return take_in(intake, today=today, by=intake.taken_by, tell=lambda done: _tell(intake, done))


def _tell(intake: Intake, done: int) -> None:
    """Lets the page say how far the reading has come."""
    Intake.objects.filter(pk=intake.pk).update(done=done)
