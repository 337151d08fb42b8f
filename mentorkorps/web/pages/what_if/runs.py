"""Saved runs: the list, one run with all that went into it, running it again, and what it can be taken out as."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from mentorkorps.domain import exact_json
from mentorkorps.domain.given import BadInput
from mentorkorps.domain.questions.earlier import tells_of_few
from mentorkorps.domain.run_result import leaves
from mentorkorps.journal.models import Kind
from mentorkorps.steering.actions.runs import Repeat, repeat
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.outcomes import KIND as EVIDENCE
from mentorkorps.steering.queries.runs import runs
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.what_if.form import state_of
from mentorkorps.web.pages.what_if.simulated import simulated
from mentorkorps.web.sheet import sheet

PAGE = 50
KIND_WORDS = {"simulation": "Hvad nu hvis", "answer": "Svar på et spørgsmål", EVIDENCE: "Udfald af forløb"}
BEFORE_HIDING = (
    "Svaret er gemt, før små tal blev skjult, så dets tal vises ikke. Her er svaret i dag. "
    "Et papir, der har hentet tal fra det gemte svar, er som før."
)


@door(May.SEE_STEERING)
@require_GET
def saved_runs(request: SignedIn) -> HttpResponse:
    """Every saved run, the newest first."""
    page = Paginator(runs(), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "beregninger", [])
    return render(request, "what_if/runs.html", {"page": page, "kinds": KIND_WORDS})


@door(May.SEE_STEERING)
@require_GET
def saved_run(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One run: as a page, made again, or as a file."""
    run = access.record(request, Run.objects.select_related("made_by"), key, verb="beregning")
    if run.kind == EVIDENCE:
        # its inputs are a row for each citizen: nobody reads them, and its figures have a page of their own
        return redirect("earlier_effect", run.pk)
    if tells_of_few(run.inputs):
        messages.info(request, BEFORE_HIDING)
        return redirect("question", run.inputs["question"])
    kind = request.GET.get("som")
    if kind in FILES:
        access.listed(request, "beregning", [], kind=Kind.EXPORT, run=str(run.pk), som=kind)
        return FILES[kind](run)
    again, problem = _again(run) if "igen" in request.GET else (None, "")
    context = {
        "run": run,
        "kind": KIND_WORDS.get(run.kind, run.kind),
        "again": again,
        "problem": problem,
        "figures": list(leaves(run.result)),
        "simulated": simulated(run) if run.kind == "simulation" else None,
        "go_on": _go_on(run) if run.kind == "simulation" else "",
        "propose": _propose(request, run),
        "section": "what_if",
    }
    return render(request, "what_if/run.html", context)


def _again(run: Run) -> tuple[Repeat | None, str]:
    """The run made again, or why the program cannot make it any more."""
    try:
        return repeat(run), ""
    except KeyError:
        return None, f"Programmet kan ikke længere lave beregninger af arten “{run.kind}”."
    except BadInput as wrong:
        return None, f"Programmet tager ikke længere imod tallene: {wrong}."


def _go_on(run: Run) -> str:
    """The address that stands where the run stood."""
    return f"{reverse('what_if')}?{urlencode(state_of(run.inputs, run.made_on))}"


def _propose(request: SignedIn, run: Run) -> str:
    """Where a proposal is begun with what the run changed, for those who may."""
    if run.inputs.get("proposal") is None or not allowed(request.user, May.EDIT_STEERING):
        return ""
    return reverse("proposal_from_run", args=[run.pk])


def _json(run: Run) -> HttpResponse:
    """The result, as `mentorkorps simulate` writes it."""
    return _download(f"{exact_json.write(run.result, indent=2)}\n", f"beregning-{run.pk}.json")


def _inputs(run: Run) -> HttpResponse:
    return _download(f"{exact_json.write(run.inputs, indent=2)}\n", f"beregning-{run.pk}-grundlag.json")


def _download(text: str, filename: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _xlsx(run: Run) -> HttpResponse:
    """Every figure of the run on a line of its own, what went in before what came out."""
    columns = (("Del", 12), ("Tal", 60), ("Værdi", 30))
    return sheet(f"beregning-{run.pk}.xlsx", columns, _lines(run))


def _lines(run: Run) -> Iterator[tuple[Any, ...]]:
    about: Mapping[str, Any] = {
        "titel": run.title, "lavet": run.made_on, "fingeraftryk": run.input_hash, "lovens udgave": run.law_version,
        "programmets udgave": run.code_version,
    }  # fmt: skip
    yield from (("Om", name, value) for name, value in about.items())
    yield from (("Grundlag", path, _cell(value)) for path, value in leaves(run.inputs))
    yield from (("Resultat", path, _cell(value)) for path, value in leaves(run.result))


def _cell(value: Any) -> Any:
    match value:
        case None:
            return "mangler"
        case bool():
            return "ja" if value else "nej"
        case _:
            return value


FILES = {"json": _json, "grundlag": _inputs, "xlsx": _xlsx}
