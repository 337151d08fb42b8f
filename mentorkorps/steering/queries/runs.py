"""Saved runs, and single figures of them."""

from typing import Any

from django.db.models import QuerySet

from mentorkorps.domain import run_result
from mentorkorps.domain.service_level import LevelRow, read_level
from mentorkorps.municipality.models import ServiceLevel
from mentorkorps.steering.models.runs import Run


def runs() -> QuerySet[Run]:
    """Every run with who made it, the newest first, without what it counted on and found."""
    return Run.objects.select_related("made_by").defer("inputs", "result")


def runs_for_papers() -> QuerySet[Run]:
    """Runs whose figures a paper can fetch: not outcomes, whose small groups are hidden on a page of their own."""
    return runs().exclude(kind="evidence")


def level_asked(run: Run) -> ServiceLevel | None:
    """The level that a what-if began from; None when there is none of that name any more."""
    return ServiceLevel.objects.filter(name=run.inputs["level"]["name"]).first()


def rows_asked(run: Run) -> tuple[LevelRow, ...] | None:
    """The rows that a what-if proposed; None when it changed nothing."""
    asked = run.inputs.get("proposal")
    return None if asked is None else read_level(asked).rows


def figure(run: Run, path: str) -> Any:
    """One figure of a run by its dotted path (see `domain.run_result.figure`). Raises KeyError."""
    return run_result.figure(run.result, path)
