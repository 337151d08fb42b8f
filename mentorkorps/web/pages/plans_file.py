"""A plan's lines as a spreadsheet or plain rows, without CPR numbers."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate

from mentorkorps.ledger.models import Plan, PlanLine
from mentorkorps.web.sheet import rows_file, sheet

COLUMNS = (
    ("Nr.", 6), ("Sagsnummer", 14), ("Borger", 26), ("Loven siger", 12), ("Timer om ugen", 14), ("Mentor i dag", 26),
    ("Foreslået mentor", 26), ("Bedre match, point", 18), ("Taler for", 60), ("Taler imod", 60),
    ("Hvorfor ingen mentor", 60), ("Kan ikke følges i dag", 50), ("Svar", 16), ("Besvaret", 12), ("Besvaret af", 26),
    ("Begrundelse", 50),
)  # fmt: skip


def plan_file(plan: Plan, rows: Iterable[tuple[PlanLine, str]], form: str) -> HttpResponse:
    """The lines with what stands in the way of each; hours with two decimals, what there is not is an empty cell."""
    name, cells = f"plan-{plan.made_on or localdate(plan.asked_at)}", (_cells(*row) for row in rows)
    if form == "csv":
        return rows_file(f"{name}.csv", [heading for heading, _ in COLUMNS], cells)
    return sheet(f"{name}.xlsx", COLUMNS, cells)


def _cells(line: PlanLine, hindrance: str) -> tuple[Any, ...]:
    course, moves = line.course, line.present is not None and line.mentor is not None
    return (
        line.position, course.citizen.case_number, str(course.citizen), course.get_obligation_display(),
        round(Decimal(course.minutes_per_week) / 60, 2), line.present and str(line.present),
        line.mentor and str(line.mentor), line.gain if moves else None, " ".join(line.speaks_for),
        " ".join(line.speaks_against), line.why, hindrance, line.get_state_display() if line.mentor else None,
        line.answered_at and localdate(line.answered_at), line.answered_by and str(line.answered_by), line.reason,
    )  # fmt: skip
