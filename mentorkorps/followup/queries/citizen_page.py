"""What the citizen's own page shows, and what came of it for those who help."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from mentorkorps.cases.models import Course, MentorAssignment, Task
from mentorkorps.followup.models import Appointment, CitizenAnswer, CitizenLink, CitizenWish, Contact
from mentorkorps.followup.queries.weeks import next_appointments
from mentorkorps.municipality.periods import holding
from mentorkorps.municipality.secret import hashed

IDLE = timedelta(minutes=30)
LONGEST_VISIT = timedelta(hours=4)
ASKED_BACK = timedelta(weeks=4)  # contacts that the citizen is asked about
ASKED_AT_ONCE = 3


def visit_of(secret: str, *, now: datetime) -> CitizenLink | None:
    """The visit that a secret holds open, or None: closed, idle for half an hour, or open for four hours."""
    open_visits = CitizenLink.objects.filter(
        visit_hash=hashed(secret), closed=False, seen_at__gt=now - IDLE, opened_at__gt=now - LONGEST_VISIT
    )
    return open_visits.select_related(
        "course__mentor", "course__citizen__caseworker", "course__citizen__unit"
    ).first()


@dataclass(frozen=True)
class OwnPage:
    """What one citizen reads about one course."""

    course: Course
    substitute: MentorAssignment | None
    appointment: Appointment | None
    tasks: list[Task]
    not_tasks: list[Task]
    asked: list[tuple[Contact, CitizenAnswer | None]]
    wish: CitizenWish | None


def own_page(course: Course, today: date) -> OwnPage:
    """A course as its citizen sees it on a day."""
    tasks = list(course.tasks.exclude(stage=Task.Stage.DONE))
    standing_in = course.assignments.filter(holding(today), substitute=True).select_related("mentor")
    return OwnPage(
        course,
        standing_in.first(),
        next_appointments([course.id], today).get(course.id),
        [task for task in tasks if task.mine],
        [task for task in tasks if not task.mine],
        [(contact, next(iter(contact.newest), None)) for contact in asked_about(course, today)],
        course.citizen_wishes.first(),
    )


def asked_about(course: Course, today: date) -> QuerySet[Contact]:
    """The last meetings that the mentor has logged, with the citizen's newest answer in `newest`."""
    met = course.contacts.filter(outcome=Contact.Outcome.MET, superseded=False, day__gte=today - ASKED_BACK)
    newest = Prefetch("citizen_answers", CitizenAnswer.objects.filter(newest=True), to_attr="newest")
    return met.order_by("-day", "-logged_at").prefetch_related(newest)[:ASKED_AT_ONCE]


@dataclass(frozen=True)
class Said:
    """What the citizen of a course has said on the own page: the newest wish, and the newest answers that count."""

    wish: CitizenWish | None
    answers: list[CitizenAnswer]


def said_on(course: Course) -> Said:
    """For the page of the course. Two queries."""
    answers = course.citizen_answers.filter(newest=True).select_related("contact", "followed_up_by")
    return Said(course.citizen_wishes.first(), list(answers[:5]))


def noes(courses: QuerySet[Course], *, followed_up: bool = False) -> QuerySet[CitizenAnswer]:
    """Where the citizen says that a logged meeting did not take place: waiting, the oldest first, or followed up."""
    rows = CitizenAnswer.objects.filter(
        course__in=courses, newest=True, met="no", followed_up_on__isnull=not followed_up
    )
    rows = rows.select_related(
        "contact__mentor", "contact__logged_by", "course__citizen__caseworker", "followed_up_by"
    )
    return rows.order_by("-followed_up_on", "id") if followed_up else rows.order_by("answered_at", "id")


def links_of(course: Course) -> list[CitizenLink]:
    """The latest links of a course."""
    return list(course.citizen_links.select_related("made_by")[:10])
