"""What somebody has asked in a demo world: two saved what-ifs, with the money they were counted with."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mentorkorps.domain.service_level import Level, level_table
from mentorkorps.municipality.models import Role, User
from mentorkorps.municipality.queries import people_by_role
from mentorkorps.steering.actions.full_time import set_full_time
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.queries.what_if import Ground, counted, ground

HOURS = 60  # minutes


@dataclass(frozen=True)
class Question:
    """Other minutes a week for one row."""

    title: str
    row: str
    minutes: int


@dataclass(frozen=True)
class World:
    """A world's money (kroner, as an economy table) and its questions. All of it is made up unless `source` says."""

    full_time_hours: int
    full_time_source: str
    economy: dict[str, Any]
    questions: tuple[Question, Question]


# Budget, percent and ceiling are København's of 2014; the price is the budget divided by the hours.
KOEBENHAVN = World(
    full_time_hours=20 * 52,
    full_time_source="Prøvedata: 20 timer om ugen med borgere i 52 uger",
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
    full_time_hours=18 * 46,
    full_time_source="Prøvedata: 18 timer om ugen med borgere i 46 uger",
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
    first = on.replace(month=1, day=1)
    set_full_time(
        valid_from=first,
        minutes_per_year=world.full_time_hours * HOURS,
        source=world.full_time_source,
        by=by,
    )
    stands = ground(on)
    if stands is None:
        raise RuntimeError("a demo world has a level in force")
    for question in world.questions:
        _save(question, world, stands, by)


def _save(question: Question, world: World, stands: Ground, by: User) -> None:
    level = Level(stands.level.name, stands.level.source, stands.level.example, stands.rows)
    rows = tuple(
        replace(row, minutes_per_week=question.minutes) if row.key == question.row else row
        for row in stands.rows
    )
    economy = {**world.economy, "direct_hours_per_full_time": world.full_time_hours}
    inputs = {
        "population": dict(counted(stands.on, stands.rows).citizens),
        "level": level_table(level),
        "proposal": level_table(replace(level, name=question.title, rows=rows)),
        "economy": economy,
    }
    make_run(kind="simulation", title=question.title, inputs=inputs, by=by)
