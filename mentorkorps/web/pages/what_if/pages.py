"""The page Hvad nu hvis: ask by moving a figure, see what it means at once, and save what was asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.service_level import Level
from mentorkorps.domain.simulation import match_population, parse_population
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.queries.what_if import Counted, Ground, corps, counted, ground
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import DateField
from mentorkorps.web.pages.what_if.answer import Answer, answer
from mentorkorps.web.pages.what_if.form import PROPOSALS, WhatIfForm
from mentorkorps.web.pages.what_if.pictures import pictures
from mentorkorps.web.pages.what_if.words import hours, signed

LARGEST_TABLE = 200_000  # bytes
TITLE = CharField(max_length=120, required=False)


@door(May.SEE_STEERING)
@require_GET
def what_if(request: SignedIn) -> HttpResponse:
    """The whole page, or only the answer when a figure is moved."""
    on, day_error = _day(request.GET)
    stands = ground(on)
    if stands is None:
        access.listed(request, "hvad nu hvis", [], on=on.isoformat())
        return render(request, "what_if/no_level.html", {"on": on, "day_error": day_error})
    population, form = _form(stands, request.GET)
    found = _answer(form)
    context = {
        "form": form,
        "on": on,
        "day_error": day_error,
        "found": found,
        "counted": population,
        "address": form.address(),
        "deltas": _deltas(form, found),
        "proposals": PROPOSALS,
        "may_edit": allowed(request.user, May.EDIT_STEERING),
    }
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "what_if/answer_swap.html", {**context, "lazy": True})
        response.headers["HX-Replace-Url"] = f"{reverse('what_if')}?{form.address()}"
        return response
    access.listed(request, "hvad nu hvis", [], on=on.isoformat())
    drawn = pictures(found) if found else []
    return render(request, "what_if/what_if.html", {**context, "charts": drawn})


@door(May.SEE_STEERING)
@require_GET
def what_if_charts(request: SignedIn) -> HttpResponse:
    """The pictures of a state, drawn after its figures are shown."""
    stands = ground(_day(request.GET)[0])
    found = _answer(_form(stands, request.GET)[1]) if stands else None
    return render(request, "what_if/charts.html", {"charts": pictures(found) if found else []})


@door(May.SEE_STEERING)
@require_POST
def what_if_table(request: SignedIn) -> HttpResponse:
    """Takes citizens from a table: CSV with `row` and `citizens`, as a file or typed. Nothing is stored."""
    state = QueryDict(request.POST.get("state", ""), mutable=True)
    stands = ground(_day(state)[0])
    try:
        population = parse_population(_table_text(request))
        match_population(population, Level("", "", False, stands.rows if stands else ()))
        for key, citizens in population.items():
            state[f"n-{key}"] = str(citizens)
        messages.success(request, "Borgerne er taget fra tabellen. Intet er gemt.")
    except (BadInput, UnicodeDecodeError) as problem:
        said = problem if isinstance(problem, BadInput) else "gem filen som UTF-8"
        messages.error(request, f"Tabellen kan ikke bruges: {said}. Borgerne er som før.")
    return redirect(f"{reverse('what_if')}?{state.urlencode()}")


@door(May.EDIT_STEERING)
@require_POST
def save_what_if(request: SignedIn) -> HttpResponse:
    """Keeps a proposal with everything it was counted on."""
    state = QueryDict(request.POST.get("state", ""))
    back = redirect(f"{reverse('what_if')}?{state.urlencode()}")
    stands = ground(_day(state)[0])
    if stands is None:
        return back
    form = _form(stands, state)[1]
    letter = request.POST.get("forslag", "a")
    if not form.is_valid() or letter not in form.letters:
        messages.error(request, "Et tal kan ikke bruges. Ret det, og gem igen.")
        return back
    try:
        title = TITLE.clean(request.POST.get("title", ""))
        inputs = form.inputs(letter, title or PROPOSALS[letter])
        run = make_run(kind="simulation", title=title, inputs=inputs, by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return back
    messages.success(request, f"Beregningen “{run.title}” er gemt. Den ændrer sig ikke mere.")
    return redirect("run", run.pk)


def _day(asked: Mapping[str, Any]) -> tuple[date, str]:
    try:
        return DateField(required=False).clean(asked.get("dato", "")) or today(), ""
    except ValidationError as wrong:
        return today(), " ".join(wrong.messages)


def _form(stands: Ground, asked: Mapping[str, Any]) -> tuple[Counted | None, WhatIfForm]:
    """The fields of an address. Citizens are counted only where the address does not say how many."""
    silent = any(f"n-{row.key}" not in asked for row in stands.rows)
    population = counted(stands.on, stands.rows) if silent else None
    return population, WhatIfForm(stands, population.citizens if population else {}, asked)


def _answer(form: WhatIfForm) -> Answer | None:
    """The answer, or None where a field cannot be used."""
    return answer(form, corps(form.ground.on)) if form.is_valid() else None


def _deltas(form: WhatIfForm, found: Answer | None) -> dict[str, str]:
    """Hours a week more or less than adopted by the id of their cell, for each row and proposal."""
    if found is None or found.open_rows:
        return {}
    return {
        f"d-{letter}-{key}": signed(hours(change.minutes_per_week))
        for letter, comparison in zip(form.letters, found.comparisons, strict=True)
        for key, change in comparison.rows.items()
    }


def _table_text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("table", "")
    if file.size > LARGEST_TABLE:
        raise BadInput("filen er for stor til en tabel med rækker og borgere")
    return file.read().decode("utf-8-sig")
