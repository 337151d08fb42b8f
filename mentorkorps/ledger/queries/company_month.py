"""A company mentor's month: the hours logged for each citizen, and what the firm may ask for them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.dates import month_end
from mentorkorps.domain.economy import cost_of, round_ore
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.models import CompanyMonth
from mentorkorps.municipality.models import IN_COMPANY, Mentor
from mentorkorps.municipality.periods import not_over


@dataclass(frozen=True)
class CompanyLine:
    """A citizen's direct minutes in the month. `wage` in øre is the agreement's; None is missing."""

    course: Course
    minutes: int
    meetings: int
    wage: int | None

    @property
    def claim(self) -> int | None:
        """What the firm may ask, in øre."""
        return None if self.wage is None else round_ore(cost_of(self.minutes, self.wage))


@dataclass(frozen=True)
class CompanyMonthNow:
    """The month as it is logged now, beside the newest version that was signed."""

    mentor: Mentor
    month: date
    lines: list[CompanyLine]
    signed: CompanyMonth | None
    versions: int

    @property
    def minutes(self) -> int:
        """Direct minutes of all citizens."""
        return sum(line.minutes for line in self.lines)

    @property
    def claim(self) -> int | None:
        """The firm's claim in øre; None while the wage of hours that were given is missing."""
        claims = [line.claim for line in self.lines if line.minutes]
        return None if None in claims else sum(claim for claim in claims if claim is not None)

    @property
    def changed(self) -> bool:
        """Whether something has been logged or corrected since the newest version was signed."""
        if self.signed is None:
            return False
        before = {line.course_id: (line.minutes, line.wage_ore) for line in self.signed.lines.all()}
        return before != {line.course.id: (line.minutes, line.wage) for line in self.lines if line.minutes}


def company_month(mentor: Mentor, month: date) -> CompanyMonthNow:
    """A mentor's month that begins on a day. Five queries for any number of citizens."""
    last = month_end(month)
    sums = {
        course: (minutes, count)
        for course, minutes, count in Contact.objects.filter(
            mentor=mentor, held=True, day__range=(month, last)
        )
        .order_by()
        .values_list("course")
        .annotate(Sum("minutes"), Count("id"))
    }
    running = Q(mentor=mentor, start__lte=last, end__gte=month) & not_over(month, "ended_on")
    courses = Course.objects.filter(running | Q(id__in=sums)).select_related("citizen")
    shown = list(courses.order_by("citizen__first_name", "id"))
    wages = _wages([course.id for course in shown], last)
    lines = [CompanyLine(c, *sums.get(c.id, (0, 0)), wages.get(c.id)) for c in shown]
    versions = list(signed_months(mentor, month))
    return CompanyMonthNow(mentor, month, lines, versions[0] if versions else None, len(versions))


def _wages(courses: Iterable[uuid.UUID], last: date) -> dict[uuid.UUID, int]:
    """The wage of an hour in the newest agreement signed by the end of the month."""
    signed = Agreement.objects.filter(course__in=courses, signed_on__lte=last, wage_per_hour__isnull=False)
    return dict(signed.order_by("signed_on", "drafted_on").values_list("course_id", "wage_per_hour"))


def signed_months(mentor: Mentor, month: date) -> QuerySet[CompanyMonth]:
    """Every version of a month, the newest first."""
    rows = CompanyMonth.objects.filter(mentor=mentor, month=month).order_by("-version")
    return rows.select_related("signed_by", "approved_by").prefetch_related("lines__course__citizen")


def mentors_months(mentor: Mentor) -> list[CompanyMonth]:
    """The newest version of each of a mentor's months, the newest month first."""
    rows = CompanyMonth.objects.filter(mentor=mentor).order_by("-month", "-version")
    return _newest(rows.annotate(minutes=Sum("lines__minutes")))


def months_signed_in(first: date, last: date) -> list[CompanyMonth]:
    """The newest version of every company mentor's month between two days, waiting ones first."""
    rows = CompanyMonth.objects.filter(month__range=(first, last)).select_related(
        "mentor__provider", "approved_by"
    )
    newest = _newest(
        rows.annotate(minutes=Sum("lines__minutes")).order_by("-month", "mentor__name", "-version")
    )
    return sorted(newest, key=lambda each: each.approved_by_id is not None)


def _newest(rows: Iterable[CompanyMonth]) -> list[CompanyMonth]:
    found: dict[tuple[uuid.UUID, date], CompanyMonth] = {}
    for row in rows:
        found.setdefault((row.mentor_id, row.month), row)
    return list(found.values())


def unsigned_mentors(month: date) -> list[Mentor]:
    """Company mentors who met somebody in a month and have signed nothing for it."""
    met = Contact.objects.filter(held=True, day__range=(month, month_end(month)), mentor__kind__in=IN_COMPANY)
    signed = CompanyMonth.objects.filter(month=month)
    waiting = Mentor.objects.filter(id__in=met.values("mentor")).exclude(id__in=signed.values("mentor"))
    return list(waiting.select_related("provider"))
