"""What somebody has asked in a demo world: two saved what-ifs, with the money they were counted with."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.service_level import Level, level_table
from mentorkorps.municipality.models import Mentor, Role, User
from mentorkorps.municipality.queries import people_by_role
from mentorkorps.municipality.queries.corps import direct_minutes
from mentorkorps.steering.actions.full_time import set_full_time
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.queries.what_if import Ground, counted, ground


@dataclass(frozen=True)
class Question:
    """Other minutes a week for one row."""

    title: str
    row: str
    minutes: int


@dataclass(frozen=True)
class World:
    """A world's money (kroner, as an economy table) and its questions; made up unless a source is named.

    `full_time_weeks` is how many weeks of a year a full-time mentor meets citizens.
    """

    full_time_weeks: int
    economy: dict[str, Any]
    questions: tuple[Question, Question]


# Budget, percent and ceiling are København's of 2014; the price is the budget divided by the hours.
KOEBENHAVN = World(
    full_time_weeks=52,
    economy={
        "budget": 110_000_000, "price_per_hour": 413, "weeks_per_year": 52, "reimbursement_percent": 50,
        "reimbursement_ceiling": 111_000_000, "ceiling_on": "spending",
    },
    questions=(
        Question("Over 30 år: 120 minutter om ugen", "aktivitetsparate-over-30", 120),
        Question("Ret og pligt: 60 minutter om ugen", "ret-og-pligt", 60),
    ),
)  # fmt: skip
FJORDBY = World(
    full_time_weeks=46,
    economy={
        "budget": 12_500_000, "price_per_hour": Decimal("412.50"), "weeks_per_year": 50, "reimbursement_percent": 0,
    },
    questions=(
        Question("Sygedagpenge: en halv time mindre", "sygedagpenge", 60),
        Question("Unge under 30 år: to timer om ugen", "aktivitetsparate-under-30", 120),
    ),
)  # fmt: skip


def ask(world: World, on: date) -> None:
    """Saves the questions as the secretary asked them, on the citizens of the day."""
    by = people_by_role()[Role.SECRETARY]
    hours = _full_time_hours(world, on, by)
    stands = ground(on)
    if stands is None:
        raise RuntimeError("a demo world has a level in force")
    for question in world.questions:
        _save(question, {**world.economy, "direct_hours_per_full_time": hours}, stands, by)


def _full_time_hours(world: World, on: date, by: User) -> Decimal:
    """A year's hours of the mentors of its own who have most, which is full time; written down with how it came."""
    week = max(direct_minutes(on, Mentor.objects.filter(kind=Mentor.Kind.INTERNAL)).values())
    year = week * world.full_time_weeks
    source = f"Prøvedata: {write_minutes(week)} om ugen med borgere i {world.full_time_weeks} uger"
    set_full_time(valid_from=on.replace(month=1, day=1), minutes_per_year=year, source=source, by=by)
    return Decimal(year) / 60


def _save(question: Question, economy: dict[str, Any], stands: Ground, by: User) -> None:
    level = Level(stands.level.name, stands.level.source, stands.level.example, stands.rows)
    rows = tuple(
        replace(row, minutes_per_week=question.minutes) if row.key == question.row else row
        for row in stands.rows
    )
    inputs = {
        "population": dict(counted(stands.on, stands.rows).citizens),
        "level": level_table(level),
        "proposal": level_table(replace(level, name=question.title, rows=rows)),
        "economy": economy,
    }
    make_run(kind="simulation", title=question.title, inputs=inputs, by=by)
