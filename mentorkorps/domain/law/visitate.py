"""One citizen on one day: every rule in force, met, open or not met, and what must be found out."""

from datetime import date

from mentorkorps.domain.law.answer import Answer, OpenQuestion
from mentorkorps.domain.law.book import SHIPPED, Book
from mentorkorps.domain.law.eras import Era, Met, Ready, era_on, finding
from mentorkorps.domain.law.errors import MissingRule
from mentorkorps.domain.law.facts import Facts
from mentorkorps.domain.law.findings import Finding, Obligation, Reimbursement
from mentorkorps.domain.law.tables import reimbursement
from mentorkorps.domain.law.truth import One

Judged = tuple[Ready, Finding]


def visitate(facts: Facts, on: date, *, book: Book = SHIPPED) -> Answer:
    """What the law of `on` gives the citizen by the rows of `book`, with every condition.

    Raises MissingRule before 2003.
    """
    era = era_on(on, book)
    judged = _judge(era, facts, on)
    standing = sorted((each for each in judged if each[1].met is not False), key=_strongest_first)
    met = [found for _, found in standing if found.met]
    obligation: Obligation = met[0].obligation if met else "none"
    return Answer(
        on=on,
        regime=era.regime,
        obligation=obligation,
        findings=tuple(found for _, found in standing),
        unmet=tuple(found for _, found in judged if found.met is False),
        open_questions=_open_questions(standing, met, facts),
        reimbursement=_reimbursement(facts, on, met[0].function if met else None),
    )


def _judge(era: Era, facts: Facts, on: date) -> list[Judged]:
    view = One(facts, on)
    truth: dict[str, Met] = {}
    for name, test in era.tests:
        yes, no = test.check(view)
        truth[name] = True if yes else False if no else None
    return [(ready, finding(ready, tuple([truth[name] for name in ready.names]))) for ready in era.rules]


def _strongest_first(judged: Judged) -> tuple[int, bool]:
    """must, right, may; within a strength what is met before what is open, the specific before the general."""
    return judged[0].rank, judged[1].met is None


def _open_questions(standing: list[Judged], met: list[Finding], facts: Facts) -> tuple[OpenQuestion, ...]:
    """Unknown facts of open rules that could give more than is met.

    A duty that is met does not answer whether the citizen also has a right of another kind, so an open
    right is asked about even then; an open `may` only while nothing is met.
    """
    questions: dict[OpenQuestion, None] = {}
    for ready, found in standing:
        if found.met or _given_already(found, met):
            continue
        for test, condition in zip(ready.tests, found.conditions, strict=True):
            if condition.met is None:
                unknown = (fact for fact in test.facts if getattr(facts, fact) is None)
                questions |= {OpenQuestion(fact, found.obligation, found.rule): None for fact in unknown}
    return tuple(questions)


def _given_already(found: Finding, met: list[Finding]) -> bool:
    """Something as strong is met: of any kind for a `may`, of the same function for a duty or a right."""
    if found.obligation == "may":
        return bool(met)
    return any(has.function == found.function and has.obligation in ("must", found.obligation) for has in met)


def _reimbursement(facts: Facts, on: date, function: str | None) -> Reimbursement | None:
    try:
        return reimbursement(facts.target_group, function, facts.agreement_date or on, on)
    except MissingRule:
        return None
