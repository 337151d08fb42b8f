"""What a what-if begins from: the level of a day, the citizens who have support, the corps, and the money known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.economy import round_ore
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.ledger.queries.budget import budget_on, ceiling_on
from mentorkorps.ledger.queries.hours import granted_hours
from mentorkorps.ledger.queries.prices import price_book
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.models import IN_COMPANY, ServiceLevel
from mentorkorps.municipality.queries import active_mentors, level_in_force
from mentorkorps.municipality.queries.corps import direct_minutes
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.full_time import full_time_on

WEEKS_IN_A_YEAR = 52


@dataclass(frozen=True)
class Assumption:
    """A figure that money is counted with, as an economy table has it, and where it comes from."""

    value: Decimal | int | str
    source: str


@dataclass(frozen=True)
class Ground:
    """The level in force on a day, and what is known about money (by the names of `read_economy`)."""

    on: date
    level: ServiceLevel
    rows: tuple[LevelRow, ...]
    assumed: Mapping[str, Assumption]


@dataclass(frozen=True)
class Counted:
    """Running courses of a day by row of the level. `elsewhere` are (what, courses) that no row of it counts.

    A course under an earlier level is counted in the row that has the same key today.
    """

    citizens: Mapping[str, int]
    elsewhere: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Corps:
    """The minutes a week that the mentors of a day, but those in companies, have for citizens."""

    minutes_per_week: int
    mentors: int
    without_hours: int


def ground(on: date) -> Ground | None:
    """What stands fast on a day, or None when no level is in force. 13 queries, whatever the number of citizens."""
    level = level_in_force(on)
    if level is None:
        return None
    rows = tuple(row_facts(row) for row in level.rows.all())
    return Ground(on, level, rows, _assumed(on, rows))


def counted(on: date, rows: tuple[LevelRow, ...]) -> Counted:
    """The running courses of a day in the rows of a level. One aggregate query."""
    found = granted_hours(on)
    citizens = Counter({row.key: 0 for row in rows})
    elsewhere: Counter[str] = Counter()
    for each in (*found.social, *found.company):
        if each.row is not None and each.key in citizens:
            citizens[each.key] += each.hours.courses
        elif each.hours.courses:
            elsewhere[each.label] += each.hours.courses
    return Counted(dict(citizens), tuple(elsewhere.items()))


def corps(on: date) -> Corps:
    """What the corps has for citizens in a week of a day, in two or three queries."""
    mentors = active_mentors(on).exclude(kind__in=IN_COMPANY)
    minutes, count = direct_minutes(on, mentors), mentors.count()
    return Corps(sum(minutes.values()), count, count - len(minutes))


def _assumed(on: date, rows: tuple[LevelRow, ...]) -> dict[str, Assumption]:
    """Dated rows first. What none of them knows is taken from the newest saved run, and says so."""
    known = {**_from_last_run(), **_from_ledger(on), **_price(on)}
    full_time = full_time_on(on)
    if full_time is not None:
        hours = Decimal(full_time.minutes_per_year) / 60
        said = f"{full_time.source}, fra {field_date(full_time.valid_from)}"
        known["direct_hours_per_full_time"] = Assumption(hours, said)
    percent = _percent(on, rows)
    return known if percent is None else {**known, "reimbursement_percent": percent}


def _from_ledger(on: date) -> dict[str, Assumption]:
    known = {}
    budget, ceiling = budget_on(on.year, on), ceiling_on(on.year, on)
    if budget is not None:
        said = f"{budget.source}, vedtaget {field_date(budget.adopted_on)}"
        known["budget"] = Assumption(Decimal(budget.ore) / 100, said)
    if ceiling is not None:
        said = f"{ceiling.source}, oplyst {field_date(ceiling.known_on)}"
        known["reimbursement_ceiling"] = Assumption(Decimal(ceiling.ore) / 100, said)
        known["ceiling_on"] = Assumption(str(ceiling.counts), said)
    return known


def _price(on: date) -> dict[str, Assumption]:
    """What an hour of the corps costs on a day: the prices that hold, weighted by their minutes. Six queries.

    Mentors without a price, or without hours, are left out and counted in the source.
    """
    mentors = list(active_mentors(on).exclude(kind__in=IN_COMPANY))
    minutes = direct_minutes(on, active_mentors(on).exclude(kind__in=IN_COMPANY))
    book = price_book()
    priced = [
        (ore, minutes[mentor.pk])
        for mentor in mentors
        if (ore := book.on(mentor, on)) is not None and minutes.get(mentor.pk)
    ]
    weight = sum(part for _, part in priced)
    if not weight:
        return {}
    mean = round_ore(Fraction(sum(ore * part for ore, part in priced), weight))
    left_out = len(mentors) - len(priced)
    who = "mentor" if len(priced) == 1 else "mentorer"
    said = f"Gennemsnit for {len(priced)} {who} {field_date(on)}, vejet med deres timer"
    said += f"; {left_out} uden pris eller timer er ikke med" if left_out else ""
    return {"price_per_hour": Assumption(Decimal(mean) / 100, said)}


def _from_last_run() -> dict[str, Assumption]:
    last = Run.objects.filter(kind="simulation").first()
    economy: Mapping[str, Any] = (last.inputs.get("economy") or {}) if last else {}
    said = f"beregningen “{last.title}” fra {field_date(last.made_on)}" if last else ""
    return {name: Assumption(value, said) for name, value in economy.items()}


def _percent(on: date, rows: tuple[LevelRow, ...]) -> Assumption | None:
    """The state's share of an agreement made that day, where it is the same for every task and group of the level."""
    pairs = {
        (group, task) for row in rows for task in row.functions for group in row.target_groups or (None,)
    }
    try:
        found = [law.reimbursement(group, task, on, on) for group, task in pairs]
    except law.MissingRule:
        return None
    shares = {each.percent for each in found}
    if len(shares) != 1 or None in shares:
        return None
    citations = ", ".join(sorted({each.citation for each in found if each.citation}))
    return Assumption(next(iter(shares)), f"{citations}, {field_date(on)}")
