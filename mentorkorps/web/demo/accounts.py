"""The money of the two worlds: budgets, a known ceiling, closed months, and what company mentors signed."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mentorkorps.domain.dates import add_months
from mentorkorps.ledger.actions.budget import adopt_budget, write_ceiling
from mentorkorps.ledger.actions.company_month import approve_company_month, sign_month
from mentorkorps.ledger.actions.month import approve_month, prepare_month
from mentorkorps.ledger.actions.prices import make_pay_group, put_in_pay_group, set_price, set_wage
from mentorkorps.ledger.models import CompanyMonth, MonthClose
from mentorkorps.ledger.queries.company_month import company_month
from mentorkorps.municipality.models import Mentor, Provider, Role, User

KRONE = 100  # øre
CLOSED_DAY = time(10, 15)
KOEBENHAVN_PRICE = 413 * KRONE
KOEBENHAVN_SOURCE = "Prøvedata: budgettet på 110 mio. kr. delt med 266.500 timer"


def tell_fjordby(today: date) -> None:
    """Two years' budgets, months closed up to the one before last, and the last one waiting. After the prices."""
    controller, leader = _people()
    year = today.year
    for of, ore, day, note in (
        (year - 1, 5_700_000, date(year - 2, 10, 10), ""),
        (year, 6_250_000, date(year - 1, 10, 9), ""),
        (year, 6_500_000, date(year, 6, 18), "Tillæg på 250.000 kr. efter budgetopfølgning 1"),
    ):
        adopt_budget(
            year=of, ore=ore * KRONE, adopted_by="Byrådet", adopted_on=day, by=controller, note=note,
            source=f"Prøvedata: budget {of}, sag {day.year}-000112",
        )  # fmt: skip
    this = today.replace(day=1)
    _close([add_months(this, -back) for back in range(5, 0, -1)], today, controller, leader)
    for back in (3, 2, 1):
        _sign(add_months(this, -back), today, controller if back > 1 else None)


def tell_koebenhavn(today: date) -> None:
    """Budget and ceiling of the source, the price they make, and the months of the spring closed."""
    controller, leader = _people()
    first = date(today.year, 1, 1)
    adopt_budget(
        year=today.year, ore=110_000_000 * KRONE, adopted_by="Borgerrepræsentationen", adopted_on=first,
        source="Temadrøftelse 29. september 2014, figuren om økonomi. Datoen er sat af prøvedata", by=controller,
    )  # fmt: skip
    write_ceiling(
        year=today.year, ore=111_000_000 * KRONE, counts="spending", known_on=first, by=controller,
        source="Temadrøftelse 29. september 2014: loft på 111 mio. kr., her læst som loft over udgiften",
    )  # fmt: skip
    own = make_pay_group("Mentorer i Jobindsats (prøvedata)", by=controller)
    set_wage(group=own, ore=KOEBENHAVN_PRICE, first=first, source=KOEBENHAVN_SOURCE, by=controller)
    for mentor in Mentor.objects.filter(kind=Mentor.Kind.INTERNAL):
        put_in_pay_group(mentor, own, first=first, source=KOEBENHAVN_SOURCE, by=controller)
    for provider in Provider.objects.all():
        set_price(provider, ore=KOEBENHAVN_PRICE, first=first, source=KOEBENHAVN_SOURCE, by=controller)
    _close([date(today.year, month, 1) for month in range(5, today.month)], today, controller, leader)


def _people() -> tuple[User, User]:
    return User.objects.get(role=Role.CONTROLLER), User.objects.get(role=Role.LEADER)


def _close(months: list[date], today: date, controller: User, leader: User) -> None:
    """Each month some days into the next: all but the last approved, which waits."""
    for month in months:
        close = prepare_month(month, today=today, by=controller)
        if month != months[-1]:
            approve_month(close, by=leader)
        prepared = add_months(month, 1) + timedelta(days=4)
        approved = {"approved_at": _at(prepared + timedelta(days=2))} if month != months[-1] else {}
        MonthClose.objects.filter(pk=close.pk).update(prepared_at=_at(prepared), **approved)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, CLOSED_DAY))


def _sign(month: date, today: date, controller: User | None) -> None:
    """Company mentors who met somebody sign; without a controller the month waits, and one has not signed yet."""
    mentors = list(Mentor.objects.filter(user__role=Role.COMPANY_MENTOR).order_by("name"))
    for mentor in mentors if controller else mentors[:-1]:
        if not company_month(mentor, month).minutes:
            continue
        signed = sign_month(mentor, month=month, today=today, by=mentor.user)
        if controller is not None and signed.claim_ore is not None:
            approve_company_month(signed, by=controller)
        day = add_months(month, 1) + timedelta(days=2)
        approved = {"approved_at": _at(day + timedelta(days=5))} if controller else {}
        CompanyMonth.objects.filter(pk=signed.pk).update(signed_at=_at(day), **approved)
