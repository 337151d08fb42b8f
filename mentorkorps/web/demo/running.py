"""What happens to courses that run: changes, stops, new assessments, statuses, substitutes and slips of the pen."""

import uuid
from collections.abc import Iterator
from datetime import date, time, timedelta

from mentorkorps.cases.actions.course import end_course
from mentorkorps.cases.actions.decision import decide, draft_on_course, send_letter, waive_hearing
from mentorkorps.cases.actions.mentor import assign_substitute
from mentorkorps.cases.actions.visitation import reassess
from mentorkorps.cases.models import Course, Decision
from mentorkorps.followup.actions import correct_contact, log_contact, plan_follow_ups, write_status
from mentorkorps.followup.models import Contact, StatusReport
from mentorkorps.municipality.models import Mentor
from mentorkorps.web.demo import waiting
from mentorkorps.web.demo.plans import Plan
from mentorkorps.web.demo.steps import Steps
from mentorkorps.web.demo.words import common

EXPIRES_WITHIN = timedelta(days=28)
STOPS = (
    ("job", "Du er begyndt i et job og vil gerne klare resten selv."),
    ("education", "Du er begyndt på din uddannelse, og skolen har en vejleder til dig."),
    ("wish", "Du har selv bedt om at stoppe."),
    ("offer", "Du er begyndt på Værkstedet, hvor du har en fast kontaktperson."),
)
ASKED_TO_STOP = "Borgeren har selv bedt om at stoppe, og alle oplysninger er borgerens egne."
SUBSTITUTED = 6
STAND_INS = (0, 2, 3)  # of the internal mentors
TWICE = 2  # of those that expire soon, every second has its status


def tell(steps: Steps, plans: list[Plan], courses: list[Course]) -> None:
    """Each thing happens to other courses of the mass than the one before, with a mentor and an agreement."""
    pairs = list(zip(plans, courses, strict=True))
    going = [course for plan, course in pairs if plan.goes_on and plan.has_agreement]
    running = iter(going)
    _statuses(steps, going)
    _changes(steps, _some(running, 40, steps.today))
    _stops(steps, [(plan.stops_on, course) for plan, course in pairs if plan.stops_on])
    _substitute(steps, going)
    _slips(steps, _some(running, 10, steps.today))


def _some(running: Iterator[Course], days_left: int, today: date) -> Iterator[Course]:
    """May-courses that do not run out before a change could matter: to cut a right takes a second person."""
    left = timedelta(days=days_left)
    return (c for c in running if c.end > today + left and c.obligation == "may" and c.minutes_per_week > 45)


def _statuses(steps: Steps, courses: list[Course]) -> None:
    """Every second of those that run out within four weeks has its status; for some the new assessment has begun."""
    soon = [c for c in courses if steps.today <= c.end <= steps.today + EXPIRES_WITHIN]
    recommend = (StatusReport.Recommendation.CONTINUE, StatusReport.Recommendation.END)
    for number, course in enumerate(soon[::TWICE]):
        write_status(
            course, on=steps.day(1 + number % 9), by=course.mentor.user, recommendation=recommend[number % 4 == 3],
            goals=steps.rng.choice(common("goals_now")), progress=steps.rng.choice(common("progress")),
            reason=steps.rng.choice(common("reasons_to_continue")),
        )  # fmt: skip
        if number % 4 == 0:
            reassess(course, on=steps.day(1), by=course.citizen.caseworker)


def _changes(steps: Steps, running: Iterator[Course]) -> None:
    """More and fewer minutes, decided; fewer, asked about a week ago; and no new period, asked about."""
    more, fewer, asked = next(running), next(running), next(running)
    waiting.change(steps, more, minutes=more.minutes_per_week + 30, ago=2, heard=False)
    waiting.change(steps, fewer, minutes=fewer.minutes_per_week - 15, ago=16, heard=True)
    waiting.change(steps, asked, minutes=asked.minutes_per_week - 15, ago=7, heard=False)


def _stops(steps: Steps, stopped: list[tuple[date, Course]]) -> None:
    """Courses that ended before their time, each by a decision with its letter."""
    for (last, course), (reason, why) in zip(stopped, STOPS, strict=True):
        by, on = course.citizen.caseworker, last - timedelta(days=9)
        decision = draft_on_course(
            course, kind=Decision.Kind.EARLY_STOP, on=on, by=by, reasons=why, end=last,
            other_help="Stedets egen vejleder", citizens_view="Du har selv bedt om at stoppe",
        )  # fmt: skip
        waive_hearing(decision, reason=ASKED_TO_STOP, on=on, by=by)
        decide(decision, on=on, by=by)
        send_letter(decision, on=on, by=by)
        course.refresh_from_db()
        end_course(course, on=last, reason=reason, note="", today=steps.today, by=by)
        plan_follow_ups(course, by=by)


def _substitute(steps: Steps, courses: list[Course]) -> None:
    """Peter is ill: some of his citizens have met somebody who stands in, the others are at risk."""
    his = [course for course in courses if course.mentor_id == steps.fjordby.peter.id]
    first, met = steps.day(6), steps.day(3)
    lasting = [c for c in his if c.start <= first and c.end > steps.today + timedelta(days=30)]
    for number, course in enumerate(lasting[:SUBSTITUTED]):
        mentor = steps.fjordby.social[STAND_INS[number % len(STAND_INS)]]
        assign_substitute(
            course, mentor=mentor, first=first, last=None, by=steps.fjordby.bodil, reason="Peter er syg"
        )
        log_contact(
            course, key=_key(steps), day=met, start=time(9 + number), outcome=Contact.Outcome.MET, minutes=45,
            today=steps.today, by=mentor.user, place="på biblioteket",
            note="Hilste på. Aftalte at mødes igen om en uge.",
        )  # fmt: skip


def _slips(steps: Steps, running: Iterator[Course]) -> None:
    """Corrected contacts, and one mentor who wrote two meetings at the same time."""
    for _ in range(3):
        contact = next(running).contacts.filter(held=True).order_by("-day").first()
        if contact is not None:
            correct_contact(
                contact, key=_key(steps), today=steps.today, by=contact.mentor.user,
                minutes=max(contact.minutes - 15, 5),
            )  # fmt: skip
    fatima, day = steps.fjordby.fatima, steps.day(1)
    for course in _two_of(fatima, day):
        log_contact(
            course, key=_key(steps), day=day, start=time(13), outcome=Contact.Outcome.MET, minutes=60,
            today=steps.today, by=fatima.user, place="på biblioteket",
        )  # fmt: skip


def _two_of(mentor: Mentor, day: date) -> list[Course]:
    running = mentor.courses.filter(
        ended_on__isnull=True, start__lte=day, end__gte=day, signed_on__isnull=False
    )
    return list(running.order_by("citizen__case_number")[:2])


def _key(steps: Steps) -> uuid.UUID:
    return uuid.UUID(int=steps.rng.getrandbits(128), version=4)
