"""Decisions and grants of the cast's courses, as the decision pages leave them."""

from datetime import date
from typing import Any

import mentorkorps
from mentorkorps.cases.models import Course, Decision, Grant, Visitation
from mentorkorps.domain import law
from mentorkorps.municipality.models import User

FACTS = {
    "target_group": "kontanthjaelp_aktivitetsparat",
    "birth_date": "1976-03-14",
    "wants_mentor": True,
    "purpose_work_or_education": True,
}


def decision_on(course: Course, by: User, /, **fields: Any) -> Decision:
    """A decided grant of 120 minutes a week for the course's own rule and period, unless said otherwise."""
    on = date(2026, 6, 15)
    visitation = Visitation.objects.create(
        citizen=course.citizen, law_on=on, facts=FACTS, caseworker=by, locked=True
    )
    values = {
        "citizen": course.citizen, "visitation": visitation, "course": course, "kind": "grant", "state": "decided",
        "law_on": on, "facts": FACTS, "answer": law.visitate(law.Facts.from_json(FACTS), on=on).as_json(),
        "code_version": mentorkorps.__version__, "rule": course.rule, "obligation": course.obligation,
        "minutes_per_week": 120, "start": course.start, "end": course.end, "drafted_by": by, "drafted_on": on,
        "decided_on": on, "unit": course.citizen.unit, "letter": {},
        "tasks": ["at komme til læge"], "not_tasks": ["at give penge"],
    }  # fmt: skip
    return Decision.objects.create(**(values | fields))


def grant(course: Course, by: User, **fields: Any) -> Grant:
    """The decision and the grant of a running course."""
    decision = decision_on(course, by, **fields)
    return Grant.objects.create(
        course=course, decision=decision, start=decision.start, end=decision.end,
        minutes_per_week=decision.minutes_per_week, rule=decision.rule, obligation=decision.obligation,
        level_minutes=decision.level_minutes, target_group=course.target_group,
    )  # fmt: skip
