"""Who waits for a mentor, from the referral to the first meeting, and how long it takes beside the goal for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mentorkorps.cases.models import Citizen
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.waiting import FEWEST, WaitingTime, waiting_time
from mentorkorps.ledger.queries.waiting_list import (
    NOT_ASSESSED,
    Next,
    Step,
    Waiting,
    by_step,
    waiting_list,
    with_citizens,
)
from mentorkorps.municipality.models import Obligation, Unit
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.charts import Chart, Limit, Point
from mentorkorps.web.pages.waiting_goal import waiting_goal, withdraw_waiting_goal
from mentorkorps.web.paging import Place, page_asked_for, to_first_page
from mentorkorps.web.sheet import sheet

# Word in the address, step, and what it is called.
STEPS = {
    "visitation": (Step.VISITATION, "Visitation"),
    "afgoerelse": (Step.DECISION, "Afgørelse"),
    "mentor": (Step.MENTOR, "Mentor"),
    "moede": (Step.MEETING, "Første møde"),
}
STEP_WORDS = dict(STEPS.values())
OBLIGATIONS = {
    "skal": (Obligation.MUST, "Skal"),
    "ret": (Obligation.RIGHT, "Ret"),
    "ikke-vurderet": (NOT_ASSESSED, "Ikke vurderet endnu"),
    "kan": (Obligation.MAY, "Kan"),
}
OBLIGATION_WORDS = dict(OBLIGATIONS.values())
# What is to be done: its words, the page it is done on, and what that page takes.
NEXT = {
    Next.VISITATE: ("Visitér henvisningen", "referral", May.SEE_CITIZENS),
    Next.GO_ON: ("Gør visitationen færdig", "visitation", May.VISITATE),
    Next.DECIDE: ("Træf afgørelsen", "decision", May.SEE_CITIZENS),
    Next.CHOOSE_MENTOR: ("Vælg mentor", "assign_mentor", May.ASSIGN),
    Next.MAKE_AGREEMENT: ("Få aftalen på plads", "agreement", May.ASSIGN),
    Next.MEET: ("Aftal det første møde", "course", May.SEE_COURSE),
    Next.NEW_PERIOD: ("Bevillingen er udløbet. Tag stilling", "course", May.SEE_COURSE),
}


@dataclass(frozen=True)
class Chosen:
    """The filters of the address; what it cannot mean keeps everyone."""

    step: str
    obligation: str
    unit: Unit | None

    def of_step(self, rows: list[Waiting]) -> list[Waiting]:
        """Those who wait for the chosen step."""
        return [row for row in rows if row.step == STEPS[self.step][0]] if self.step else rows

    def of_obligation(self, rows: list[Waiting]) -> list[Waiting]:
        """Those of the chosen obligation."""
        if not self.obligation:
            return rows
        return [row for row in rows if row.obligation == OBLIGATIONS[self.obligation][0]]


@door(May.SEE_CITIZENS)
@require_safe
def waiting(request: SignedIn) -> HttpResponse:
    """Everyone who waits, those the law binds to most first, with how long the wait to a first meeting has been."""
    asked, units = page_asked_for(request), list(Unit.objects.all())
    chosen = _chosen(request, units)
    found = _waiting(request, chosen)
    rows = chosen.of_step(found)
    place = Place(asked, len(rows))
    if place.beyond:
        return to_first_page(request)
    page = with_citizens(rows[asked.first : asked.first + asked.size])
    access.listed(request, "venteliste", [row.citizen for row, _ in page], page=asked.number)
    time = _time(request, chosen)
    context: dict[str, Any] = {
        "rows": [(row, citizen, row.days(today()), *_next(request, row)) for row, citizen in page],
        "place": place,
        "total": len(found),
        "steps": _steps(found),
        "obligations": [(word, label) for word, (_, label) in OBLIGATIONS.items()],
        "units": units,
        "chosen": chosen,
        "time": time,
        "chart": _chart(time),
        "quarters": [(quarter_words(each.first), each) for each in reversed(time.quarters)],
        "fewest": FEWEST,
        "late": _later_than_goal(found, time),
        "may_set_goal": allowed(request.user, May.SET_WAITING_GOAL),
    }
    return render(request, "waiting/list.html", context)


COLUMNS = (
    ("Sagsnummer", 14), ("Borger", 28), ("Enhed", 24), ("Skal, ret, kan", 18), ("Venter på", 16), ("Henvist", 12),
    ("Dage", 8), ("Møde aftalt", 12), ("Næste skridt", 36),
)  # fmt: skip


@door(May.SEE_CITIZENS)
@require_safe
def waiting_export(request: SignedIn) -> HttpResponse:
    """The chosen list whole, as a spreadsheet without CPR numbers."""
    chosen = _chosen(request, list(Unit.objects.all()))
    rows = with_citizens(chosen.of_step(_waiting(request, chosen)))
    access.listed(request, "venteliste", [row.citizen for row, _ in rows], kind=Kind.EXPORT)
    return sheet(f"venteliste-{today()}.xlsx", COLUMNS, (_cells(*each) for each in rows))


def _cells(row: Waiting, citizen: Citizen) -> tuple[Any, ...]:
    return (
        citizen.case_number, str(citizen), str(citizen.unit), OBLIGATION_WORDS[row.obligation], STEP_WORDS[row.step],
        row.since, row.days(today()), row.meets_on, NEXT[row.next][0],
    )  # fmt: skip


def _chosen(request: SignedIn, units: list[Unit]) -> Chosen:
    step, obligation = request.GET.get("trin", ""), request.GET.get("pligt", "")
    unit = next((each for each in units if str(each.pk) == request.GET.get("enhed")), None)
    return Chosen(step if step in STEPS else "", obligation if obligation in OBLIGATIONS else "", unit)


def _waiting(request: SignedIn, chosen: Chosen) -> list[Waiting]:
    """Those of the unit and the obligation among the citizens whom the reader may see."""
    citizens = access.citizens_of(request.user)
    found = waiting_list(citizens.filter(unit=chosen.unit) if chosen.unit else citizens, today())
    return chosen.of_obligation(found)


def _time(request: SignedIn, chosen: Chosen) -> WaitingTime:
    """The wait of the unit's citizens, whatever obligation and step are chosen."""
    courses = access.courses_of(request.user)
    return waiting_time(courses.filter(citizen__unit=chosen.unit) if chosen.unit else courses, today())


def _steps(found: list[Waiting]) -> list[tuple[str, str, int]]:
    counts = by_step(found)
    return [(word, label, counts[step]) for word, (step, label) in STEPS.items()]


def _next(request: SignedIn, row: Waiting) -> tuple[str, str]:
    """What to do next and where, or no address for one who may not do it."""
    words, page, may = NEXT[row.next]
    return words, reverse(page, args=[row.key]) if allowed(request.user, may) else ""


def _later_than_goal(found: list[Waiting], time: WaitingTime) -> int | None:
    """How many have waited longer than the goal already; None without a goal."""
    return None if time.goal is None else sum((row.days(today()) or 0) > time.goal.days for row in found)


def quarter_words(first: date) -> str:
    """“4. kvt. 2026”, by the first day of the quarter."""
    return f"{(first.month + 2) // 3}. kvt. {first.year}"


def _chart(time: WaitingTime) -> Chart | None:
    """The quarters that may be shown; the line passes over a hidden one, and one alone is no line."""
    points = tuple(
        Point(f"{(each.first.month + 2) // 3}/{each.first:%y}", "Halvdelen", each.spread.half, each.spread.quarter,
              each.spread.three_quarters)
        for each in time.quarters
        if each.spread
    )  # fmt: skip
    if len(points) < 2:
        return None
    return Chart(
        "Dage fra henvisning til første møde",
        f"En linje over {len(points)} kvartaler. Halvdelen ventede {points[0].value} dage i det første og "
        f"{points[-1].value} i det sidste. Feltet om linjen går fra den hurtigste fjerdedel til den langsomste.",
        "band",
        "Kvartal og år, hvor de mødtes",
        "Dage",
        "dage",
        points,
        Limit(f"Mål: {time.goal.days} dage", time.goal.days) if time.goal else None,
    )


urls = [
    path("venteliste/", waiting, name="waiting"),
    path("venteliste.xlsx", waiting_export, name="waiting_export"),
    path("venteliste/maal/", waiting_goal, name="waiting_goal"),
    path("venteliste/maal/traek-tilbage/", withdraw_waiting_goal, name="withdraw_waiting_goal"),
]
