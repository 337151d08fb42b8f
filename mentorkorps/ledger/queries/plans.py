"""What a plan is made of, the municipality's points, and the lines that wait for an answer."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from mentorkorps.cases.actions.mentor import over_capacity
from mentorkorps.cases.models import Course
from mentorkorps.cases.queries.avoidance import avoided_by
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.planning import Citizen as Wishes
from mentorkorps.domain.planning import Mentor as Offer
from mentorkorps.domain.planning import Weights
from mentorkorps.ledger.models import Plan, PlanLine, PlanWeights
from mentorkorps.ledger.queries.choices import offer_of, wishes_of
from mentorkorps.ledger.queries.corps import MentorLoad, corps_load
from mentorkorps.municipality.models import IN_COMPANY, Mentor, MentorAbsence, Unit
from mentorkorps.municipality.models.dated import STANDS
from mentorkorps.municipality.periods import holding

POINTS = tuple(vars(Weights()))
"""The names of the points, in the order in which they are told."""
OWN = "Programmets udgangspunkt"


@dataclass(frozen=True)
class Points:
    """The points that hold on a day; `row` is None while the municipality has adopted none of its own."""

    weights: Weights
    row: PlanWeights | None

    @property
    def source(self) -> str:
        """Who adopted them and where it stands, in one line."""
        if self.row is None:
            return OWN
        adopted = f"Vedtaget af {self.row.adopted_by}, gælder fra {field_date(self.row.first)}"
        return f"{adopted}: {self.row.source}{self._not_adopted()}"

    def _not_adopted(self) -> str:
        """The points that nobody adopted, since the program did not count them then."""
        fields = PlanWeights._meta.get_field
        names = [str(fields(name).verbose_name) for name in POINTS if getattr(self.row, name) is None]
        return f" (programmets udgangspunkt for {listed(names)})" if names else ""


@dataclass(frozen=True)
class Basis:
    """Citizens and mentors as the domain plans them; ids are the courses' and the mentors'.

    `left_aside` are courses that cannot be planned: their mentor's hours are not known, or the mentor is away and the
    citizens are to stay.
    """

    courses: dict[str, Course]
    mentors: dict[str, Mentor]
    citizens: list[Wishes]
    offers: list[Offer]
    current: dict[str, str]
    left_aside: int


def points_on(on: date) -> Points:
    """The municipality's points, else the program's. One query."""
    row = PlanWeights.objects.filter(STANDS, holding(on)).first()
    adopted = {name: getattr(row, name, None) for name in POINTS}
    return Points(Weights(**{name: value for name, value in adopted.items() if value is not None}), row)


def adopted_points() -> QuerySet[PlanWeights]:
    """All that were ever adopted, newest first."""
    return PlanWeights.objects.select_related("entered_by", "withdrawn_by")


def plannable(on: date) -> QuerySet[Course]:
    """Courses that run or are to begin. A company mentor comes with the firm and is never planned."""
    running = Course.objects.filter(ended_on__isnull=True, end__gte=on)
    return running.exclude(function="company_mentor")


def courses_for(scope: str, unit: Unit | None, on: date) -> QuerySet[Course]:
    """The courses that a plan is asked for."""
    rows = plannable(on) if unit is None else plannable(on).filter(unit=unit)
    return rows.filter(mentor__isnull=True) if scope == Plan.Scope.WAITING else rows


def basis_of(plan: Plan, on: date) -> Basis:
    """What the plan is made of, as it stands. Eleven queries for any number of courses and mentors."""
    asked = list(courses_for(plan.scope, plan.unit, on).select_related("citizen", "mentor"))
    loads = [load for load in corps_load(on) if load.mentor.kind not in IN_COMPANY]
    stuck = {load.mentor.id for load in loads if not _can_plan(load, plan.move_from_absent)}
    courses = [course for course in asked if course.mentor_id not in stuck]
    there = [load for load in loads if load.available is not None and load.absence is None]
    taken = _taken(on, {course.id for course in courses})
    wishes = wishes_of(courses, avoided_by({course.citizen_id for course in courses}))
    ids = {load.mentor.id for load in there}
    return Basis(
        courses={str(course.id): course for course in courses},
        mentors={str(load.mentor.id): load.mentor for load in there},
        citizens=[wishes[course.id] for course in courses],
        offers=[_offer(load, on, *taken.get(load.mentor.id, (0, 0)), len(courses)) for load in there],
        current={str(c.id): str(c.mentor_id) for c in courses if c.mentor_id in ids},
        left_aside=len(asked) - len(courses),
    )


def _can_plan(load: MentorLoad, move_from_absent: bool) -> bool:
    """Whether the citizens whom the mentor has can be planned for."""
    return load.available is not None and (load.absence is None or move_from_absent)


def _taken(on: date, planned: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Minutes a week and citizens by mentor in courses that the plan does not touch."""
    skip = set(planned)
    rows = Course.objects.filter(ended_on__isnull=True, end__gte=on, mentor__isnull=False)
    found: dict[uuid.UUID, tuple[int, int]] = {}
    for key, mentor, minutes in rows.order_by().values_list("id", "mentor", "minutes_per_week"):
        if key not in skip:
            before = found.get(mentor, (0, 0))
            found[mentor] = (before[0] + minutes, before[1] + 1)
    return found


def _offer(load: MentorLoad, on: date, minutes: int, heads: int, citizens: int) -> Offer:
    """What the mentor has for the plan: the week less what stays outside it and what the mentor stands in with."""
    most = load.mentor.max_citizens
    free = (load.available or 0) - load.standing_in - minutes
    places = citizens if most is None else most - heads
    return offer_of(load.mentor, on, max(free, 0), max(places, 0))


def plans() -> QuerySet[Plan]:
    """Every plan, newest first, with how many lines it has and how many are answered."""
    told = Plan.objects.select_related("unit", "asked_by").order_by("-asked_at", "id")
    return told.annotate(
        line_count=Count("lines"),
        open_count=Count("lines", filter=Q(lines__state=PlanLine.State.OPEN, lines__mentor__isnull=False)),
    )


def lines_of(plan: Plan) -> QuerySet[PlanLine]:
    """The plan's lines with what a row shows."""
    return plan.lines.select_related("course__citizen", "course__mentor", "mentor", "present", "answered_by")


def swap_partners(plan: Plan) -> dict[uuid.UUID, PlanLine]:
    """Open lines in which two citizens change places, by the other one's line. One query."""
    moves = plan.lines.filter(state=PlanLine.State.OPEN, present__isnull=False, mentor__isnull=False)
    waiting: dict[tuple[uuid.UUID, uuid.UUID], list[PlanLine]] = {}
    found: dict[uuid.UUID, PlanLine] = {}
    for line in moves.select_related("course__citizen").order_by("position"):
        opposite = waiting.get((line.mentor_id, line.present_id), [])
        if opposite:
            other = opposite.pop(0)
            found[line.id], found[other.id] = other, line
        else:
            waiting.setdefault((line.present_id, line.mentor_id), []).append(line)
    return found


def swapped_with(line: PlanLine) -> PlanLine | None:
    """The line that is followed the other way, where this one is followed and the two citizens changed places."""
    if line.state != PlanLine.State.TAKEN:
        return None
    followed = line.plan.lines.filter(state=line.state, present=line.mentor, mentor=line.present)
    return followed.select_related("course__citizen", "mentor").order_by("-answered_at").first()


def suggestion_for(course: Course, on: date) -> PlanLine | None:
    """What the newest plan suggests for a course, while it can be followed: the mentor is here and has room."""
    line = (
        PlanLine.objects.filter(course=course, state=PlanLine.State.OPEN, mentor__isnull=False)
        .filter(plan__state=Plan.State.READY)
        .select_related("mentor", "plan")
        .order_by("-plan__asked_at")
        .first()
    )
    if line is None or line.present_id != course.mentor_id:
        return None
    away = MentorAbsence.objects.filter(holding(on), mentor=line.mentor).exists()
    return None if away or over_capacity(line.mentor, course, on) else line
