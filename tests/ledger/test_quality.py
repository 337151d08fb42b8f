"""Each check finds its own fault and nothing in records that are in order."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.actions.offers import note_offer
from mentorkorps.cases.models import Citizen, Consent, Course, Party, Referral
from mentorkorps.followup.models import CourseTally, FollowUp, StatusReport
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.models import Invoice, Settlement
from mentorkorps.ledger.queries.quality import CHECKS, Found, counts, rows_of
from mentorkorps.municipality.models import Mentor, MentorHours, MentorTraining, Role
from tests.cast import TODAY, Cast, signed_in
from tests.web.stage import decision_for


def in_order(cast: Cast) -> None:
    """Mends everything that the cast's records lack."""
    for course in Course.objects.all():
        decided = decision_for(course.citizen, cast.helle, course=course, state="decided")
        course.grants.create(
            decision=decided, start=course.start, end=course.end, minutes_per_week=60, rule="R3-01",
            obligation="may", target_group=course.target_group,
        )  # fmt: skip
        StatusReport.objects.create(
            course=course, grant_end=course.end, goals="Mål", progress="Fremgang", reason="Grund",
            recommendation="continue", written_by=cast.helle, written_on=TODAY,
        )  # fmt: skip
        note_offer(course.citizen, since=TODAY, kind="none", source="Samtale", today=TODAY, by=cast.helle)
    Citizen.objects.update(gender="k", caseworker=cast.helle)
    for mentor in Mentor.objects.all():
        MentorTraining.objects.create(mentor=mentor, title="Grundkursus", completed_on=TODAY)


def course_with(**fields: Any) -> Callable[[Cast], None]:
    return lambda cast: Course.objects.filter(pk=cast.course.pk).update(**fields)


def tally_with(**fields: Any) -> Callable[[Cast], None]:
    return lambda cast: CourseTally.objects.filter(course=cast.course).update(**fields)


def a_party(cast: Cast) -> None:
    party = Party.objects.create(citizen=cast.jens, name="Egen læge")
    Consent.objects.create(
        citizen=cast.jens, party=party, information="bolig", given_on=date(2026, 1, 1),
        until=TODAY - timedelta(days=1), recorded_by=cast.helle,
    )  # fmt: skip


def a_late_follow_up(cast: Cast) -> None:
    FollowUp.objects.create(course=cast.course, months=6, due=TODAY - timedelta(weeks=5))


FAULTS: dict[str, Callable[[Cast], Any]] = {
    "ikke-afsluttet": course_with(start=date(2026, 1, 5), end=date(2026, 7, 5)),
    "ingen-bevilling": lambda cast: cast.course.grants.all().delete(),
    "ingen-aftale": course_with(signed_on=None),
    "ingen-mentor": course_with(mentor=None),
    "kontakt-efter-slut": lambda cast: (
        course_with(ended_on=date(2026, 10, 1), end_reason="wish")(cast),
        tally_with(last_met_on=date(2026, 10, 2))(cast),
    ),
    "kontakt-i-fremtiden": tally_with(last_met_on=TODAY + timedelta(days=1)),
    "ingen-status": course_with(end=TODAY + timedelta(days=27)),
    "sen-visitation": lambda cast: Referral.objects.update(visitate_by=TODAY - timedelta(days=1)),
    "ingen-maalgruppe": lambda cast: Referral.objects.update(target_group_from=None),
    "ingen-sagsbehandler": lambda cast: Citizen.objects.filter(pk=cast.jens.pk).update(caseworker=None),
    "intet-koen": lambda cast: Citizen.objects.filter(pk=cast.jens.pk).update(gender=""),
    "andet-tilbud": lambda cast: cast.jens.other_offers.all().delete(),
    "intet-samtykke": a_party,
    "sen-opfoelgning": a_late_follow_up,
    "ingen-timer": lambda cast: MentorHours.objects.filter(mentor=cast.fatima).delete(),
    "ingen-uddannelse": lambda cast: MentorTraining.objects.filter(mentor=cast.fatima).update(
        expires_on=TODAY - timedelta(days=1)
    ),
    "faktura-venter": lambda cast: an_invoice(cast, TODAY - timedelta(days=15)),
}


def an_invoice(cast: Cast, read_on: date) -> Invoice:
    return Invoice.objects.create(
        provider=cast.provider, number=str(uuid.uuid4())[:8], issued_on=read_on, form="csv", net_ore=1, vat_ore=0,
        payable_ore=1, content=str(uuid.uuid4()), read_by=cast.helle, read_on=read_on,
    )  # fmt: skip


def test_records_in_order_have_no_fault(cast: Cast) -> None:
    in_order(cast)
    an_invoice(cast, TODAY - timedelta(days=14))
    assert {each.check.code: each.total for each in counts(CHECKS.values(), TODAY) if each.total} == {}


@pytest.mark.parametrize("code", list(FAULTS))
def test_a_check_finds_its_own_fault_alone(cast: Cast, code: str) -> None:
    in_order(cast)
    FAULTS[code](cast)
    found = {each.check.code: each.total for each in counts(CHECKS.values(), TODAY) if each.total}
    assert found == {code: 1}
    [row] = [Found(*row) for row in rows_of(CHECKS[code], TODAY)]
    assert row.key
    assert row.name


def test_a_contact_before_the_agreement_is_found_beside_it(cast: Cast) -> None:
    in_order(cast)
    course_with(signed_on=None, start=TODAY - timedelta(days=3))(cast)
    tally_with(held=1)(cast)
    found = {each.check.code for each in counts(CHECKS.values(), TODAY) if each.total}
    assert found == {"kontakt-uden-aftale"}


def test_a_dispute_is_a_fault_after_two_weeks(cast: Cast) -> None:
    in_order(cast)
    invoice = an_invoice(cast, TODAY)
    line = invoice.lines.create(
        position=1, reference="", month=date(2026, 10, 1), price_ore=1, amount_ore=1, vat_percent=0
    )
    Settlement.objects.create(
        line=line, code="hours", said="For mange", way="dispute", reason="Spurgt", settled_by=cast.helle
    )
    Settlement.objects.update(settled_at="2026-11-01T10:00:00Z")
    assert [each.total for each in counts([CHECKS["intet-svar"]], TODAY)] == [1]
    Settlement.objects.update(settled_at="2026-11-19T10:00:00Z")
    assert [each.total for each in counts([CHECKS["intet-svar"]], TODAY)] == [0]


def test_counts_take_one_query_a_check(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(len(CHECKS)):
        counts(CHECKS.values(), TODAY)


def test_the_pages_count_list_and_journal(cast: Cast, django_assert_max_num_queries: Any) -> None:
    leader = signed_in(cast.people[Role.LEADER])
    with django_assert_max_num_queries(len(CHECKS) + 12):
        page = leader.get(reverse("quality"))
    assert "Ved ikke, om borgeren er i andet tilbud" in page.content.decode()
    with django_assert_max_num_queries(14):
        rows = leader.get(reverse("quality_rows", args=["andet-tilbud"]), {"enhed": "Jobindsats Nord"})
    text = rows.content.decode()
    assert "Jens Eksempel" in text
    assert "Olga" not in text
    assert str(cast.jens.id) in Entry.objects.filter(verb="datakvalitet").latest("id").shown
    assert leader.get(reverse("quality_export")).status_code == 200
    assert leader.get(reverse("quality_rows", args=["findes-ikke"])).status_code == 404


def test_who_may_not_open_an_invoice_gets_no_way_to_it(cast: Cast) -> None:
    invoice = an_invoice(cast, TODAY - timedelta(days=20))
    place = reverse("quality_rows", args=["faktura-venter"])
    for role, opens in ((Role.LEADER, True), (Role.COORDINATOR, False)):
        text = signed_in(cast.people[role]).get(place).content.decode()
        assert (reverse("invoice", args=[invoice.pk]) in text) is opens
        assert invoice.number in text
