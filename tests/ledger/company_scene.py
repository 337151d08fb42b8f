"""Torben's October: a company mentor who met Nadia for four hours, with a wage in the agreement, and signed."""

from datetime import date

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.ledger.actions.company_month import sign_month
from mentorkorps.ledger.models import CompanyMonth
from mentorkorps.municipality.models import Mentor, Role, User
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import grant_and_agree, meet

OCTOBER = date(2026, 10, 1)
WAGE = 20_000  # øre


def torben(cast: Cast) -> tuple[User, Mentor, Course]:
    """The company mentor as user and mentor, with his one course."""
    user = cast.people[Role.COMPANY_MENTOR]
    mentor = Mentor.objects.get(user=user)
    return user, mentor, Course.objects.get(mentor=mentor)


def four_hours(cast: Cast, wage: int | None = WAGE) -> Agreement:
    """Two meetings of two hours in October, under an agreement with a wage of 200 kr."""
    _, _, course = torben(cast)
    agreement = grant_and_agree(course, cast)
    Agreement.objects.filter(pk=agreement.pk).update(wage_per_hour=wage)
    meet(course, date(2026, 10, 6), date(2026, 10, 20))
    return agreement


def a_signed_month(cast: Cast) -> CompanyMonth:
    """October, signed once."""
    user, mentor, _ = torben(cast)
    found = CompanyMonth.objects.filter(mentor=mentor).first()
    if found is None:
        four_hours(cast)
        found = sign_month(mentor, month=OCTOBER, today=TODAY, by=user)
    return found
