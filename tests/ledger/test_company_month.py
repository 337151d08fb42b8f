"""The company mentor's month: logged hours signed by one, approved by another, corrected by a new version."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentorkorps.cases.models import Agreement
from mentorkorps.domain.refusal import Refusal
from mentorkorps.ledger.actions.company_month import approve_company_month, sign_month
from mentorkorps.ledger.models import CompanyMonth
from mentorkorps.ledger.queries.company_month import company_month, months_signed_in, unsigned_mentors
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast
from tests.ledger.company_scene import OCTOBER, WAGE, a_signed_month, four_hours, torben
from tests.ledger.invoice_scene import meet


def test_the_claim_is_hours_times_the_wage_of_the_agreement(cast: Cast) -> None:
    signed = a_signed_month(cast)
    line = signed.lines.get()
    assert (line.minutes, line.wage_ore, line.ore, signed.claim_ore) == (240, WAGE, 80_000, 80_000)


def test_signed_twice_unchanged_is_one_version(cast: Cast) -> None:
    first = a_signed_month(cast)
    user, mentor, _ = torben(cast)
    assert sign_month(mentor, month=OCTOBER, today=TODAY, by=user) == first


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    first = a_signed_month(cast)
    user, mentor, course = torben(cast)
    meet(course, date(2026, 10, 27), minutes=30)
    assert company_month(mentor, OCTOBER).changed
    second = sign_month(mentor, month=OCTOBER, today=TODAY, by=user)
    assert (second.version, second.claim_ore) == (2, 90_000)
    assert CompanyMonth.objects.get(pk=first.pk).claim_ore == 80_000
    assert months_signed_in(OCTOBER, TODAY) == [second]
    with pytest.raises(ValidationError, match="nyere udgave"):
        approve_company_month(first, by=cast.people[Role.CONTROLLER])
    assert not company_month(mentor, OCTOBER).changed


def test_a_missing_wage_is_no_claim(cast: Cast) -> None:
    four_hours(cast, wage=None)
    user, mentor, _ = torben(cast)
    signed = sign_month(mentor, month=OCTOBER, today=TODAY, by=user)
    assert signed.claim_ore is None
    with pytest.raises(ValidationError, match="Timelønnen mangler"):
        approve_company_month(signed, by=cast.people[Role.CONTROLLER])
    Agreement.objects.update(wage_per_hour=WAGE)
    assert sign_month(mentor, month=OCTOBER, today=TODAY, by=user).version == 2


def test_nobody_signs_anothers_month_an_empty_one_or_the_future(cast: Cast) -> None:
    four_hours(cast)
    user, mentor, _ = torben(cast)
    for by, month in ((cast.helle, OCTOBER), (user, date(2026, 9, 1)), (user, date(2026, 12, 1))):
        with pytest.raises(ValidationError):
            sign_month(mentor, month=month, today=TODAY, by=by)
    assert not CompanyMonth.objects.exists()


def test_two_people_stand_behind_a_claim(cast: Cast) -> None:
    signed = a_signed_month(cast)
    with pytest.raises(Refusal):
        approve_company_month(signed, by=signed.signed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyMonth.objects.filter(pk=signed.pk).update(approved_by=signed.signed_by)
    controller = cast.people[Role.CONTROLLER]
    assert approve_company_month(signed, by=controller).approved_by == controller
    assert approve_company_month(signed, by=cast.people[Role.LEADER]).approved_by == controller


def test_who_has_not_signed(cast: Cast) -> None:
    four_hours(cast)
    user, mentor, _ = torben(cast)
    assert unsigned_mentors(OCTOBER) == [mentor]
    sign_month(mentor, month=OCTOBER, today=TODAY, by=user)
    assert unsigned_mentors(OCTOBER) == []
