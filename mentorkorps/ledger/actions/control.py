"""Delivery control: draw a month, write what the citizen says, follow what is off to its end, and finish."""

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Course
from mentorkorps.domain.audit import Point, digest, draw
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import month_end
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import ControlAnswer, ControlCase, ControlDraw, Discrepancy, DiscrepancyStep
from mentorkorps.ledger.queries.case_sheet import case_points
from mentorkorps.ledger.queries.control import Figures, drawable, month_figures, unfollowed, waits_for_mentor
from mentorkorps.municipality.models import User

SIZE, LARGEST = 30, 500
Kind = DiscrepancyStep.Kind
FINISHED = "Kontrollen er afsluttet og ændres ikke mere."


@transaction.atomic
def draw_month(month: date, *, size: int = SIZE, today: date, by: User, seed: str = "") -> ControlDraw:
    """Draws a month's sample. `month` is its first day; the seed is made here, so that nobody can choose the cases.

    Raises ValidationError for a month that is not over, is drawn already, or has nothing to draw from.
    """
    if month_end(month) >= today:
        raise ValidationError(
            {"month": "Måneden er ikke slut. Den kan trækkes fra den første i næste måned."}
        )
    if not 1 <= size <= LARGEST:
        raise ValidationError({"size": f"Træk mellem 1 og {LARGEST} sager."})
    rows = drawable(month)
    if not rows:
        raise ValidationError({"month": "Der er ingen møder eller fakturerede timer i måneden."})
    seed = seed or secrets.token_hex(16)
    known = {
        "seed": seed,
        "size": size,
        "rows": len(rows),
        "rows_digest": digest(rows),
        "drawn_by": by,
        "drawn_on": today,
    }
    drawn, is_new = ControlDraw.objects.get_or_create(month=month, defaults=known)
    if not is_new:
        raise ValidationError({"month": "Måneden er trukket. En måned trækkes kun én gang."})
    _write_cases(drawn, draw(seed, size, rows), today)
    changed("trukket kontrol", by=by, about=drawn, month=month.isoformat(), size=size, rows=len(rows))
    return drawn


def _write_cases(drawn: ControlDraw, sample: list[Any], today: date) -> None:
    courses = {str(key): course for key, course in _courses(each.key for each in sample).items()}
    figures = month_figures(drawn.month, (course.id for course in courses.values()))
    points = case_points(list(courses.values()), today)
    ControlCase.objects.bulk_create(
        _case(drawn, place, courses[each.key], each, figures[courses[each.key].id], points)
        for place, each in enumerate(sample, start=1)
    )


def _courses(keys: Any) -> dict[Any, Course]:
    return Course.objects.select_related("mentor", "citizen").in_bulk(list(keys))


def _case(
    drawn: ControlDraw, place: int, course: Course, each: Any, figures: Figures, points: Any
) -> ControlCase:
    return ControlCase(
        draw=drawn, course=course, mentor=course.mentor, place=place, weight=each.weight, reasons=list(each.reasons),
        logged_meetings=figures.meetings, logged_minutes=figures.minutes, invoiced_minutes=figures.invoiced,
        states=_states(points[course.id]),
    )  # fmt: skip


def _states(points: tuple[Point, ...]) -> dict[str, str]:
    return {str(point.number): point.state for point in points}


@transaction.atomic
def record_answer(
    case: ControlCase, *, reached: str, times: int | None = None, minutes_each: int | None = None, what_for: str = "",
    words: str = "", today: date, by: User,
) -> ControlAnswer:  # fmt: skip
    """Writes a talk or an attempt. The same sent twice is one row. Raises ValidationError."""
    _check_unfinished(case)
    said = {"reached": reached, "words": words.strip()}
    if reached == ControlAnswer.Reached.ANSWERED:
        said |= {"times": times, "minutes_each": minutes_each, "what_for": what_for.strip()}
        if times is None and not words.strip():
            raise ValidationError(
                {
                    "times": "Skriv, hvor mange gange. Husker borgeren det ikke, så skriv det i borgerens egne ord."
                }
            )
    elif times is not None or minutes_each is not None or what_for.strip():
        raise ValidationError(
            {"reached": "Du har skrevet svar. Vælg “borgeren svarede”, eller slet svarene."}
        )
    newest = case.answers.order_by("-id").first()
    if (
        newest
        and newest.asked_on == today
        and all(getattr(newest, name) == value for name, value in said.items())
    ):
        return newest
    made = ControlAnswer.objects.create(case=case, asked_on=today, asked_by=by, **said)
    changed(
        "spurgt borger ved kontrol", by=by, about=case, citizen_id=case.course.citizen_id, reached=reached
    )
    return made


def _check_unfinished(case: ControlCase) -> None:
    """Holds the control, so that nothing is written while somebody finishes it."""
    if ControlDraw.objects.select_for_update().get(pk=case.draw_id).finished_on is not None:
        raise ValidationError(FINISHED)


@transaction.atomic
def raise_discrepancy(case: ControlCase, *, what: str, today: date, by: User) -> Discrepancy:
    """Opens what does not agree. Where one is open already, that one is returned."""
    _check_unfinished(case)
    if not what.strip():
        raise ValidationError({"what": "Skriv, hvad der ikke stemmer."})
    known = {"course_id": case.course_id, "what": what.strip(), "raised_by": by, "raised_on": today}
    made, is_new = Discrepancy.objects.get_or_create(case=case, outcome="", defaults=known)
    if is_new:
        changed("oprettet afvigelse", by=by, about=made, citizen_id=case.course.citizen_id)
    return made


@transaction.atomic
def take_step(
    discrepancy: Discrepancy, *, kind: str, text: str, claim_ore: int | None = None, outcome: str = "",
    today: date, by: User,
) -> DiscrepancyStep:  # fmt: skip
    """Asks the mentor, writes the mentor's answer, a correction or a claim, or closes with an outcome.

    The same step sent twice is one. Raises ValidationError where it is closed, or something is missing.
    """
    discrepancy = Discrepancy.objects.select_for_update().get(pk=discrepancy.pk)
    newest = discrepancy.steps.order_by("-id").first()
    if newest and (newest.kind, newest.text, newest.taken_by_id) == (kind, text.strip(), by.pk):
        return newest
    _check_step(discrepancy, kind, text, claim_ore, outcome)
    if kind == Kind.CLOSED:
        discrepancy.outcome = outcome
        discrepancy.save(update_fields=["outcome"])
    made = DiscrepancyStep.objects.create(
        discrepancy=discrepancy,
        kind=kind,
        text=text.strip(),
        claim_ore=claim_ore,
        taken_by=by,
        taken_on=today,
    )
    changed(
        "skridt i afvigelse", by=by, about=discrepancy, citizen_id=discrepancy.course.citizen_id, step=kind,
        outcome=outcome,
    )  # fmt: skip
    return made


def _check_step(discrepancy: Discrepancy, kind: str, text: str, claim_ore: int | None, outcome: str) -> None:
    if discrepancy.outcome:
        raise ValidationError(f"Afvigelsen er lukket: {discrepancy.get_outcome_display()}.")
    if not text.strip():
        raise ValidationError({"text": "Skriv kort, hvad du har gjort eller spørger om."})
    if kind == Kind.ANSWERED and not waits_for_mentor(discrepancy):
        raise ValidationError("Der venter ikke noget spørgsmål.")
    if kind == Kind.CLOSED and outcome not in Discrepancy.Outcome.values:
        raise ValidationError({"outcome": "Vælg, hvad det endte med."})
    if kind != Kind.CLAIM and claim_ore is not None:
        raise ValidationError({"claim": "Et beløb hører til et krav. Vælg “krav rejst”, eller slet beløbet."})


@transaction.atomic
def finish_control(drawn: ControlDraw, *, because: str = "", today: date, by: User) -> ControlDraw:
    """Finishes a control and judges its cases once more. Sent twice it is finished once.

    `because` is why cases that do not agree are left without a discrepancy; it is kept where there are such.
    Raises ValidationError while nobody has been asked in a case, a discrepancy is open, or a reason is missing.
    """
    drawn = ControlDraw.objects.select_for_update().get(pk=drawn.pk)
    if drawn.finished_on is not None:
        return drawn
    _check_can_finish(drawn)
    left = _left(drawn, because.strip())
    cases = list(drawn.cases.select_related("course__mentor"))
    points = case_points([case.course for case in cases], today)
    for case in cases:
        case.states = _states(points[case.course_id])
    ControlCase.objects.bulk_update(cases, ["states"])
    drawn.finished_by, drawn.finished_on, drawn.left_because = by, today, because.strip() if left else ""
    drawn.save(update_fields=["finished_by", "finished_on", "left_because"])
    changed("afsluttet kontrol", by=by, about=drawn, month=drawn.month.isoformat(), left=left)
    return drawn


def _left(drawn: ControlDraw, because: str) -> int:
    """How many cases are left though they do not agree."""
    cases = unfollowed(drawn)
    if cases and not because:
        names = listed([str(each.case.course.citizen) for each in cases])
        message = f"Det stemmer ikke for {names}. Opret en afvigelse, eller skriv, hvorfor I lader det ligge."
        raise ValidationError({"because": message})
    return len(cases)


def _check_can_finish(drawn: ControlDraw) -> None:
    waiting = drawn.cases.filter(answers__isnull=True).count()
    if waiting:
        raise ValidationError(f"Der er {waiting} sager, hvor ingen har prøvet at spørge borgeren.")
    still_open = Discrepancy.objects.filter(case__draw=drawn, outcome="").count()
    if still_open:
        raise ValidationError(f"Der er {still_open} åbne afvigelser. Luk dem med et udfald først.")
