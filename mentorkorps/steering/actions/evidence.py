"""Publishing a half-year's evidence: once, of what was known on its last day."""

from datetime import date

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.evidence.published import Tell, half_year_before, publish
from mentorkorps.municipality.models import User
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.outcomes import KIND, evidence_inputs, publications


def evidence_title(on: date) -> str:
    """What the publication of a half-year's last day is called."""
    return f"Hvad blev der af forløbene, opgjort {field_date(on)}"


def publish_evidence(*, today: date, by: User | None, tell: Tell = lambda done, of: None) -> Run | None:
    """Publishes the half-year that is over, or answers None when that is done.

    A half-year is published once: two answers to the same question, of rows that somebody has corrected meanwhile,
    would tell of those rows. The computing stands outside the transaction, since it may take half a minute.
    """
    on = half_year_before(today)
    if publications().filter(title=evidence_title(on)).exists():
        return None
    inputs = evidence_inputs(on)
    result = publish(inputs, tell)
    return make_run(kind=KIND, title=evidence_title(on), inputs=inputs, by=by, result=result)
