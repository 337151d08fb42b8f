"""The course that a decision begins, changes or stops, its tasks, and its end."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from mentorkorps.cases.facts import finding_of
from mentorkorps.cases.models import Course, Decision, Grant, Task, TaskMove
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User

LONGEST_TITLE = Task._meta.get_field("title").max_length or 0


def lock_course(course: Course) -> None:
    """Lets one verb at a time act on a course, and reads its row anew. Inside a transaction."""
    Course.objects.select_for_update().get(pk=course.pk)
    course.refresh_from_db()


def check_running(course: Course) -> None:
    """Raises ValidationError for a course that has ended: it is there to be read."""
    if course.ended_on is not None:
        raise ValidationError(f"Forløbet er afsluttet {field_date(course.ended_on)} og kan kun læses.")


def begin_course(decision: Decision) -> Course:
    """A new course with its first grant and the tasks that the decision names."""
    finding = finding_of(decision)
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
    course.end, course.signed_on = decision.end, None
    course.save(update_fields=["end", "signed_on"])
    _add_grant(course, decision)
    follow_grant(course, on=decision.decided_on)


def change_course(decision: Decision) -> None:
    """New minutes from a day inside a grant: it ends the day before, and a new one runs to the same end."""
    course = decision.course
    current = course.grants.filter(start__lte=decision.start, end__gte=decision.start).first()
    if current is None:
        raise ValidationError({"start": "Der er ingen bevilling den dag. Vælg en dag i en bevilling."})
    end = current.end
    if decision.start == current.start:
        raise ValidationError({"start": "Ændringen skal begynde efter bevillingens første dag."})
    current.end = decision.start - timedelta(days=1)
    current.save(update_fields=["end"])
    decision.end = end
    _add_grant(course, decision)
    follow_grant(course, on=decision.decided_on)


def shorten_course(decision: Decision) -> None:
    """Stops a course before its time: the running grant ends on the decided day, and later ones fall away."""
    course = decision.course
    course.grants.filter(start__gt=decision.end).delete()
    course.grants.filter(end__gt=decision.end).update(end=decision.end)
    course.end = decision.end
    course.save(update_fields=["end"])


# What a course repeats of its grant in force, so that lists of thousands read one table.
_OF_THE_GRANT = ("minutes_per_week", "rule", "obligation", "citation", "level_row_id")


def follow_grant(course: Course, *, on: date) -> bool:
    """Gives a course the figures of its newest grant that has begun by a day; says whether any of them changed."""
    grant = course.grants.select_related("decision").filter(start__lte=on).order_by("-start").first()
    if grant is None:
        return False
    figures = {name: getattr(grant, name, None) for name in _OF_THE_GRANT}
    figures["citation"] = finding_of(grant.decision).citation
    if figures == {name: getattr(course, name) for name in _OF_THE_GRANT}:
        return False
    for name, value in figures.items():
        setattr(course, name, value)
    course.save(update_fields=[name.removesuffix("_id") for name in _OF_THE_GRANT])
    return True


CATCH_UP = timedelta(days=31)  # how long the worker may have stood still


@transaction.atomic
def follow_grants(*, on: date) -> int:
    """Lets every running course follow a grant that has begun lately; how many did. Run by the worker."""
    begun = Grant.objects.filter(start__gt=on - CATCH_UP, start__lte=on, course__start__lt=F("start"))
    followed = 0
    for grant in begun.filter(course__ended_on__isnull=True).select_related("course"):
        if follow_grant(grant.course, on=on):
            changed("fulgt bevilling", by=None, about=grant.course, citizen_id=grant.course.citizen_id)
            followed += 1
    return followed


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
    """Adds the tasks that the course does not have yet; those it has keep their stage, and their side is as agreed now.

    A title that stands on both sides is the mentor's.
    """
    wanted = dict.fromkeys(not_tasks, False) | dict.fromkeys(tasks, True)
    known = {task.title: task for task in course.tasks.all()}
    for title, mine in wanted.items():
        if title in known and known[title].mine != mine:
            known[title].mine = mine
            known[title].save(update_fields=["mine"])
    new = [title for title in (*tasks, *not_tasks) if title not in known]
    Task.objects.bulk_create(
        Task(course=course, title=title, mine=wanted[title], since=since, position=len(known) + place)
        for place, title in enumerate(dict.fromkeys(new))
    )


@transaction.atomic
def move_task(task: Task, *, stage: str, on: date, by: User) -> None:
    """Moves a task between mentor, together, citizen and done; each move makes "not taking over" visible.

    Moved to where it is already, nothing happens. Raises ValidationError for a stage that does not exist and for a
    task that is not the mentor's.
    """
    lock_course(task.course)
    task.refresh_from_db(fields=["stage", "since"])
    check_running(task.course)
    if stage not in Task.Stage.values:
        raise ValidationError("Vælg, hvem der gør opgaven nu.")
    if not task.mine:
        raise ValidationError("Opgaven er ikke mentors, så den kan ikke flyttes.")
    if task.stage == stage:
        return
    TaskMove.objects.create(
        task=task, from_stage=task.stage, since=task.since, to_stage=stage, on=on, moved_by=by
    )
    task.stage, task.since = Task.Stage(stage), on
    task.save(update_fields=["stage", "since"])
    changed("flyttet opgave", by=by, about=task, citizen_id=task.course.citizen_id, to=stage)


@transaction.atomic
def undo_move(task: Task, *, by: User) -> None:
    """Takes back the last move of a task as a slip: it stands where it stood, since the day it stood there.

    Raises ValidationError for a task that has not been moved.
    """
    lock_course(task.course)
    check_running(task.course)
    last = task.moves.filter(undone=False).last()
    if last is None:
        raise ValidationError("Opgaven er ikke flyttet, så der er intet at fortryde.")
    last.undone = True
    last.save(update_fields=["undone"])
    task.stage, task.since = Task.Stage(last.from_stage), last.since
    task.save(update_fields=["stage", "since"])
    changed(
        "fortrudt flytning af opgave", by=by, about=task, citizen_id=task.course.citizen_id, to=task.stage
    )


@transaction.atomic
def add_task(course: Course, *, title: str, mine: bool, on: date, by: User) -> Task:
    """Adds a task to a running course. Raises ValidationError at `title`: blank, too long, or there already."""
    lock_course(course)
    check_running(course)
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": "Skriv, hvad opgaven er."})
    if len(title) > LONGEST_TITLE:
        raise ValidationError({"title": f"Højst {LONGEST_TITLE} tegn. Skriv opgaven kortere."})
    titles = {known.casefold() for known in course.tasks.values_list("title", flat=True)}
    if title.casefold() in titles:
        raise ValidationError({"title": "Opgaven er der allerede."})
    task = Task.objects.create(course=course, title=title, mine=mine, since=on, position=len(titles))
    changed("tilføjet opgave", by=by, about=task, citizen_id=course.citizen_id)
    return task


# Ends that need no decision, since the citizen's place in the law has ended by itself.
_NEEDS_NO_DECISION = {Course.EndReason.MOVED, Course.EndReason.DEATH}


@transaction.atomic
def end_course(course: Course, *, on: date, reason: str, note: str, today: date, by: User) -> None:
    """Ends a course with its reason. Before the grant's last day a decision to stop must come first.

    The mentor's assignment ends with it, and follow-ups after 6, 12 and 18 months are made by the room above.
    Raises Refusal before the grant's last day, and ValidationError at `on` or `reason`.
    """
    lock_course(course)
    check_running(course)
    if reason not in Course.EndReason.values:
        raise ValidationError({"reason": "Vælg, hvorfor forløbet slutter."})
    if on > today:
        raise ValidationError({"on": "Datoen ligger i fremtiden. Et forløb afsluttes, når det er slut."})
    if reason not in _NEEDS_NO_DECISION:
        _check_end(course, on)
    course.ended_on, course.end_reason, course.end_note = on, Course.EndReason(reason), note.strip()
    course.save(update_fields=["ended_on", "end_reason", "end_note"])
    for assignment in course.assignments.filter(Q(last__isnull=True) | Q(last__gt=on)):
        assignment.last = max(on, assignment.first)
        assignment.save(update_fields=["last"])
    changed("afsluttet forløb", by=by, about=course, citizen_id=course.citizen_id, reason=reason)


def _check_end(course: Course, on: date) -> None:
    if on < course.start:
        raise ValidationError({"on": f"Forløbet begynder først {field_date(course.start)}."})
    if on < course.end:
        raise Refusal(
            f"Bevillingen løber til {field_date(course.end)}. At stoppe før tid er en afgørelse: "
            "træf den først, og afslut så forløbet.",
            "FVL § 2 og §§ 19-25",
        )
