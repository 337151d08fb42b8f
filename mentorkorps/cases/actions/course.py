"""The course that a decision begins, changes or stops, its mentor, and its end."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Course, Decision, Grant, MentorAssignment, Task
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, User


def begin_course(decision: Decision) -> Course:
    """A new course with its first grant and the tasks that the decision names."""
    finding = law.Answer.from_json(decision.answer).finding(decision.rule)
    goal = decision.visitation.referral.goals if decision.visitation and decision.visitation.referral else ""
    course = Course.objects.create(
        citizen=decision.citizen,
        unit=decision.citizen.unit,
        function=finding.function,
        target_group=decision.facts["target_group"],
        goal=goal.splitlines()[0][:300] if goal.strip() else "",
        start=decision.start,
        end=decision.end,
        obligation=decision.obligation,
        rule=decision.rule,
        citation=finding.citation,
        minutes_per_week=decision.minutes_per_week,
        level_row=decision.level_row,
    )
    _add_grant(course, decision)
    put_tasks(course, decision.tasks, decision.not_tasks, since=decision.start)
    return course


def prolong_course(decision: Decision) -> None:
    """The next period of a running course, after a new assessment; it may rest on another rule than the last."""
    course = decision.course
    if decision.start <= course.end:
        raise ValidationError(
            {"start": f"Den nye periode begynder efter {field_date(course.end)}, hvor den gamle udløber."}
        )
    finding = law.Answer.from_json(decision.answer).finding(decision.rule)
    course.end, course.minutes_per_week = decision.end, decision.minutes_per_week
    course.obligation, course.rule, course.citation = decision.obligation, decision.rule, finding.citation
    course.level_row, course.signed_on = decision.level_row, None
    course.save()
    _add_grant(course, decision)


def change_course(decision: Decision) -> None:
    """New minutes from a day inside the grant: the old grant ends the day before, and a new one runs to the same end."""
    course = decision.course
    current = course.grants.get(start__lte=decision.start, end__gte=decision.start)
    end = current.end
    if decision.start == current.start:
        raise ValidationError({"start": "Ændringen skal begynde efter bevillingens første dag."})
    current.end = decision.start - timedelta(days=1)
    current.save(update_fields=["end"])
    decision.end = end
    _add_grant(course, decision)
    course.minutes_per_week = decision.minutes_per_week
    course.save(update_fields=["minutes_per_week"])


def shorten_course(decision: Decision) -> None:
    """Stops a course before its time: the running grant ends on the decided day, and later ones fall away."""
    course = decision.course
    course.grants.filter(start__gt=decision.end).delete()
    course.grants.filter(end__gt=decision.end).update(end=decision.end)
    course.end = decision.end
    course.save(update_fields=["end"])


def _add_grant(course: Course, decision: Decision) -> None:
    Grant.objects.create(
        course=course,
        decision=decision,
        start=decision.start,
        end=decision.end,
        minutes_per_week=decision.minutes_per_week,
        rule=decision.rule,
        obligation=decision.obligation,
        level_row=decision.level_row,
        level_minutes=decision.level_minutes,
        target_group=course.target_group,
    )


def put_tasks(course: Course, tasks: list[str], not_tasks: list[str], *, since: date) -> None:
    """Adds the tasks that the course does not have yet; those it has keep their stage."""
    known = set(course.tasks.values_list("title", flat=True))
    wanted = [(title, True) for title in tasks] + [(title, False) for title in not_tasks]
    Task.objects.bulk_create(
        Task(course=course, title=title, mine=mine, since=since, position=position)
        for position, (title, mine) in enumerate(wanted)
        if title not in known
    )


@transaction.atomic
def assign_mentor(
    course: Course, *, mentor: Mentor, first: date, by: User, reason: str = ""
) -> MentorAssignment:
    """Gives the course a mentor from a day; the one before ends the day before. A choice over capacity needs a reason."""
    if mentor.max_citizens is not None and not reason.strip():
        running = mentor.courses.filter(ended_on__isnull=True).exclude(pk=course.pk).count()
        if running >= mentor.max_citizens:
            raise ValidationError(
                {
                    "reason": f"{mentor} har allerede {running} borgere og kan højst have {mentor.max_citizens}. Skriv hvorfor."
                }
            )
    _check_day(course, first)
    previous = course.assignments.filter(last__isnull=True, substitute=False).first()
    if previous is not None and previous.mentor_id == mentor.id:
        raise ValidationError({"mentor": f"{mentor} er allerede mentor på forløbet."})
    if previous is not None:
        previous.last = max(first - timedelta(days=1), previous.first)
        previous.save(update_fields=["last"])
    assignment = MentorAssignment.objects.create(
        course=course, mentor=mentor, first=first, reason=reason.strip(), assigned_by=by
    )
    course.mentor = mentor
    course.save(update_fields=["mentor"])
    changed("valgt mentor", by=by, about=course, citizen_id=course.citizen_id, mentor=str(mentor.id))
    return assignment


@transaction.atomic
def assign_substitute(
    course: Course, *, mentor: Mentor, first: date, last: date | None, by: User, reason: str = ""
) -> MentorAssignment:
    """Lets another mentor stand in for a while; the citizen's own mentor stays."""
    _check_day(course, first)
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if mentor.id == course.mentor_id:
        raise ValidationError({"mentor": f"{mentor} er borgerens egen mentor. Vælg en anden som vikar."})
    assignment = MentorAssignment.objects.create(
        course=course,
        mentor=mentor,
        first=first,
        last=last,
        substitute=True,
        reason=reason.strip(),
        assigned_by=by,
    )
    changed("valgt vikar", by=by, about=course, citizen_id=course.citizen_id, mentor=str(mentor.id))
    return assignment


def _check_day(course: Course, day: date) -> None:
    if course.ended_on is not None:
        raise ValidationError("Forløbet er afsluttet.")
    if day > course.end:
        raise ValidationError({"first": f"Bevillingen udløber {field_date(course.end)}. Vælg en dag før."})


@transaction.atomic
def move_task(task: Task, *, stage: str, on: date, by: User) -> None:
    """Moves a task between mentor, together, citizen and done; each move makes "not taking over" visible."""
    task.stage, task.since = Task.Stage(stage), on
    task.save(update_fields=["stage", "since"])
    changed("flyttet opgave", by=by, about=task, citizen_id=task.course.citizen_id, to=stage)


@transaction.atomic
def add_task(course: Course, *, title: str, mine: bool, on: date, by: User) -> Task:
    """Adds a task to a running course. Raises ValidationError at `title` when it is there already."""
    if course.tasks.filter(title__iexact=title.strip()).exists():
        raise ValidationError({"title": "Opgaven er der allerede."})
    task = Task.objects.create(
        course=course, title=title.strip(), mine=mine, since=on, position=course.tasks.count()
    )
    changed("tilføjet opgave", by=by, about=task, citizen_id=course.citizen_id)
    return task


# Ends that need no decision, since the citizen's place in the law has ended by itself.
_NEEDS_NO_DECISION = {Course.EndReason.MOVED, Course.EndReason.DEATH}


@transaction.atomic
def end_course(course: Course, *, on: date, reason: str, note: str, by: User) -> None:
    """Ends a course with its reason. Before the grant's last day a decision to stop must come first.

    The mentor's assignment ends with it, and follow-ups after 6, 12 and 18 months are made by the room above.
    """
    if course.ended_on is not None:
        raise ValidationError("Forløbet er allerede afsluttet.")
    if on < course.start:
        raise ValidationError({"on": f"Forløbet begynder først {field_date(course.start)}."})
    if on < course.end and reason not in _NEEDS_NO_DECISION:
        raise Refusal(
            f"Bevillingen løber til {field_date(course.end)}. At stoppe før tid er en afgørelse: "
            "træf den først, og afslut så forløbet.",
            "FVL § 2 og §§ 19-25",
        )
    course.ended_on, course.end_reason, course.end_note = on, Course.EndReason(reason), note
    course.save(update_fields=["ended_on", "end_reason", "end_note"])
    for assignment in course.assignments.filter(last__isnull=True):
        assignment.last = max(on, assignment.first)
        assignment.save(update_fields=["last"])
    changed("afsluttet forløb", by=by, about=course, citizen_id=course.citizen_id, reason=reason)
