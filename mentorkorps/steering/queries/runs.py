"""Saved runs, and single figures of them."""

from typing import Any

from django.db.models import QuerySet

from mentorkorps.domain import run_result
from mentorkorps.steering.models.runs import Run


def runs() -> QuerySet[Run]:
    """Every run with who made it, the newest first, without what it counted on and found."""
    return Run.objects.select_related("made_by").defer("inputs", "result")


def figure(run: Run, path: str) -> Any:
    """One figure of a run by its dotted path (see `domain.run_result.figure`). Raises KeyError."""
    return run_result.figure(run.result, path)
