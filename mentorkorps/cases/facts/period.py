"""The period proposed for a grant: the level's weeks, within what the law allows and never below what it guarantees."""

from datetime import date, timedelta

from mentorkorps.domain import law


def next_monday(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


def proposed_end(
    finding: law.Finding, *, start: date, weeks: int | None, discharge_date: date | None
) -> date | None:
    """The last day of a grant from `start`; `weeks` is the level's. None where neither law nor level says one.

    A level never shortens what the law guarantees, and never reaches beyond what it allows.
    """
    latest = law.latest_end(finding, start)
    guaranteed = law.earliest_end(finding, start, discharge_date)
    level = start + timedelta(weeks=weeks, days=-1) if weeks else None
    wanted = level or guaranteed or latest
    if wanted is None:
        return None
    if guaranteed is not None:
        wanted = max(wanted, guaranteed)
    return min(wanted, latest) if latest is not None else wanted
