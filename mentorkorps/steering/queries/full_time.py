"""What a full-time mentor gives in a year, on a day."""

from datetime import date

from mentorkorps.steering.models.full_time import FullTime


def full_time_on(on: date) -> FullTime | None:
    """The row that holds on a day, or None when nobody has set one."""
    return FullTime.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
