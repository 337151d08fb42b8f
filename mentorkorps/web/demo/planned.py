"""A plan for those who wait for a mentor in Fjordby: one line followed, one declined, the rest to be answered."""

from datetime import date

from mentorkorps.cases.actions.avoidance import avoid_mentor
from mentorkorps.cases.models import Avoidance
from mentorkorps.ledger.actions.plan_lines import decline_line, take_line
from mentorkorps.ledger.actions.plans import ask_plan
from mentorkorps.ledger.models import Plan
from mentorkorps.ledger.queries.plans import courses_for, lines_of
from mentorkorps.municipality.models import IN_COMPANY, Mentor, Role, User
from mentorkorps.municipality.queries import active_mentors

DECLINED = "Borgeren har bedt om at vente, til en mentor fra egen bydel har plads."


def tell(today: date) -> None:
    """The first waiting citizen avoids a mentor; the plan is made of what there is, and two lines are answered."""
    bodil = User.objects.filter(role=Role.COORDINATOR).order_by("created_at").first()
    first = courses_for(Plan.Scope.WAITING, None, today).order_by("start", "citizen__case_number").first()
    if bodil is None or first is None:
        return
    avoid_mentor(
        first.citizen, mentor=_somebody(today), reason=Avoidance.Reason.NEIGHBOUR, today=today, by=bodil
    )
    plan = ask_plan(
        scope=Plan.Scope.WAITING, unit=None, move_from_absent=False, stability=None, today=today, by=bodil
    )
    suggested = list(lines_of(plan).filter(mentor__isnull=False))
    for line in suggested[:1]:
        take_line(line, first=max(line.course.start, today), today=today, by=bodil)
    for line in suggested[1:2]:
        decline_line(line, reason=DECLINED, by=bodil)


def _somebody(today: date) -> Mentor:
    return active_mentors(today).exclude(kind__in=IN_COMPANY).order_by("name")[0]
