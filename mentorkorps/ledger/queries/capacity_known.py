"""What is known of the corps on a day: grants decided by then, referrals that wait, mentors, and closed days."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q

from mentorkorps.cases.models import Course, Grant, Referral
from mentorkorps.domain.capacity import WEEKS_AHEAD, Serving, Share
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.ledger.queries.hours import COMPANY
from mentorkorps.ledger.queries.serving import closed_days, group_of, serving
from mentorkorps.municipality.models import IN_COMPANY, Mentor
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries.corps import preparation_shares

SEEN = timedelta(weeks=52)  # so far back grants that ran out are looked at
RENEWED_WITHIN = timedelta(days=14)


class Granted(NamedTuple):
    """A grant with its days. `first` says that the course began with it; `ended` is when the course did.

    `decided` is the day it became known.
    """

    course: uuid.UUID
    group: str
    decided: date
    start: date
    end: date
    ended: date | None
    minutes: int
    first: bool
    row: str
    obligation: str
    has_mentor: bool


@dataclass(frozen=True)
class Known:
    """What is known on a day: grants decided by then, referrals that wait, and the mentors with their days."""

    on: date
    grants: Sequence[Granted]
    referrals: Sequence[tuple[str, date]]
    mentors: Sequence[Serving]
    shares: Sequence[Share]
    closed: frozenset[date]


def known_on(on: date) -> Known:
    """Everything that the weeks after a day are reckoned from. Eight queries, however long the history is.

    Only what was decided by the day is read, so that a past day can be asked about as it was; who is mentor, and
    the hours recorded, are those of today.
    """
    first, last = week_start(week_number(on)), week_start(week_number(on) + WEEKS_AHEAD + 1)
    mentors = Mentor.objects.filter(not_over(on, "active_to")).exclude(kind__in=IN_COMPANY)
    return Known(
        on=on,
        grants=[*_grants(on), *_without_grant(on)],
        referrals=_referrals(),
        mentors=list(serving(mentors, first, last).values()),
        shares=preparation_shares(),
        closed=closed_days(first, last),
    )


def standing_minutes(grants: Iterable[Granted], monday: date) -> int:
    """The minutes a week of the grants that run on a Monday."""
    return sum(
        each.minutes
        for each in grants
        if each.start <= monday <= each.end and (each.ended is None or monday <= each.ended)
    )


def _grants(on: date) -> list[Granted]:
    decided = Q(decision__decided_on__lte=on) | Q(decision__decided_on__isnull=True, start__lte=on)
    rows = Grant.objects.filter(decided, end__gte=on - SEEN - RENEWED_WITHIN).exclude(
        course__function=COMPANY
    )
    columns = rows.order_by().values_list(
        "course_id", "decision__decided_on", "start", "end", "minutes_per_week", "obligation", "level_row__key",
        "course__start", "course__ended_on", "course__unit", "course__mentor", "course__mentor__unit",
        "course__mentor__provider",
    )  # fmt: skip
    return [_granted(*row) for row in columns]


def _without_grant(on: date) -> list[Granted]:
    """Courses that came without a grant, fx from another system: their own period stands for it."""
    rows = Course.objects.filter(grants__isnull=True, end__gte=on - SEEN - RENEWED_WITHIN)
    columns = rows.exclude(function=COMPANY).order_by().annotate(begun=F("start")).values_list(
        "pk", "signed_on", "start", "end", "minutes_per_week", "obligation", "level_row__key", "begun", "ended_on",
        "unit", "mentor", "mentor__unit", "mentor__provider",
    )  # fmt: skip
    return [_granted(*row) for row in columns]


def _granted(
    course: uuid.UUID, decided: date | None, start: date, end: date, minutes: int, obligation: str, row: str | None,
    begun: date, ended: date | None, unit: int, mentor: uuid.UUID | None, mentor_unit: Any, provider: Any,
) -> Granted:  # fmt: skip
    group = group_of(mentor_unit, provider) if mentor else group_of(unit, None)
    return Granted(
        course,
        group,
        decided or start,
        start,
        end,
        ended,
        minutes,
        start == begun,
        row or "",
        obligation,
        mentor is not None,
    )


def _referrals() -> list[tuple[str, date]]:
    rows = Referral.objects.filter(state=Referral.State.NEW).order_by()
    return [(group_of(unit, None), by) for unit, by in rows.values_list("citizen__unit", "visitate_by")]
