"""The weekly mail as the worker sends it: whether mail is set up at all, and where its links lead."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from mentorkorps.followup.actions.mails import send_mails, write_mails
from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import the_municipality
from mentorkorps.web.account_urls import mail_is_set

# Where each role sees its own alerts; the others have the page of alerts.
OWN_PAGE = {Role.CASEWORKER: "my_day", Role.MENTOR: "my_week", Role.COMPANY_MENTOR: "my_week"}


def weekly_mail(*, today: date, now: datetime) -> int:
    """Writes and sends what is due; how many were sent. Does nothing where no mail is set up."""
    if not mail_is_set() or the_municipality() is None:
        return 0
    write_mails(today=today, now=now, page_of=alerts_address, account=absolute("notices"))
    return send_mails(now=now)


def alerts_address(role: str) -> str:
    """The absolute address of the page where a role sees its alerts."""
    return absolute(OWN_PAGE.get(Role(role), "alerts"))


def absolute(page: str) -> str:
    """A page's address with scheme and host, as a mail needs it."""
    scheme = "https" if settings.BEHIND_TLS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}{reverse(page)}"
