"""Citizens who have neither a mentor nor another offer: those whom nobody meets, the longest first."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from mentorkorps.cases.models import Citizen, Course, MentorAssignment, OtherOffer, Referral
from mentorkorps.followup.models import CourseTally

WEEKS = (4, 8, 13, 26, 52)
USUAL_WEEKS = 8
# Ends after which the citizen is somewhere else until a new referral comes.
GONE = (
    Course.EndReason.JOB,
    Course.EndReason.EDUCATION,
    Course.EndReason.OFFER,
    Course.EndReason.MOVED,
    Course.EndReason.PENSION,
    Course.EndReason.DEATH,
)
Step = Literal["referral", "mentor", "period", "offer", "talk"]


@dataclass(frozen=True)
class Passive:
    """A citizen without anything since a day. `key` is the row that the next step is done on."""

    citizen: Citizen
    since: date
    last_met_on: date | None
    offer_known: bool
    step: Step
    key: uuid.UUID

    def days(self, today: date) -> int:
        """Days without anything."""
        return (today - self.since).days


def passive(citizens: QuerySet[Citizen], today: date) -> QuerySet[Any]:
    """Those of the citizens who are referred and have neither, with `since`; the longest first.

    The time begins with the latest of the referral, the mentor's last day, and the end of another offer. What is not
    known of other offers is not taken for an offer.
    """
    rows = citizens.annotate(
        referred=_newest(Referral.objects.exclude(state=Referral.State.WITHDRAWN), "received_on"),
        mentor_until=Subquery(_assignments(today).order_by("-until").values("until")[:1]),
        offer=_newest(OtherOffer.objects.filter(since__lte=today), "since", "kind"),
        offer_since=_newest(OtherOffer.objects.filter(since__lte=today), "since"),
        last_ended=_newest(Course.objects.filter(ended_on__isnull=False), "ended_on"),
        last_reason=_newest(Course.objects.filter(ended_on__isnull=False), "ended_on", "end_reason"),
    )
    rows = rows.filter(~Exists(_with_mentor(today)), referred__lte=today)
    rows = rows.filter(Q(offer__isnull=True) | Q(offer=OtherOffer.Kind.NONE))
    still_here = Q(last_reason__isnull=True) | ~Q(last_reason__in=GONE)
    rows = rows.filter(still_here | Q(referred__gt=F("last_ended")))
    return rows.annotate(since=_since()).order_by("since", "case_number")


def _newest(rows: QuerySet[Any], day: str, wanted: str = "") -> Subquery:
    """A column of the citizen's row with the newest day."""
    return Subquery(rows.filter(citizen=OuterRef("pk")).order_by(f"-{day}", "-pk").values(wanted or day)[:1])


def _with_mentor(today: date) -> QuerySet[Course]:
    running = {"ended_on__isnull": True, "start__lte": today, "end__gte": today, "mentor__isnull": False}
    return Course.objects.filter(citizen=OuterRef("pk"), **running)


def _assignments(today: date) -> QuerySet[Any]:
    mine = MentorAssignment.objects.filter(course__citizen=OuterRef("pk"), first__lte=today)
    return mine.annotate(until=Coalesce("last", "course__ended_on", "course__end"))


def _since() -> Greatest:
    offers = OtherOffer.objects.filter(citizen=OuterRef("pk")).exclude(kind=OtherOffer.Kind.NONE)
    was_in_offer = When(Exists(offers), then=F("offer_since"))
    left_offer = Case(was_in_offer, default=Value(None), output_field=DateField())
    return Greatest(
        F("referred"),
        Coalesce("mentor_until", "referred"),
        Coalesce(left_offer, F("referred")),
        output_field=DateField(),
    )


def for_weeks(rows: QuerySet[Any], weeks: int, today: date) -> QuerySet[Any]:
    """Those who have been without for so many weeks or more."""
    return rows.filter(since__lte=today - timedelta(weeks=weeks))


def counts_by_weeks(rows: QuerySet[Any], today: date) -> dict[int, int]:
    """How many have been without for each number of weeks or more. One query."""
    wanted = {
        f"weeks_{weeks}": Count("pk", filter=Q(since__lte=today - timedelta(weeks=weeks))) for weeks in WEEKS
    }
    found = rows.order_by().aggregate(**wanted)
    return {weeks: found[f"weeks_{weeks}"] for weeks in WEEKS}


def with_next_step(rows: QuerySet[Any], today: date) -> list[Passive]:
    """A page of passive citizens with the last contact and what to do next. One query."""
    open_courses = Course.objects.filter(ended_on__isnull=True)
    tallies = CourseTally.objects.filter(course__citizen=OuterRef("pk"), last_met_on__isnull=False)
    page = rows.select_related("unit", "caseworker").annotate(
        met=Subquery(tallies.order_by("-last_met_on").values("last_met_on")[:1]),
        waiting=_newest(Referral.objects.filter(state=Referral.State.NEW), "received_on", "id"),
        running=_newest(open_courses.filter(end__gte=today), "start", "id"),
        expired=_newest(open_courses.filter(end__lt=today), "start", "id"),
    )
    return [_passive(row) for row in page]


def _passive(row: Any) -> Passive:
    step, key = _step(row)
    return Passive(row, row.since, row.met, row.offer is not None, step, key)


def _step(row: Any) -> tuple[Step, uuid.UUID]:
    """The nearest thing to do, and the row that it is done on."""
    if row.waiting:
        return "referral", row.waiting
    if row.running:
        return "mentor", row.running
    if row.expired:
        return "period", row.expired
    return ("offer" if row.offer is None else "talk"), row.pk
