"""Ten situations that the law has answered differently over time, and what it answered from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from mentorkorps.domain.dates import add_months
from mentorkorps.domain.law.book import SHIPPED, Book
from mentorkorps.domain.law.facts import Facts
from mentorkorps.domain.law.findings import Finding
from mentorkorps.domain.law.visitate import visitate

TWENTY_FIVE, FORTY = 25 * 12, 40 * 12  # months


@dataclass(frozen=True)
class Situation:
    """A made-up person who is asked about day by day: `known` facts, those that fall on the day itself, and an age."""

    key: str
    title: str
    known: Facts
    on_the_day: tuple[str, ...] = ()
    months_old: int = FORTY

    def facts_on(self, on: date) -> Facts:
        """What is known of the person on a day."""
        moved: dict[str, Any] = dict.fromkeys(self.on_the_day, on)
        return replace(self.known, birth_date=add_months(on, -self.months_old), **moved)


_UNABLE = Facts(
    target_group="kontanthjaelp_aktivitetsparat",
    can_take_part_in_offers=False,
    purpose_work_or_education=True,
)
_STUDENT = Facts(
    target_group="uddannelseshjaelp_uddannelsesparat",
    purpose_work_or_education=True,
    starting_or_in_education=True,
    wants_mentor=True,
)
SITUATIONS = (
    Situation(
        "general",
        "Mentor i almindelighed",
        Facts(target_group="sygedagpenge", purpose_work_or_education=True),
    ),
    Situation(
        "first_offer",
        "Aktivitetsparat på kontanthjælp, kan ikke deltage i det første tilbud",
        replace(_UNABLE, first_right_and_duty_offer=True),
    ),
    Situation(
        "later_offer",
        "Aktivitetsparat på kontanthjælp, kan ikke deltage i senere tilbud",
        replace(_UNABLE, first_right_and_duty_offer=False),
    ),
    Situation(
        "education_benefit",
        "Aktivitetsparat på uddannelseshjælp, kan ikke deltage i tilbud",
        replace(_UNABLE, target_group="uddannelseshjaelp_aktivitetsparat"),
        months_old=TWENTY_FIVE,
    ),
    Situation(
        "discharge",
        "Udskrives efter psykiatrisk indlæggelse og vil i arbejde",
        Facts(
            target_group="kontanthjaelp_aktivitetsparat",
            psychiatric_admission=True,
            wants_mentor=True,
            purpose_work_or_education=True,
        ),
        ("discharge_date",),
    ),
    Situation(
        "release",
        "Løslades fra fængsel",
        Facts(target_group="kontanthjaelp_jobparat", purpose_work_or_education=True, decisive=True),
        ("prison_release_date",),
    ),
    Situation(
        "single_parent",
        "Ung enlig forsørger, der optages på en uddannelse",
        replace(_STUDENT, single_parent=True),
        ("education_admission_date",),
        TWENTY_FIVE,
    ),
    Situation(
        "student",
        "Under 30 år uden uddannelse, optages på en uddannelse",
        replace(_STUDENT, single_parent=False),
        ("education_admission_date",),
        TWENTY_FIVE,
    ),
    Situation(
        "job_ready",
        "Jobparat eller på dagpenge",
        Facts(target_group="dagpenge", purpose_work_or_education=True),
    ),
    Situation(
        "integration",
        "I integrationsprogrammet",
        Facts(integration_programme=True, purpose_work_or_education=True),
    ),
)


@dataclass(frozen=True)
class Span:
    """Days on which the same finding was the strongest that a situation met; `finding` None where none was."""

    first: date
    last: date | None
    finding: Finding | None


@lru_cache(maxsize=100)
def spans(situation: Situation, book: Book = SHIPPED) -> tuple[Span, ...]:
    """What the law answered in a situation, from the first regime on, in order of time."""
    found: list[Span] = []
    for first, last, finding in _eras(situation, book):
        if found and _same(found[-1].finding, finding):
            first = found.pop().first
        found.append(Span(first, last, finding))
    return tuple(found)


def _eras(situation: Situation, book: Book) -> Iterator[tuple[date, date | None, Finding | None]]:
    for first, following in pairwise([*book.shifts, None]):
        assert first is not None
        answer = visitate(situation.facts_on(first), first, book=book)
        met = next((finding for finding in answer.findings if finding.met), None)
        yield first, following - timedelta(days=1) if following else None, met


def _same(before: Finding | None, after: Finding | None) -> bool:
    """Whether two findings say the same, apart from their dates."""
    if before is None or after is None:
        return before is after
    said = [(f.rule, f.obligation, f.citation, f.duration, f.contact, f.certainty) for f in (before, after)]
    return said[0] == said[1]
