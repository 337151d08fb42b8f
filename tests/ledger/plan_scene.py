"""A plan with one open line, as the pages' tests need it."""

from typing import Any

from mentorkorps.cases.models import Course
from mentorkorps.domain.planning import Weights
from mentorkorps.ledger.models import Plan, PlanLine
from mentorkorps.ledger.queries.plans import OWN
from mentorkorps.municipality.models import Mentor
from tests.cast import TODAY


def a_plan(by: Any, **fields: Any) -> Plan:
    """A plan that is ready and has no lines yet."""
    given = {
        "scope": Plan.Scope.ALL, "stability": 200, "weights": vars(Weights()), "weights_source": OWN,
        "state": Plan.State.READY, "made_on": TODAY, "method": "optimal", "asked_by": by,
        "counts": {"citizens": 1, "left_aside": 0, "placed": 0, "moved": 1, "nobody": 0, "crowded": 0},
    }  # fmt: skip
    return Plan.objects.create(**given | fields)


def a_line(course: Course, by: Any, plan: Plan | None = None, **fields: Any) -> PlanLine:
    """The course's mentor would become Ditte."""
    plan = plan or a_plan(by)
    given = {
        "present": course.mentor, "mentor": Mentor.objects.get(name="Ditte Eksempel"),
        "position": plan.lines.count() + 1, "speaks_for": ["Taler arabisk."],
        "speaks_against": ["Mentorens erfaring er ikke oplyst."], "gain": 40,
    }  # fmt: skip
    return PlanLine.objects.create(plan=plan, course=course, **given | fields)
