"""What is to be written about one made-up citizen. Plans hold to the law: the product could have made the rows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from mentorkorps.domain import law
from mentorkorps.domain.dates import age_on
from mentorkorps.municipality.models import Mentor, ServiceLevelRow, User
from mentorkorps.municipality.queries import level_rows_in_force, suggested_row
from mentorkorps.web.demo.people import Person
from mentorkorps.web.demo.words import common, some, words_for

MINUTES_WHERE_OPEN = 60
WEEKS_WHERE_OPEN = 26


@dataclass(frozen=True)
class Period:
    """One granted period: the facts, what the law said of them that day, and what was given."""

    decided_on: date
    start: date
    end: date
    facts: dict[str, Any]
    answer: law.Answer
    finding: law.Finding
    level_row: ServiceLevelRow | None
    minutes: int
    deviation_reason: str


@dataclass(frozen=True)
class Said:
    """What was said and written about the citizen."""

    purpose: str
    goal: str
    situation: str
    prospect: str
    view: str
    other_help: str
    tasks: list[str]
    not_tasks: list[str]


@dataclass
class Plan:
    """A citizen's course from the referral on.

    `quiet_weeks` are whole weeks before the running one, in which, as in the running one itself, nobody met.

    A course that ended by itself has `ended_on`; one that is to be stopped before its time has `stops_on`.
    """

    person: Person
    caseworker: User
    target_group: str
    said: Said
    periods: list[Period]
    mentor: Mentor | None = None
    signed: bool = True
    every: str = "week"
    keeps: float = 0.95
    quiet_weeks: int | None = None
    away: list[tuple[date, date, str]] = field(default_factory=list)
    stops_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    protected: bool = False
    exempt: bool = False

    @property
    def has_agreement(self) -> bool:
        return self.mentor is not None and self.signed

    @property
    def goes_on(self) -> bool:
        return self.ended_on is None and self.stops_on is None

    @property
    def first(self) -> Period:
        return self.periods[0]

    @property
    def last(self) -> Period:
        return self.periods[-1]


class Rulebook:
    """The law and the level in force, asked once a day."""

    def __init__(self) -> None:
        self._rows: dict[date, list[ServiceLevelRow]] = {}

    def period(
        self,
        person: Person,
        facts: dict[str, Any],
        *,
        function: str,
        decided_on: date,
        start: date,
        minutes: int = 0,
    ) -> Period:
        """A period that the law carries, as long as the level says, with the level's minutes."""
        facts = {"birth_date": person.birth_date.isoformat(), **facts}
        answer = law.visitate(law.Facts.from_json(facts), on=decided_on)
        finding = next(f for f in answer.findings if f.function == function and f.met is True)
        row = self._row(finding, facts["target_group"], age_on(person.birth_date, decided_on), decided_on)
        return Period(
            decided_on,
            start,
            _last_day(finding, start, row),
            facts,
            answer,
            finding,
            row,
            (row and row.minutes_per_week) or MINUTES_WHERE_OPEN,
            "",
        )

    def _row(self, finding: law.Finding, group: str, age: int, on: date) -> ServiceLevelRow | None:
        if on not in self._rows:
            self._rows[on] = level_rows_in_force(on)
        return suggested_row(
            self._rows[on],
            function=finding.function,
            target_group=group,
            obligation=finding.obligation,
            age=age,
        )


def _last_day(finding: law.Finding, start: date, row: ServiceLevelRow | None) -> date:
    """As many weeks as the level gives, half a year where it is silent, and never longer than the law lets it be."""
    weeks = (row and row.weeks) or WEEKS_WHERE_OPEN
    wished = start + timedelta(weeks=weeks, days=-1)
    latest = law.latest_end(finding, start)
    return min(wished, latest) if latest else wished


def say(rng: Random, function: str) -> Said:
    """Words that fit the function."""
    words = words_for(function)
    not_tasks = common("company_not_tasks" if function == "company_mentor" else "not_tasks")
    return Said(
        *(rng.choice(words[f"{name}s"]) for name in ("purpose", "goal", "situation", "prospect", "view")),
        other_help=rng.choice(words["other_help"]),
        tasks=some(rng, words["tasks"], 2),
        not_tasks=some(rng, not_tasks, 1),
    )
