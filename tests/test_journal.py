"""The journal can be added to and nothing else, and its seal names what was altered, removed or slipped in."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentorkorps.journal.actions import BATCH, SEAL_LAG, digest, seal, seal_all, write
from mentorkorps.journal.models import Entry, Kind, Seal
from mentorkorps.journal.queries import verify
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SQLITE_TRIGGERS = ("entry_no_update", "entry_no_delete", "seal_no_update", "seal_no_delete")


@pytest.fixture
def sealed() -> list[Entry]:
    """Six entries: four sealed in two batches, two too young for it."""
    now = timezone.now()
    with time_machine.travel(now - 3 * SEAL_LAG, tick=False):
        entries = [add(1), add(2)]
    seal_at(now - SEAL_LAG)
    with time_machine.travel(now - 2 * SEAL_LAG, tick=False):
        entries += [add(3), add(4)]
    seal_at(now)
    return [*entries, add(5), add(6)]


def add(number: int) -> Entry:
    return write(Kind.LOOK, "borger", by=None, detail={"number": number})


def seal_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return seal()


def drop_triggers() -> None:
    """What somebody with full access to the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("journal_entry", "journal_seal"):
                cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            for name in SQLITE_TRIGGERS:
                cursor.execute(f"DROP TRIGGER journal_{name}")


@pytest.mark.parametrize("rows", [Entry, Seal])
@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete(sealed: list[Entry], rows: type, tamper: str) -> None:
    before = list(rows.objects.values_list())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if tamper == "update":
            rows.objects.update(**({"verb": "andet"} if rows is Entry else {"chain": "0" * 64}))
        else:
            rows.objects.all()._raw_delete(rows.objects.db)
    assert list(rows.objects.values_list()) == before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_table_cannot_be_emptied(sealed: list[Entry]) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE journal_entry")
    assert Entry.objects.count() == 6


def test_an_untouched_journal_is_whole(sealed: list[Entry]) -> None:
    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.fault) == (4, 2, None)
    assert verdict.head == Seal.objects.order_by("id").last().chain


def test_an_empty_journal_is_whole() -> None:
    assert (verify().sealed, verify().unsealed, verify().head, verify().fault) == (0, 0, "", None)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "noget andet"}, {"refused": True}, {"detail": {"number": 99}}, {"actor_role": "leader"},
        {"at": timezone.now() - timedelta(days=9)}, {"shown": "nobody"}, {"kind": Kind.EXPORT},
    ],
)  # fmt: skip
def test_an_altered_entry_is_named(sealed: list[Entry], change: dict[str, object]) -> None:
    drop_triggers()
    Entry.objects.filter(pk=sealed[2].pk).update(**change)
    fault = verify().fault
    assert fault is not None
    assert (fault.entry_id, fault.what) == (sealed[2].pk, "ændret")


@pytest.mark.parametrize("which", [0, 1, 3])
def test_a_removed_entry_is_named(sealed: list[Entry], which: int) -> None:
    drop_triggers()
    Entry.objects.filter(pk=sealed[which].pk)._raw_delete(Entry.objects.db)
    fault = verify().fault
    assert fault is not None
    assert (fault.entry_id, fault.what) == (sealed[which].pk, "fjernet")


def test_an_entry_slipped_in_between_two_is_named(sealed: list[Entry]) -> None:
    drop_triggers()
    kept = Entry.objects.get(pk=sealed[1].pk)
    Entry.objects.filter(pk=kept.pk)._raw_delete(Entry.objects.db)
    Seal.objects.all()._raw_delete(Seal.objects.db)
    with time_machine.travel(timezone.now() + SEAL_LAG + timedelta(seconds=1)):
        assert seal_all() == 5
    Entry.objects.create(id=kept.pk, at=kept.at, kind=kept.kind, verb=kept.verb)
    fault = verify().fault
    assert fault is not None
    assert (fault.entry_id, fault.what) == (kept.pk, "skudt ind")


def test_a_new_chain_value_without_the_key_is_named(sealed: list[Entry]) -> None:
    drop_triggers()
    second = Seal.objects.order_by("id")[1]
    Seal.objects.filter(pk=second.pk).update(chain="0" * 64)
    fault = verify().fault
    assert fault is not None
    assert (fault.entry_id, fault.what) == (second.first_id, "forseglingen er ændret")


def test_an_alteration_with_its_digest_made_anew_is_named(sealed: list[Entry]) -> None:
    """Whoever alters an entry and its digest still lacks the key that the chain needs."""
    drop_triggers()
    first = Seal.objects.order_by("id")[0]
    Entry.objects.filter(pk=first.first_id).update(verb="noget andet")
    altered = Entry.objects.get(pk=first.first_id)
    forged = bytes(first.digests)[:8] + digest(altered) + bytes(first.digests)[40:]
    Seal.objects.filter(pk=first.pk).update(digests=forged)
    fault = verify().fault
    assert fault is not None
    assert (fault.entry_id, fault.what) == (first.first_id, "forseglingen er ændret")


def test_a_seal_cut_out_of_the_chain_is_noticed(sealed: list[Entry]) -> None:
    drop_triggers()
    Seal.objects.filter(pk=Seal.objects.order_by("id")[0].pk)._raw_delete(Seal.objects.db)
    assert verify().fault is not None


def test_young_entries_wait_for_the_next_seal(sealed: list[Entry]) -> None:
    assert seal() == 0
    with time_machine.travel(timezone.now() + SEAL_LAG + timedelta(seconds=1)):
        assert seal() == 2
    assert verify().unsealed == 0


def test_a_long_journal_is_sealed_in_batches() -> None:
    old = timezone.now() - 2 * SEAL_LAG
    Entry.objects.bulk_create(Entry(at=old, kind=Kind.LOOK, verb="borger") for _ in range(BATCH + 1))
    assert seal_all() == BATCH + 1
    assert Seal.objects.count() == 2
    assert verify().fault is None


def test_an_entry_holds_ids_and_no_names(cast: Cast) -> None:
    entry = write(
        Kind.LIST, "borgere", by=cast.helle, about=cast.course, citizen_id=cast.jens.id, shown=[cast.karla.id]
    )
    words = str(Entry.objects.filter(pk=entry.pk).values()[0])
    assert str(cast.jens.id) in words
    assert str(cast.karla.id) in words
    assert "Eksempel" not in words
    assert "Prøve" not in words
