"""Those around a citizen: steps that are done stay to be read, and consents are given, run out and taken back."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.course import add_task, move_task, undo_move
from mentorkorps.cases.actions.parties import give_consent, plan_step, save_party, withdraw_consent
from mentorkorps.cases.models import Consent, Party
from mentorkorps.cases.queries import consent, held_consents, parties_in
from mentorkorps.domain.network import GROUPS, KINDS
from mentorkorps.journal.models import Entry
from tests.cast import TODAY, Cast

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def doctor(cast: Cast) -> Party:
    return save_party(
        cast.jens,
        by=cast.helle,
        name="Egen læge",
        kind="doctor",
        next_step="Attest",
        owner="Mentor",
        due=TODAY,
    )


def agreed(doctor: Party, cast: Cast, **changes: Any) -> Consent:
    usual = {"information": "helbred", "given_on": YESTERDAY, "today": TODAY, "by": cast.helle}
    return give_consent(doctor, **usual | changes)


def test_every_kind_stands_on_a_side_of_the_picture() -> None:
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)


def test_a_step_that_is_done_stays_and_makes_room_for_the_next(cast: Cast, doctor: Party) -> None:
    plan_step(doctor, next_step="Hente attesten", owner="Jens", due=TOMORROW, done_on=TODAY, by=cast.helle)
    done = doctor.finished.get()
    assert (done.step, done.owner, done.due, done.done_on) == ("Attest", "Mentor", TODAY, TODAY)
    assert (doctor.next_step, doctor.owner, doctor.due) == ("Hente attesten", "Jens", TOMORROW)
    plan_step(doctor, next_step="", owner="", due=None, done_on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="gjort allerede"):
        plan_step(doctor, next_step="", owner="", due=None, done_on=TODAY, by=cast.helle)
    assert doctor.finished.count() == 2
    assert "Attest" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_step_without_words_and_a_party_that_is_done_are_refused(cast: Cast, doctor: Party) -> None:
    with pytest.raises(ValidationError, match="hvad der skal ske"):
        plan_step(doctor, next_step=" ", owner="Jens", due=None, by=cast.helle)
    save_party(cast.jens, by=cast.helle, party=doctor, closed_on=TODAY)
    with pytest.raises(ValidationError, match="sluttede 20-11-2026"):
        plan_step(doctor, next_step="Ny attest", owner="", due=None, by=cast.helle)


@pytest.mark.parametrize(("field", "value"), [("kind", "wizard"), ("name", "  ")])
def test_a_party_has_a_known_kind_and_a_name(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        save_party(cast.jens, by=cast.helle, **{"name": "Egen læge", field: value})
    assert field in wrong.value.message_dict


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"given_on": TODAY}, "given"),
        ({"until": TODAY}, "given"),
        ({"until": YESTERDAY}, "expired"),
        ({"withdrawn_on": TODAY}, "withdrawn"),
        ({"withdrawn_on": TOMORROW}, "given"),
    ],
)
def test_whether_a_consent_holds(cast: Cast, doctor: Party, changes: dict[str, date], state: str) -> None:
    assert consent(doctor, TODAY)[0] == "missing"
    withdrawn = changes.pop("withdrawn_on", None)
    row = agreed(doctor, cast, **changes)
    Consent.objects.filter(pk=row.pk).update(withdrawn_on=withdrawn)
    assert consent(doctor, TODAY)[0] == state
    assert bool(held_consents(doctor, TODAY)) == (state == "given")


def test_a_new_consent_is_a_new_row_beside_the_one_taken_back(cast: Cast, doctor: Party) -> None:
    key = uuid.uuid4()
    first = agreed(doctor, cast, key=key)
    assert agreed(doctor, cast, key=key) == first
    withdraw_consent(first, on=TODAY, today=TODAY, by=cast.helle)
    withdraw_consent(first, on=YESTERDAY, today=TODAY, by=cast.helle)
    agreed(doctor, cast, information="attesten", how="oral", given_on=TODAY)
    assert [row.withdrawn_on for row in doctor.consents.order_by("given_on")] == [TODAY, None]
    assert [row.information for row in held_consents(doctor, TODAY)] == ["attesten"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"information": " "}, "information"),
        ({"given_on": TOMORROW}, "given_on"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"how": ""}, "how"),
        ({"direction": "up"}, "direction"),
    ],
)
def test_a_consent_that_cannot_be_relied_on_is_refused(
    cast: Cast, doctor: Party, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as wrong:
        agreed(doctor, cast, **changes)
    assert field in wrong.value.message_dict
    assert not Consent.objects.exists()


@pytest.mark.parametrize("on", [TOMORROW, date(2026, 1, 1)])
def test_a_consent_is_not_taken_back_before_it_was_given_nor_tomorrow(
    cast: Cast, doctor: Party, on: date
) -> None:
    row = agreed(doctor, cast)
    with pytest.raises(ValidationError):
        withdraw_consent(row, on=on, today=TODAY, by=cast.helle)
    assert consent(doctor, TODAY)[0] == "given"


def test_parties_and_their_consents_cost_two_queries(
    cast: Cast, doctor: Party, django_assert_num_queries
) -> None:
    for number in range(5):
        agreed(save_party(cast.jens, by=cast.helle, name=f"Part {number}"), cast)
    with django_assert_num_queries(2):
        assert len([consent(party, TODAY) for party in parties_in(cast.jens)]) == 6


def test_a_move_is_kept_and_a_slip_is_taken_back(cast: Cast) -> None:
    task = add_task(cast.course, title="Følge til læge", mine=True, on=cast.course.start, by=cast.helle)
    move_task(task, stage="together", on=date(2026, 8, 3), by=cast.helle)
    move_task(task, stage="citizen", on=date(2026, 9, 7), by=cast.helle)
    undo_move(task, by=cast.helle)
    task.refresh_from_db()
    assert (task.stage, task.since) == ("together", date(2026, 8, 3))
    assert [(m.from_stage, m.since, m.to_stage, m.on, m.undone) for m in task.moves.all()] == [
        ("mentor", cast.course.start, "together", date(2026, 8, 3), False),
        ("together", date(2026, 8, 3), "citizen", date(2026, 9, 7), True),
    ]
    undo_move(task, by=cast.helle)
    assert (task.stage, task.since) == ("mentor", cast.course.start)
    with pytest.raises(ValidationError, match="intet at fortryde"):
        undo_move(task, by=cast.helle)
