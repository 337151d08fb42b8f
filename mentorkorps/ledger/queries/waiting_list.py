"""Everyone who waits for a mentor, from the referral to the first meeting, with what is next and where it is done."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mentorkorps.cases.models import Citizen, Course, Decision, Referral, Visitation
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.ledger.queries.waiting import referred_on
from mentorkorps.municipality.models import Obligation

# Who is not assessed yet may turn out to have a right, and so stands before those who may.
NOT_ASSESSED = ""
ORDER = (Obligation.MUST, Obligation.RIGHT, NOT_ASSESSED, Obligation.MAY)
State = Decision.State
OPEN = (State.DRAFT, State.HEARING, State.SECOND)


class Step(StrEnum):
    """What a citizen waits for."""

    VISITATION = "visitation"
    DECISION = "decision"
    MENTOR = "mentor"
    MEETING = "meeting"


class Next(StrEnum):
    """What is to be done; the page knows where."""

    VISITATE = "visitate"
    GO_ON = "go_on"
    DECIDE = "decide"
    CHOOSE_MENTOR = "choose_mentor"
    MAKE_AGREEMENT = "make_agreement"
    MEET = "meet"
    NEW_PERIOD = "new_period"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits. `since` is the referral's day, None where the course has none; then `begins` orders it.

    `obligation` is that of the grant or the draft, NOT_ASSESSED before there is one. `key` is the row that `next` is
    done on. `meets_on` is the first meeting that is agreed, None where there is none.
    """

    step: Step
    next: Next
    key: uuid.UUID
    citizen: uuid.UUID
    unit: uuid.UUID
    obligation: str
    since: date | None
    begins: date
    meets_on: date | None = None

    def days(self, today: date) -> int | None:
        """Whole days since the referral; None where there was none."""
        return None if self.since is None else (today - self.since).days


def waiting_list(citizens: QuerySet[Citizen], today: date) -> list[Waiting]:
    """Everyone of the citizens who waits, by obligation and then by day. Three queries.

    Those who wait are read before it is asked whose citizens they are: they are few, and all citizens are many.
    """
    found = [*map(_referral, _open_referrals()), *(_course(row, today) for row in _unmet(today))]
    mine = set(citizens.filter(pk__in={each.citizen for each in found}).values_list("pk", flat=True))
    return sorted((each for each in found if each.citizen in mine), key=_place)


def _place(row: Waiting) -> tuple[int, date, str]:
    return ORDER.index(row.obligation), row.since or row.begins, str(row.key)


def by_step(rows: Iterable[Waiting]) -> dict[Step, int]:
    """How many wait for each step."""
    found = dict.fromkeys(Step, 0)
    for row in rows:
        found[row.step] += 1
    return found


def with_citizens(rows: Sequence[Waiting]) -> list[tuple[Waiting, Citizen]]:
    """A page of those who wait, each with the citizen. One query."""
    known = Citizen.objects.select_related("unit", "caseworker").in_bulk({row.citizen for row in rows})
    return [(row, known[row.citizen]) for row in rows]


def _open_referrals() -> QuerySet[Any]:
    drafts = Decision.objects.filter(visitation__referral=OuterRef("pk"), state__in=OPEN).order_by(
        "-drafted_on"
    )
    begun = Visitation.objects.filter(referral=OuterRef("pk"), locked=False)
    return Referral.objects.filter(state=Referral.State.NEW).order_by().values_list(
        "pk", "citizen_id", "citizen__unit_id", "received_on", Subquery(begun.values("pk")[:1]),
        Subquery(drafts.values("pk")[:1]), Subquery(drafts.values("obligation")[:1]),
    )  # fmt: skip


def _referral(row: Any) -> Waiting:
    key, citizen, unit, received, visitation, draft, obligation = row
    if draft:
        return Waiting(Step.DECISION, Next.DECIDE, draft, citizen, unit, obligation, received, received)
    begun = (Next.GO_ON, visitation) if visitation else (Next.VISITATE, key)
    return Waiting(Step.VISITATION, *begun, citizen, unit, NOT_ASSESSED, received, received)


def _unmet(today: date) -> QuerySet[Any]:
    """Courses that have not ended and lack a mentor or a first meeting."""
    met = Exists(Contact.objects.filter(course=OuterRef("pk"), held=True))
    agreed = Appointment.objects.filter(course=OuterRef("pk"), cancelled=False, day__gte=today)
    rows = Course.objects.filter(Q(mentor__isnull=True) | ~met, ended_on__isnull=True)
    return rows.order_by().values_list(
        "pk", "citizen_id", "citizen__unit_id", "obligation", "start", "end", "mentor_id", "signed_on", referred_on(),
        Subquery(agreed.order_by("day").values("day")[:1]),
    )  # fmt: skip


def _course(row: Any, today: date) -> Waiting:
    key, citizen, unit, obligation, start, end, mentor, signed_on, received, meets_on = row
    step = Step.MEETING if mentor else Step.MENTOR
    if end < today:
        what = Next.NEW_PERIOD
    elif mentor is None:
        what = Next.CHOOSE_MENTOR
    else:
        what = Next.MEET if signed_on else Next.MAKE_AGREEMENT
    return Waiting(step, what, key, citizen, unit, obligation, received, start, meets_on)
