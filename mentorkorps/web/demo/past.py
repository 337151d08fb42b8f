"""Fjordby's older courses: what was given two to four years ago, and where the citizens were 6, 12 and 18 months later.

They ended before anything that the rest of the world looks back on: outcomes are told of them, and little else.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from django.utils import timezone

from mentorkorps.cases.models import Course, OtherOffer
from mentorkorps.followup.models import FollowUp, Whereabouts
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.actions.prices import put_in_pay_group, set_price, set_wage
from mentorkorps.ledger.models import PayGroup, PayGroupMember, Price, Wage
from mentorkorps.municipality.models import Mentor, Municipality, Provider, Role, User
from mentorkorps.web.demo.bought import AGREEMENT, GROUP_WAGES, PRICES, WAGES
from mentorkorps.web.demo.diary import Diary
from mentorkorps.web.demo.fjordby_courses import KINDS, Kind, Planner
from mentorkorps.web.demo.fjordby_house import Fjordby
from mentorkorps.web.demo.mass import Mass
from mentorkorps.web.demo.plans import Plan

COURSES = 390
BEGAN = (136, 200)  # weeks ago
OFTEN = (30, 12, 9, 13, 13, 15, 5, 7)  # each of KINDS; those with a right are more than today
SHARE_BOUGHT = 0.27  # at a supplier
WEEKS_TO_END = (8, 24)  # of those who leave before the period has run out
CHANCE = {
    "uddannelseshjaelp_uddannelsesparat": 0.34, "uddannelseshjaelp_aktivitetsparat": 0.22, "sygedagpenge": 0.26,
    "kontanthjaelp_jobparat": 0.28, "jobafklaring": 0.17, "fleksjob": 0.18, "kontanthjaelp_aktivitetsparat": 0.15,
}  # fmt: skip
MORE_WITH_A_RIGHT = 0.07
OTHER_ENDS = {"expired": 8, "goals_met": 6, "offer": 8, "other_law": 3, "wish": 3, "pension": 2, "moved": 1}
# Where a citizen is at the next question, by where they were; an end counts as benefit where nothing else is said.
NEXT = {
    "benefit": {"benefit": 50, "offer": 26, "job": 9, "education": 7, "lost": 4, "pension": 4},
    "offer": {"benefit": 38, "offer": 36, "job": 13, "education": 9, "lost": 4},
    "job": {"job": 82, "benefit": 15, "lost": 3},
    "education": {"education": 76, "job": 10, "benefit": 12, "lost": 2},
    "pension": {"pension": 1},
    "lost": {"lost": 3, "benefit": 1},
}
CHEAPER_A_YEAR = 3  # percent that prices and wages were lower for each year back
WRITTEN_AT = time(9, 40)
FOLLOWED = 14  # days from the end to the next offer


def leave_numbers(fjordby: Fjordby) -> None:
    """Keeps the lowest case numbers free for those who came first. Before any other citizen."""
    fjordby.house.municipality.last_case_number = COURSES


def tell(rng: Random, fjordby: Fjordby) -> None:
    """Prices of the time, the courses with their contacts, and what was answered afterwards. After everything else."""
    municipality, last = fjordby.house.municipality, Municipality.objects.get().last_case_number
    _prices(fjordby.today)
    planner = _Past(rng, fjordby)
    plans = sorted((planner.plan() for _ in range(COURSES)), key=lambda plan: plan.first.start)
    municipality.last_case_number = 0
    diary = Diary(rng, fjordby.today, [])
    courses = Mass(rng, municipality, diary, fjordby.bodil).write(plans)
    municipality.last_case_number = last
    Municipality.objects.update(last_case_number=last)
    _afterwards(rng, courses)


class _Past(Planner):
    """Draws a course that is long over. The law of its day carried it, and a level was not adopted yet."""

    def plan(self) -> Plan:
        """A course with its mentor, and how it ended."""
        kind = self.rng.choices(KINDS, OFTEN)[0]
        plan = self._plan(kind, self.monday - timedelta(weeks=self.rng.randint(*BEGAN)))
        plan.every = "fortnight"
        plan.mentor = self._at_a_supplier() if self.rng.random() < SHARE_BOUGHT else self._own(plan)
        self._end(plan, kind)
        return plan

    def _own(self, plan: Plan) -> Mentor:
        near = [m for m in self.fjordby.social if m.unit_id == plan.caseworker.unit_id]
        return self.rng.choice(near)

    def _at_a_supplier(self) -> Mentor:
        return self.rng.choice([m for m in self.fjordby.social if m.provider_id])

    def _end(self, plan: Plan, kind: Kind) -> None:
        period = plan.first
        chance = CHANCE[plan.target_group] + MORE_WITH_A_RIGHT * (period.finding.obligation == "right")
        if self.rng.random() < chance:
            study = kind.function == "education_mentor" or self.rng.random() < 0.3
            reason = "education" if study else "job"
        else:
            reason = _drawn(self.rng, OTHER_ENDS)
        plan.end_reason = Course.EndReason(reason)
        early = period.start + timedelta(weeks=self.rng.randint(*WEEKS_TO_END), days=self.rng.randint(0, 4))
        plan.ended_on = period.end if reason == "expired" else min(early, period.end)


def _drawn(rng: Random, often: Mapping[str, int]) -> str:
    return rng.choices(list(often), list(often.values()))[0]


def _prices(today: date) -> None:
    """What an hour cost until the prices that the world has already: a little less for each year back."""
    by = User.objects.get(role=Role.CONTROLLER)
    known = date(today.year - 1, 1, 1)
    for back in (3, 2, 1):
        first, last = date(known.year - back, 1, 1), date(known.year - back, 12, 31)
        span = {"first": first, "last": last, "by": by}
        for name, (ore, _) in PRICES.items():
            provider = Provider.objects.get(name=name)
            set_price(provider, ore=_cheaper(ore, back), source=f"{AGREEMENT}, {first.year}", **span)
        for name, (ore, _) in GROUP_WAGES.items():
            group = PayGroup.objects.get(name=name)
            set_wage(group=group, ore=_cheaper(ore, back), source=f"{WAGES} {first.year}", **span)
    for member in PayGroupMember.objects.filter(first=known).select_related("mentor", "group"):
        put_in_pay_group(
            member.mentor, member.group, first=date(known.year - 3, 1, 1), last=known - timedelta(days=1),
            source=WAGES, by=by,
        )  # fmt: skip
    for model in (Price, Wage, PayGroupMember):
        for first in model.objects.filter(first__lt=known).values_list("first", flat=True).distinct():
            model.objects.filter(first=first).update(entered_at=_at(first - timedelta(days=12)))


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, WRITTEN_AT))


def _cheaper(ore: int, years: int) -> int:
    """Whole half kroner."""
    return round(ore * (100 - CHEAPER_A_YEAR * years) / 100 / 50) * 50


def _afterwards(rng: Random, courses: list[Course]) -> None:
    """The answers of the follow-ups as history, and the offer that most went on to."""
    answered = list(_answers(rng, courses))
    FollowUp.objects.bulk_update(answered, ["outcome"], batch_size=500)
    Whereabouts.objects.bulk_create(
        Whereabouts(
            follow_up=each, outcome=each.outcome, on=each.asked_on, noted_by_id=each.asked_by_id,
            source="Fagsystem (prøvedata)",
        )
        for each in answered
    )  # fmt: skip
    offers = [
        OtherOffer(
            citizen=course.citizen, since=course.ended_on + timedelta(days=FOLLOWED), source="Fagsystem (prøvedata)",
            kind=rng.choice((OtherOffer.Kind.TRAINEE, OtherOffer.Kind.SKILLS, OtherOffer.Kind.HOURS)),
            noted_by=course.citizen.caseworker,
        )
        for course in courses
    ]  # fmt: skip
    OtherOffer.objects.bulk_create(offers)
    changed("bygget prøvedata", by=None, about=None, rows="otheroffer", count=len(offers))


def _answers(rng: Random, courses: list[Course]) -> Iterator[FollowUp]:
    """The follow-ups, each with an answer that goes on from the one before."""
    asked = FollowUp.objects.filter(course__in=[course.pk for course in courses])
    in_order = asked.select_related("course").order_by("course__citizen__case_number", "due")
    for course, of in groupby(in_order, lambda each: each.course):
        where = course.end_reason if course.end_reason in NEXT else "benefit"
        for each in of:
            each.outcome = where = _drawn(rng, NEXT[where])
            yield each
