"""Rows of a case -> the law's frozen facts, the level's row, and whether a decision needs a hearing or a second person."""

from datetime import date
from typing import Any

from mentorkorps.cases.models import Citizen, Course, Decision, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.domain.dates import age_on
from mentorkorps.municipality.models import ServiceLevelRow
from mentorkorps.municipality.queries import level_rows_in_force, suggested_row


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


def law_facts(visitation: Visitation) -> law.Facts:
    """The frozen facts of a visitation, with the agreement assumed to be made on the law's date."""
    return law.Facts.from_json(visitation.facts)


def law_answer(visitation: Visitation) -> law.Answer:
    """What the law of the visitation's date says about its facts."""
    return law.visitate(law_facts(visitation), on=visitation.law_on)


def level_row_for(finding: law.Finding, visitation: Visitation) -> ServiceLevelRow | None:
    """The row that the level in force on the law's date has for this finding and citizen, or None."""
    return suggested_row(
        level_rows_in_force(visitation.law_on),
        function=finding.function,
        target_group=visitation.facts.get("target_group"),
        obligation=finding.obligation,
        age=age_on(visitation.citizen.birth_date, visitation.law_on),
    )


def needs_hearing(decision: Decision) -> bool:
    """Whether the decision goes against the citizen, so that FVL § 19 asks for a hearing or a reason for none."""
    if decision.kind == Decision.Kind.GRANT:
        return False
    if decision.kind == Decision.Kind.CHANGE:
        return (decision.minutes_per_week or 0) < decision.course.minutes_per_week
    return True


def needs_second_person(decision: Decision) -> bool:
    """Whether something that the law says must or has a right to be given is withheld, taken away or cut."""
    finding = law.Answer.from_json(decision.answer).finding(decision.rule)
    return needs_hearing(decision) and finding.refusal_needs_second and finding.met is not False
