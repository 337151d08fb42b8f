"""What a full-time mentor gives in a year: set from a day on, with its source."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.steering.models.full_time import FullTime


@transaction.atomic
def set_full_time(*, valid_from: date, minutes_per_year: int, source: str, by: User | None) -> FullTime:
    """A new row; the one before holds until the day before. `by` is None at set-up.

    Raises ValidationError at `valid_from` when a row begins on that day, at `source` when it is blank.
    """
    if FullTime.objects.filter(valid_from=valid_from).exists():
        problem = f"Der er allerede et tal fra {field_date(valid_from)}. Vælg en anden dag."
        raise ValidationError({"valid_from": problem})
    if not source.strip():
        raise ValidationError({"source": "Skriv, hvor tallet kommer fra."})
    row = FullTime.objects.create(
        valid_from=valid_from, minutes_per_year=minutes_per_year, source=source.strip(), set_by=by
    )
    changed("sat direkte tid for en fuldtidsmentor", by=by, about=None, first=valid_from.isoformat())
    return row
