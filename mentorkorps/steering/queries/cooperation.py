"""Who else works with the citizens who have a mentor: what the question of cooperation is answered from."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from mentorkorps.cases.models import Course, Party
from mentorkorps.domain.network import GROUPS, KINDS
from mentorkorps.domain.shared_citizens import HOME, hidden_counts, mark
from mentorkorps.ledger.queries.hours import running_on
from mentorkorps.municipality.periods import not_over

HOME_SUPPORT = "home_support"  # the kind of party that gives help as serviceloven § 85


def cooperation_inputs(on: date) -> dict[str, Any]:
    """Citizens with a running course by who else works with them, hidden before it is seen or kept. Two queries."""
    marks = marks_around(on)
    running = Course.objects.filter(running_on(on)).order_by().values_list("citizen", flat=True).distinct()
    counts = hidden_counts(marks.get(citizen, ()) for citizen in running)
    return {"question": "samarbejde", "on": on.isoformat(), "counts": counts}


def marks_around(on: date) -> dict[UUID, set[str]]:
    """The marks of `shared_citizens` by citizen with a running course and somebody else at work. One query."""
    running = Course.objects.filter(running_on(on), citizen=OuterRef("citizen"))
    rows = (
        Party.objects.filter(not_over(on, "closed_on"), Exists(running)).exclude(kind="relative").order_by()
    )
    what = ("citizen", "kind", "gives", "minutes_per_week", "next_step", "due")
    found: dict[UUID, set[str]] = defaultdict(set)
    for citizen, kind, gives, minutes, step, due in rows.values_list(*what):
        side = KINDS[kind].group
        holds = {"help": gives or minutes, "no_step": not step, "late": due is not None and due < on}
        found[citizen] |= {side, *(mark(side, fact) for fact, is_so in holds.items() if is_so)}
        found[citizen] |= {HOME} if kind == HOME_SUPPORT else set()
    return found


def shared_citizens(what: str, side: str, on: date) -> list[UUID]:
    """The citizens with somebody on a side (any where it is empty), on several sides, or with support at home."""
    return [
        citizen
        for citizen, marks in marks_around(on).items()
        if (not side or side in marks)
        and (what != "home" or HOME in marks)
        and (what != "several" or len(marks & GROUPS.keys()) > 1)
    ]
