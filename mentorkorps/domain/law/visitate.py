"""One citizen on one day: every rule in force, met, open or not met, and what must be found out."""

from datetime import date

from mentorkorps.domain.law.answer import Answer, OpenQuestion
from mentorkorps.domain.law.eras import Era, Met, Ready, era_on
from mentorkorps.domain.law.errors import MissingRule
from mentorkorps.domain.law.facts import Facts
from mentorkorps.domain.law.findings import Finding, Obligation, Reimbursement
from mentorkorps.domain.law.tables import reimbursement
from mentorkorps.domain.law.truth import One

Judged = tuple[Ready, Finding]


def visitate(facts: Facts, on: date) -> Answer:
    """What the law of `on` gives the citizen, with every condition. Raises MissingRule before 2003."""
    era = era_on(on)
    judged = _judge(era, facts, on)
    standing = sorted((each for each in judged if each[1].met is not False), key=_strongest_first)
    findings = tuple(finding for _, finding in standing)
    met = [finding for finding in findings if finding.met]
    obligation: Obligation = met[0].obligation if met else "none"
    return Answer(
        on=on,
        regime=era.regime,
        obligation=obligation,
        findings=findings,
        unmet=tuple(finding for _, finding in judged if finding.met is False),
        open_questions=_open_questions(standing, met, facts),
        reimbursement=_reimbursement(facts, on, met[0].function if met else None),
    )


def _judge(era: Era, facts: Facts, on: date) -> list[Judged]:
    view = One(facts, on)
    truth: dict[str, Met] = {}
    for name, test in era.tests:
        yes, no = test.check(view)
        truth[name] = True if yes else False if no else None
    judged = []
    for ready in era.rules:
        mets = tuple([truth[name] for name in ready.names])
        met = False if False in mets else None if None in mets else True
        judged.append((ready, ready.finding(mets, met)))
    return judged


def _strongest_first(judged: Judged) -> tuple[int, bool]:
    """must, right, may; within a strength what is met before what is open, the specific before the general."""
    return judged[0].rank, judged[1].met is None


def _open_questions(standing: list[Judged], met: list[Finding], facts: Facts) -> tuple[OpenQuestion, ...]:
    """Unknown facts of open rules that could give more than is met.

    A duty that is met does not answer whether the citizen also has a right of another kind, so an open
    right is asked about even then; an open `may` only while nothing is met.
    """
    questions: dict[OpenQuestion, None] = {}
    for ready, finding in standing:
        if finding.met or _given_already(finding, met):
            continue
        for test, condition in zip(ready.tests, finding.conditions, strict=True):
            if condition.met is None:
                unknown = (fact for fact in test.facts if getattr(facts, fact) is None)
                questions |= {OpenQuestion(fact, finding.obligation, finding.rule): None for fact in unknown}
    return tuple(questions)


def _given_already(finding: Finding, met: list[Finding]) -> bool:
    """Something as strong is met: of any kind for a `may`, of the same function for a duty or a right."""
    if finding.obligation == "may":
        return bool(met)
    return any(
        has.function == finding.function and has.obligation in ("must", finding.obligation) for has in met
    )


def _reimbursement(facts: Facts, on: date, function: str | None) -> Reimbursement | None:
    try:
        return reimbursement(facts.target_group, function, facts.agreement_date or on, on)
    except MissingRule:
        return None
