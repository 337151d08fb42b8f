"""Writing and sealing the journal."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mentorkorps.journal.models import Entry, Kind, Seal

# Younger entries wait for the next seal, so that a transaction that is still open cannot commit an id
# inside a range that is already sealed. Requests and jobs end well within it (docs/operations.md).
SEAL_LAG = timedelta(minutes=2)
BATCH = 5_000


class Actor(Protocol):
    """Whoever acts: a signed-in person, with an id and a role code."""

    id: uuid.UUID
    role: str


def write(
    kind: Kind,
    verb: str,
    *,
    by: Actor | None,
    citizen_id: uuid.UUID | None = None,
    about: Any = None,
    refused: bool = False,
    shown: Iterable[uuid.UUID] = (),
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one entry. `about` is the model row acted on; `shown` are the citizens on a list.

    `detail` may hold codes, dates, numbers and ids, never names or free text about a citizen.
    """
    return Entry.objects.create(
        at=timezone.now(),
        kind=kind,
        verb=verb,
        refused=refused,
        actor_id=by.id if by is not None else None,
        actor_role=by.role if by is not None else "",
        citizen_id=citizen_id,
        object_type=about._meta.model_name if about is not None else "",
        object_id=about.pk if about is not None else None,
        shown="\n".join(str(key) for key in shown),
        detail=dict(detail or {}),
    )


def changed(
    verb: str, *, by: Actor | None, about: Any, citizen_id: uuid.UUID | None = None, **detail: Any
) -> Entry:
    """Adds the line that stands beside a change of state; called inside the change's own transaction."""
    return write(Kind.CHANGE, verb, by=by, about=about, citizen_id=citizen_id, detail=detail)


def changed_each(verb: str, *, by: Actor, about: Iterable[tuple[Any, uuid.UUID, Mapping[str, Any]]]) -> None:
    """Adds what `changed` adds for each of many rows that one act changed: (row, citizen's id, detail)."""
    now = timezone.now()
    entries = (
        Entry(
            at=now, kind=Kind.CHANGE, verb=verb, actor_id=by.id, actor_role=by.role, citizen_id=citizen_id,
            object_type=row._meta.model_name, object_id=row.pk, detail=dict(detail),
        )
        for row, citizen_id, detail in about
    )  # fmt: skip
    Entry.objects.bulk_create(entries, batch_size=1_000)


def digest(entry: Entry) -> bytes:
    """SHA-256 of everything an entry says, in one fixed order."""
    said = [
        entry.id, entry.at.isoformat(), entry.kind, entry.verb, entry.refused, str(entry.actor_id), entry.actor_role,
        str(entry.citizen_id), entry.object_type, str(entry.object_id), entry.shown, entry.detail,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).digest()


def chain_value(previous: str, digests: bytes) -> str:
    """The HMAC that binds a batch to the one before it."""
    return hmac.new(settings.JOURNAL_KEY.encode(), previous.encode() + digests, hashlib.sha256).hexdigest()


@transaction.atomic
def seal(*, lag: timedelta = SEAL_LAG) -> int:
    """Seals one batch of entries that are older than the lag; returns how many. Run by the worker.

    Without a lag only where nobody else writes, as when a synthetic world has just been built.
    """
    last = Seal.objects.order_by("-id").first()
    ripe = Entry.objects.filter(id__gt=last.last_id if last else 0, at__lte=timezone.now() - lag)
    batch = list(ripe.order_by("id")[:BATCH])
    if not batch:
        return 0
    digests = b"".join(entry.id.to_bytes(8, "big") + digest(entry) for entry in batch)
    Seal.objects.create(
        sealed_at=timezone.now(),
        first_id=batch[0].id,
        last_id=batch[-1].id,
        digests=digests,
        chain=chain_value(last.chain if last else "", digests),
    )
    return len(batch)


def seal_all(*, lag: timedelta = SEAL_LAG) -> int:
    """Seals batch after batch until none is ripe; returns how many entries were sealed."""
    total = 0
    while count := seal(lag=lag):
        total += count
    return total
