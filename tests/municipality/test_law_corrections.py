"""Corrections of the law: two people, a journal, a way back, and a book that decides from the approval on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentorkorps.domain import law
from mentorkorps.domain.dates import Duration
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import approve_correction, propose_correction, withdraw_correction
from mentorkorps.municipality.models import Role, RuleCorrection
from mentorkorps.municipality.queries import book_without, law_book, unfit_corrections
from tests.cast import Cast

FROM = date(2026, 12, 1)
PURPOSE = law.Facts(purpose_work_or_education=True)


def proposed(cast: Cast, **fields: object) -> RuleCorrection:
    """Anna's proposal to read R3-01 as another paragraph from 1 December 2026, unless said otherwise."""
    said = {
        "rule": "R3-01", "row_from": date(2020, 1, 1), "changes": {"citation": "LAB § 168, stk. 1"},
        "in_force_from": FROM, "reason": "Paragraffen er flyttet", "source": "LBK 280/2024, læst 19-11-2026",
    }  # fmt: skip
    return propose_correction(**(said | fields), by=cast.people[Role.ADMINISTRATOR])


def approved(cast: Cast, **fields: object) -> RuleCorrection:
    made = proposed(cast, **fields)
    approve_correction(made, by=cast.people[Role.LEADER])
    made.refresh_from_db()
    return made


def citation_on(day: date) -> str:
    return law.visitate(PURPOSE, day, book=law_book()).finding("R3-01").citation


def test_a_proposal_changes_nothing(cast: Cast) -> None:
    proposed(cast)
    assert law_book() is law.SHIPPED
    assert citation_on(FROM) == "LAB § 167, stk. 1"


def test_an_approved_correction_decides_from_its_day_and_never_before(cast: Cast) -> None:
    approved(cast)
    assert citation_on(date(2026, 11, 30)) == "LAB § 167, stk. 1"
    assert citation_on(FROM) == "LAB § 168, stk. 1"


def test_withdrawn_is_as_before(cast: Cast) -> None:
    made = approved(cast)
    withdraw_correction(made, reason="Læst forkert", by=cast.people[Role.ADMINISTRATOR])
    assert law_book() is law.SHIPPED
    assert citation_on(FROM) == "LAB § 167, stk. 1"


def test_two_corrections_and_one_taken_out(cast: Cast) -> None:
    first = approved(cast)
    approved(cast, changes={"at_most": Duration(months=3)})
    row = law_book().rule("R3-01")
    assert (row.citation, row.duration.at_most) == ("LAB § 168, stk. 1", Duration(months=3))
    row = book_without(first).rule("R3-01")
    assert (row.citation, row.duration.at_most) == ("LAB § 167, stk. 1", Duration(months=3))


def test_each_step_is_journalled(cast: Cast) -> None:
    made = approved(cast)
    withdraw_correction(made, reason="Læst forkert", by=cast.people[Role.LEADER])
    verbs = (
        Entry.objects.filter(kind="change").order_by("id").values_list("verb", "actor_role", "detail__rule")
    )
    assert list(verbs) == [
        ("foreslået rettelse af regel", "administrator", "R3-01"),
        ("godkendt rettelse af regel", "leader", "R3-01"),
        ("trukket rettelse af regel tilbage", "leader", "R3-01"),
    ]


def test_nobody_approves_their_own(cast: Cast) -> None:
    made = proposed(cast)
    with pytest.raises(ValidationError, match="En anden"):
        approve_correction(made, by=cast.people[Role.ADMINISTRATOR])
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleCorrection.objects.filter(pk=made.pk).update(
            approved_by=made.proposed_by, approved_at=made.proposed_at
        )


def test_what_is_withdrawn_cannot_be_approved_and_nothing_twice(cast: Cast) -> None:
    leader = cast.people[Role.LEADER]
    made = approved(cast)
    with pytest.raises(ValidationError):
        approve_correction(made, by=leader)
    withdraw_correction(made, reason="Læst forkert", by=leader)
    with pytest.raises(ValidationError):
        withdraw_correction(made, reason="Igen", by=leader)
    with pytest.raises(ValidationError):
        approve_correction(made, by=leader)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"source": ""}, "source"),
        ({"changes": {"citation": " "}}, "citation"),
        ({"changes": {}}, "changes"),
        ({"in_force_from": date(2002, 1, 1)}, "in_force_from"),
        ({"changes": {"valid_to": date(2019, 1, 1)}}, "valid_to"),
        ({"rule": "R9-99"}, "rule"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, fields: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        proposed(cast, **fields)
    assert set(wrong.value.error_dict) == {field}
    assert not RuleCorrection.objects.exists()


def test_a_reason_is_needed_to_withdraw(cast: Cast) -> None:
    made = approved(cast)
    with pytest.raises(ValidationError) as wrong:
        withdraw_correction(made, reason="  ", by=cast.people[Role.LEADER])
    assert set(wrong.value.error_dict) == {"withdrawn_reason"}


def test_one_that_fits_no_row_any_more_is_left_out_and_named(cast: Cast) -> None:
    made = approved(cast)
    approved(cast, changes={"certainty": "known"})
    RuleCorrection.objects.filter(pk=made.pk).update(row_from=date(2021, 5, 5))
    law_book_version_changes_with_approval(made)
    assert [row.pk for row in unfit_corrections()] == [made.pk]
    row = law_book().rule("R3-01")
    assert (row.citation, row.certainty) == ("LAB § 167, stk. 1", "known")


def law_book_version_changes_with_approval(made: RuleCorrection) -> None:
    """A release changes the rows between two starts; here the correction is moved, so the kept book must go."""
    RuleCorrection.objects.filter(pk=made.pk).update(approved_at=made.proposed_at)


def test_the_book_costs_one_query(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    approved(cast)
    law_book()
    with django_assert_num_queries(1):
        law_book()


def test_who_verified_a_row_is_who_proposed_it(cast: Cast) -> None:
    approved(cast, changes={"certainty": "verified"})
    row = law_book().rule("R3-01")
    assert row.verified_by == "Anna Prøve"
    assert row.verified_on is not None
