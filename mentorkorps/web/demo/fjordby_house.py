"""Fjordby Kommune: three units, those who work there, 30 mentors and the firms some of them come from."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from mentorkorps.domain.dates import add_months
from mentorkorps.municipality.actions import (
    add_training,
    adopt_level,
    load_level,
    record_mentor_absence,
    set_hours,
)
from mentorkorps.municipality.models import Mentor, Provider, Role, Unit, User
from mentorkorps.web.demo.house import House
from mentorkorps.web.demo.people import People

DISTRICTS = ("Midtby", "Havnen", "Nordby", "Sydskoven", "Landsbyerne")
SKILLS = (
    "misbrug",
    "psykiatri",
    "unge",
    "gæld",
    "hjemløshed",
    "autisme og ADHD",
    "familier",
    "kriminalforsorg",
)
OTHER_LANGUAGES = ("en", "en", "ar", "so", "uk", "tr", "pl")
LEVEL_FROM = date(2026, 1, 1)
FULL_TIME, PART_TIME, FEW_HOURS = 24 * 60 + 45, 18 * 60, 10 * 60  # minutes with citizens a week
SUPPLIED = 26 * 60
INTERNAL_OF_UNIT = (7, 7, 6)
CASEWORKERS_OF_UNIT = 4
UNSIGNED = 3  # the supplier's mentor who has not agreed to confidentiality


@dataclass
class Fjordby:
    """Everyone whom the stories call by name."""

    house: House
    today: date
    units: list[Unit]
    helle: User
    karl: User
    lene: User
    bodil: User
    caseworkers: list[User]
    social: list[Mentor]
    bought: list[Mentor]
    fatima: Mentor
    peter: Mentor
    ditte: Mentor
    torben: Mentor


def furnish(rng: Random, today: date) -> Fjordby:
    """The municipality before its first citizen."""
    people = People(rng, "9999 Fjordby", DISTRICTS)
    house = House(
        rng, people, name="Fjordby Kommune", code="999", address="Rådhuspladsen 1, 9999 Fjordby",
        phone="12 34 56 78", case_prefix="FJ",
    )  # fmt: skip
    _load_levels(house.administrator)
    units = [
        Unit.objects.create(name=name, phone=people.phone(), address=f"{street}, 9999 Fjordby")
        for name, street in (
            ("Jobindsats Nord", "Prøvegade 2"), ("Jobindsats Syd", "Eksempelvej 40"),
            ("Ungeindsatsen", "Opdigtet Allé 7"),
        )
    ]  # fmt: skip
    caseworkers = _caseworkers(house, units)
    bodil = house.person("Bodil Eksempel", Role.COORDINATOR, unit=units[0])
    lene = house.person("Lene Eksempel", Role.LEADER)
    for name, role in (
        ("Ove Prøve", Role.CONTROLLER),
        ("Stine Prøve", Role.SECRETARY),
        ("Dan Eksempel", Role.DPO),
    ):
        house.person(name, role)
    since = add_months(today, -60).replace(day=1)
    social, bought = _internal(house, units, since) + _suppliers(house, since), _bought(house, since)
    made = Fjordby(
        house, today, units, caseworkers[0], caseworkers[CASEWORKERS_OF_UNIT], lene, bodil, caseworkers, social,
        bought, social[0], social[1], social[sum(INTERNAL_OF_UNIT)], bought[0],
    )  # fmt: skip
    _train(made)
    _send_away(made)
    return made


def _load_levels(by: User) -> None:
    """The example level is in force; the two that others discussed are there to compare with."""
    for name in ("koebenhavn-2014", "slagelse-2015"):
        load_level(name, by=by)
    adopt_level(
        load_level("eksempel-2026", by=by), committee="Beskæftigelsesudvalget", case_number="2025-000417",
        adopted_on=date(2025, 12, 9), in_force_from=LEVEL_FROM, by=by,
    )  # fmt: skip


def _caseworkers(house: House, units: list[Unit]) -> list[User]:
    names = [" ".join(house.people.name(house.rng.choice("km"))) for _ in range(3 * CASEWORKERS_OF_UNIT)]
    names[0], names[CASEWORKERS_OF_UNIT] = "Helle Prøve", "Karl Eksempel"
    return [
        house.person(name, Role.CASEWORKER, unit=units[place // CASEWORKERS_OF_UNIT])
        for place, name in enumerate(names)
    ]


def _internal(house: House, units: list[Unit], since: date) -> list[Mentor]:
    named = {0: ("Fatima Eksempel", "k", ["da", "ar"]), 1: ("Peter Prøve", "m", ["da"])}
    mentors = []
    for unit, number in zip(units, INTERNAL_OF_UNIT, strict=True):
        for _ in range(number):
            name, gender, languages = named.get(len(mentors), ("", "", _languages(house.rng)))
            mentors.append(
                house.mentor(
                    Mentor.Kind.INTERNAL, PART_TIME if len(mentors) % 6 == 5 else FULL_TIME, since, name=name,
                    gender=gender, unit=unit, languages=languages, skills=house.rng.sample(SKILLS, 2),
                    districts=house.rng.sample(DISTRICTS, 2), max_citizens=20,
                )
            )  # fmt: skip
    return mentors


def _suppliers(house: House, since: date) -> list[Mentor]:
    suppliers = [
        house.provider(name, Provider.Kind.SUPPLIER) for name in ("Prøvehuset A/S", "Eksempelværket ApS")
    ]
    for name, supplier in zip(("Viggo Eksempel", "Grethe Prøve"), suppliers, strict=True):
        house.person(name, Role.PROVIDER, provider=supplier)
    return [
        house.mentor(
            Mentor.Kind.SUPPLIER, SUPPLIED, since, name="" if place else "Ditte Eksempel",
            gender="" if place else "k", provider=suppliers[place % 2],
            languages=_languages(house.rng), skills=house.rng.sample(SKILLS, 2),
            districts=house.rng.sample(DISTRICTS, 3), max_citizens=22,
            confidentiality_on=None if place == UNSIGNED else since,
        )
        for place in range(5)
    ]  # fmt: skip


def _bought(house: House, since: date) -> list[Mentor]:
    """Company mentors and one at a school, each with a few hours a week beside the job."""
    places = (
        ("Prøvetræ ApS", "company", "Torben Prøve"), ("Eksempelkøkkenet", "company", ""),
        ("Fjordby Prøvelager", "company", ""), ("Mønsterplejen I/S", "company", ""),
        ("Prøveskolen Fjordby", "education", ""),
    )  # fmt: skip
    return [
        house.mentor(
            Mentor.Kind(kind), 2 * FEW_HOURS, since, name=mentor, gender="m" if mentor else "",
            provider=house.provider(name, Provider.Kind(kind)), languages=["da"], max_citizens=3,
        )
        for name, kind, mentor in places
    ]  # fmt: skip


def _languages(rng: Random) -> list[str]:
    return ["da"] if rng.random() < 0.5 else ["da", rng.choice(OTHER_LANGUAGES)]


def _train(fjordby: Fjordby) -> None:
    """Everyone has the mentor course; one first-aid certificate ran out."""
    by, today = fjordby.house.administrator, fjordby.today
    for place, mentor in enumerate(fjordby.social):
        completed = add_months(today, -12 - 3 * (place % 8)).replace(day=15)
        add_training(mentor, title="Mentoruddannelse, 6 dage", completed_on=completed, by=by)
        if place % 5 == 0:
            completed = add_months(today, -25 if place == 5 else -14)
            add_training(
                mentor, title="Førstehjælp ved psykisk krise", completed_on=completed,
                expires_on=add_months(completed, 24), by=by,
            )  # fmt: skip


def _send_away(fjordby: Fjordby) -> None:
    """Three are ill now, one is on holiday next week, one went down in hours; everyone had two weeks each summer."""
    by, today = fjordby.house.administrator, fjordby.today
    for mentor, week in zip(fjordby.social, cycle((28, 29, 30)), strict=False):
        for year in (today.year - 2, today.year - 1, today.year):
            first = date.fromisocalendar(year, week, 1)
            if today - timedelta(weeks=104) < first < today - timedelta(days=60):
                record_mentor_absence(
                    mentor, first=first, last=first + timedelta(days=13), reason="holiday", by=by
                )
    for mentor, days in ((fjordby.peter, 11), (fjordby.social[9], 2), (fjordby.social[22], 1)):
        record_mentor_absence(mentor, first=today - timedelta(days=days), reason="sick", by=by)
    monday = today + timedelta(days=7 - today.weekday())
    away = fjordby.social[4]
    record_mentor_absence(away, first=monday, last=monday + timedelta(days=6), reason="holiday", by=by)
    fewer = fjordby.social[12]
    set_hours(
        fewer, valid_from=add_months(today, -2), minutes_per_week=FEW_HOURS, note="Delvis barsel", by=by
    )
