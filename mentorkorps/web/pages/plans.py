"""Plans of the corps: who could get which mentor, with reasons, and a person's answer to each line."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorkorps.domain.danish import capitalised, write_number
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions import plan_lines as answers
from mentorkorps.ledger.actions import plans as verbs
from mentorkorps.ledger.models import Plan, PlanLine, PlanWeights
from mentorkorps.ledger.queries.plan_hindrances import hindrances
from mentorkorps.ledger.queries.plans import (
    POINTS,
    adopted_points,
    lines_of,
    plans,
    points_on,
    swap_partners,
    swapped_with,
)
from mentorkorps.municipality.actions.agreements import take_back
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.pages.plans_curve import curve_chart, curve_rows
from mentorkorps.web.pages.plans_file import plan_file
from mentorkorps.web.pages.plans_forms import DeclineForm, PlanForm, PointsForm, TakeForm
from mentorkorps.web.pages.taking_back import take_back_row

PAGE = 50
State = PlanLine.State
# The filters of a plan's lines: word in the address, label, and which lines they keep. CAN also asks what stands in
# the way of each.
CAN = "kan"
VIEWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("", "Mangler svar", {"state": State.OPEN, "mentor__isnull": False}),
    (CAN, "Kan følges i dag", {}),
    ("fulgt", "Fulgt", {"state": State.TAKEN}),
    ("afvist", "Afvist", {"state": State.DECLINED}),
    ("ingen", "Ingen mentor fundet", {"mentor__isnull": True}),
    ("alle", "Alle", {}),
)
FILES, PRINT = ("csv", "xlsx"), "udskrift"  # what the lines are asked for as, when not as a page
TAKE, SWAP, DECLINE, UNDO = "take", "swap", "decline", "undo"  # the answers to a line
METHODS = {"optimal": "Den grundige, med løseren HiGHS", "greedy": "Den hurtige, uden løser"}


@door(May.PLAN)
@require_safe
def plan_list(request: SignedIn) -> HttpResponse:
    """Every plan, newest first."""
    page = Paginator(plans(), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "planer", [])
    return render(request, "plans/list.html", {"page": page, "points": points_on(today())})


@door(May.PLAN)
@require_http_methods(["GET", "POST"])
def new_plan(request: SignedIn) -> HttpResponse:
    """Asks for a plan."""
    form = PlanForm(request.POST or None)
    if form.is_valid():
        made = form.attempt(verbs.ask_plan, today=today(), by=request.user, **form.cleaned_data)
        if made is not None:
            return redirect("plan", made.pk)
    return render(request, "plans/new.html", {"form": form, "points": points_on(today()), "section": "plans"})


@door(May.PLAN)
@require_safe
def plan(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One plan: how good it can be, what it would cost to move fewer or more, and the lines to answer."""
    found = _found(request, key)
    lines = lines_of(found).filter(course__in=access.courses_of(request.user))
    against = hindrances(found, today())
    views = _views(against)
    chosen = request.GET.get("vis", "") if request.GET.get("vis", "") in views else ""
    kept, wanted = lines.filter(views[chosen]), request.GET.get("som", "")
    if wanted in (*FILES, PRINT):
        return _whole(request, found, kept, against, wanted, chosen)
    page = Paginator(kept, PAGE).get_page(request.GET.get("side"))
    partners, rows = swap_partners(found), curve_rows(found)
    counts = lines.order_by().aggregate(
        **{f"in_{word}": Count("pk", filter=view) for word, view in views.items()}
    )
    access.listed(request, "plan", [line.course for line in page], plan=str(key), page=page.number)
    context = {
        "plan": found,
        "method": METHODS.get(found.method, ""),
        "gap": _gap(found),
        "views": [(word, label, counts[f"in_{word}"]) for word, label, _ in VIEWS],
        "chosen": chosen,
        "rows": [
            (line, partners.get(line.pk), max(line.course.start, today()), against.get(line.pk, ""))
            for line in page
        ],
        "page": page,
        "curve": rows,
        "chart": curve_chart(rows),
        "query": request.GET.urlencode(),
        "section": "plans",
    }
    return render(request, "plans/plan.html", context)


def _views(against: dict[uuid.UUID, str]) -> dict[str, Q]:
    """The filters by their word in the address; `against` is what stands in the way of each open line."""
    can = Q(pk__in=[key for key, said in against.items() if not said])
    return {word: can if word == CAN else Q(**keeps) for word, _, keeps in VIEWS}


def _whole(
    request: SignedIn,
    plan: Plan,
    lines: QuerySet[PlanLine],
    against: dict[uuid.UUID, str],
    wanted: str,
    chosen: str,
) -> HttpResponse:
    """All the chosen lines, as a file or to be printed."""
    rows = [(line, against.get(line.pk, "")) for line in lines]
    kind = Kind.PRINT if wanted == PRINT else Kind.EXPORT
    access.listed(
        request, "plan", [line.course for line, _ in rows], kind=kind, plan=str(plan.pk), form=wanted
    )
    if wanted in FILES:
        return plan_file(plan, rows, wanted)
    label = next(label for word, label, _ in VIEWS if word == chosen)
    context = {"plan": plan, "rows": rows, "label": label, "chosen": chosen, "section": "plans"}
    return render(request, "plans/print.html", context)


def _gap(plan: Plan) -> str:
    """How far the plan can at most be from the best there is, in percent, rounded up so that nothing is promised."""
    if not plan.upper_bound:
        return "0"
    missing = plan.upper_bound - plan.total_score
    hundredths = -(-10_000 * missing // plan.upper_bound)
    return write_number(Decimal(hundredths) / 100)


@door(May.PLAN)
@require_http_methods(["GET", "POST"])
def plan_line(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One line with all its reasons, and the answer to it."""
    line = _line(request, key)
    said = request.POST.get("answer", "")
    first = {"first": max(line.course.start, today())}
    take = TakeForm(request.POST if said in (TAKE, SWAP) else None, initial=first)
    decline = DeclineForm(request.POST if said == DECLINE else None)
    if said:
        if _answered(request, line, said, take, decline):
            return _to_plan(request, line.plan_id)
        line = _line(request, key)
    context = {
        "line": line,
        "partner": swap_partners(line.plan).get(line.pk),
        "take": take,
        "decline": decline,
        "query": request.GET.urlencode(),
        "section": "plans",
    }
    return render(request, "plans/line.html", context)


def _answered(request: SignedIn, line: PlanLine, said: str, take: TakeForm, decline: DeclineForm) -> bool:
    """Does what the answer says; where it cannot be done, the form or a message says why."""
    if said in (TAKE, SWAP):
        return take.is_valid() and _taken(request, line, take, swap=said == SWAP)
    if said == DECLINE and decline.is_valid():
        reason = decline.cleaned_data["reason"]
        return _done(
            request,
            lambda: answers.decline_line(line, reason=reason, by=request.user),
            "Forslaget er afvist, og grunden er gemt.",
        )
    return said == UNDO and _done(
        request, lambda: answers.undo_line(line, by=request.user), f"Svaret er taget tilbage.{_half(line)}"
    )


def _half(line: PlanLine) -> str:
    """What an undone half of a swap leaves behind."""
    other = swapped_with(line)
    if other is None:
        return ""
    citizen = other.course.citizen
    return f" De to byttede: {citizen} har stadig {other.mentor}. Fortryd også den linje, hvis byttet var forkert."


def _taken(request: SignedIn, line: PlanLine, form: TakeForm, *, swap: bool) -> bool:
    made = form.attempt(
        answers.take_line, line, today=today(), by=request.user, swap=swap, **form.cleaned_data
    )
    if made is None:
        for error in form.non_field_errors():
            messages.error(request, error)
        return False
    told = " og ".join(f"{each.mentor} er mentor for {each.course.citizen.first_name}" for each in made)
    messages.success(request, f"{told}. Skriv aftalen nu, hvis den mangler.")
    return True


def _done(request: SignedIn, act: Callable[[], None], words: str) -> bool:
    try:
        act()
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return False
    messages.success(request, words)
    return True


@door(May.PLAN)
@require_POST
def close_plan(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Puts the plan away."""
    found = _found(request, key)
    verbs.close_plan(found, by=request.user)
    messages.success(request, "Planen er lagt væk. Dens forslag bliver ikke vist længere.")
    return redirect("plans")


@door(May.PLAN)
@require_safe
def points(request: SignedIn) -> HttpResponse:
    """What counts in a match, who adopted it, and what counted before."""
    access.listed(request, "point for match", [])
    now = points_on(today())
    context = {
        "now": now,
        "rows": [(_label(name), getattr(now.weights, name)) for name in POINTS],
        "earlier": adopted_points(),
        "section": "plans",
    }
    return render(request, "plans/points.html", context)


@door(May.PLAN)
@require_http_methods(["GET", "POST"])
def new_points(request: SignedIn) -> HttpResponse:
    """The municipality's own points from a day."""
    form = PointsForm(request.POST or None, initial={"first": today(), **vars(points_on(today()).weights)})
    if form.is_valid() and form.attempt(verbs.set_points, by=request.user, **form.cleaned_data):
        messages.success(request, "Pointene er gemt. Nye planer regner med dem fra dagen.")
        return redirect("plan_points")
    return render(request, "plans/new_points.html", {"form": form, "section": "plans"})


@door(May.PLAN)
@require_POST
def withdraw_points(request: SignedIn) -> HttpResponse:
    """Takes back points that were wrong, with the reason."""
    return take_back_row(
        request, adopted_points(), take_back, verb="træk point tilbage", to="plan_points",
        done="Pointene er trukket tilbage. Skriv de rigtige, hvis der mangler nogen.",
    )  # fmt: skip


def _label(name: str) -> str:
    return capitalised(str(PlanWeights._meta.get_field(name).verbose_name))


def _found(request: SignedIn, key: uuid.UUID) -> Plan:
    return access.record(request, plans(), key, verb="plan")


def _line(request: SignedIn, key: uuid.UUID) -> PlanLine:
    rows = PlanLine.objects.select_related(
        "plan", "course__citizen", "course__mentor", "mentor", "present", "answered_by"
    )
    return access.of_course(request, rows, key, verb="linje i plan")


def _to_plan(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Back to the list as it was left."""
    query = request.GET.urlencode()
    return redirect(reverse("plan", args=[key]) + (f"?{query}" if query else ""))


urls = [
    path("planer/", plan_list, name="plans"),
    path("planer/ny/", new_plan, name="new_plan"),
    path("planer/point/", points, name="plan_points"),
    path("planer/point/nye/", new_points, name="new_plan_points"),
    path("planer/point/traek-tilbage/", withdraw_points, name="withdraw_plan_points"),
    path("planer/<uuid:key>/", plan, name="plan"),
    path("planer/<uuid:key>/laeg-vaek/", close_plan, name="close_plan"),
    path("planlinje/<uuid:key>/", plan_line, name="plan_line"),
]
