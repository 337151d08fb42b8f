"""A file that waits: received and kept encrypted, its columns guessed, its bad rows handed back, and wiped."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.cpr import blind_index
from mentorkorps.cases.models import ColumnChoice, Intake
from mentorkorps.cases.sealed import seal, unseal
from mentorkorps.domain.given import BadInput
from mentorkorps.domain.intake import (
    KINDS,
    WHY,
    Table,
    guessed_places,
    headings,
    kept_places,
    places_to_keep,
    read_table,
)
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind as Entry
from mentorkorps.municipality.models import User

WAITS = (Intake.State.WAITING, Intake.State.QUEUED)
# What a wiped file has left: how many rows there were, and what became of them.
WIPED = {"content": None, "bad": [], "notes": [], "changes": []}


@transaction.atomic
def receive(data: bytes, *, kind: str, key: uuid.UUID, by: User) -> Intake:
    """Reads a file and keeps its table encrypted; nothing is judged yet. The same `key` sent twice is the same file.

    Raises ValidationError at `file` with why it cannot be used.
    """
    sent_before = Intake.objects.filter(pk=key).first()
    if sent_before is not None:
        return sent_before
    try:
        table = read_table(data, most_rows=KINDS[kind].most_rows)
    except BadInput as bad:
        raise ValidationError({"file": str(bad)}) from None
    content = seal(table.as_json(), of=key)
    intake = Intake.objects.create(id=key, kind=kind, content=content, row_count=len(table.rows), read_by=by)
    changed("læst fil til indlæsning", by=by, about=intake, kind=kind, rows=len(table.rows))
    return intake


def table_of(intake: Intake) -> Table:
    """The rows that wait. Raises ValidationError when they have been wiped."""
    if intake.content is None:
        raise ValidationError("Filens rækker er slettet. Læs filen igen.")
    return Table.from_json(unseal(intake.content, of=intake.pk))


def columns_for(intake: Intake, table: Table) -> dict[str, int]:
    """The place of each of our columns in the file: as chosen, as chosen before for such headings, or guessed."""
    if intake.columns:
        return dict(intake.columns)
    kept = ColumnChoice.objects.filter(kind=intake.kind, headings=_fingerprint(table)).first()
    return (
        kept_places(kept.places, table.headers) if kept else guessed_places(KINDS[intake.kind], table.headers)
    )


def keep_columns(intake: Intake, table: Table, places: Mapping[str, int]) -> None:
    """Remembers a choice for the next file with the same headings."""
    ColumnChoice.objects.update_or_create(
        kind=intake.kind,
        headings=_fingerprint(table),
        defaults={"places": places_to_keep(places, table.headers)},
    )


def _fingerprint(table: Table) -> str:
    return blind_index("\n".join(headings(table.headers)))


@transaction.atomic
def bad_rows(intake: Intake, *, by: User) -> tuple[list[str], list[list[str]]]:
    """The bad rows as they came, with why in a last column: (headings, rows). Journalled as an export."""
    table = table_of(intake)
    why: dict[int, list[str]] = {}
    for number, heading, says in intake.bad:
        why.setdefault(number, []).append(f"{heading}: {says}" if heading else says)
    width = len(table.headers)
    rows = [
        [*cells[:width], *[""] * (width - len(cells)), " ".join(why[number])]
        for number, cells in table.rows
        if number in why
    ]
    write(Entry.EXPORT, "hentet rækker til rettelse", by=by, about=intake, detail={"rows": len(rows)})
    return [*table.headers, WHY], rows


@transaction.atomic
def give_up(intake: Intake, *, by: User) -> None:
    """Wipes a file that waits, or the bad rows of one that is taken in; a second time nothing happens.

    Raises ValidationError while it is being taken in.
    """
    if Intake.objects.filter(pk=intake.pk, state__in=WAITS).update(state=Intake.State.DROPPED, **WIPED):
        changed("fortrudt indlæsning", by=by, about=intake)
    elif Intake.objects.filter(pk=intake.pk, state=Intake.State.TAKEN, content__isnull=False).update(**WIPED):
        changed("slettet rækker til rettelse", by=by, about=intake)
    elif Intake.objects.filter(pk=intake.pk, state=Intake.State.TAKING).exists():
        raise ValidationError("Filen bliver taget ind lige nu og kan ikke fortrydes.")


@transaction.atomic
def drop_old_intakes(*, before: datetime) -> int:
    """Wipes the rows of files that were read before a moment; returns how many files. Run by the worker."""
    old = Intake.objects.filter(read_at__lt=before, content__isnull=False).exclude(state=Intake.State.TAKING)
    dropped = old.filter(state__in=WAITS).update(state=Intake.State.DROPPED, **WIPED)
    wiped = dropped + old.update(**WIPED)
    if wiped:
        write(Entry.CHANGE, "slettet gamle indlæsninger", by=None, detail={"count": wiped})
    return wiped
