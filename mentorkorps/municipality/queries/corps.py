"""Mentors' weeks as they are on a day: what is recorded, and the direct time that follows from it."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from mentorkorps.domain.capacity import Share, Working, working
from mentorkorps.municipality.facts import hours_facts, share_facts
from mentorkorps.municipality.models import Mentor, MentorHours, PreparationShare
from mentorkorps.municipality.periods import holding


def preparation_on(on: date) -> PreparationShare | None:
    """The share of travel and preparation that holds on a day, or None where nobody has set one."""
    return PreparationShare.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def preparation_shares() -> list[Share]:
    """Every share that has been set, as the domain takes them. One query."""
    return [share_facts(row) for row in PreparationShare.objects.all()]


def working_weeks(on: date, mentors: QuerySet[Mentor]) -> dict[uuid.UUID, Working]:
    """How the direct minutes a week of each mentor come about on a day; mentors without hours are not in it.

    One query whatever the number of mentors, and one more where somebody's week is recorded as a contract.
    """
    rows = MentorHours.objects.filter(holding(on, "valid_from", "valid_to"), mentor__in=mentors).order_by()
    return _worked_out(list(rows), on)


def direct_minutes(on: date, mentors: QuerySet[Mentor]) -> dict[uuid.UUID, int]:
    """The minutes a week that each mentor can spend with citizens on a day, as `working_weeks`."""
    return {key: week.direct for key, week in working_weeks(on, mentors).items()}


def _worked_out(rows: Sequence[MentorHours], on: date) -> dict[uuid.UUID, Working]:
    by_contract = any(row.contract_minutes is not None for row in rows)
    shares = preparation_shares() if by_contract else []
    found = {row.mentor_id: working([hours_facts(row)], shares, on) for row in rows}
    return {key: week for key, week in found.items() if week is not None}
