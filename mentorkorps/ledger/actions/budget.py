"""Writing down a year's budget and the ceiling the state has told. Both are changed by a new row."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Budget, YearCeiling
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import today


@transaction.atomic
def adopt_budget(
    *, year: int, ore: int, adopted_by: str, adopted_on: date, source: str, by: User, note: str = ""
) -> Budget:
    """A year's budget as it was adopted on a day; the one adopted last is the year's. Amount in øre.

    The same post sent twice is one row. Raises ValidationError when another amount was adopted the same day, and for
    a day to come.
    """
    _check_day("adopted_on", adopted_on)
    if ore <= 0:
        raise ValidationError({"ore": "Skriv et beløb over 0. Er der intet vedtaget, så skriv intet budget."})
    said = {"ore": ore, "adopted_by": adopted_by.strip(), "source": source.strip(), "note": note.strip()}
    budget, made = Budget.objects.get_or_create(
        year=year, adopted_on=adopted_on, defaults=said | {"entered_by": by}
    )
    if not made and budget.ore != ore:
        raise ValidationError(
            {"adopted_on": f"Der står allerede et andet beløb for {year}, vedtaget {field_date(adopted_on)}."}
        )
    if made:
        changed("skrevet budget", by=by, about=budget, year=year, ore=ore)
    return budget


@transaction.atomic
def write_ceiling(*, year: int, ore: int, counts: str, known_on: date, source: str, by: User) -> YearCeiling:
    """The ceiling of a year as it was told on a day; the newest holds. Amount in øre.

    Raises ValidationError when another amount was told the same day, and for a day to come.
    """
    _check_day("known_on", known_on)
    said = {"ore": ore, "counts": counts, "source": source.strip(), "entered_by": by}
    ceiling, made = YearCeiling.objects.get_or_create(year=year, known_on=known_on, defaults=said)
    if not made and (ceiling.ore, ceiling.counts) != (ore, counts):
        raise ValidationError(
            {"known_on": f"Der står allerede et andet loft for {year}, oplyst {field_date(known_on)}."}
        )
    if made:
        changed("skrevet loft", by=by, about=ceiling, year=year, ore=ore, counts=counts)
    return ceiling


def _check_day(field: str, day: date) -> None:
    if day > today():
        raise ValidationError(
            {field: "Dagen ligger i fremtiden. Skriv beløbet, når det er vedtaget eller oplyst."}
        )
