"""Alerts raised and closed by change, and taken by whoever will see to them.

The worker is the only one who raises and closes. Each write claims its row by a condition that the database
holds, so that two workers at once make one alert and close it once.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Alert
from mentorkorps.followup.queries.alert_states import AlertStates, alert_states
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind as JournalKind
from mentorkorps.municipality.models import User

BATCH = 500
LONGEST_SAID = 300  # characters


class Judged(NamedTuple):
    """How many alerts one round raised and closed."""

    raised: int
    closed: int


@transaction.atomic
def judge_alerts(*, today: date, now: datetime) -> Judged:
    """Raises an alert for each state that has begun since the last round, and closes those that are over."""
    states = alert_states(today)
    standing = list(Alert.objects.filter(closed_at__isnull=True))
    closed = _close([alert for alert in standing if not states.holds(alert)], states, now)
    kept = {(alert.course_id, alert.kind) for alert in standing if states.holds(alert)}
    raised = _raise(states, set(states.found) - kept, now)
    if raised or closed:
        touched = Course.objects.filter(id__in={*raised, *closed}).values_list("citizen_id", flat=True)
        counts = {"raised": len(raised), "closed": len(closed)}
        write(JournalKind.CHANGE, "advarsler rejst og lukket", by=None, shown=touched, detail=counts)
    return Judged(len(raised), len(closed))


def _raise(states: AlertStates, keys: Iterable[tuple[uuid.UUID, str]], now: datetime) -> list[uuid.UUID]:
    """The courses of the alerts made; one that another worker has just made is left to that worker."""
    new = [
        Alert(course_id=course, kind=kind, about=found.about, said=found.said[:LONGEST_SAID], raised_at=now)
        for course, kind in sorted(keys, key=str)
        for found in [states.found[course, kind]]
    ]
    Alert.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    made = Alert.objects.filter(id__in=[alert.id for alert in new])
    return list(made.values_list("course_id", flat=True)) if new else []


def _close(over: Iterable[Alert], states: AlertStates, now: datetime) -> list[uuid.UUID]:
    """The courses of the alerts closed, each with why."""
    by_why: dict[Alert.Why, list[Alert]] = defaultdict(list)
    for alert in over:
        by_why[states.why_over(alert)].append(alert)
    closed: list[uuid.UUID] = []
    for why, alerts in by_why.items():
        still_open = Alert.objects.filter(id__in=[a.id for a in alerts], closed_at__isnull=True)
        if still_open.update(closed_at=now, closed_why=why):
            closed += [alert.course_id for alert in alerts]
    return closed


@transaction.atomic
def take_alert(alert: Alert, *, by: User, now: datetime) -> None:
    """Says who sees to it, so that two do not. Taken again by the same person it stays as it was.

    Raises ValidationError where it is over, or somebody else has it.
    """
    claimed = Alert.objects.filter(pk=alert.pk, taken_by__isnull=True, closed_at__isnull=True)
    if claimed.update(taken_by=by, taken_at=now):
        changed("taget advarsel", by=by, about=alert, citizen_id=alert.course.citizen_id, kind=alert.kind)
        return
    alert.refresh_from_db()
    if alert.closed_at is not None:
        raise ValidationError(f"Advarslen er lukket: {alert.get_closed_why_display()}.")
    if alert.taken_by_id != by.id:
        raise ValidationError(f"{alert.taken_by} har taget den. Tal sammen, hvis du også vil hjælpe.")


@transaction.atomic
def leave_alert(alert: Alert, *, by: User) -> None:
    """Gives back what one has taken oneself; sent twice it stays given back."""
    mine = Alert.objects.filter(pk=alert.pk, taken_by=by, closed_at__isnull=True)
    if mine.update(taken_by=None, taken_at=None):
        changed(
            "lagt advarsel fra sig", by=by, about=alert, citizen_id=alert.course.citizen_id, kind=alert.kind
        )
