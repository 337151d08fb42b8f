"""Granted and delivered hours of a period, week by week or month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth

from mentorkorps.cases.models import Grant
from mentorkorps.domain.dates import add_months, month_end, week_end, week_number, week_start
from mentorkorps.domain.granted import granted_minutes
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.queries.hours_given import Given

STEPS = ("week", "month")
# Fields of `Given` that are the course's own, and those of the grant of the day.
OF_COURSE = {
    "course": "course", "mentor": "course__mentor", "provider": "course__mentor__provider", "unit": "course__unit",
    "function": "course__function",
}  # fmt: skip
OF_GRANT = ("target_group", "obligation", "level_row")


@dataclass(frozen=True)
class Span:
    """Granted and delivered minutes of a week or month, cut to the period."""

    first: date
    last: date
    granted: int
    delivered: int

    @property
    def difference(self) -> int:
        """Delivered less granted."""
        return self.delivered - self.granted


def hours_over_time(given: Iterable[Given], first: date, last: date, step: str, **wanted: Any) -> list[Span]:
    """The grants of `hours_given(first, last, **wanted)` by week or month. One query more.

    What is excused or not delivered is no figure of a week: a course may take up in the next what it lacked.
    """
    delivered = dict(_delivered(first, last, step, wanted))
    rows = list(given)
    return [
        Span(begin, end, sum(_granted(each, begin, end) for each in rows), delivered.get(key, 0))
        for key, begin, end in _spans(first, last, step)
    ]


def _spans(first: date, last: date, step: str) -> list[tuple[Any, date, date]]:
    """(what the query calls it, first day, last day), cut to the period."""
    if step == "week":
        weeks = range(week_number(first), week_number(last) + 1)
        return [(week, max(first, week_start(week)), min(last, week_end(week))) for week in weeks]
    months = [first.replace(day=1)]
    while (following := add_months(months[-1], 1)) <= last:
        months.append(following)
    ends = [month_end(month) for month in months]
    return [(month, max(first, month), min(last, end)) for month, end in zip(months, ends, strict=True)]


def _granted(each: Given, first: date, last: date) -> int:
    if each.minutes_per_week == 0 or each.last < first or each.first > last:
        return 0
    return granted_minutes(each.minutes_per_week, each.start, max(each.first, first), min(each.last, last))


def _delivered(first: date, last: date, step: str, wanted: dict[str, Any]) -> Any:
    held = Contact.objects.filter(held=True, day__range=(first, last)).order_by()
    for name, value in wanted.items():
        held = held.filter(_is(name, value))
    key = F("week") if step == "week" else TruncMonth("day")
    return held.annotate(span=key).values_list("span").annotate(Sum("minutes"))


def _is(name: str, value: Any) -> Any:
    """Contacts of courses, or of days with a grant, that have a value; without a grant the course's own counts."""
    if name in OF_COURSE:
        return Q(**{OF_COURSE[name]: value})
    on_the_day = Grant.objects.filter(
        course=OuterRef("course"), start__lte=OuterRef("day"), end__gte=OuterRef("day")
    )
    own = Q(**{f"course__{name}": value}) if name != "level_row" else Q(pk__isnull=value is not None)
    return Exists(on_the_day.filter(**{name: value})) | (~Exists(on_the_day) & own)
