"""Who else works with the citizens who have a mentor: what the question of cooperation is answered from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from mentorkorps.cases.models import Course, Party
from mentorkorps.domain.network import KINDS
from mentorkorps.ledger.queries.hours import running_on
from mentorkorps.municipality.periods import not_over

HOME_SUPPORT = "home_support"  # the kind of party that gives help as serviceloven § 85


@dataclass(frozen=True)
class Around:
    """One party at work for a citizen with a running course, as far as the counts need it."""

    citizen: UUID
    kind: str
    helps: bool
    has_step: bool
    late: bool

    @property
    def side(self) -> str:
        """The side of the picture that the party stands on."""
        return KINDS[self.kind].group


def around(on: date) -> list[Around]:
    """Every party at work for a citizen with a running course. One query."""
    running = Course.objects.filter(running_on(on), citizen=OuterRef("citizen"))
    rows = (
        Party.objects.filter(not_over(on, "closed_on"), Exists(running)).exclude(kind="relative").order_by()
    )
    what = ("citizen", "kind", "gives", "minutes_per_week", "next_step", "due")
    return [
        Around(citizen, kind, bool(gives or minutes), bool(step), due is not None and due < on)
        for citizen, kind, gives, minutes, step, due in rows.values_list(*what)
    ]


def cooperation_inputs(on: date) -> dict[str, Any]:
    """Citizens with a running course by who else works with them. Two queries."""
    rows = around(on)
    sides: dict[UUID, set[str]] = defaultdict(set)
    for each in rows:
        sides[each.citizen].add(each.side)
    everyone = Course.objects.filter(running_on(on)).aggregate(n=Count("citizen", distinct=True))["n"]
    groups = {side: _group([each for each in rows if each.side == side]) for side in {e.side for e in rows}}
    return {
        "question": "samarbejde",
        "on": on.isoformat(),
        "citizens": everyone,
        "shared": len(sides),
        "several": sum(len(found) > 1 for found in sides.values()),
        "home_support": len({each.citizen for each in rows if each.kind == HOME_SUPPORT}),
        "groups": groups,
    }


def _group(rows: list[Around]) -> dict[str, int]:
    return {
        "citizens": len({each.citizen for each in rows}),
        "help": len({each.citizen for each in rows if each.helps}),
        "no_step": len({each.citizen for each in rows if not each.has_step}),
        "late": len({each.citizen for each in rows if each.late}),
    }


def shared_citizens(what: str, side: str, on: date) -> list[UUID]:
    """The citizens with somebody on a side (any where it is empty), on several sides, or with support at home."""
    sides: dict[UUID, set[str]] = defaultdict(set)
    for each in around(on):
        if what != "home" or each.kind == HOME_SUPPORT:
            sides[each.citizen].add(each.side)
    least = 2 if what == "several" else 1
    return [
        citizen for citizen, found in sides.items() if len(found) >= least and (not side or side in found)
    ]
