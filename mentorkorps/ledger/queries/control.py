"""Delivery control as people read it: what a month is drawn from, the cases of a draw, and what waits for whom."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.audit import (
    Drawable,
    Meeting,
    Registered,
    Share,
    Sign,
    Told,
    differs,
    shares,
    signs,
)
from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.followup.models import Contact
from mentorkorps.followup.models.citizen_page import CitizenAnswer
from mentorkorps.followup.queries.contacts import overlaps
from mentorkorps.ledger.models import (
    ControlAnswer,
    ControlCase,
    ControlDraw,
    Discrepancy,
    DiscrepancyStep,
    Invoice,
    InvoiceLine,
)
from mentorkorps.ledger.queries.invoices import BILLED
from mentorkorps.municipality.models import Provider

NEW_FOR = 6  # months in which a supplier is new
ANSWERED = ControlAnswer.Reached.ANSWERED


@dataclass(frozen=True)
class Figures:
    """A course's month as it is registered now. Minutes; `invoiced` None is nothing received."""

    meetings: int = 0
    minutes: int = 0
    noted: int = 0
    invoiced: int | None = None

    @property
    def registered(self) -> Registered:
        """What the citizen's words are held against."""
        return Registered(self.meetings, self.minutes, self.invoiced)


def month_figures(month: date, courses: Iterable[uuid.UUID] | None = None) -> dict[uuid.UUID, Figures]:
    """Every course with a held meeting or an invoiced hour in a month, or those of some courses. Two queries."""
    held = Contact.objects.filter(held=True, day__range=(month, month_end(month))).order_by()
    lines = InvoiceLine.objects.filter(month=month, course__isnull=False, minutes__isnull=False).order_by()
    lines = lines.exclude(invoice__state=Invoice.State.RETURNED)
    if courses is not None:
        keys = list(courses)
        held, lines = held.filter(course__in=keys), lines.filter(course__in=keys)
    noted = Count("id", filter=~Q(note=""))
    logged = held.values_list("course").annotate(Count("id"), Sum("minutes"), noted=noted)
    invoiced = dict(lines.values_list("course").annotate(billed=Sum(BILLED)))
    found = {course: Figures(*counts, invoiced.get(course)) for course, *counts in logged}
    return {course: Figures(invoiced=minutes) for course, minutes in invoiced.items()} | found


def drawable(month: date) -> list[Drawable]:
    """What a month's sample is drawn from. Four queries."""
    figures = month_figures(month)
    new = _new_suppliers(month)
    suppliers = dict(Course.objects.filter(id__in=figures).order_by().values_list("id", "mentor__provider"))
    return [
        Drawable(str(key), max(f.minutes, f.invoiced or 0), f.meetings, f.noted, suppliers.get(key) in new)
        for key, f in figures.items()
    ]


def _new_suppliers(month: date) -> set[uuid.UUID]:
    """Suppliers whose first citizen came within half a year before the month's end."""
    of_suppliers = MentorAssignment.objects.filter(mentor__provider__kind=Provider.Kind.SUPPLIER).order_by()
    first = of_suppliers.values_list("mentor__provider").annotate(Min("first"))
    since = add_months(month_end(month), -NEW_FOR)
    return {provider for provider, day in first if day > since}


def draws() -> QuerySet[ControlDraw]:
    """Every control with its `cases_n`, those `talked` to, those `tried` in vain, and `open_n` discrepancies."""
    talk = ControlAnswer.objects.filter(case__draw=OuterRef("pk"))
    return ControlDraw.objects.select_related("drawn_by", "finished_by").annotate(
        cases_n=_counted(ControlCase.objects.filter(draw=OuterRef("pk")), "draw", "id"),
        talked=_counted(talk.filter(reached=ANSWERED), "case__draw", "case"),
        tried=_counted(talk.exclude(reached=ANSWERED).exclude(_talked("case")), "case__draw", "case"),
        open_n=_counted(Discrepancy.objects.filter(case__draw=OuterRef("pk"), outcome=""), "case__draw", "id"),
    )  # fmt: skip


def _counted(rows: QuerySet[Any], by: str, what: str) -> Coalesce:
    return Coalesce(
        Subquery(rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")), 0
    )


def _talked(case: str) -> Exists:
    return Exists(ControlAnswer.objects.filter(case=OuterRef(case), reached=ANSWERED))


@dataclass(frozen=True)
class CaseNow:
    """A drawn case as it stands: the talk that counts, the figures of now, and what a person should look at."""

    case: ControlCase
    answers: tuple[ControlAnswer, ...]
    discrepancies: tuple[Discrepancy, ...]
    now: Figures
    signs: tuple[Sign, ...]

    @property
    def talk(self) -> ControlAnswer | None:
        """The newest talk with the citizen."""
        return next((each for each in reversed(self.answers) if each.reached == ANSWERED), None)

    @property
    def open(self) -> Discrepancy | None:
        """The discrepancy that is followed now."""
        return next((each for each in self.discrepancies if not each.outcome), None)

    @property
    def differs(self) -> tuple[str, ...]:
        """What the citizen says beside what was registered at the draw, in sentences."""
        talk, case = self.talk, self.case
        told = Told(talk.times, talk.minutes_each) if talk else Told(None, None)
        return differs(told, Registered(case.logged_meetings, case.logged_minutes, case.invoiced_minutes))

    @property
    def told_minutes(self) -> int | None:
        """About how long in all, as the citizen remembers it."""
        return Told(self.talk.times, self.talk.minutes_each).minutes if self.talk else None

    @property
    def corrected(self) -> bool:
        """Whether something of the month has been changed since the draw."""
        case, now = self.case, self.now
        before = (case.logged_meetings, case.logged_minutes, case.invoiced_minutes)
        return before != (now.meetings, now.minutes, now.invoiced)

    @property
    def state(self) -> str:
        """What waits, in Danish."""
        if self.open:
            return "afvigelse følges"
        if self.talk:
            return "spurgt"
        return f"{len(self.answers)} forsøg" if self.answers else "skal spørges"


def cases_now(cases: QuerySet[ControlCase]) -> list[CaseNow]:
    """Drawn cases of one or more months with all that hangs on them. Nine queries for any number of one month."""
    steps = Prefetch("steps", DiscrepancyStep.objects.select_related("taken_by"))
    beside = ("draw", "course__citizen__unit", "course__citizen__caseworker", "mentor__provider")
    found = list(
        cases.select_related(*beside).prefetch_related(
            Prefetch("answers", ControlAnswer.objects.select_related("asked_by")),
            Prefetch("discrepancies", Discrepancy.objects.select_related("raised_by").prefetch_related(steps)),
        )
    )  # fmt: skip
    by_month = defaultdict(list)
    for case in found:
        by_month[case.draw.month].append(case.course_id)
    figures = {month: month_figures(month, keys) for month, keys in by_month.items()}
    seen = {month: _signs(month, keys) for month, keys in by_month.items()}
    return [
        CaseNow(
            case, tuple(case.answers.all()), tuple(case.discrepancies.all()),
            figures[case.draw.month].get(case.course_id, Figures()), seen[case.draw.month].get(case.course_id, ()),
        )
        for case in found
    ]  # fmt: skip


def unfollowed(drawn: ControlDraw) -> list[CaseNow]:
    """A sample's cases that do not agree and that nobody has opened as a discrepancy. Two queries."""
    rows = drawn.cases.filter(discrepancies__isnull=True).select_related("course__citizen")
    rows = rows.prefetch_related("answers")
    found = [CaseNow(case, tuple(case.answers.all()), (), Figures(), ()) for case in rows]
    return [each for each in found if each.differs]


def _signs(month: date, courses: list[uuid.UUID]) -> dict[uuid.UUID, tuple[Sign, ...]]:
    held = Contact.objects.filter(held=True, course__in=courses, day__range=(month, month_end(month)))
    contacts = list(
        held.only("course", "mentor", "day", "start", "minutes", "group", "logged_at", "superseded")
    )
    said = CitizenAnswer.objects.filter(newest=True, contact__in=[each.id for each in contacts])
    met = dict(said.values_list("contact", "met"))
    colliding = overlaps(contacts)
    by_course = defaultdict(list)
    for each in contacts:
        confirmed = {"yes": True, "no": False}.get(met.get(each.id, ""))
        by_course[each.course_id].append(_meeting(each, each.id in colliding, confirmed))
    return {course: signs(meetings) for course, meetings in by_course.items()}


def _meeting(contact: Contact, meets_other: bool, confirmed: bool | None) -> Meeting:
    start = contact.start and contact.start.hour * 60 + contact.start.minute
    logged = int(contact.logged_at.timestamp()) // 60
    return Meeting(contact.day, start, contact.minutes, logged, meets_other, confirmed)


def to_ask(courses: QuerySet[Course]) -> QuerySet[ControlCase]:
    """Cases of unfinished controls in which nobody has talked with the citizen, the oldest month first."""
    waiting = ControlCase.objects.filter(
        course__in=courses.order_by().values("pk"), draw__finished_on__isnull=True
    )
    return waiting.exclude(_talked("pk")).order_by("draw__month", "place")


def questions_to_mentors(courses: QuerySet[Course]) -> list[Discrepancy]:
    """Discrepancies on some courses that a mentor was asked about: those that wait first, then answered and closed."""
    asked = DiscrepancyStep.objects.filter(discrepancy=OuterRef("pk"), kind=DiscrepancyStep.Kind.ASKED)
    rows = Discrepancy.objects.filter(Exists(asked), course__in=courses.order_by().values("pk"))
    shown = rows.select_related("course__citizen", "case__draw").prefetch_related(
        Prefetch("steps", DiscrepancyStep.objects.select_related("taken_by"))
    )
    return sorted(shown, key=lambda each: (not waits_for_mentor(each), each.raised_on))


def waits_for_mentor(discrepancy: Discrepancy) -> bool:
    """Whether the last question to the mentor is unanswered."""
    kinds = [each.kind for each in discrepancy.steps.all() if each.kind in ("asked", "answered")]
    return not discrepancy.outcome and kinds[-1:] == ["asked"]


@dataclass(frozen=True)
class DrawShares:
    """How often each of the twelve points is met in a month's sample, and all of them together."""

    draw: ControlDraw
    points: tuple[Share, ...]
    whole: Share


def shares_of_draws(since: date) -> list[DrawShares]:
    """The controls of the months from a day on, the oldest first. Two queries."""
    drawn = ControlDraw.objects.filter(month__gte=since).order_by("month").prefetch_related("cases")
    return [_shares(each) for each in drawn]


def _shares(drawn: ControlDraw) -> DrawShares:
    states = [{int(number): state for number, state in case.states.items()} for case in drawn.cases.all()]
    points = shares(states)
    names = ("met", "unmet", "unknown", "irrelevant")
    return DrawShares(drawn, points, Share(*(sum(getattr(each, name) for each in points) for name in names)))
