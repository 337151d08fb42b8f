"""The rows behind the twelve points, read at once for many courses in a fixed number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from mentorkorps.cases.models import Agreement, Course, Decision, Grant
from mentorkorps.domain.contact_duty import Compliance, compliance
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.models import Contact, FollowUp, StatusReport
from mentorkorps.followup.models.citizen_page import CitizenAnswer
from mentorkorps.followup.queries.weeks import strips
from mentorkorps.ledger.models import (
    CompanyMonth,
    CompanyMonthLine,
    ControlCase,
    Discrepancy,
    Invoice,
    InvoiceLine,
    MonthClose,
    Posting,
)
from mentorkorps.ledger.queries.prices import price_book
from mentorkorps.municipality.models import MentorAbsence, MentorTraining

ByCourse = dict[uuid.UUID, list[Any]]


class CaseRows:
    """Everything about some courses until a day, by course."""

    def __init__(self, courses: Sequence[Course], on: date) -> None:
        self.on = on
        self.keys = [course.id for course in courses]
        self.grants = self._of(Grant.objects.select_related("decision__hearing").defer("decision__letter"))
        self.decisions = self._of(_other_decisions())
        self.agreements = self._of(Agreement.objects.select_related("mentor").order_by("start", "drafted_on"))
        self.held = self._of(
            Contact.objects.filter(held=True, day__lte=on).order_by("day").only(*_OF_CONTACT)
        )
        self.weeks = self._compliance(courses)
        self.statuses = self._of(StatusReport.objects.all())
        self.follow_ups = self._of(FollowUp.objects.all())
        self._read_people()
        self._read_money()
        self._read_supervision()

    def _of(self, rows: Any) -> ByCourse:
        return _by_course(rows.filter(course__in=self.keys))

    def _compliance(self, courses: Sequence[Course]) -> dict[uuid.UUID, Compliance]:
        first = min((week_number(course.start) for course in courses), default=0)
        judged = strips(courses, range(first, week_number(self.on) + 1), self.on)
        return {key: compliance(judged.get(key, ())) for key in self.keys}

    def _read_people(self) -> None:
        mentors = {
            each.mentor_id for rows in (self.held, self.agreements) for many in rows.values() for each in many
        }
        self.absences = _by(MentorAbsence.objects.filter(mentor__in=mentors), "mentor_id")
        self.trainings = _by(MentorTraining.objects.filter(mentor__in=mentors), "mentor_id")

    def _read_money(self) -> None:
        lines = InvoiceLine.objects.exclude(invoice__state=Invoice.State.RETURNED).filter(month__lte=self.on)
        self.lines = self._of(lines.select_related("invoice").order_by("month", "pk"))
        self.signed = self._of(_newest_signed())
        self.book = price_book()
        closed = MonthClose.objects.filter(approved_by__isnull=False, month__lte=self.on)
        self.closed = set(closed.values_list("month", flat=True))
        posted = Posting.objects.filter(course__in=self.keys, month__in=self.closed).order_by()
        self.posted = {
            (course, month): minutes
            for course, month, minutes in posted.values_list("course", "month").annotate(Sum("minutes"))
        }

    def _read_supervision(self) -> None:
        cases = ControlCase.objects.filter(draw__drawn_on__lte=self.on).prefetch_related("answers")
        self.controls = self._of(cases.order_by("draw__month"))
        self.discrepancies = self._of(Discrepancy.objects.filter(raised_on__lte=self.on))
        answers = CitizenAnswer.objects.filter(course__in=self.keys, newest=True).order_by()
        unfollowed = Count("id", filter=Q(met="no", followed_up_on__isnull=True))
        self.own_answers = {
            course: (count, waiting)
            for course, count, waiting in answers.values_list("course").annotate(
                Count("id"), unfollowed=unfollowed
            )
        }


_OF_CONTACT = ("course", "mentor", "day", "minutes")


def _other_decisions() -> Any:
    """Decisions that were taken on a running course, without those that gave a grant."""
    decided = (
        Decision.objects.filter(state=Decision.State.DECIDED).select_related("hearing").order_by("decided_on")
    )
    return decided.defer("letter", "facts", "answer")


def _newest_signed() -> Any:
    """Lines of the newest version of each company mentor's month."""
    newer = CompanyMonth.objects.filter(
        mentor=OuterRef("signed__mentor"),
        month=OuterRef("signed__month"),
        version__gt=OuterRef("signed__version"),
    )
    return CompanyMonthLine.objects.filter(~Exists(newer)).select_related("signed")


def _by_course(rows: Iterable[Any]) -> ByCourse:
    return _by(rows, "course_id")


def _by(rows: Iterable[Any], field: str) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found
