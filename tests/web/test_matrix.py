"""Every address as every role and as nobody, on own and on foreign objects.

What is not allowed is 404 or the sign-in page, and is journalled. A page that is added is walked from then on; one
without a door fails here.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from mentorkorps.cases.models import Intake
from mentorkorps.followup.actions.questions import begin_questions
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import ClosingDay, Mentor, Role, RuleCorrection, ServiceLevel
from mentorkorps.steering.actions.evidence import publish_evidence
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.web.access import ROLES_THAT, May
from mentorkorps.web.urls import BY_SECRET, FOR_CITIZENS, OPEN, urlpatterns
from tests.cast import TODAY, Cast, set_the_stage, signed_in
from tests.ledger.company_scene import a_signed_month
from tests.ledger.control_scene import a_draw
from tests.ledger.invoice_scene import MONEY, money_row
from tests.ledger.plan_scene import a_plan
from tests.ledger.supplier_scene import a_framework
from tests.steering.inputs import koebenhavn
from tests.steering.scenes import a_deck, a_paper, a_proposal
from tests.web.stage import Props, own_and_foreign
from tests.web.worlds import a_world

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGES = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]
GUARDED = [page for page in PAGES if page.name not in OPEN | BY_SECRET | FOR_CITIZENS]
METHODS = ("get", "post")
# Rows of the municipality rather than of a citizen: who may open the page may open any of them.
SHARED = {
    "beregninger",
    "effekt",
    "frikoeb",
    "indlaesning",
    "kontrol",
    "mentor",
    "serviceniveau",
    "timer",
    "brugere",
    "lukkedage",
    "leverandoerer",
    "leverandoeraftaler",
    "journal",
    "lov",
    "forslag",
    "sager",
    "oplaeg",
    "planer",
    "maalespoergsmaal",
} | MONEY
# What stands in an address beside a key: one value that exists.
WORDS = {
    "month": "2026-10",
    "wave": "weeks_13",
    "rater": "mentor",
    "row": "raekke",
    "kind": "change",
    "rule": "R3-01",
    "what": "leverandoer",
    "place": 1,
    "code": "course",
    "question": "samarbejde",
    "check": "ingen-status",
    "table": "borgere",
    "form": "csv",
    "theme": "work",
}


@dataclass(frozen=True)
class Stage:
    """Everyone signed in, and the addresses' rows of a citizen who is Helle's and of one who is not."""

    cast: Cast
    own: Props
    foreign: Props
    browsers: dict[Role | None, Client]

    def ask(self, role: Role | None, method: str, place: str) -> tuple[int, int, str]:
        """Status, refusals journalled, and where the answer leads on to."""
        before = Entry.objects.filter(refused=True).count()
        response = getattr(self.browsers[role], method)(place)
        refused = Entry.objects.filter(refused=True).count() - before
        return response.status_code, refused, response.headers.get("Location", "")


@pytest.fixture(scope="module")
def set_stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Stage]]:
    """The stage, set once for the module; what a test does to it is undone with the test."""
    stages: list[Stage] = []

    def build() -> None:
        cast = set_the_stage()
        own, foreign = own_and_foreign(cast)
        browsers = {None: signed_in(None)} | {role: signed_in(user) for role, user in cast.people.items()}
        stages.append(Stage(cast, own, foreign, browsers))

    with a_world(django_db_blocker, build):
        yield stages


@pytest.fixture
def stage(set_stage: list[Stage]) -> Stage:
    """Browsers keep cookies and a page may change a row in hand, so each test has its own."""
    return deepcopy(set_stage[0])


def prefix_of(page: URLPattern) -> str:
    return str(page.pattern).split("/")[0]


def address(page: URLPattern, props: Props, cast: Cast) -> str:
    """The address of a page for the rows of one citizen."""
    kwargs: dict[str, Any] = {}
    for name in page.pattern.converters:
        if name == "key":
            kwargs[name] = (
                _shared_key(prefix_of(page), cast)
                if prefix_of(page) in SHARED
                else props.key(prefix_of(page))
            )
        elif name in WORDS:
            kwargs[name] = WORDS[name]
        else:
            raise AssertionError(f"the matrix does not know what {name} in {page.pattern} is")
    return reverse(page.name, kwargs=kwargs)


def _shared_key(prefix: str, cast: Cast) -> Any:
    match prefix:
        case "mentor":
            return Mentor.objects.get(name="Peter Prøve").id
        case "serviceniveau" | "timer":
            return ServiceLevel.objects.get().id
        case "indlaesning":
            return Intake.objects.create(kind="borgere", row_count=0, read_by=cast.helle).pk
        case "brugere":
            return cast.karl.id
        case "kontrol":
            return a_draw(cast.helle).pk
        case "frikoeb":
            return a_signed_month(cast).pk
        case "lukkedage":
            return ClosingDay.objects.get_or_create(day=date(2026, 12, 23), name="Prøve")[0].pk
        case "leverandoerer":
            return cast.provider.pk
        case "leverandoeraftaler":
            return a_framework(cast).pk
        case "forslag":
            return a_proposal(cast.people[Role.SECRETARY]).pk
        case "sager":
            return a_paper(cast.people[Role.SECRETARY]).pk
        case "oplaeg":
            return a_deck(cast.people[Role.SECRETARY]).pk
        case "fakturaer" | "fakturafiler" | "betalinger" | "fakturaspoergsmaal":
            return money_row(prefix, cast).pk
        case "lov":
            return RuleCorrection.objects.get().pk
        case "maalespoergsmaal":
            return begin_questions(on=TODAY, by=cast.helle).pk
        case "planer":
            return a_plan(cast.helle).pk
        case "effekt":
            return publish_evidence(today=TODAY, by=None).pk
        case "beregninger":
            return make_run(kind="simulation", title="prøve", inputs=koebenhavn(), by=None).pk
        case _:
            return write(Kind.LIST, "prøve", by=cast.helle).id


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_a_door_or_is_open(page: URLPattern) -> None:
    doors = [
        page.name in OPEN | BY_SECRET,
        isinstance(getattr(page.callback, "may", None), May),
        getattr(page.callback, "for_citizens", False),
    ]
    assert doors.count(True) == 1, f"{page.name} has no door, or more than one"
    assert (page.name in FOR_CITIZENS) == doors[2], f"{page.name} is the citizens' own, or it is not"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name in FOR_CITIZENS], ids=lambda page: page.name
)
def test_citizens_pages_open_by_their_own_visit_alone(page: URLPattern, stage: Stage) -> None:
    for role in stage.browsers:
        for method in METHODS:
            assert stage.ask(role, method, reverse(page.name))[:2] == (403, 1), f"{role} {method} {page.name}"


@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_nobody_gets_the_sign_in_page(page: URLPattern, stage: Stage) -> None:
    place = address(page, stage.own, stage.cast)
    for method in METHODS:
        status, refused, leads_to = stage.ask(None, method, place)
        assert status in (302, 405), f"{method} {place}"
        if status == 302:
            assert (refused, leads_to.startswith("/konto/login/")) == (1, True), f"{method} {place}"


def check_absent(stage: Stage, roles: set[Role], place: str) -> None:
    """The page is not there for the roles, or takes no such method, and each look is journalled as refused."""
    for role in roles:
        for method in METHODS:
            status, refused, _ = stage.ask(role, method, place)
            assert (status, refused) in ((404, 1), (405, 0)), f"{role} {method} {place}: {status}"


@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_roles_that_may_not_get_404(page: URLPattern, stage: Stage) -> None:
    check_absent(stage, set(Role) - ROLES_THAT[page.callback.may], address(page, stage.own, stage.cast))


SCOPED = [page for page in GUARDED if "key" in page.pattern.converters and prefix_of(page) not in SHARED]
# Roles whose scope is narrower than the municipality; Olga is none of theirs.
NARROW = {Role.CASEWORKER, Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER}


@pytest.mark.parametrize("page", SCOPED, ids=lambda page: page.name)
def test_foreign_objects_are_absent(page: URLPattern, stage: Stage) -> None:
    check_absent(stage, NARROW & ROLES_THAT[page.callback.may], address(page, stage.foreign, stage.cast))


OWN_ROLE = {
    May.VISITATE: Role.CASEWORKER,
    May.REFER: Role.CASEWORKER,
    May.SEE_CITIZENS: Role.CASEWORKER,
    May.SEE_COURSE: Role.CASEWORKER,
    May.WORK_ON_COURSE: Role.CASEWORKER,
    May.ASSIGN: Role.CASEWORKER,
    May.APPROVE: Role.LEADER,
    May.LOG_CONTACT: Role.MENTOR,
    May.REPORT_ABSENCE: Role.MENTOR,
    May.SEE_BOARD: Role.COORDINATOR,
    May.SEE_CORPS: Role.COORDINATOR,
    May.EDIT_CORPS: Role.COORDINATOR,
    May.PLAN: Role.COORDINATOR,
    May.IMPORT: Role.COORDINATOR,
    May.EDIT_CLOSING_DAYS: Role.COORDINATOR,
    May.SEE_SUPPLIERS: Role.CONTROLLER,
    May.EDIT_SUPPLIERS: Role.COORDINATOR,
    May.SET_WAITING_GOAL: Role.LEADER,
    May.SEE_LEVEL: Role.LEADER,
    May.EDIT_LEVEL: Role.LEADER,
    May.SEE_PROGRESS_QUESTIONS: Role.COORDINATOR,
    May.EDIT_PROGRESS_QUESTIONS: Role.ADMINISTRATOR,
    May.SEE_HOURS: Role.CONTROLLER,
    May.SEE_MONEY: Role.CONTROLLER,
    May.EDIT_MONEY: Role.CONTROLLER,
    May.APPROVE_MONEY: Role.LEADER,
    May.ANSWER_INVOICES: Role.PROVIDER,
    May.COMPANY_MONTH: Role.COMPANY_MENTOR,
    May.SEE_CONTROL: Role.LEADER,
    May.ASK_CONTROL: Role.CASEWORKER,
    May.ANSWER_CONTROL: Role.MENTOR,
    May.SEE_JOURNAL: Role.DPO,
    May.EDIT_PEOPLE: Role.ADMINISTRATOR,
    May.SEE_LAW: Role.SECRETARY,
    May.EDIT_LAW: Role.ADMINISTRATOR,
    May.APPROVE_LAW: Role.LEADER,
    May.SEE_STEERING: Role.LEADER,
    May.EDIT_STEERING: Role.SECRETARY,
    May.OWN_PAGES: Role.MENTOR,
}


@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_own_pages_open(page: URLPattern, stage: Stage) -> None:
    status, _, _ = stage.ask(OWN_ROLE[page.callback.may], "get", address(page, stage.own, stage.cast))
    assert status in (200, 302, 405), f"{page.name}: {status}"


def test_looks_are_journalled_with_the_citizen(stage: Stage) -> None:
    cast = stage.cast
    stage.ask(Role.CASEWORKER, "get", reverse("citizen", kwargs={"key": cast.jens.id}))
    entry = Entry.objects.filter(actor_id=cast.helle.id).latest("id")
    assert (entry.kind, entry.citizen_id, entry.refused) == ("look", cast.jens.id, False)
