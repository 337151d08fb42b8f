"""The points of a match, asking for a plan, making it and putting it away. A plan changes nothing by itself."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Course
from mentorkorps.domain.planning import Match, Trade, Weights, match, trade_off, wish_points
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Plan, PlanLine, PlanWeights
from mentorkorps.ledger.queries.choices import offer_of
from mentorkorps.ledger.queries.plans import (
    POINTS,
    Basis,
    basis_of,
    courses_for,
    points_on,
)
from mentorkorps.municipality.actions.dated import put_dated
from mentorkorps.municipality.models import Mentor, Obligation, Unit, User

AT_ONCE = 60
"""So many courses are planned while somebody waits; more are left to the worker."""
KEEPS = (
    "{mentor} har ikke timer nok til alle sine borgere eller er væk, og ingen anden, borgeren må få, har plads. "
    "Borgeren beholder mentoren, indtil I har fundet en løsning."
)


def set_points(*, first: date, adopted_by: str, source: str, by: User, **points: int) -> PlanWeights:
    """The municipality's own points from a day. Raises ValidationError at `first`, `adopted_by` or `source`."""
    if not adopted_by.strip():
        raise ValidationError({"adopted_by": "Skriv, hvem der har vedtaget pointene."})
    row = PlanWeights(adopted_by=adopted_by.strip(), **{name: points[name] for name in POINTS})
    return put_dated(row, {}, first=first, last=None, source=source, by=by, **points)


def ask_plan(
    *, scope: str, unit: Unit | None, move_from_absent: bool, stability: int | None, today: date, by: User
) -> Plan:
    """Asks for a plan, which is made at once when it is small. `stability` None is the municipality's own points.

    The same plan asked for twice before it is made is one. Raises ValidationError when there is nobody to plan for.
    """
    count = courses_for(scope, unit, today).count()
    if not count:
        raise ValidationError(
            {"scope": "Der er ingen forløb at lægge en plan for. Vælg en anden enhed eller alle."}
        )
    points = points_on(today)
    asked = {
        "scope": scope,
        "unit": unit,
        "move_from_absent": move_from_absent,
        "stability": points.weights.continuity if stability is None else stability,
    }
    there = Plan.objects.filter(**asked, state=Plan.State.ASKED).first()
    if there is not None:
        return there
    with transaction.atomic():
        plan = Plan.objects.create(
            **asked, weights=vars(points.weights), weights_source=points.source, asked_by=by
        )
        changed("bedt om plan", by=by, about=plan, scope=scope, courses=count)
    if count <= AT_ONCE:
        make_plan(plan, today=today)
    return plan


def make_asked_plans(*, today: date) -> int:
    """Makes every plan that waits, the oldest first; how many there were."""
    waiting = list(Plan.objects.filter(state=Plan.State.ASKED).order_by("asked_at"))
    for plan in waiting:
        make_plan(plan, today=today)
    return len(waiting)


def make_plan(plan: Plan, *, today: date) -> None:
    """Works the plan out and keeps its lines. Made twice at once it is kept once.

    The computing stands outside the transaction, since it may take seconds.
    """
    basis = basis_of(plan, today)
    weights = Weights(**plan.weights)
    found = match(
        basis.offers, basis.citizens, current=basis.current, weights=weights, stability=plan.stability
    )
    curve = (
        trade_off(basis.offers, basis.citizens, basis.current, weights)
        if plan.scope == Plan.Scope.ALL
        else ()
    )
    with transaction.atomic():
        held = Plan.objects.select_for_update().get(pk=plan.pk)
        if held.state == Plan.State.ASKED:
            _keep(held, basis, found, curve, weights, today)
    plan.refresh_from_db()


def _keep(
    plan: Plan, basis: Basis, found: Match, curve: tuple[Trade, ...], weights: Weights, today: date
) -> None:
    lines = _lines(plan, basis, found, weights, today)
    PlanLine.objects.bulk_create(lines, batch_size=500)
    plan.state, plan.made_on = Plan.State.READY, today
    plan.method, plan.fallback = found.method, found.fallback or ""
    plan.total_score, plan.upper_bound = found.total_score, found.upper_bound
    plan.curve = [vars(trade) for trade in curve]
    plan.counts = {
        "citizens": len(basis.citizens),
        "left_aside": basis.left_aside,
        "placed": sum(line.mentor_id is not None and line.present_id is None for line in lines),
        "moved": sum(line.mentor_id is not None and line.present_id is not None for line in lines),
        "nobody": sum(line.mentor_id is None and line.present_id is None for line in lines),
        "crowded": sum(line.mentor_id is None and line.present_id is not None for line in lines),
    }
    plan.save()
    changed("lavet plan", by=None, about=plan, **plan.counts)


def _lines(plan: Plan, basis: Basis, found: Match, weights: Weights, today: date) -> list[PlanLine]:
    """Those who get a mentor or another one, and those for whom there is none; the strongest obligation first."""
    lines = [_unplaced(plan, basis, left) for left in found.unassigned]
    for each in found.assignments:
        course = basis.courses[each.citizen]
        if str(course.mentor_id) != each.mentor:
            lines.append(_placed(plan, course, basis.mentors[each.mentor], each, weights, today))
    lines.sort(key=_order)
    for position, line in enumerate(lines, start=1):
        line.position = position
    return lines


def _placed(plan: Plan, course: Course, mentor: Mentor, each: Any, weights: Weights, today: date) -> PlanLine:
    had = wish_points(each.person, offer_of(course.mentor, today), weights) if course.mentor else 0
    return PlanLine(
        plan=plan,
        course=course,
        present=course.mentor,
        mentor=mentor,
        gain=wish_points(each.person, each.giver, weights) - had,
        speaks_for=each.reasons_for,
        speaks_against=each.reasons_against,
    )


def _unplaced(plan: Plan, basis: Basis, left: Any) -> PlanLine:
    """One who has a mentor keeps that one for now: a plan takes nobody's mentor away."""
    course = basis.courses[left.citizen]
    why = left.why if course.mentor is None else KEEPS.format(mentor=course.mentor)
    return PlanLine(plan=plan, course=course, present=course.mentor, why=why)


def _order(line: PlanLine) -> tuple[bool, int, int, date, str]:
    """Those without a mentor first, then by what the law says, then the better match."""
    course = line.course
    rank = Obligation.values.index(course.obligation)
    return line.present_id is not None, rank, -line.gain, course.start, str(course.id)


@transaction.atomic
def close_plan(plan: Plan, *, by: User) -> None:
    """Puts a plan away: its open lines are no longer suggested to anybody. Twice is harmless."""
    if Plan.objects.filter(pk=plan.pk, state=Plan.State.READY).update(state=Plan.State.CLOSED):
        changed("lagt plan væk", by=by, about=plan)
