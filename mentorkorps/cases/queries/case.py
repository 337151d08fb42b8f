"""What stands in one citizen's case."""

from django.db.models import QuerySet

from mentorkorps.cases.models import CaseNote, Citizen, Complaint, Course, Decision, Referral


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
