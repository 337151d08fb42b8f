"""Which mentors a citizen is not to have: noted, never broken, ended again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.avoidance import avoid_mentor, end_avoidance
from mentorkorps.cases.actions.mentor import assign_mentor, assign_substitute, end_substitute
from mentorkorps.cases.models import Avoidance
from mentorkorps.cases.queries.avoidance import avoided_by
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries.choices import mentor_choices
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def avoid(cast: Cast, reason: str = "family") -> Avoidance:
    return avoid_mentor(cast.jens, mentor=cast.peter, reason=reason, today=TODAY, by=cast.helle)


def test_the_same_said_twice_is_one_row_and_one_entry(cast: Cast) -> None:
    assert avoid(cast) == avoid(cast, "trouble")
    row = Avoidance.objects.get()
    assert (row.reason, row.since, row.noted_by) == ("family", TODAY, cast.helle)
    entry = Entry.objects.get(verb="fravalgt mentor")
    assert (entry.citizen_id, entry.detail) == (
        cast.jens.id, {"mentor": str(cast.peter.id), "reason": "family"},
    )  # fmt: skip


def test_one_who_stands_in_is_stopped_first(cast: Cast) -> None:
    stands_in = assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=None, by=cast.helle)
    with pytest.raises(ValidationError, match="Peter Prøve er vikar hos borgeren. Afslut vikaren"):
        avoid(cast)
    end_substitute(stands_in, last=TODAY - timedelta(days=1), by=cast.helle)
    assert avoid(cast).mentor == cast.peter


def test_neither_as_mentor_nor_as_substitute(cast: Cast) -> None:
    avoid(cast)
    for verb, more in ((assign_mentor, {}), (assign_substitute, {"last": None})):
        with pytest.raises(ValidationError) as said:
            verb(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle, reason="Alligevel", **more)
        assert "Peter Prøve er fravalgt for borgeren: familie eller bekendte." in said.value.messages[0]
    cast.course.refresh_from_db()
    assert cast.course.mentor == cast.fatima


def test_the_choices_say_it_and_put_the_mentor_last(cast: Cast) -> None:
    avoid(cast)
    last = mentor_choices(cast.course, TODAY)[-1]
    assert (last.mentor, last.avoid) == (cast.peter, Avoidance.objects.get())
    assert last.speaks_against[0] == "Er fravalgt for borgeren: familie eller bekendte."


def test_it_ends_and_can_be_noted_anew(cast: Cast) -> None:
    row = avoid(cast)
    for _ in range(2):
        end_avoidance(row, today=TODAY + timedelta(days=3), by=cast.helle)
    assert Entry.objects.filter(verb="ophævet fravalg af mentor").count() == 1
    assert avoided_by([cast.jens.id]) == {}
    assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    row.refresh_from_db()
    assert (row.ended_on, row.ended_by) == (TODAY + timedelta(days=3), cast.helle)


def test_not_the_mentor_there_is_and_not_without_a_reason(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="er borgerens mentor i dag"):
        avoid_mentor(cast.jens, mentor=cast.fatima, reason="other", today=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="Vælg en grund"):
        avoid(cast, "uvenner")
    assert not Avoidance.objects.exists()
