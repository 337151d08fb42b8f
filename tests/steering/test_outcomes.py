"""The rows that evidence is published from: each citizen once, under the agreement, without a name in them."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.evidence.published import FIELDS
from mentorkorps.followup.models import Contact, FollowUp
from mentorkorps.steering.actions.evidence import publish_evidence
from mentorkorps.steering.actions.runs import repeat
from mentorkorps.steering.queries.outcomes import (
    BOUGHT,
    IN_COMPANIES,
    OWN_MENTORS,
    evidence_inputs,
    provider_name,
)
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import meet

DAY = date(2026, 6, 30)


def agree(course: Course, cast: Cast, signed_on: date | None) -> Agreement:
    return Agreement.objects.create(
        course=course, goal="Job", start=course.start, end=course.end, minutes_per_week=120, mentor=course.mentor,
        drafted_by=cast.helle, drafted_on=course.start, signed_on=signed_on,
    )  # fmt: skip


def rows(on: date) -> list[dict[str, Any]]:
    return [dict(zip(FIELDS, row, strict=True)) for row in evidence_inputs(on)["people"]]


@pytest.fixture
def ended(cast: Cast) -> Cast:
    """Jens' course of 2025 with its agreement, which ended as it expired; he is in job half a year later."""
    Course.objects.filter(pk=cast.course.pk).update(
        start=date(2025, 1, 6), end=date(2025, 7, 6), ended_on=date(2025, 7, 6), end_reason="expired"
    )
    cast.course.refresh_from_db()
    agree(cast.course, cast, date(2025, 1, 3))
    FollowUp.objects.create(course=cast.course, months=6, due=date(2026, 1, 6), outcome="job")
    return cast


def test_a_row_has_its_fate_and_no_name(ended: Cast) -> None:
    [row] = rows(DAY)
    assert (row["obligation"], row["week"], row["event"], row["lost"]) == ("may", 53, 1, False)
    assert row["provider"] == OWN_MENTORS
    text = json.dumps(evidence_inputs(DAY))
    for secret in (ended.jens.last_name, ended.jens.first_name, str(ended.jens.pk), str(ended.course.pk)):
        assert secret not in text


def test_what_came_after_the_day_is_not_known_on_it(ended: Cast) -> None:
    [row] = rows(date(2025, 12, 31))
    assert (row["event"], row["week"]) == (0, 26)
    assert rows(date(2024, 12, 31)) == []


def test_a_citizen_counts_once_and_a_draft_does_not(ended: Cast) -> None:
    agree(ended.course, ended, date(2025, 6, 1))
    assert len(rows(DAY)) == 1
    Agreement.objects.update(signed_on=None)
    assert rows(DAY) == []


def test_minutes_without_a_price_have_no_money(ended: Cast) -> None:
    meet(ended.course, date(2025, 2, 3), date(2025, 2, 10), minutes=90)
    [row] = rows(DAY)
    assert (row["minutes"], row["ore"]) == (180, None)
    Contact.objects.update(held=False)
    assert (rows(DAY)[0]["minutes"], rows(DAY)[0]["ore"]) == (0, 0)


def test_firms_of_one_citizen_are_one_group() -> None:
    assert provider_name(None, None) == OWN_MENTORS
    assert provider_name("company", "Prøvetræ ApS") == IN_COMPANIES
    assert provider_name(BOUGHT, "Prøvehuset A/S") == "Prøvehuset A/S"


def test_reading_takes_a_fixed_number_of_queries(ended: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows(DAY)
    assert len(asked) <= 14


def test_a_publication_can_be_made_again_of_its_own_inputs(ended: Cast) -> None:
    run = publish_evidence(today=TODAY, by=None)
    assert run is not None
    run.refresh_from_db()
    assert repeat(run).same
    assert run.result["rows"][0]["people"]["n"] is None, "one citizen is too few to be told of"
