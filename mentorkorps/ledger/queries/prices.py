"""What an hour costs on a day: prices and wages, read in a fixed number of queries. Missing is None, never 0."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from mentorkorps.domain.economy import round_ore
from mentorkorps.ledger.models import Overhead, PayGroupMember, Price, Tolerance, VolunteerPrice, Wage
from mentorkorps.municipality.models import Mentor, Provider
from mentorkorps.municipality.models.dated import STANDS, Dated
from mentorkorps.municipality.periods import holding

Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True)
class PriceBook:
    """Every dated price and wage, to be asked for many mentors and days without going to the database again.

    Amounts are øre for an hour without VAT. Where nothing holds on a day the answer is None: the price is missing.
    """

    prices: dict[uuid.UUID, Sequence[Price]]
    wages: dict[uuid.UUID, Sequence[Wage]]
    group_wages: dict[uuid.UUID, Sequence[Wage]]
    groups: dict[uuid.UUID, Sequence[PayGroupMember]]
    overheads: Sequence[Overhead]

    def on(self, who: Provider | Mentor, day: date) -> int | None:
        """What an hour costs: a provider's price, or a mentor's wage where the mentor is our own."""
        if isinstance(who, Provider):
            return self.of_provider(who.pk, day)
        if who.provider_id is not None:
            return self.of_provider(who.provider_id, day)
        return self.of_own_mentor(who.pk, day)

    def of_provider(self, key: uuid.UUID, day: date) -> int | None:
        """A provider's price for an hour."""
        hourly = (price for price in self.prices.get(key, ()) if price.per == Price.Per.HOUR)
        found = _holding(hourly, day)
        return found.ore if found else None

    def of_own_mentor(self, key: uuid.UUID, day: date) -> int | None:
        """A wage of an hour that may be counted for reimbursement: the mentor's own, else the pay group's."""
        own = _holding(self.wages.get(key, ()), day)
        if own is not None:
            return own.ore
        member = _holding(self.groups.get(key, ()), day)
        shared = _holding(self.group_wages.get(member.group_id, ()), day) if member else None
        return shared.ore if shared else None

    def full_cost_on(self, who: Provider | Mentor, day: date) -> int | None:
        """What an hour costs all in all: a provider's price as it is, a wage with the overhead of the day."""
        ore = self.on(who, day)
        if ore is None or isinstance(who, Provider) or who.provider_id is not None:
            return ore
        overhead = _holding(self.overheads, day)
        if overhead is None:
            return None
        return round_ore(ore * (1 + Fraction(overhead.percent) / 100))

    def agreed(self, provider: uuid.UUID, per: str, first: date, last: date) -> list[Price]:
        """The prices of a provider that hold on some day from `first` to `last`."""
        return [
            price
            for price in self.prices.get(provider, ())
            if price.per == per and price.first <= last and (price.last is None or price.last >= first)
        ]


def price_book() -> PriceBook:
    """Every price and wage there is. Four queries; the rows are as many as the changes of price."""
    wages = list(Wage.objects.filter(STANDS))
    return PriceBook(
        prices=_by(Price.objects.filter(STANDS), "provider_id"),
        wages=_by((wage for wage in wages if wage.mentor_id), "mentor_id"),
        group_wages=_by((wage for wage in wages if wage.group_id), "group_id"),
        groups=_by(PayGroupMember.objects.filter(STANDS), "mentor_id"),
        overheads=list(Overhead.objects.filter(STANDS)),
    )


def price_on(who: Provider | Mentor, day: date) -> int | None:
    """Øre for an hour on a day without VAT, or None where no price is written: it is missing, which is not 0."""
    return price_book().on(who, day)


def overhead_on(day: date) -> Decimal | None:
    """The overhead in percent that is laid on a wage on a day, or None where none is written."""
    found = Overhead.objects.filter(STANDS, holding(day)).order_by("-first").first()
    return found.percent if found else None


def volunteers_on(day: date) -> int | None:
    """What an hour with a volunteer costs the municipality on a day in øre, or None where nothing is written."""
    found = VolunteerPrice.objects.filter(STANDS, holding(day)).order_by("-first").first()
    return found.ore if found else None


def tolerance_on(day: date) -> Tolerance | None:
    """The tolerance that the municipality has decided for a day; None, as from the start, asks about everything."""
    return Tolerance.objects.filter(STANDS, holding(day)).order_by("-first").first()


def _holding(rows: Iterable[Row], day: date) -> Row | None:
    return next(
        (row for row in rows if row.first <= day and (row.last is None or row.last >= day)),
        None,
    )


def _by(rows: Iterable[Row], field: str) -> dict[uuid.UUID, Sequence[Row]]:
    found: dict[uuid.UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return {key: tuple(each) for key, each in found.items()}
