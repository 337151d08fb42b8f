"""Mentors, their hours, absences and training: what is written, what is refused, and the journal beside it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import (
    add_training,
    end_mentor_absence,
    record_mentor_absence,
    save_mentor,
    set_contract,
    set_hours,
    set_preparation_share,
)
from mentorkorps.municipality.models import Mentor, MentorHours, Provider, Role
from tests.cast import TODAY, Cast

FIELDS: dict[str, Any] = {
    "name": "Amal Prøve",
    "kind": "internal",
    "languages": ["da", "so"],
    "active_from": TODAY,
}


def periods(mentor: Mentor) -> list[tuple[date, date | None, int]]:
    return list(mentor.hours.order_by("valid_from").values_list("valid_from", "valid_to", "minutes_per_week"))


def test_a_mentor_is_created_and_changed(cast: Cast) -> None:
    made = save_mentor(None, by=cast.helle, **FIELDS)
    save_mentor(made, by=cast.helle, **FIELDS | {"name": "Amal Eksempel"})
    made.refresh_from_db()
    assert (made.name, made.languages) == ("Amal Eksempel", ["da", "so"])
    verbs = Entry.objects.filter(object_id=made.id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["oprettet mentor", "ændret mentor"]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"kind": "supplier"}, "provider"),
        ({"active_to": date(2026, 11, 19)}, "active_to"),
    ],
)
def test_a_mentor_that_does_not_hang_together(cast: Cast, wrong: dict[str, Any], at: str) -> None:
    with pytest.raises(ValidationError) as error:
        save_mentor(None, by=cast.helle, **FIELDS | wrong)
    assert at in error.value.error_dict
    assert not Mentor.objects.filter(name=FIELDS["name"]).exists()


def test_a_bought_mentor_works_at_a_place_of_the_same_kind(cast: Cast) -> None:
    firm = Provider.objects.get(kind="company")
    with pytest.raises(ValidationError, match="virksomhed"):
        save_mentor(None, by=cast.helle, **FIELDS | {"kind": "supplier", "provider": firm})


def test_a_mentor_signs_in_as_one_mentor_only(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="allerede bruger for mentoren"):
        save_mentor(None, by=cast.helle, **FIELDS | {"user": cast.people[Role.MENTOR]})
    with pytest.raises(ValidationError, match="kan ikke logge ind som mentor"):
        save_mentor(None, by=cast.helle, **FIELDS | {"user": cast.helle})


def test_new_hours_end_the_period_before(cast: Cast) -> None:
    set_hours(cast.fatima, valid_from=date(2026, 12, 1), minutes_per_week=900, by=cast.helle)
    assert periods(cast.fatima) == [
        (date(2026, 1, 1), date(2026, 11, 30), 1_200),
        (date(2026, 12, 1), None, 900),
    ]


def test_hours_for_a_while_are_followed_by_the_old_ones(cast: Cast) -> None:
    set_hours(
        cast.fatima,
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 31),
        minutes_per_week=600,
        by=cast.helle,
    )
    assert periods(cast.fatima) == [
        (date(2026, 1, 1), date(2026, 11, 30), 1_200),
        (date(2026, 12, 1), date(2026, 12, 31), 600),
        (date(2027, 1, 1), None, 1_200),
    ]


def test_hours_from_the_same_day_are_corrected(cast: Cast) -> None:
    set_hours(cast.fatima, valid_from=date(2026, 1, 1), minutes_per_week=60, by=cast.helle)
    assert periods(cast.fatima) == [(date(2026, 1, 1), None, 60)]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 12, 1), None), (date(2025, 12, 1), date(2026, 1, 1))]
)
def test_hours_never_overlap(cast: Cast, first: date, last: date | None) -> None:
    with pytest.raises(ValidationError, match="allerede timer fra 01-01-2026 indtil videre. Vælg andre dage"):
        set_hours(cast.fatima, valid_from=first, valid_to=last, minutes_per_week=60, by=cast.helle)
    assert MentorHours.objects.filter(mentor=cast.fatima).count() == 1


def test_hours_that_cannot_be(cast: Cast) -> None:
    for wrong in (-1, 10_081):
        with pytest.raises(ValidationError, match="168"):
            set_hours(cast.fatima, valid_from=TODAY, minutes_per_week=wrong, by=cast.helle)
    with pytest.raises(ValidationError, match="før første"):
        set_hours(cast.fatima, valid_from=TODAY, valid_to=date(2026, 1, 1), minutes_per_week=1, by=cast.helle)


def test_an_absence_begins_and_ends(cast: Cast) -> None:
    absence = record_mentor_absence(cast.fatima, first=TODAY, reason="sick", by=cast.helle)
    with pytest.raises(ValidationError, match="allerede væk fra 20-11-2026"):
        record_mentor_absence(cast.fatima, first=date(2026, 12, 24), reason="holiday", by=cast.helle)
    with pytest.raises(ValidationError, match="begynder 20-11-2026"):
        end_mentor_absence(absence, last=date(2026, 11, 19), by=cast.helle)
    end_mentor_absence(absence, last=date(2026, 11, 22), by=cast.helle)
    record_mentor_absence(
        cast.fatima, first=date(2026, 11, 23), last=date(2026, 11, 23), reason="holiday", by=cast.helle
    )
    assert cast.fatima.absences.count() == 2


def test_training_expires_after_it_is_taken(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="udløbe"):
        add_training(
            cast.fatima, title="Kursus", completed_on=TODAY, expires_on=date(2026, 1, 1), by=cast.helle
        )
    add_training(cast.fatima, title="Kursus", completed_on=TODAY, by=cast.helle)
    assert cast.fatima.training.get().title == "Kursus"


def test_a_contract_for_a_while_is_followed_by_the_old_hours(cast: Cast) -> None:
    set_contract(
        cast.fatima, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 31), contract_minutes=2_220,
        meeting_minutes=180, training_minutes=60, by=cast.helle,
    )  # fmt: skip
    rows = cast.fatima.hours.order_by("valid_from").values_list(
        "valid_from", "minutes_per_week", "contract_minutes"
    )
    assert list(rows) == [
        (date(2026, 1, 1), 1_200, None), (date(2026, 12, 1), None, 2_220), (date(2027, 1, 1), 1_200, None),
    ]  # fmt: skip
    december = {"valid_from": date(2026, 12, 1), "valid_to": date(2026, 12, 31)}
    set_hours(cast.fatima, **december, minutes_per_week=900, by=cast.helle)
    assert cast.fatima.hours.get(valid_from=date(2026, 12, 1)).contract_minutes is None


@pytest.mark.parametrize(
    ("contract", "meetings", "training", "field"),
    [
        (10_081, 0, 0, "contract_minutes"),
        (600, 500, 101, "meeting_minutes"),
        (600, -1, 0, "meeting_minutes"),
    ],
)
def test_a_contract_that_cannot_be(
    cast: Cast, contract: int, meetings: int, training: int, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        set_contract(
            cast.fatima, valid_from=TODAY, contract_minutes=contract, meeting_minutes=meetings,
            training_minutes=training, by=cast.helle,
        )  # fmt: skip
    assert field in error.value.error_dict
    assert periods(cast.fatima) == [(date(2026, 1, 1), None, 1_200)]


@pytest.mark.parametrize(
    "week",
    [
        {},
        {"minutes_per_week": 600, "contract_minutes": 2_220, "meeting_minutes": 0, "training_minutes": 0},
        {"contract_minutes": 2_220, "meeting_minutes": 0},
        {"contract_minutes": 600, "meeting_minutes": 500, "training_minutes": 101},
    ],
)
def test_the_database_keeps_a_week_of_one_kind(cast: Cast, week: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorHours.objects.create(mentor=cast.fatima, valid_from=TODAY, **week)


def test_the_share_of_preparation_is_dated_and_has_a_source(cast: Cast) -> None:
    given = {"valid_from": TODAY, "percent": 20, "source": "Ledermøde", "by": cast.helle}
    set_preparation_share(**given)
    assert Entry.objects.filter(verb="sat rejse og forberedelse", actor_id=cast.helle.id).count() == 1
    for wrong, field in (({}, "valid_from"), ({"percent": 100}, "percent"), ({"source": " "}, "source")):
        day = {} if not wrong else {"valid_from": date(2027, 1, 1)}
        with pytest.raises(ValidationError) as error:
            set_preparation_share(**given | day | wrong)
        assert field in error.value.error_dict
