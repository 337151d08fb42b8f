"""Rows of a course -> papers that need contacts and appointments too: the hand-over and the status paper."""

from collections.abc import Iterable, Iterator
from datetime import date

from mentorkorps.cases.facts import handover_page
from mentorkorps.cases.facts.letter_parts import desk, lines, sender
from mentorkorps.cases.facts.letters import task_stages
from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain import letter
from mentorkorps.domain.dates import DAYS, iso_week, long_date
from mentorkorps.domain.progress import HIGHEST
from mentorkorps.followup.models import Appointment, Rating, StatusReport
from mentorkorps.followup.queries.overview import Overview, course_overview
from mentorkorps.followup.queries.progress import View, questions_of, waves_of
from mentorkorps.municipality.models import Mentor, User


def handover(course: Course, substitute: MentorAssignment, *, signer: User, on: date) -> letter.Document:
    """The page for a substitute, with what the referral says of safety and wishes. Raises letter.Incomplete."""
    view = course_overview(course, on)
    referral = view.papers.referral
    return handover_page(
        course,
        substitute=substitute,
        signer=signer,
        on=on,
        appointments=_appointments(view),
        works=tuple(f"Borgerens ønske: {line}" for line in lines(referral.wishes)) if referral else (),
        safety=lines(referral.safety_notes) if referral else (),
    )


def handover_pack(
    absent: Mentor, substitutes: Iterable[MentorAssignment], *, to: str, signer: User, on: date
) -> list[letter.Document]:
    """A front page with whom each substitute takes over, then the hand-over of each course that has what it takes.

    The front page says what the others lack.
    """
    papers, rows = [], []
    for substitute in substitutes:
        course, lacks = substitute.course, ""
        try:
            papers.append(handover(course, substitute, signer=signer, on=on))
        except letter.Incomplete as incomplete:
            lacks = incomplete.message
        citizen = course.citizen
        rows.append(
            letter.PackRow(
                citizen.case_number, citizen.first_name, citizen.last_name[:1], substitute.mentor.name,
                substitute.first, substitute.last or course.end, lacks,
                absent.name if substitute.last is None else None,
            )
        )  # fmt: skip
    front = letter.compose_handover_front(letter.PackInput(desk(signer), to, on, absent.name, tuple(rows)))
    return [front, *papers]


def _appointments(view: Overview) -> Iterator[letter.Appointment]:
    coming: list[Appointment] = [view.appointment] if view.appointment else []
    for row in coming:
        clock = f" kl. {row.start:%H.%M}" if row.start else ""
        when = f"{DAYS[row.day.weekday()].capitalize()} {long_date(row.day)}{clock}"
        yield letter.Appointment(when, "Møde", row.place or "Ikke aftalt")


def status_paper(report: StatusReport) -> letter.Document:
    """A status report as the case system keeps it, with weeks and hours of its day. Raises letter.Incomplete."""
    course, citizen = report.course, report.course.citizen
    view = course_overview(course, report.written_on)
    return letter.compose_status(
        letter.StatusInput(
            sender=sender(report.written_by, citizen),
            recipient=letter.Recipient(citizen.caseworker.name if citizen.caseworker else citizen.unit.name),
            citizen=str(citizen),
            dated=report.written_on,
            case_number=citizen.case_number,
            start=course.start,
            end=report.grant_end,
            granted_minutes=view.hours.granted,
            delivered_minutes=view.hours.delivered,
            contacts=_contacts(view),
            goals=(letter.GoalStatus(course.goal or "Målet i aftalen", "unknown", report.goals),),
            tasks=task_stages(view.tasks),
            scores=_scores(course, report.written_on),
            scale=f"Trin 1 er lavest og {HIGHEST + 1} højest. Mentor og borger svarer hver for sig.",
            deviations=tuple(
                f"Uge {iso_week(w.week)[1]}: {w.reason}" for w in view.weeks if w.state == "missed"
            ),
            citizen_view=report.citizens_view or "Borgeren har ikke udtalt sig.",
            advice=report.recommendation,
            reason=f"{report.reason} Det har flyttet sig: {report.progress}",
        )
    )


def _scores(course: Course, on: date) -> tuple[letter.Score, ...]:
    """The newest wave that anybody has answered until a day, as steps from 1; nothing where there is none."""
    answered = [
        view
        for view in waves_of(course, today=on)
        if any(_by(view.by(rater), on) for rater in Rating.Rater.values)
    ]
    if not answered:
        return ()
    mentor, citizen = (_by(answered[-1].by(rater), on) for rater in Rating.Rater.values)
    return tuple(
        letter.Score(question.title, _step(mentor, question.key), _step(citizen, question.key))
        for question in questions_of(course)
    )


def _by(view: View, on: date) -> View | None:
    return view if view.rating is not None and view.rating.answered_on <= on else None


def _step(view: View | None, question: str) -> int | None:
    score = view.score(question) if view else None
    return None if score is None else score + 1


def _contacts(view: Overview) -> letter.ContactCount | None:
    if not view.rhythms:
        return None
    kept = view.kept
    every = view.rhythms[-1].every
    return letter.ContactCount(every, kept.kept + kept.missed, kept.kept, kept.excused, kept.missed)
