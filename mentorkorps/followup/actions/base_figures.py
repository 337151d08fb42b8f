"""Writing down how many people a target group has: what the public shares are counted against."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.followup.models import BaseFigure
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User

MOST_PEOPLE = 1_000_000


@transaction.atomic
def write_base(
    *, month: date, target_group: str, persons: int, source: str, today: date, by: User
) -> BaseFigure:
    """The people of a group (all of them when it is empty) in a month. The same post sent twice is one row.

    Raises ValidationError at `month`, `persons` or `source`.
    """
    if month.day != 1 or month > today:
        raise ValidationError({"month": "Vælg en måned, der er begyndt."})
    if not 0 < persons <= MOST_PEOPLE:
        raise ValidationError(
            {"persons": "Skriv et antal fra 1 til 1.000.000. Kendes det ikke, så lad det mangle."}
        )
    if not source.strip():
        raise ValidationError({"source": "Skriv, hvor tallet kommer fra."})
    said = {"persons": persons, "source": source.strip()}
    newest = BaseFigure.objects.filter(month=month, target_group=target_group).order_by("-id").first()
    if newest is not None and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    made = BaseFigure.objects.create(month=month, target_group=target_group, noted_by=by, **said)
    changed("skrevet grundlag", by=by, about=made, month=month.isoformat(), persons=persons)
    return made
