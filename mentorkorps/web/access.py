"""The one door: who may open which page, which citizens a person may see, and the journal of every look.

Pages get objects from here only. What is not allowed and what is not there look the same (404), and both
are journalled as refused.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Role, User
from mentorkorps.municipality.periods import holding, not_over
from mentorkorps.municipality.queries import today
from mentorkorps.web.forms import keepable


class May(StrEnum):
    """What a page lets its reader do."""

    OWN_PAGES = "own_pages"
    SEE_CITIZENS = "see_citizens"
    REFER = "refer"
    VISITATE = "visitate"
    APPROVE = "approve"
    SEE_COURSE = "see_course"
    WORK_ON_COURSE = "work_on_course"
    LOG_CONTACT = "log_contact"
    REPORT_ABSENCE = "report_absence"
    ASSIGN = "assign"
    SEE_BOARD = "see_board"
    SEE_CORPS = "see_corps"
    EDIT_CORPS = "edit_corps"
    PLAN = "plan"
    IMPORT = "import"
    EDIT_CLOSING_DAYS = "edit_closing_days"
    SEE_SUPPLIERS = "see_suppliers"
    EDIT_SUPPLIERS = "edit_suppliers"
    SET_WAITING_GOAL = "set_waiting_goal"
    SEE_LEVEL = "see_level"
    EDIT_LEVEL = "edit_level"
    SEE_PROGRESS_QUESTIONS = "see_progress_questions"
    EDIT_PROGRESS_QUESTIONS = "edit_progress_questions"
    SEE_HOURS = "see_hours"
    SEE_MONEY = "see_money"
    EDIT_MONEY = "edit_money"
    APPROVE_MONEY = "approve_money"
    ANSWER_INVOICES = "answer_invoices"
    COMPANY_MONTH = "company_month"
    SEE_CONTROL = "see_control"
    ASK_CONTROL = "ask_control"
    ANSWER_CONTROL = "answer_control"
    SEE_JOURNAL = "see_journal"
    EDIT_PEOPLE = "edit_people"
    SEE_LAW = "see_law"
    EDIT_LAW = "edit_law"
    APPROVE_LAW = "approve_law"
    SEE_STEERING = "see_steering"
    EDIT_STEERING = "edit_steering"


_WORKER, _MENTOR, _COMPANY, _PROVIDER, _COORDINATOR = (
    Role.CASEWORKER, Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER, Role.COORDINATOR,
)  # fmt: skip
_CONTROLLER, _LEADER, _SECRETARY, _DPO, _ADMIN = (
    Role.CONTROLLER, Role.LEADER, Role.SECRETARY, Role.DPO, Role.ADMINISTRATOR,
)  # fmt: skip

ROLES_THAT: dict[May, frozenset[Role]] = {
    May.OWN_PAGES: frozenset(Role),
    May.SEE_CITIZENS: frozenset({_WORKER, _COORDINATOR, _LEADER}),
    May.REFER: frozenset({_WORKER, _COORDINATOR}),
    May.VISITATE: frozenset({_WORKER}),
    May.APPROVE: frozenset({_LEADER, _COORDINATOR}),
    May.SEE_COURSE: frozenset({_WORKER, _MENTOR, _PROVIDER, _COORDINATOR, _LEADER}),
    May.WORK_ON_COURSE: frozenset({_WORKER, _MENTOR, _PROVIDER, _COORDINATOR}),
    May.LOG_CONTACT: frozenset({_MENTOR, _COMPANY, _PROVIDER, _COORDINATOR}),
    May.REPORT_ABSENCE: frozenset({_MENTOR, _COMPANY}),
    May.ASSIGN: frozenset({_WORKER, _COORDINATOR}),
    May.SEE_BOARD: frozenset({_COORDINATOR, _LEADER, _PROVIDER}),
    May.SEE_CORPS: frozenset({_WORKER, _COORDINATOR, _LEADER}),
    May.EDIT_CORPS: frozenset({_COORDINATOR}),
    May.PLAN: frozenset({_COORDINATOR}),
    May.IMPORT: frozenset({_COORDINATOR}),
    May.EDIT_CLOSING_DAYS: frozenset({_COORDINATOR, _ADMIN}),
    May.SEE_SUPPLIERS: frozenset({_WORKER, _COORDINATOR, _CONTROLLER, _LEADER}),
    May.EDIT_SUPPLIERS: frozenset({_COORDINATOR, _CONTROLLER}),
    May.SET_WAITING_GOAL: frozenset({_LEADER}),
    May.SEE_LEVEL: frozenset({_WORKER, _COORDINATOR, _CONTROLLER, _LEADER, _SECRETARY, _ADMIN, _DPO}),
    May.EDIT_LEVEL: frozenset({_LEADER, _SECRETARY}),
    May.SEE_PROGRESS_QUESTIONS: frozenset({_COORDINATOR, _LEADER, _DPO, _ADMIN}),
    May.EDIT_PROGRESS_QUESTIONS: frozenset({_LEADER, _ADMIN}),
    May.SEE_HOURS: frozenset({_COORDINATOR, _CONTROLLER, _LEADER, _SECRETARY}),
    May.SEE_MONEY: frozenset({_CONTROLLER, _LEADER}),
    May.EDIT_MONEY: frozenset({_CONTROLLER}),
    May.APPROVE_MONEY: frozenset({_CONTROLLER, _LEADER}),
    May.ANSWER_INVOICES: frozenset({_PROVIDER}),
    May.COMPANY_MONTH: frozenset({_COMPANY}),
    May.SEE_CONTROL: frozenset({_COORDINATOR, _LEADER}),
    May.ASK_CONTROL: frozenset({_WORKER, _COORDINATOR, _LEADER}),
    May.ANSWER_CONTROL: frozenset({_MENTOR, _COMPANY, _PROVIDER}),
    May.SEE_JOURNAL: frozenset({_DPO}),
    May.EDIT_PEOPLE: frozenset({_ADMIN}),
    May.SEE_LAW: frozenset({_WORKER, _COORDINATOR, _LEADER, _SECRETARY, _DPO, _ADMIN}),
    May.EDIT_LAW: frozenset({_ADMIN}),
    May.APPROVE_LAW: frozenset({_LEADER, _ADMIN}),
    May.SEE_STEERING: frozenset({_COORDINATOR, _CONTROLLER, _LEADER, _SECRETARY}),
    May.EDIT_STEERING: frozenset({_CONTROLLER, _LEADER, _SECRETARY}),
}


class SignedIn(HttpRequest):
    """A request from a person who has come through the door."""

    user: User  # type: ignore[assignment]


Page = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)


def allowed(user: Any, may: May) -> bool:
    """Whether a person's role opens a page."""
    return user.is_authenticated and user.role in ROLES_THAT[may]


def door(may: May) -> Callable[[Page], Page]:
    """Marks a page with what it takes to open it. Every page has this mark or is in `urls.OPEN`."""

    def guarded(page: Page) -> Page:
        @wraps(page)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                write(Kind.LOOK, may, by=None, refused=True, detail={"page": page.__name__})
                return redirect_to_login(request.get_full_path())
            if not allowed(request.user, may):
                raise refuse(request, may, page=page.__name__)
            return page(request, *args, **kwargs)

        inner.may = may  # type: ignore[attr-defined]
        return inner

    return guarded


def refuse(request: HttpRequest, verb: str, *, citizen_id: uuid.UUID | None = None, **detail: Any) -> Http404:
    """Journals a refusal, on the citizen where it concerns one, and returns the 404 to raise."""
    said = {name: keepable(each) if isinstance(each, str) else each for name, each in detail.items()}
    write(Kind.LOOK, verb, by=request.user, citizen_id=citizen_id, refused=True, detail=said)
    return Http404("Siden findes ikke, eller du har ikke adgang til den.")


def citizens_of(user: User) -> QuerySet[Citizen]:
    """The citizens a person may see: own unit, own courses, or the whole municipality, by role."""
    if user.role in (Role.COORDINATOR, Role.LEADER):
        return Citizen.objects.all()
    if user.role == Role.CASEWORKER:
        return Citizen.objects.filter(Q(unit=user.unit_id) | Q(caseworker=user))
    return Citizen.objects.filter(id__in=courses_of(user).values("citizen"))


def courses_of(user: User) -> QuerySet[Course]:
    """The courses a person may see. A mentor keeps an ended one for four weeks, to finish its notes."""
    if user.role in (Role.COORDINATOR, Role.LEADER):
        return Course.objects.all()
    if user.role == Role.CASEWORKER:
        return Course.objects.filter(Q(citizen__unit=user.unit_id) | Q(citizen__caseworker=user))
    recent = Course.objects.filter(_lately_running())
    if user.role in (Role.MENTOR, Role.COMPANY_MENTOR):
        standing_in = Q(assignments__mentor__user=user, assignments__substitute=True) & holding(
            today(), "assignments__first", "assignments__last"
        )
        return recent.filter(Q(mentor__user=user) | Q(id__in=Course.objects.filter(standing_in).values("id")))
    if user.role == Role.PROVIDER:
        return recent.filter(mentor__provider=user.provider_id)
    return Course.objects.none()


def _lately_running() -> Q:
    return not_over(today() - timedelta(weeks=4), "ended_on")


def citizen(request: HttpRequest, key: uuid.UUID, *, verb: str = "borger") -> Citizen:
    """A citizen this person may see, with the look journalled."""
    return _one(
        request, citizens_of(request.user).select_related("caseworker", "unit"), key, verb, lambda c: c.id
    )


def course(request: HttpRequest, key: uuid.UUID, *, verb: str = "forløb") -> Course:
    """A course this person may see, with the look journalled."""
    rows = courses_of(request.user).select_related(
        "citizen", "citizen__caseworker", "mentor", "mentor__provider", "level_row__level"
    )
    return _one(request, rows, key, verb, lambda c: c.citizen_id)


def of_citizen(request: HttpRequest, rows: QuerySet[Row], key: uuid.UUID, *, verb: str) -> Row:
    """A row that hangs on a citizen (`rows` have `citizen`) whom this person may see, with the look journalled."""
    return _one(
        request, rows.filter(citizen__in=citizens_of(request.user)), key, verb, lambda r: r.citizen_id
    )


def of_course(request: HttpRequest, rows: QuerySet[Row], key: uuid.UUID, *, verb: str) -> Row:
    """A row that hangs on a course (`rows` have `course`) that this person may see, with the look journalled."""
    mine = rows.filter(course__in=courses_of(request.user)).select_related("course__citizen")
    return _one(request, mine, key, verb, lambda r: r.course.citizen_id)


def record(request: HttpRequest, rows: QuerySet[Row], key: Any, *, verb: str) -> Row:
    """A row of the municipality that hangs on no citizen (a mentor, a level, a person), with the look journalled."""
    return _one(request, rows, key, verb, lambda _: None)


def of_decision(request: HttpRequest, rows: QuerySet[Row], key: uuid.UUID, *, verb: str) -> Row:
    """A row that hangs on a decision (`rows` have `decision`) on a citizen whom this person may see."""
    mine = rows.filter(decision__citizen__in=citizens_of(request.user))
    return _one(request, mine.select_related("decision__citizen"), key, verb, lambda r: r.decision.citizen_id)


def _one(
    request: HttpRequest,
    rows: QuerySet[Row],
    key: Any,
    verb: str,
    citizen_id: Callable[[Any], uuid.UUID | None],
) -> Row:
    found = rows.filter(pk=key).first()
    if found is None:
        there = rows.model._default_manager.filter(pk=key).first()
        raise refuse(request, verb, citizen_id=there and citizen_id(there), asked_for=str(key))
    if request.method == "GET":
        write(Kind.LOOK, verb, by=request.user, about=found, citizen_id=citizen_id(found))
    return found


def listed(request: HttpRequest, verb: str, rows: Any, *, kind: Kind = Kind.LIST, **detail: Any) -> None:
    """Journals a list, search, print or export as one entry with the citizens it showed (ids, deduplicated)."""
    shown = dict.fromkeys(row if isinstance(row, uuid.UUID) else row.citizen_id for row in rows)
    write(kind, verb, by=request.user, shown=shown, detail=detail)
