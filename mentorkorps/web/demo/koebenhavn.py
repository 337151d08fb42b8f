"""København, 27 August 2014: the table of the theme discussion of 29 September 2014, one row of it a line below.

The figures are the source's; every person, unit and firm is made up. The source knows 24 internal mentors in one
centre (JKI); the others are as many as the hours take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Mentor, Provider, Role, ServiceLevel, Unit, User
from mentorkorps.web.demo import accounts, asked, decks, shared
from mentorkorps.web.demo.diary import Diary
from mentorkorps.web.demo.garbage import no_search
from mentorkorps.web.demo.house import House
from mentorkorps.web.demo.mass import Mass
from mentorkorps.web.demo.people import People, Person
from mentorkorps.web.demo.plans import Period, Plan, Rulebook, say

TODAY = date(2014, 8, 27)
LAW_FROM = date(2014, 1, 1)
FIRST_MONDAY, WEEKS = date(2014, 3, 3), 26  # 26-week periods from these Mondays all run on the day
FIRST_COMPANY_MONDAY, COMPANY_WEEKS = date(2014, 6, 2), 13
JKI_MENTORS, FULL_TIME = 24, 20 * 60  # minutes with citizens a week, of 37 hours
CITIZENS_A_CASEWORKER = 38
DECIDED_BEFORE = timedelta(days=6)
PLACES = ("Jobcenter Nord", "Jobcenter Syd", "Beskæftigelsescenter Øst", "Beskæftigelsescenter Vest")
SUPPLIERS = ("Prøvehuset A/S", "Eksempelgruppen ApS", "Mentorhuset Prøve")
UNABLE = {"can_take_part_in_offers": False, "first_right_and_duty_offer": True}
ABLE = {"can_take_part_in_offers": True}


@dataclass(frozen=True)
class Row:
    """Citizens of one row of the table: how many, of which ages, and what is known of them."""

    key: str
    citizens: int
    function: str
    group: str
    ages: tuple[int, int]
    facts: dict[str, Any]


ROWS = (
    Row("ret-og-pligt", 2_700, "right_and_duty_mentor", "kontanthjaelp_aktivitetsparat", (31, 62), UNABLE),
    Row("ret-og-pligt", 900, "right_and_duty_mentor", "uddannelseshjaelp_aktivitetsparat", (19, 28), UNABLE),
    Row("aktivitetsparate-under-30", 150, "social_mentor", "uddannelseshjaelp_aktivitetsparat", (19, 28), ABLE),
    Row("aktivitetsparate-over-30", 300, "social_mentor", "kontanthjaelp_aktivitetsparat", (31, 62), ABLE),
    Row("uddannelses-og-jobparate", 50, "social_mentor", "uddannelseshjaelp_uddannelsesparat", (19, 28), ABLE),
    Row("uddannelses-og-jobparate", 50, "social_mentor", "kontanthjaelp_jobparat", (31, 62), ABLE),
    Row("sygedagpenge", 100, "social_mentor", "sygedagpenge", (25, 62), ABLE),
    Row("revalidender", 200, "social_mentor", "revalidend", (25, 55), ABLE),
    Row("faglig-mentor", 140, "company_mentor", "kontanthjaelp_aktivitetsparat", (30, 60), ABLE),
)  # fmt: skip


@no_search()
def build(rng: Random, today: date, part: int = 1) -> None:
    """The whole city, or one citizen in `part` of each row. It stands on its own day, whatever day it is."""
    people = People(rng, "0999 Prøvestad", ("Nord", "Syd", "Øst", "Vest"))
    house = House(
        rng, people, name="København (prøvedata)", code="101", address="Prøvepladsen 1, 0999 Prøvestad",
        phone="12 34 56 78", case_prefix="KK", world_date=TODAY,
    )  # fmt: skip
    _adopt_level(house.administrator)
    staff = _Staff(house, part)
    rulebook = Rulebook()
    diary = Diary(rng, TODAY, [])
    plans = [
        _plan(rng, row, number, people, staff, rulebook)
        for row in ROWS
        for number in range(row.citizens // part)
    ]
    Mass(rng, house.municipality, diary, staff.coordinator).write(plans)
    shared.tell(Random(len(plans)), TODAY)
    asked.ask(asked.KOEBENHAVN, TODAY)
    accounts.tell_koebenhavn(TODAY)
    decks.tell_koebenhavn(TODAY)


def _adopt_level(by: User) -> None:
    level = load_level("koebenhavn-2014", by=by)
    committee = "Beskæftigelses- og Integrationsudvalget"
    adopt_level(
        level, committee=committee, case_number="", adopted_on=LAW_FROM, in_force_from=LAW_FROM, by=by
    )
    ServiceLevel.objects.filter(pk=level.pk).update(
        note="Kilden siger, at niveauet blev forelagt i november 2013. Datoerne her er sat af prøvedata."
    )


class _Staff:
    """Who works there. Mentors are hired as the hours of the plans take them, JKI's 24 first."""

    def __init__(self, house: House, part: int) -> None:
        self.house = house
        self.jki_left = JKI_MENTORS // part or 1
        self.jki = Unit.objects.create(name="Center for Jobindsats (JKI)")
        self.units = [Unit.objects.create(name=name) for name in PLACES]
        self.suppliers = [house.provider(name, Provider.Kind.SUPPLIER) for name in SUPPLIERS]
        self.coordinator = house.person("Bodil Eksempel", Role.COORDINATOR, unit=self.jki)
        for name, role in (
            ("Ove Prøve", Role.CONTROLLER), ("Lene Eksempel", Role.LEADER), ("Stine Prøve", Role.SECRETARY),
            ("Dan Eksempel", Role.DPO),
        ):  # fmt: skip
            house.person(name, role)
        house.person("Viggo Eksempel", Role.PROVIDER, provider=self.suppliers[0])
        self.free: dict[Mentor, int] = {}
        self.caseworkers = self._caseworkers(sum(row.citizens // part for row in ROWS))
        self.places = cycle([*self.units, *self.suppliers])

    def _caseworkers(self, citizens: int) -> Callable[[], User]:
        units = cycle([self.jki, *self.units])
        names = [
            "Helle Prøve",
            *(" ".join(self.house.people.name("k")) for _ in range(citizens // CITIZENS_A_CASEWORKER)),
        ]
        made = cycle([self.house.person(name, Role.CASEWORKER, unit=next(units)) for name in names])
        return lambda: next(made)

    def social_mentor(self, minutes: int) -> Mentor:
        """A mentor with that much time left; the time is taken."""
        mentor = next((m for m, left in self.free.items() if left >= minutes), None) or self._hire()
        self.free[mentor] -= minutes
        return mentor

    def _hire(self) -> Mentor:
        skills = self.house.rng.sample(["misbrug", "psykiatri", "unge", "gæld", "hjemløshed"], 2)
        fields = {"languages": ["da", self.house.rng.choice(["en", "ar", "so", "tr"])], "skills": skills}
        if self.jki_left > 0:
            self.jki_left -= 1
            mentor = self.house.mentor(Mentor.Kind.INTERNAL, FULL_TIME, LAW_FROM, unit=self.jki, **fields)
        else:
            mentor = self._hire_elsewhere(fields)
        self.free[mentor] = FULL_TIME
        return mentor

    def _hire_elsewhere(self, fields: dict[str, Any]) -> Mentor:
        place = next(self.places)
        if isinstance(place, Provider):
            return self.house.mentor(Mentor.Kind.SUPPLIER, FULL_TIME, LAW_FROM, provider=place, **fields)
        return self.house.mentor(Mentor.Kind.INTERNAL, FULL_TIME, LAW_FROM, unit=place, **fields)

    def company_mentor(self, number: int, minutes: int) -> Mentor:
        """A mentor of one citizen; every seventh is at a school, and two share a firm."""
        school = number % 7 == 6
        kind, what = ("education", "Prøveskolen") if school else ("company", "Prøvefirma")
        name = f"{what} {number // 2 + 1}"
        provider = Provider.objects.filter(name=name).first() or self.house.provider(
            name, Provider.Kind(kind)
        )
        return self.house.mentor(Mentor.Kind(kind), minutes, LAW_FROM, provider=provider, languages=["da"])


def _plan(rng: Random, row: Row, number: int, people: People, staff: _Staff, rulebook: Rulebook) -> Plan:
    person = people.draw(TODAY, row.ages)
    period = _period(row, number, person, rulebook)
    company = row.function == "company_mentor"
    mentor = staff.company_mentor(number, period.minutes) if company else staff.social_mentor(period.minutes)
    return Plan(
        person=person,
        caseworker=staff.caseworkers(),
        target_group=row.group,
        said=say(rng, row.function),
        periods=[period],
        mentor=mentor,
        keeps=0.93,
        exempt=rng.random() < 0.15,
        protected=rng.random() < 0.01,
    )


def _period(row: Row, number: int, person: Person, rulebook: Rulebook) -> Period:
    """Periods begin on every Monday from which they run on the day, as many on each."""
    company = row.function == "company_mentor"
    first, weeks = (FIRST_COMPANY_MONDAY, COMPANY_WEEKS) if company else (FIRST_MONDAY, WEEKS)
    start = first + timedelta(weeks=number % weeks)
    facts = {"target_group": row.group, "wants_mentor": True, "purpose_work_or_education": True, **row.facts}
    if company:
        facts |= {"mentor_placed_in": "company", "beyond_ordinary": True, "decisive": True}
    return rulebook.period(
        person, facts, function=row.function, decided_on=start - DECIDED_BEFORE, start=start
    )
