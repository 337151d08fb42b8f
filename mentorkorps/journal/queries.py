"""Reading the journal: a citizen's log, a sample, and the check of the chain."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mentorkorps.journal.actions import chain_value, digest
from mentorkorps.journal.models import Entry, Seal

RECORD = 40  # 8 bytes of id and 32 of digest


def about_citizen(citizen_id: uuid.UUID, *, since: datetime) -> QuerySet[Entry]:
    """Every entry on a citizen since a moment: own pages, and lists and searches that showed the citizen."""
    listed = Q(shown__contains=str(citizen_id), at__gte=since)
    return Entry.objects.filter(Q(citizen_id=citizen_id, at__gte=since) | listed).order_by("-id")


def entries_of(
    *,
    first: datetime | None = None,
    until: datetime | None = None,
    actor_id: uuid.UUID | None = None,
    citizen_id: uuid.UUID | None = None,
    kind: str = "",
    refused: bool = False,
) -> QuerySet[Entry]:
    """Entries from `first` and before `until`, newest first; what is None or empty does not narrow."""
    rows = Entry.objects.order_by("-id")
    if citizen_id is not None:
        rows = rows.filter(Q(citizen_id=citizen_id) | Q(shown__contains=str(citizen_id)))
    wanted = {"at__gte": first, "at__lt": until, "actor_id": actor_id, "kind": kind, "refused": refused}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def sample(seed: int, size: int, *, first: datetime, until: datetime) -> list[Entry]:
    """`size` entries of a period drawn at random, in order of id; the same seed always draws the same ones."""
    keys = list(Entry.objects.filter(at__gte=first, at__lt=until).order_by("id").values_list("id", flat=True))
    drawn = random.Random(seed).sample(keys, min(size, len(keys)))
    return list(Entry.objects.filter(id__in=drawn).order_by("id"))


def seconds_since_seal(now: datetime) -> int | None:
    """How long ago the journal was last sealed; None when it never was. A worker that has stopped shows here first."""
    last = Seal.objects.order_by("-id").values_list("sealed_at", flat=True).first()
    return None if last is None else round((now - last).total_seconds())


@dataclass(frozen=True)
class Fault:
    """The first entry that does not agree with its seal, and how."""

    entry_id: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check: how many entries are sealed and unsealed, the head of the chain, the first fault."""

    sealed: int
    unsealed: int
    head: str
    fault: Fault | None


def verify() -> Verdict:
    """Walks every seal and every sealed entry, and names the first that was altered, removed or slipped in."""
    previous, last_id, sealed = "", 0, 0
    for each in Seal.objects.order_by("id").iterator(chunk_size=20):
        digests = bytes(each.digests)
        fault = _fault_in(each, digests, last_id)
        if fault is None and chain_value(previous, digests) != each.chain:
            fault = Fault(each.first_id, "forseglingen er ændret")
        if fault is not None:
            return Verdict(sealed, Entry.objects.filter(id__gt=each.last_id).count(), previous, fault)
        previous, last_id, sealed = each.chain, each.last_id, sealed + len(digests) // RECORD
    return Verdict(sealed, Entry.objects.filter(id__gt=last_id).count(), previous, None)


def _fault_in(seal: Seal, digests: bytes, last_id: int) -> Fault | None:
    """Compares the entries between two seals with the digests that were taken of them."""
    expected = {
        int.from_bytes(digests[at : at + 8], "big"): digests[at + 8 : at + RECORD]
        for at in range(0, len(digests), RECORD)
    }
    found = {
        e.id: digest(e) for e in Entry.objects.filter(id__gt=last_id, id__lte=seal.last_id).order_by("id")
    }
    for key in sorted(expected.keys() | found.keys()):
        if key not in found:
            return Fault(key, "fjernet")
        if key not in expected:
            return Fault(key, "skudt ind")
        if found[key] != expected[key]:
            return Fault(key, "ændret")
    return None
