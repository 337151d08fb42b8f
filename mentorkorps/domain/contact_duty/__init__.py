"""Was the contact that the law or the agreement demands kept, week by week, and if not, why?

The method with its choices (what a short week is, what an absence excuses) is described in `docs/methods.md`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mentorkorps.domain.contact_duty.calendar import Calendar
from mentorkorps.domain.contact_duty.model import (
    Absence,
    Compliance,
    Contact,
    Every,
    Rhythm,
    Span,
    State,
    WeekStatus,
)
from mentorkorps.domain.dates import week_start

__all__ = [
    "Absence",
    "Compliance",
    "Contact",
    "Every",
    "Rhythm",
    "Span",
    "State",
    "WeekStatus",
    "about_to_miss",
    "assess",
    "compliance",
    "compliance_of",
    "strip",
]


def assess(
    rhythms: Sequence[Rhythm],
    span: Span,
    contacts: Iterable[Contact],
    absences: Iterable[Absence],
    week: int,
    today: date,
) -> WeekStatus:
    """The status of one week as it stands on `today`."""
    return strip(rhythms, span, contacts, absences, range(week, week + 1), today)[0]


def strip(
    rhythms: Sequence[Rhythm],
    span: Span,
    contacts: Iterable[Contact],
    absences: Iterable[Absence],
    weeks: range,
    today: date,
) -> tuple[WeekStatus, ...]:
    """The status of each week in `weeks`, an ascending run without holes, as it stands on `today`.

    Contacts dated after `today` are not counted: nobody has met yet.
    """
    calendar = Calendar(rhythms, span, contacts, absences, weeks, today.toordinal())
    return tuple(calendar.status(week) for week in weeks)


PRESSING = 60  # percent of a period's weekdays


def about_to_miss(
    rhythms: Sequence[Rhythm],
    span: Span,
    contacts: Iterable[Contact],
    absences: Iterable[Absence],
    week: int,
    today: date,
) -> bool:
    """Whether a week is open and 60 % of the weekdays of its period are gone: from Thursday in a whole week."""
    if today < week_start(week):
        return False
    calendar = Calendar(rhythms, span, contacts, absences, range(week, week + 1), today.toordinal())
    gone = calendar.weekdays_gone(week)
    return gone is not None and 100 * gone[0] >= PRESSING * gone[1]


def compliance(statuses: Iterable[WeekStatus]) -> Compliance:
    """Kept weeks of the weeks that were due, from the weeks themselves."""
    return compliance_of(Counter(status.state for status in statuses))


def compliance_of(weeks: Mapping[State, int]) -> Compliance:
    """Kept weeks of the weeks that were due: kept / (kept + missed). The only definition in the product."""
    kept, missed = weeks.get("kept", 0), weeks.get("missed", 0)
    due = kept + missed
    percent = (Decimal(100 * kept) / due).quantize(Decimal("0.1"), ROUND_HALF_UP) if due else None
    return Compliance(kept, missed, weeks.get("excused", 0), weeks.get("open", 0), percent)
