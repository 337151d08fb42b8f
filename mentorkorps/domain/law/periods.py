"""First and last days that a rule's duration allows."""

from datetime import date

from mentorkorps.domain.dates import add_months
from mentorkorps.domain.law.conditions import DISCHARGE_WINDOW
from mentorkorps.domain.law.findings import Finding


def latest_end(finding: Finding, start: date) -> date | None:
    """The last day that the law allows for support beginning on `start`; None when it sets none."""
    return finding.duration.at_most.last_day(start) if finding.duration.at_most else None


def earliest_end(finding: Finding, start: date, discharge_date: date | None = None) -> date | None:
    """The first day on which the guaranteed total is reached; None when the law guarantees none.

    At most three months before the discharge count in the total (LAB § 31 b, stk. 2; § 167, stk. 2).
    """
    if finding.duration.at_least is None:
        return None
    first = start if discharge_date is None else max(start, add_months(discharge_date, -DISCHARGE_WINDOW))
    return finding.duration.at_least.last_day(first)


def other_ends(finding: Finding, start: date) -> tuple[tuple[date, str], ...]:
    """The last days by other readings that differ from `latest_end`, each with its source."""
    best = latest_end(finding, start)
    ends = [(r.at_most.last_day(start), r.source) for r in finding.other_readings if r.at_most]
    return tuple((end, source) for end, source in ends if end != best)
