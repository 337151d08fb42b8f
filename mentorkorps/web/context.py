"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import the_municipality, today
from mentorkorps.web.access import May, allowed
from mentorkorps.web.account_urls import mail_is_set

# The menu: address name, label and what it takes. A person sees those that open, and lands on the first.
MENU = (
    ("my_day", "Min dag", May.VISITATE),
    ("my_week", "Min uge", May.LOG_CONTACT),
    ("week_board", "Ugetavle", May.SEE_BOARD),
    ("approvals", "Til godkendelse", May.APPROVE),
    ("citizens", "Borgere", May.SEE_CITIZENS),
    ("corps", "Korps", May.SEE_CORPS),
    ("hours", "Timer", May.SEE_HOURS),
    ("journal", "Journal", May.SEE_JOURNAL),
    ("people", "Brugere", May.EDIT_PEOPLE),
    ("law", "Lov", May.SEE_LAW),
    ("service_levels", "Serviceniveau", May.SEE_LEVEL),
)
# A coordinator can log a contact for a mentor, but has no week of citizens of their own.
NOT_IN_MENU = {(Role.COORDINATOR, "my_week"), (Role.PROVIDER, "my_week")}


def menu_of(user: Any) -> list[tuple[str, str]]:
    """(address name, label) of the menu points that open for a person, in order."""
    return [
        (name, label)
        for name, label, may in MENU
        if allowed(user, may) and (user.role, name) not in NOT_IN_MENU
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """The municipality, the day it lives on, the reader's menu, whether this is the demo, and whether mail can be sent.

    The menu is empty until the second factor is given: nothing opens before it.
    """
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated and request.session.get("second_factor")
    return {
        "municipality": the_municipality(),
        "today": today(),
        "demo": settings.DEMO,
        "mail": mail_is_set(),
        "menu": menu_of(user) if inside else [],
    }
