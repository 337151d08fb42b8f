"""What stands in one citizen's case."""

from datetime import date
from typing import Literal

from django.db.models import QuerySet

from mentorkorps.cases.models import CaseNote, Citizen, Complaint, Course, Decision, Party, Referral
from mentorkorps.domain.dates import short_date

Consent = Literal["given", "missing", "expired", "withdrawn"]


def courses_in(citizen: Citizen) -> QuerySet[Course]:
    """Every course of a citizen, the latest first."""
    return citizen.courses.order_by("ended_on", "-start")


def referrals_in(citizen: Citizen) -> QuerySet[Referral]:
    """Every referral of a citizen, the latest first."""
    return citizen.referrals.order_by("-received_on", "-created_at")


def decisions_in(citizen: Citizen) -> QuerySet[Decision]:
    """Every decision of a citizen but those given up, the latest first; without the letters' own words."""
    shown = citizen.decisions.exclude(state=Decision.State.WITHDRAWN).defer("letter", "facts", "answer")
    return shown.select_related("drafted_by", "hearing").order_by("-drafted_on", "-id")


def complaints_in(citizen: Citizen) -> QuerySet[Complaint]:
    """Every complaint of a citizen, the latest first."""
    return Complaint.objects.filter(decision__citizen=citizen)


def notes_in(citizen: Citizen) -> QuerySet[CaseNote]:
    """The notes of a case with who wrote them, the latest first."""
    return citizen.notes.select_related("written_by").order_by("-written_at", "-id")


def parties_in(citizen: Citizen) -> list[Party]:
    """Everyone around the citizen, those still at work first, then by date of the next step."""
    return sorted(citizen.parties.all(), key=lambda p: (p.closed_on is not None, p.due or date.max, p.name))


def consent(party: Party, today: date) -> tuple[Consent, str]:
    """Whether the citizen's consent to speak with a party holds today, and what to say of it."""
    if party.consent_withdrawn_on and party.consent_withdrawn_on <= today:
        return "withdrawn", f"trukket tilbage {short_date(party.consent_withdrawn_on, today=today)}"
    if party.consent_given_on is None:
        return "missing", "samtykke mangler"
    if party.consent_until and party.consent_until < today:
        return "expired", f"udløbet {short_date(party.consent_until, today=today)}"
    if party.consent_until:
        return "given", f"til {short_date(party.consent_until, today=today)}"
    return "given", f"givet {short_date(party.consent_given_on, today=today)}"
