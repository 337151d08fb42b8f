"""What Fjordby has agreed with suppliers, companies and a school, and its goal for how long one waits."""

from datetime import date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from mentorkorps.domain.dates import add_months
from mentorkorps.followup.models import Contact
from mentorkorps.municipality.actions.agreements import (
    agree_with_provider,
    end_agreement,
    set_waiting_goal,
    take_back,
)
from mentorkorps.municipality.models import Provider, ProviderAgreement, Role, User, WaitingGoal

WRITTEN_AT, WRITTEN_BEFORE = time(10, 15), timedelta(days=20)
USED_PERCENT = 86  # of the hours that Prøvehuset has sold this year
GOAL = "Prøvedata: Beskæftigelsesudvalget, sag"


def tell(today: date) -> None:
    """Two frameworks, formal agreements and single cases, some of which somebody should see to."""
    controller, coordinator = User.objects.get(role=Role.CONTROLLER), User.objects.get(role=Role.COORDINATOR)
    _frameworks(today, controller)
    _companies(today, coordinator)
    leader = User.objects.get(role=Role.LEADER)
    for years_back, days in ((1, 35), (0, 28)):
        year = today.year - years_back
        set_waiting_goal(days=days, first=date(year, 1, 1), source=f"{GOAL} {year - 1}-000{days}", by=leader)
    _set_back()


def _frameworks(today: date, by: User) -> None:
    """One sold a number of hours and is near its end; with the other no number is agreed."""
    sold, unsold = (
        Provider.objects.get(name="Prøvehuset A/S"),
        Provider.objects.get(name="Eksempelværket ApS"),
    )
    year = date(today.year, 1, 1)
    source = "Prøvedata: rammeaftale om mentorstøtte"
    agree_with_provider(
        sold, kind="framework", first=year, last=date(year.year, 12, 31), minutes_bought=_bought(sold, year),
        source=f"{source} {year.year}", by=by,
    )  # fmt: skip
    wrong = agree_with_provider(unsold, kind="framework", first=year, source=f"{source}, kladde", by=by)
    take_back(wrong, reason="Det var kladden. Aftalen løber fra sidste år.", by=by)
    agree_with_provider(
        unsold,
        kind="framework",
        first=date(year.year - 1, 7, 1),
        last=date(year.year + 1, 6, 30),
        source=source,
        by=by,
    )


def _bought(provider: Provider, first: date) -> int:
    """So many whole hundreds of hours, in minutes, that USED_PERCENT of them or a little less is delivered by now."""
    held = Contact.objects.filter(held=True, mentor__provider=provider, day__gte=first)
    minutes: int = held.aggregate(sum=Sum("minutes", default=0))["sum"]
    return max(-(-minutes * 100 // (USED_PERCENT * 6_000)), 1) * 6_000


def _companies(today: date, by: User) -> None:
    """Formal agreements that hold, that is over, and that has a place mentor; single cases; and a school without."""
    source, since = "Prøvedata: samarbejdsaftale", add_months(today, -10).replace(day=1)
    wood, kitchen, store, care = (
        Provider.objects.get(name=name)
        for name in ("Prøvetræ ApS", "Eksempelkøkkenet", "Fjordby Prøvelager", "Mønsterplejen I/S")
    )
    agree_with_provider(wood, kind="formal", first=since, places=2, citizens_a_place=2, source=source, by=by)
    ended = agree_with_provider(kitchen, kind="formal", first=since, places=3, source=source, by=by)
    end_agreement(ended, last=today.replace(day=1) - timedelta(days=1), by=by)
    agree_with_provider(store, kind="formal", first=since, places=1, citizens_a_place=3, source=source, by=by)
    for number in (1, 2):
        agree_with_provider(
            care, kind="single", first=add_months(since, 4), source=f"Prøvedata: enkeltsag {number}", by=by
        )


def _set_back() -> None:
    """Moves the moments to a while before the days that the rows hold from."""
    for model in (ProviderAgreement, WaitingGoal):
        for row in model.objects.all():
            written = timezone.make_aware(datetime.combine(row.first - WRITTEN_BEFORE, WRITTEN_AT))
            gone = {"withdrawn_at": written + timedelta(days=1)} if row.withdrawn_at else {}
            model.objects.filter(pk=row.pk).update(entered_at=written, **gone)
