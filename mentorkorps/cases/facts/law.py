"""Rows of a case -> the law's answer, the level's row, and whether a decision needs a hearing or a second person."""

from datetime import date
from typing import Any

from mentorkorps.cases.models import Citizen, Course, Decision, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.domain.dates import age_on
from mentorkorps.municipality.models import ServiceLevelRow
from mentorkorps.municipality.queries import law_book, suggested_row


def facts_at_start(
    citizen: Citizen, referral: Referral | None, *, on: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a new visitation knows before anyone has asked: (facts, sources), as stored on the row.

    Only what a source has said is known; everything else stays unknown, which is not no.
    """
    facts: dict[str, Any] = {"birth_date": citizen.birth_date.isoformat()}
    sources = {"birth_date": source("CPR", on)}
    if referral and referral.target_group:
        facts["target_group"] = referral.target_group
        sources["target_group"] = source(referral.target_group_source or "Henvisning", referral.received_on)
    return facts, sources


def facts_of_course(course: Course) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a new assessment of a running course starts from: the facts of its latest decision, named as such."""
    latest = course.decisions.filter(state="decided").order_by("-decided_on").first()
    if latest is None:
        return facts_at_start(course.citizen, None, on=course.start)
    return dict(latest.facts), {key: source("Seneste afgørelse", latest.decided_on) for key in latest.facts}


def source(name: str, on: date) -> dict[str, str]:
    """Where a fact comes from and when, as stored."""
    return {"source": name, "on": on.isoformat()}


def law_answer(visitation: Visitation) -> law.Answer:
    """What the law of the visitation's date says about its facts, as it reads today. One query."""
    return law.visitate(law.Facts.from_json(visitation.facts), on=visitation.law_on, book=law_book())


def finding_of(decision: Decision) -> law.Finding:
    """What the law said of the rule that a decision rests on, as it was stored with it."""
    return law.Answer.from_json(decision.answer).finding(decision.rule)


def level_row_for(
    finding: law.Finding, visitation: Visitation, rows: list[ServiceLevelRow]
) -> ServiceLevelRow | None:
    """The one of the level's `rows` for this finding and citizen, or None where the level is silent."""
    return suggested_row(
        rows,
        function=finding.function,
        target_group=visitation.facts.get("target_group"),
        obligation=finding.obligation,
        age=age_on(visitation.citizen.birth_date, visitation.law_on),
    )


def needs_hearing(decision: Decision) -> bool:
    """Whether a decision not yet taken goes against the citizen, so that FVL § 19 asks for a hearing or a reason."""
    if decision.kind == Decision.Kind.GRANT:
        return not decision.in_full
    if decision.kind == Decision.Kind.CHANGE:
        return decision.minutes_per_week < decision.course.minutes_per_week
    return True


def withheld(decision: Decision) -> tuple[law.Finding, ...]:
    """What the law says must or has a right to be given, or may say so, and the decision withholds, ends or cuts.

    A refusal withholds every duty and right that is met or that unknown facts keep open, whatever rule it names:
    unknown is not no. An act on a running course touches the rule of its grant alone.
    """
    if not needs_hearing(decision):
        return ()
    answer = law.Answer.from_json(decision.answer)
    of_its_own_rule = decision.kind == Decision.Kind.GRANT or decision.visitation_id is None
    touched = (answer.finding(decision.rule),) if of_its_own_rule else answer.findings
    return tuple(f for f in touched if f.refusal_needs_second and f.met is not False)


def needs_second_person(decision: Decision) -> bool:
    """Whether another person must agree, since something that binds the municipality is withheld or cut."""
    return bool(withheld(decision))
