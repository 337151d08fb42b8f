"""A course's contacts, week by week: meetings of about the granted length, and what came in between."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import danish_holidays, week_end, week_number, week_start
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.municipality.models import IN_COMPANY, Mentor, MentorAbsence, User
from mentorkorps.web.demo.plans import Period, Plan
from mentorkorps.web.demo.words import common

Outcome, How = Contact.Outcome, Contact.How
FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 30, 17 * 60
BETWEEN = 15
FORTNIGHT = timedelta(days=14)
SHORTEST, LONGEST = 15, 300
FAILS = (Outcome.NO_SHOW, Outcome.ATTEMPT, Outcome.CANCELLED_CITIZEN, Outcome.CANCELLED_MENTOR)
FAIL_SHARES = (5, 3, 3, 1)
SHARE_BY_PHONE = 0.05
SHARE_TRIED_AGAIN = 0.5


@dataclass(frozen=True)
class Slot:
    """A free time of a mentor."""

    day: date
    start: time | None


class Diary:
    """Every mentor's calendar, so that no two meetings overlap by accident."""

    def __init__(self, rng: Random, today: date, absences: list[MentorAbsence]) -> None:
        self.rng, self.today = rng, today
        self._next_free: dict[tuple[uuid.UUID, date], int] = {}
        self._away: dict[uuid.UUID, list[MentorAbsence]] = defaultdict(list)
        for absence in absences:
            self._away[absence.mentor_id].append(absence)

    def contacts(self, plan: Plan, course: Course, logged_by: User) -> Iterator[Contact]:
        """The contacts of a planned course until today, oldest first."""
        if not plan.has_agreement:
            return
        last_day = min(plan.last.end, plan.ended_on or plan.last.end, plan.stops_on or self.today, self.today)
        quiet_from = week_number(self.today) - (plan.quiet_weeks or 0)
        step = 1 if plan.every == "week" else 2
        for week in range(week_number(plan.first.start), week_number(last_day) + 1, step):
            period = next(p for p in reversed(plan.periods) if p.start <= week_end(week))
            days = self._days(plan, week, last_day)
            quiet = plan.quiet_weeks is not None and week >= quiet_from
            for outcome, slot in self._week(
                plan.keeps * (not quiet), days, plan.mentor, period.minutes * step
            ):
                yield self._contact(course, plan.mentor, period, outcome, slot, step, logged_by)

    def appointment(self, plan: Plan, course: Course) -> Appointment | None:
        """The next meeting, at a free time on a working day within a fortnight; None where there is none."""
        week = week_number(self.today)
        coming = [day for ahead in range(3) for day in self._days(plan, week + ahead, course.end)]
        days = [day for day in coming if self.today < day <= self.today + FORTNIGHT]
        if not days or plan.mentor is None:
            return None
        slot = self._slot(plan.mentor, days, course.minutes_per_week)
        place = self.rng.choice(common("places"))
        return Appointment(course=course, day=slot.day, start=slot.start, place=place)

    def _days(self, plan: Plan, week: int, last_day: date) -> list[date]:
        """Working days of the week on which both can meet, in the order they are tried."""
        first, last = week_start(week), week_start(week) + timedelta(days=4)
        days = [first + timedelta(days=n) for n in range(5)]
        days = [day for day in days if max(plan.first.start, first) <= day <= min(last, last_day)]
        days = [day for day in days if day not in danish_holidays(day.year)]
        days = [day for day in days if not any(a <= day <= b for a, b, _ in plan.away)]
        days = [day for day in days if not self._mentor_away(plan.mentor, day)]
        self.rng.shuffle(days)
        return days

    def _mentor_away(self, mentor: Mentor | None, day: date) -> bool:
        absences = self._away[mentor.id] if mentor else []
        return any(a.first <= day and (a.last is None or day <= a.last) for a in absences)

    def _week(
        self, keeps: float, days: list[date], mentor: Mentor, minutes: int
    ) -> Iterator[tuple[Contact.Outcome, Slot]]:
        if not days:
            return
        met = self.rng.random() < keeps
        failed_first = self.rng.random() > 0.93
        if not met or failed_first:
            yield self.rng.choices(FAILS, FAIL_SHARES)[0], Slot(min(days), None)
        if met or (keeps and self.rng.random() < SHARE_TRIED_AGAIN):
            slot = self._slot(mentor, days, minutes)
            if not failed_first or slot.day > min(days):
                yield Outcome.MET, slot

    def _slot(self, mentor: Mentor, days: list[date], minutes: int) -> Slot:
        """The first free time on one of the days; without a clock time when the mentor's days are full."""
        for day in days:
            begin = self._next_free.get((mentor.id, day), FIRST_MINUTE)
            if begin + minutes <= LAST_MINUTE:
                self._next_free[mentor.id, day] = begin + min(minutes * 5 // 4, LONGEST) + BETWEEN
                return Slot(day, time(begin // 60, begin % 60))
        return Slot(days[-1], None)

    def _contact(
        self,
        course: Course,
        mentor: Mentor,
        period: Period,
        outcome: Contact.Outcome,
        slot: Slot,
        step: int,
        by: User,
    ) -> Contact:
        rng = self.rng
        met = outcome == Outcome.MET
        by_phone = met and rng.random() < SHARE_BY_PHONE and mentor.kind not in IN_COMPANY
        minutes = self._minutes(period.minutes * step, by_phone) if met else 0
        place = mentor.provider.name if mentor.kind in IN_COMPANY else rng.choice(common("places"))
        return Contact(
            key=uuid.UUID(int=rng.getrandbits(128), version=4),
            course=course,
            mentor=mentor,
            day=slot.day,
            week=week_number(slot.day),
            start=slot.start,
            outcome=outcome,
            how=How.PHONE if by_phone else How.IN_PERSON,
            not_in_person_reason=rng.choice(common("phone_reasons")) if by_phone else "",
            place="" if by_phone or not met else place,
            minutes=minutes,
            transport_minutes=rng.choice((0, 10, 15, 20, 30)) if met and not by_phone else 0,
            preparation_minutes=rng.choice((0, 0, 5, 10)) if met else 0,
            note=rng.choice(common("notes")) if met else "",
            held=met,
            logged_by=by,
        )

    def _minutes(self, granted: int, by_phone: bool) -> int:
        """Whole fives around what was granted; a call is short."""
        if by_phone:
            return self.rng.choice((15, 20, 25))
        wished = granted * self.rng.triangular(0.7, 1.2, 1.0)
        return int(min(max(5 * round(wished / 5), SHORTEST), LONGEST + 60))
