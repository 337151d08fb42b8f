"""Peter is ill: one more of his citizens gets a substitute, and one waits, with the reason."""

from datetime import timedelta

from mentorkorps.cases.actions.substitutes import leave_without, put_in
from mentorkorps.cases.models import Course
from mentorkorps.ledger.queries.absences import AwayLine, away
from mentorkorps.ledger.queries.stand_ins import suggestion
from mentorkorps.web.demo.steps import Steps

WAITS = "Borgeren vil hellere vente end møde en ny. Fagkoordinatoren ringer torsdag."


def tell(steps: Steps) -> None:
    """Of the courses that nobody meets this week, the first that may wait does, and the last has a substitute."""
    ill = steps.fjordby.peter
    lines = [line for line in away(Course.objects.filter(mentor=ill), steps.today).lines if line.uncovered]
    may_wait = [line for line in lines if line.course.obligation == "may"]
    if not may_wait:
        return
    _put_in(steps, lines[0] if lines[0] != may_wait[0] else lines[-1])
    leave_without(
        may_wait[0].course, absence=may_wait[0].absence, suggested=suggestion(may_wait[0].course, steps.today),
        reason=WAITS, today=steps.today - timedelta(days=1), by=steps.fjordby.bodil,
    )  # fmt: skip


def _put_in(steps: Steps, line: AwayLine) -> None:
    best = suggestion(line.course, steps.today)
    if best is not None:
        put_in(
            line.course, absence=line.absence, mentor=best, suggested=best, today=steps.today,
            by=steps.fjordby.bodil,
        )  # fmt: skip
