"""Alerts as they have come and gone in the last week, and a few that the coordinator has taken."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from mentorkorps.followup.actions.alerts import judge_alerts, take_alert
from mentorkorps.followup.models import Alert
from mentorkorps.municipality.models import Role, User
from mentorkorps.municipality.queries import today

JUDGED_AT = time(6)
DAYS_AGO = (7, 3, 0)
TAKEN = 3


def tell() -> None:
    """Lets the worker's round pass on some days until today; the coordinator takes some of the gravest."""
    on = today()
    for ago in DAYS_AGO:
        day = on - timedelta(days=ago)
        judge_alerts(today=day, now=timezone.make_aware(datetime.combine(day, JUDGED_AT)))
    bodil = User.objects.filter(role=Role.COORDINATOR).order_by("created_at").first()
    if bodil is None:
        return
    gravest = Alert.objects.filter(kind=Alert.Kind.MISSED_TWICE, closed_at__isnull=True)
    for alert in gravest.select_related("course").order_by("id")[:TAKEN]:
        take_alert(
            alert, by=bodil, now=timezone.make_aware(datetime.combine(on, JUDGED_AT)) + timedelta(hours=2)
        )
