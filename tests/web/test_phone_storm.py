"""Two posts of the same batch that race: each contact is stored once, and both posts answer for every key.

bench/phones.py is the storm itself; tests/browser/test_phone.py has the posts that truly run at once.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mentorkorps.followup.actions import contacts, rebuild_tally
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.web.pages.phone import sending
from tests.cast import Cast, citizen, course_for, signed_in
from tests.web.test_phone import row, send, states

MANY = 6


@pytest.fixture
def batch(cast: Cast) -> list[dict[str, Any]]:
    """What waits on Fatima's phone: contacts with two citizens in turn."""
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    return [row((cast.course, other)[n % 2]) for n in range(MANY)]


@pytest.fixture
def raced(
    cast: Cast, batch: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], list[str]]:
    """Posts the batch, and has the phone's other tab post it too before contact number `at` is stored."""

    def race(at: int) -> list[str]:
        user, looked, opened = cast.people[Role.MENTOR], sending.access.course, iter(range(100))

        def other_tab_first(request: Any, key: uuid.UUID, *, verb: str) -> Any:
            if next(opened) == at:
                send(signed_in(user), user, *batch)
            return looked(request, key, verb=verb)

        monkeypatch.setattr(sending.access, "course", other_tab_first)
        return states(send(signed_in(user), user, *batch))

    return race


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[uuid.UUID]]:
    """The look for a contact under the same key finds nothing once a key: only the database knows then."""
    look, looked = contacts._sent_before, set()

    def look_too_soon(key: uuid.UUID, course: Any) -> Contact | None:
        found = look(key, course)
        if found is None or key in looked:
            return found
        looked.add(key)
        return None

    monkeypatch.setattr(contacts, "_sent_before", look_too_soon)
    yield looked


def stored_once(batch: list[dict[str, Any]]) -> None:
    """Each contact, its line in the journal and its minutes are there once."""
    assert sorted(str(key) for key in Contact.objects.values_list("key", flat=True)) == sorted(
        each["key"] for each in batch
    )
    lines = Entry.objects.filter(verb="registreret kontakt").values_list("object_id", flat=True)
    assert sorted(lines) == sorted(Contact.objects.values_list("id", flat=True))
    for tally in CourseTally.objects.filter(course__contacts__isnull=False).distinct():
        counted = (tally.delivered_minutes, tally.held, tally.last_met_on)
        anew = rebuild_tally(tally.course)
        assert (
            counted == (anew.delivered_minutes, anew.held, anew.last_met_on) == (45 * 3, 3, anew.last_met_on)
        )


@pytest.mark.parametrize("at", [0, 1, MANY - 1])
def test_a_batch_that_another_tab_sends_meanwhile_is_known(
    raced: Callable[[int], list[str]], batch: list[dict[str, Any]], at: int
) -> None:
    assert raced(at) == ["stored"] * at + ["known"] * (MANY - at)
    stored_once(batch)


def test_a_contact_written_between_look_and_write_is_known(
    raced: Callable[[int], list[str]], batch: list[dict[str, Any]], blind: set[uuid.UUID]
) -> None:
    assert raced(0) == ["known"] * MANY
    assert len(blind) == MANY, "the unique key in the database has refused each"
    stored_once(batch)
