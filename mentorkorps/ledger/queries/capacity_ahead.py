"""The coming weeks of the corps: what is known on a day, what has been seen before it, and hours against demand."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean
from typing import Any, NamedTuple

from django.db.models import F, Q

from mentorkorps.cases.models import Course, Grant, Referral
from mentorkorps.domain.capacity import (
    WEEKS_AHEAD,
    Begun,
    Experience,
    Given,
    Serving,
    Share,
    Standing,
    Verdict,
    Waiting,
    Week,
    at_level,
    demand_ahead,
    given,
    verdict,
    working,
)
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.ledger.queries.hours import COMPANY
from mentorkorps.ledger.queries.serving import closed_days, group_of, serving
from mentorkorps.municipality.models import IN_COMPANY, Mentor
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries.corps import preparation_shares

SEEN = timedelta(weeks=52)  # so far back grants that ran out are looked at
BEGUN_WEEKS = 52  # so far back courses that began
RENEWED_WITHIN = timedelta(days=14)
NO_CHANGE: Mapping[str, int] = {}


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


@dataclass(frozen=True)
class Outlook:
    """Demand beside hours in each week to come, and what it rests on. Minutes a week.

    `unassigned` is (courses, minutes) that are granted and have no mentor, and `open_leave` (mentors, minutes) that
    are away until further notice; `without_hours` counts mentors whose week nobody has recorded.
    """

    weeks: tuple[Week, ...]
    verdict: Verdict
    experience: Experience
    referrals: int
    unassigned: tuple[int, int]
    open_leave: tuple[int, int]
    without_hours: int


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


def hours_ahead(known: Known, group: str = "") -> list[Given]:
    """What the whole corps or a group (as `group_of` names it) can give in each week to come."""
    mentors = [each for each in known.mentors if group in ("", each.group)]
    base = week_number(known.on)
    return [_given(mentors, base + ahead, known) for ahead in range(1, WEEKS_AHEAD + 1)]


def outlook(
    known: Known,
    group: str = "",
    *,
    hours: Sequence[Given] | None = None,
    change: Mapping[str, int] = NO_CHANGE,
) -> Outlook:
    """The weeks after the day, for the whole corps or a group.

    `hours` stand instead of those of `hours_ahead`, and `change` is minutes a week by row of the level that grants
    to come get more or less. How many are renewed or stopped is seen in the whole municipality.
    """
    grants = [each for each in known.grants if group in ("", each.group)]
    mentors = [each for each in known.mentors if group in ("", each.group)]
    referrals = [each for each in known.referrals if group in ("", each[0])]
    experience, base = _experience(known, grants, change), week_number(known.on)
    asked = demand_ahead(
        _standing(grants, known.on, change),
        [Waiting(where, max(week_number(by) + 1 - base, 1)) for where, by in referrals],
        experience,
        days_to_monday=(week_start(base + 1) - known.on).days,
    )
    given_ahead = hours_ahead(known, group) if hours is None else hours
    weeks = tuple(Week(base + each.week, each, has) for each, has in zip(asked, given_ahead, strict=True))
    return Outlook(
        weeks=weeks,
        verdict=verdict(weeks),
        experience=experience,
        referrals=len(referrals),
        unassigned=_unassigned(grants, known.on),
        open_leave=_open_leave(mentors, known),
        without_hours=sum(_lacks_hours(each, known.on) for each in mentors),
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


def _standing(grants: Iterable[Granted], on: date, change: Mapping[str, int]) -> list[Standing]:
    """Grants that run or are to begin, in weeks from the running one; each counts in the weeks whose Monday it has."""
    rows, base = list(grants), week_number(on)
    newest: dict[uuid.UUID, date] = {}
    for each in rows:
        newest[each.course] = max(each.start, newest.get(each.course, each.start))
    return [
        Standing(
            group=each.group,
            minutes=each.minutes,
            start=week_number(each.start + timedelta(days=6)) - base,
            end=week_number(each.end) + 1 - base,
            days_left=(each.end - on).days,
            weeks=_weeks(each),
            minutes_if_renewed=at_level(each.minutes, each.row, each.obligation, change),
            last=each.start == newest[each.course],
        )
        for each in rows
        if not _is_over(each, on)
    ]


def _is_over(each: Granted, on: date) -> bool:
    return each.end < on or (each.ended is not None and each.ended <= on)


def _weeks(each: Granted) -> int:
    return max(round(((each.end - each.start).days + 1) / 7), 1)


def _experience(known: Known, grants: Sequence[Granted], change: Mapping[str, int]) -> Experience:
    """New courses of the chosen `grants`; all else is seen in the whole municipality."""
    stopped, course_weeks = _stops(known)
    base, everywhere = week_number(known.on), _begun(known.grants, known.on)
    first = min((each.start for each in known.grants), default=known.on)
    return Experience(
        ran_out=tuple(_ran_out(known)),
        stopped=stopped,
        course_weeks=course_weeks,
        begun=tuple(
            Begun(
                each.group,
                base - week_number(each.start),
                at_level(each.minutes, each.row, each.obligation, change),
                (each.start - each.decided).days,
            )
            for each in _begun(grants, known.on)
        ),
        weeks=min(BEGUN_WEEKS, base - week_number(first)),
        length=_mean(map(_weeks, everywhere)),
        new_minutes=_mean(at_level(each.minutes, each.row, each.obligation, change) for each in everywhere),
    )


def _mean(numbers: Iterable[int]) -> int:
    found = list(numbers)
    return round(mean(found)) if found else 0


def _ran_out(known: Known) -> Iterator[int | None]:
    """How long before its end each grant of the past year was renewed, if it was.

    They ran to their end, so long ago that a new one would have been seen.
    """
    first, last = known.on - SEEN, known.on - RENEWED_WITHIN
    after: dict[uuid.UUID, list[Granted]] = defaultdict(list)
    for each in known.grants:
        after[each.course].append(each)
    for each in known.grants:
        if first <= each.end < last and (each.ended is None or each.ended >= each.end):
            again = [nxt for nxt in after[each.course] if each.end < nxt.start <= each.end + RENEWED_WITHIN]
            yield (each.end - min(nxt.decided for nxt in again)).days if again else None


def _stops(known: Known) -> tuple[int, int]:
    """Courses that stopped inside a grant in the past year, and the course-weeks that they could have done it in."""
    first, stopped, days = known.on - SEEN, 0, 0
    for each in known.grants:
        ended = each.ended if each.ended is not None and each.ended <= known.on else None
        stopped += ended is not None and each.start <= ended < each.end and first <= ended
        last = min(each.end, ended or each.end, known.on)
        days += max((last - max(each.start, first)).days + 1, 0)
    return stopped, days // 7


def _begun(grants: Iterable[Granted], on: date) -> list[Granted]:
    base = week_number(on)
    weeks = range(base - BEGUN_WEEKS, base)
    return [each for each in grants if each.first and week_number(each.start) in weeks]


def _given(mentors: Iterable[Serving], week: int, known: Known) -> Given:
    monday = week_start(week)
    return sum((given(each, monday, known.shares, known.closed) for each in mentors), Given())


def _unassigned(grants: Iterable[Granted], on: date) -> tuple[int, int]:
    minutes = [each.minutes for each in grants if not each.has_mentor and not _is_over(each, on)]
    return len(minutes), sum(minutes)


def _open_leave(mentors: Iterable[Serving], known: Known) -> tuple[int, int]:
    away = [each for each in mentors if any(first <= known.on and last is None for first, last in each.away)]
    weeks = [working(each.recorded, known.shares, known.on) for each in away]
    return len(away), sum(week.direct for week in weeks if week is not None)


def _lacks_hours(mentor: Serving, on: date) -> bool:
    return not any(each.last is None or each.last >= on for each in mentor.recorded)
