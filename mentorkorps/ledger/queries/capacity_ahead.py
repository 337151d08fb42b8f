"""The coming weeks of the corps: what has been seen before a day, and the hours that it gives against demand."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from mentorkorps.domain.capacity import (
    WEEKS_AHEAD,
    Begun,
    Experience,
    Given,
    Serving,
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
from mentorkorps.ledger.queries.capacity_known import RENEWED_WITHIN, SEEN, Granted, Known

BEGUN_WEEKS = 52  # so far back courses that began
NO_CHANGE: Mapping[str, int] = {}


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
