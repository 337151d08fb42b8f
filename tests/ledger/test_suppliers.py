"""What is agreed with suppliers and companies, what is used of it, and what to see to."""

from datetime import date, timedelta
from typing import Any

import pytest

from mentorkorps.ledger.models import Invoice
from mentorkorps.ledger.queries.suppliers import See, Standing, Use, mentors_there, standings
from mentorkorps.municipality.actions.agreements import take_back
from mentorkorps.municipality.models import Mentor, Provider, Role
from tests.cast import TODAY, Cast, citizen, course_for
from tests.ledger.company_scene import a_signed_month, torben
from tests.ledger.invoice_scene import invoice_scene, meet
from tests.ledger.paper_invoices import Paper, PaperLine
from tests.ledger.supplier_scene import JANUARY, agree, firm


def of(provider: Provider, on: date = TODAY) -> Standing:
    return standings(on, Provider.objects.filter(pk=provider.pk))[0]


def use(provider: Provider) -> Use:
    return of(provider).now[0]


def test_delivered_and_invoiced_stand_side_by_side(cast: Cast) -> None:
    scene = invoice_scene(cast)
    agree(cast, cast.provider, "framework", minutes_bought=600)
    assert (use(cast.provider).delivered, use(cast.provider).billed) == (480, 0)
    scene.take(Paper(lines=(PaperLine(hours="9"),)))
    assert (use(cast.provider).delivered, use(cast.provider).billed) == (480, 540)
    assert (use(cast.provider).used, use(cast.provider).tenths, use(cast.provider).left) == (540, 900, 60)
    Invoice.objects.update(state="returned", returned_reason="Forkert")
    assert use(cast.provider).billed == 0


def test_use_stays_within_the_agreement(cast: Cast) -> None:
    scene = invoice_scene(cast)
    agree(cast, cast.provider, "framework", minutes_bought=600)
    november = agree(cast, cast.provider, "framework", first=date(2026, 11, 1), minutes_bought=600)
    meet(scene.course, date(2026, 11, 10), minutes=45)
    assert [(each.agreement == november, each.delivered) for each in of(cast.provider).uses] == [
        (True, 45), (False, 480),
    ]  # fmt: skip


def test_hours_that_are_not_agreed_are_not_used_up(cast: Cast) -> None:
    invoice_scene(cast)
    agree(cast, cast.provider, "framework")
    assert (use(cast.provider).tenths, use(cast.provider).left) == (None, None)
    assert of(cast.provider).to_see == []


@pytest.mark.parametrize(
    ("bought", "seen"), [(601, []), (600, [See.NEARLY_USED]), (481, [See.NEARLY_USED]), (480, [See.USED_UP])]
)
def test_hours_are_used_up(cast: Cast, bought: int, seen: list[See]) -> None:
    invoice_scene(cast)
    agree(cast, cast.provider, "framework", minutes_bought=bought)
    assert of(cast.provider).to_see == seen


@pytest.mark.parametrize(("days", "seen"), [(61, []), (60, [See.ENDS]), (0, [See.ENDS]), (-1, [See.ENDED])])
def test_an_agreement_ends(cast: Cast, days: int, seen: list[See]) -> None:
    agree(cast, cast.provider, "framework", last=TODAY + timedelta(days=days))
    assert of(cast.provider).to_see == seen


def test_an_agreement_that_is_followed_by_another_does_not_end(cast: Cast) -> None:
    agree(cast, cast.provider, "framework", last=date(2026, 12, 31))
    assert of(cast.provider).run_longer == 0
    agree(cast, cast.provider, "framework", first=date(2027, 1, 1))
    assert of(cast.provider).to_see == []


def test_courses_that_run_past_the_agreement(cast: Cast) -> None:
    agree(cast, cast.provider, "framework", last=date(2026, 12, 19))
    assert (of(cast.provider).run_longer, of(cast.provider).last_ended) == (1, None)


def test_a_company_mentor_without_an_agreement(cast: Cast) -> None:
    assert of(firm()).to_see == [See.NO_AGREEMENT]
    made = agree(cast, firm(), "single")
    assert of(firm()).to_see == []
    take_back(made, reason="Forkert firma", by=cast.people[Role.COORDINATOR])
    assert of(firm()).to_see == [See.NO_AGREEMENT]


def test_more_citizens_than_places(cast: Cast) -> None:
    _, mentor, _ = torben(cast)
    agree(cast, firm(), "formal", places=1)
    assert (of(firm()).citizens, of(firm()).room, of(firm()).to_see) == (1, 1, [])
    second = citizen("Otto", "Prøve", "0505909991", cast.unit)
    course_for(second, mentor, cast.helle, function="company_mentor")
    assert (of(firm()).citizens, of(firm()).to_see) == (2, [See.TOO_MANY])
    agree(cast, firm(), "single")
    assert (of(firm()).room, of(firm()).to_see) == (2, [])
    assert [row.citizens for row in mentors_there(firm(), TODAY)] == [2]


def test_a_course_that_is_over_takes_no_place(cast: Cast) -> None:
    agree(cast, firm(), "formal", places=1)
    assert of(firm(), TODAY + timedelta(days=41)).citizens == 0


def test_a_companys_hours_are_those_its_mentors_signed(cast: Cast) -> None:
    a_signed_month(cast)
    agree(cast, firm(), "formal", places=1, minutes_bought=1_000)
    assert (use(firm()).delivered, use(firm()).billed) == (240, 240)


def test_many_providers_cost_no_more_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(30):
        made = Provider.objects.create(name=f"Firma {number} Prøve", kind=Provider.Kind.COMPANY)
        Mentor.objects.create(name="Prøve", kind=Mentor.Kind.COMPANY, provider=made, active_from=JANUARY)
        agree(cast, made, "formal", places=2)
    with django_assert_num_queries(4):
        assert len(standings(TODAY)) == 32
