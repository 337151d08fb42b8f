"""Complaints: received, and re-assessed once, with what cannot be refused at its field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.complaint import reassess_complaint, receive_complaint
from tests.cases.grants import decision_on
from tests.cases.problems import problem
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def test_a_complaint_starts_the_municipalitys_four_weeks(cast: Cast) -> None:
    decision = decision_on(cast.course, cast.helle)
    complaint = receive_complaint(
        decision, text=" For lidt tid ", received_on=TODAY, today=TODAY, by=cast.helle
    )
    assert (complaint.text, complaint.reassess_by) == ("For lidt tid", TODAY + timedelta(weeks=4))
    reassess_complaint(complaint, outcome="sent_on", reason="Intet nyt", on=TODAY, by=cast.helle)
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.outcome_by) == ("sent_on", cast.helle)
    with pytest.raises(ValidationError, match="allerede genvurderet"):
        reassess_complaint(complaint, outcome="changed", reason="Nyt", on=TODAY, by=cast.helle)


def test_a_complaint_that_cannot_be(cast: Cast) -> None:
    decision = decision_on(cast.course, cast.helle)
    for text, on, field in (
        ("", TODAY, "text"),
        ("x", date(2026, 6, 14), "received_on"),
        ("x", date(2027, 1, 1), "received_on"),
    ):
        with pytest.raises(ValidationError) as raised:
            receive_complaint(decision, text=text, received_on=on, today=TODAY, by=cast.helle)
        assert problem(raised, field)
    with pytest.raises(ValidationError, match="ikke truffet"):
        draft = decision_on(cast.course, cast.helle, state="draft", decided_on=None, letter=None)
        receive_complaint(draft, text="x", received_on=TODAY, today=TODAY, by=cast.helle)


@pytest.mark.parametrize(
    ("outcome", "reason", "field"),
    [("", "x", "outcome"), ("lost", "x", "outcome"), ("changed", " ", "outcome_reason")],
)
def test_a_reassessment_that_cannot_be(cast: Cast, outcome: str, reason: str, field: str) -> None:
    complaint = receive_complaint(
        decision_on(cast.course, cast.helle), text="x", received_on=TODAY, today=TODAY, by=cast.helle
    )
    with pytest.raises(ValidationError) as raised:
        reassess_complaint(complaint, outcome=outcome, reason=reason, on=TODAY, by=cast.helle)
    assert problem(raised, field)
