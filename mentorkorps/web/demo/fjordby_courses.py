"""Fjordby's many courses as plans: about 380 that run today, and those of two years that are over.

As many begin in a week as end in one, so that about as many have run for more than a year.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import Mentor
from mentorkorps.web.demo.fjordby_house import Fjordby
from mentorkorps.web.demo.people import Person
from mentorkorps.web.demo.plans import Period, Plan, Rulebook, say
from mentorkorps.web.demo.words import common

Facts = dict[str, Any]
RUNNING, RUNNING_BOUGHT = 366, 10
WEEKS_BEHIND = 104
BEGIN_A_WEEK, BEGIN_A_WEEK_IN_JULY = (8, 15), (2, 6)  # fewest and most
WITHOUT_MENTOR, QUIET, STOPPED = 6, 9, 4
KEPT_FREE = 5 * 60  # minutes of Fatima's week, for those of whom more is told
UNMET = 5  # of Fatima's citizens in the running week, whatever day of it it is
DECIDED_BEFORE = timedelta(days=6)
AT_THE_LEVEL, BELOW = 0.50, 0.45  # the rest is above
LESS = {90: (45, 60), 120: (60, 75, 90), 150: (75, 90)}
MORE = 30
BEFORE_THE_LEVEL = (45, 60, 60, 75, 90, 90, 90, 90, 120, 120)  # minutes, when each caseworker judged alone
SHARE_PROLONGED, SHARE_FORTNIGHT, SHARE_AWAY, SHARE_EXEMPT = 0.3, 0.08, 0.06, 0.1
PROLONGED_ONCE = 0.43  # of all that begin: then SHARE_PROLONGED of those that run are
SHARE_EARLY, WEEKS_EARLY = 0.12, (2, 14)
JULY, NOT_IN_JULY = 7, 0.6
ABSENCES = ("sick", "admitted", "holiday", "other_offer")
ENDS = {
    "expired": 5,
    "goals_met": 4,
    "job": 3,
    "education": 3,
    "offer": 4,
    "other_law": 2,
    "wish": 1,
    "pension": 1,
}
HALF_A_YEAR = 26  # weeks


@dataclass(frozen=True)
class Kind:
    """A kind of course: how common, for whom, for how many weeks, and the facts it rests on when decided on a day."""

    share: int
    function: str
    groups: tuple[str, ...]
    ages: tuple[int, int]
    facts: Callable[[date], Facts]
    weeks: int = HALF_A_YEAR
    renews: bool = False


def _nothing_more(on: date) -> Facts:
    return {}


def _discharge(on: date) -> Facts:
    return {"psychiatric_admission": True, "discharge_date": (on + timedelta(days=20)).isoformat()}


def _admitted(on: date) -> Facts:
    first = (on + DECIDED_BEFORE).isoformat()
    return {"education_admission_date": (on - timedelta(days=15)).isoformat(), "right_first_used_date": first}


def _release(on: date) -> Facts:
    return {"prison_release_date": (on + timedelta(days=25)).isoformat(), "decisive": True}


def _integration(on: date) -> Facts:
    return {"integration_programme": True}


def _at_a_company(on: date) -> Facts:
    return {"mentor_placed_in": "company", "beyond_ordinary": True, "decisive": True}


OTHERS = ("jobafklaring", "kontanthjaelp_jobparat", "fleksjob")
YOUNG = ("uddannelseshjaelp_aktivitetsparat", "uddannelseshjaelp_uddannelsesparat")
KINDS = (
    Kind(30, "social_mentor", ("uddannelseshjaelp_aktivitetsparat",), (19, 28), _nothing_more, renews=True),
    Kind(10, "social_mentor", ("kontanthjaelp_aktivitetsparat",), (31, 60), _nothing_more, renews=True),
    Kind(26, "social_mentor", OTHERS, (31, 60), _nothing_more, renews=True),
    Kind(8, "social_mentor", ("sygedagpenge",), (25, 60), _nothing_more, renews=True),
    Kind(6, "discharge_coordinator", ("kontanthjaelp_aktivitetsparat", "sygedagpenge"), (19, 55), _discharge, 39),
    Kind(14, "education_mentor", YOUNG, (19, 28), _admitted),
    Kind(2, "release_coordinator", ("kontanthjaelp_aktivitetsparat",), (22, 50), _release),
    Kind(4, "integration_mentor", ("kontanthjaelp_jobparat",), (22, 50), _integration),
)  # fmt: skip
BOUGHT = Kind(0, "company_mentor", ("kontanthjaelp_aktivitetsparat", "fleksjob"), (22, 58), _at_a_company, 13)


class Planner:
    """Draws plans for Fjordby, and knows how much of each mentor's week they have taken."""

    def __init__(self, rng: Random, fjordby: Fjordby) -> None:
        self.rng, self.fjordby, self.rulebook = rng, fjordby, Rulebook()
        self.monday = fjordby.today - timedelta(days=fjordby.today.weekday())
        self.taken: dict[Mentor, int] = defaultdict(int, {fjordby.fatima: KEPT_FREE})
        self.hours = {m: m.hours.order_by("-valid_from")[0].minutes_per_week for m in fjordby.social}

    def plans(self) -> list[Plan]:
        """Every course of the mass, those that ended first, so that case numbers follow time."""
        ended = list(self._ended())
        running = [self._running(number) for number in range(RUNNING)]
        newest = [plan for plan in running if plan.first.start == self.monday]
        for plan in self.rng.sample(newest, min(WITHOUT_MENTOR, len(newest))):
            self.taken[plan.mentor] -= plan.last.minutes
            plan.mentor = None
        for number, plan in enumerate(self.rng.sample([p for p in running if p.mentor], QUIET)):
            plan.quiet_weeks = 1 + number % 3
        hers = [p for p in running if p.mentor == self.fjordby.fatima and p.quiet_weeks is None]
        for plan in [p for p in hers if p.every == "week"][:UNMET]:
            plan.quiet_weeks = 0
        for plan in self.rng.sample(running, 3):
            plan.protected = True
        self._stop([p for p in running if p.has_agreement and p.quiet_weeks is None])
        return ended + running + [self._bought(number) for number in range(RUNNING_BOUGHT)]

    def _stop(self, running: list[Plan]) -> None:
        """Some may-courses are to be stopped on the last Sundays, well inside their first period."""
        begun = self.monday - timedelta(weeks=9)
        candidates = [
            p
            for p in running
            if len(p.periods) == 1 and p.first.finding.obligation == "may" and p.first.start < begun
        ]
        for number, plan in enumerate(self.rng.sample(candidates, STOPPED)):
            plan.stops_on, plan.away = self.monday - timedelta(weeks=number, days=1), []

    def _running(self, number: int) -> Plan:
        """A course whose last period holds today; the periods begin evenly over the weeks behind, fewer in July."""
        kind = self._kind()
        start = self.monday - timedelta(weeks=number % kind.weeks)
        if start.month == JULY and self.rng.random() < NOT_IN_JULY:
            start = self.monday - timedelta(weeks=self.rng.randrange(kind.weeks))
        prolonged = kind.renews and self.rng.random() < SHARE_PROLONGED
        plan = self._plan(kind, start - timedelta(weeks=HALF_A_YEAR * prolonged))
        if prolonged:
            plan.periods.append(self._next(plan))
        plan.mentor = self._mentor(plan)
        if self.rng.random() < SHARE_AWAY:
            plan.away.append(self._away(plan))
        return plan

    def _ended(self) -> Iterator[Plan]:
        """The courses of two years that are over, the oldest first; `_running` draws those that are not."""
        for back in range(WEEKS_BEHIND, 0, -1):
            start = self.monday - timedelta(weeks=back)
            often = BEGIN_A_WEEK_IN_JULY if start.month == JULY else BEGIN_A_WEEK
            for _ in range(self.rng.randint(*often)):
                kind = self._kind()
                prolonged = kind.renews and self.rng.random() < PROLONGED_ONCE
                if kind.weeks + HALF_A_YEAR * prolonged < back:
                    yield self._over(kind, start, prolonged)

    def _over(self, kind: Kind, start: date, prolonged: bool) -> Plan:
        """A course of one or two periods; some stopped before the last of them had run out."""
        plan = self._plan(kind, start)
        if prolonged:
            plan.periods.append(self._next(plan))
        early = self.rng.randint(*WEEKS_EARLY) if self.rng.random() < SHARE_EARLY else 0
        plan.ended_on = plan.last.end - timedelta(weeks=early)
        plan.end_reason = Course.EndReason(self.rng.choices(list(ENDS), list(ENDS.values()))[0])
        plan.mentor = self.rng.choice(self.fjordby.social)
        if plan.first.level_row is None:
            plan.every = "fortnight"
        return plan

    def _bought(self, number: int) -> Plan:
        plan = self._plan(BOUGHT, self.monday - timedelta(weeks=number % BOUGHT.weeks))
        plan.mentor, plan.every, plan.keeps = (
            self.fjordby.bought[number % len(self.fjordby.bought)],
            "week",
            0.97,
        )
        return plan

    def _kind(self) -> Kind:
        return self.rng.choices(KINDS, [kind.share for kind in KINDS])[0]

    def _plan(self, kind: Kind, start: date) -> Plan:
        person = self.fjordby.house.people.draw(start, kind.ages)
        group = self.rng.choice(kind.groups)
        units = self.fjordby.caseworkers
        caseworker = self.rng.choice(units[8:] if kind.ages[1] < 30 else units[:8])
        return Plan(
            person=person,
            caseworker=caseworker,
            target_group=group,
            said=say(self.rng, kind.function),
            periods=[self._period(kind, person, group, start)],
            every="fortnight" if self.rng.random() < SHARE_FORTNIGHT else "week",
            keeps=self.rng.choice((0.8, 0.93, 0.97, 0.97, 0.99)),
            exempt=self.rng.random() < SHARE_EXEMPT,
        )

    def _period(self, kind: Kind, person: Person, group: str, start: date) -> Period:
        decided_on = start - DECIDED_BEFORE
        facts = {
            "target_group": group,
            "wants_mentor": True,
            "purpose_work_or_education": True,
            **kind.facts(decided_on),
        }
        period = self.rulebook.period(
            person, facts, function=kind.function, decided_on=decided_on, start=start
        )
        return self._deviate(period)

    def _next(self, plan: Plan) -> Period:
        """The next period on the same facts, decided two weeks before the first one ran out."""
        first = plan.first
        facts = {key: value for key, value in first.facts.items() if key != "birth_date"}
        start = first.end + timedelta(days=1)
        period = self.rulebook.period(
            plan.person,
            facts,
            function=first.finding.function,
            decided_on=start - timedelta(days=13),
            start=start,
        )
        return self._deviate(period)

    def _deviate(self, period: Period) -> Period:
        """Some get less than the level and a few more, each with a reason; before it each got what was judged."""
        if period.level_row is None:
            return replace(period, minutes=self.rng.choice(BEFORE_THE_LEVEL))
        level, draw = period.level_row.minutes_per_week, self.rng.random()
        if level is None or draw < AT_THE_LEVEL or level not in LESS:
            return period
        if draw < AT_THE_LEVEL + BELOW:
            return replace(
                period, minutes=self.rng.choice(LESS[level]), deviation_reason=self.rng.choice(common("less"))
            )
        return replace(period, minutes=level + MORE, deviation_reason=self.rng.choice(common("more")))

    def _mentor(self, plan: Plan) -> Mentor:
        """The one with most time left in the unit or at a supplier, of those who speak the citizen's language."""
        unit = plan.caseworker.unit_id
        near = [m for m in self.fjordby.social if m.unit_id in (unit, None)]
        spoken = [m for m in near if plan.person.language in m.languages]
        mentor = max(spoken or near, key=lambda m: self.hours[m] - self.taken[m])
        self.taken[mentor] += plan.last.minutes
        return mentor

    def _away(self, plan: Plan) -> tuple[date, date, str]:
        """One to three weeks in the running period; for some they hold today."""
        weeks = max((self.monday - plan.last.start).days // 7, 0)
        first = plan.last.start + timedelta(weeks=self.rng.randint(0, weeks))
        return first, first + timedelta(days=self.rng.choice((6, 13, 20))), self.rng.choice(ABSENCES)
