"""Alerts: what has changed for the worse on the courses one may see, who sees to it, and what is over."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.followup.actions.alerts import leave_alert as leave
from mentorkorps.followup.actions.alerts import take_alert as take
from mentorkorps.followup.models import Alert
from mentorkorps.followup.queries.alerts import closed_alerts, count_by_kind, open_alerts, taken_or_free
from mentorkorps.municipality.models import Role
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door

PAGE = 50
KEPT_IN_SIGHT = timedelta(weeks=4)
Kind = Alert.Kind
# The word in the address, and its kind.
KINDS = {
    "to-i-traek": Kind.MISSED_TWICE,
    "mangler": Kind.MISSED,
    "glipper": Kind.ABOUT_TO_MISS,
    "foerste-moede": Kind.NO_FIRST_MEETING,
    "uden-mentor": Kind.NO_MENTOR,
    "mentor-vaek": Kind.MENTOR_ABSENT,
    "udloeber": Kind.EXPIRES,
}
WHOSE = {"": "Alle", "ledige": "Ingen har taget", "mine": "Taget af mig"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it cannot mean is left out."""

    kind: str
    unit: str
    mentor: str
    whose: str
    closed: bool

    @classmethod
    def read(cls, query: QueryDict, role: str) -> "Asked":
        """From the address; a leader begins with what has come up to leaders."""
        kind = query.get("art", "to-i-traek" if role == Role.LEADER else "")
        return cls(
            kind=kind if kind in KINDS else "",
            unit=_key(query.get("enhed", "")),
            mentor=_key(query.get("mentor", "")),
            whose=query.get("hvem", "") if query.get("hvem") in WHOSE else "",
            closed=query.get("vis") == "lukkede",
        )

    def narrow(self, rows: QuerySet[Alert]) -> QuerySet[Alert]:
        """Those of the unit and the mentor asked for."""
        rows = rows.filter(course__unit=self.unit) if self.unit else rows
        return rows.filter(course__mentor=self.mentor) if self.mentor else rows


def _key(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


@door(May.SEE_BOARD)
@require_safe
def alerts(request: SignedIn) -> HttpResponse:
    """What is open, the gravest first; or what has been closed in the last four weeks."""
    asked = Asked.read(request.GET, request.user.role)
    mine = access.courses_of(request.user)
    everything = open_alerts(mine)
    rows = closed_alerts(mine, timezone.now() - KEPT_IN_SIGHT) if asked.closed else everything
    rows = taken_or_free(asked.narrow(rows), asked.whose, request.user)
    counts = count_by_kind(rows)
    shown = rows.filter(kind=KINDS[asked.kind]) if asked.kind else rows
    page = Paginator(shown, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "advarsler", [alert.course for alert in page], kind_of=asked.kind)
    context = {
        "asked": asked,
        "page": page,
        "kinds": [(word, kind.label, counts[kind]) for word, kind in KINDS.items() if kind in counts],
        "total": sum(counts.values()),
        "chosen": KINDS[asked.kind].label if asked.kind else "",
        "whose": WHOSE,
        "sees_names": allowed(request.user, May.SEE_CITIZENS),
        "query": request.GET.urlencode(),
        **_choices(everything),
    }
    return render(request, "alerts/alerts.html", context)


def _choices(rows: QuerySet[Alert]) -> dict[str, Any]:
    """The units and mentors that have an open alert, by name."""
    found = rows.order_by().values_list(
        "course__unit_id", "course__unit__name", "course__mentor_id", "course__mentor__name"
    )
    units, mentors = {}, {}
    for unit, unit_name, mentor, mentor_name in found.distinct():
        units[str(unit)] = unit_name
        if mentor:
            mentors[str(mentor)] = mentor_name
    return {"units": _by_name(units), "mentors": _by_name(mentors)}


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: pair[1])


@door(May.SEE_BOARD)
@require_POST
def take_alert(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Says that the reader sees to it."""
    alert = access.of_course(request, Alert.objects.select_related("taken_by"), key, verb="tag advarsel")
    try:
        take(alert, by=request.user, now=timezone.now())
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Du har taget advarslen. Den lukker selv, når det er i orden.")
    return _back(request)


@door(May.SEE_BOARD)
@require_POST
def leave_alert(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Gives it back to whoever is next."""
    alert = access.of_course(request, Alert.objects.all(), key, verb="læg advarsel")
    leave(alert, by=request.user)
    messages.success(request, "Advarslen er ledig igen.")
    return _back(request)


def _back(request: SignedIn) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{reverse('alerts')}?{query}" if query else reverse("alerts"))


urls = [
    path("ugetavle/advarsler/", alerts, name="alerts"),
    path("advarsel/<uuid:key>/tag/", take_alert, name="take_alert"),
    path("advarsel/<uuid:key>/laeg/", leave_alert, name="leave_alert"),
]
