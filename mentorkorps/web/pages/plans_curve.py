"""What better matches cost in people who are moved, as a picture and as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentorkorps.domain.planning.trade_off import NEVER
from mentorkorps.ledger.models import Plan
from mentorkorps.web.charts import Chart, Point


@dataclass(frozen=True)
class Row:
    """One price of a move; `better` is how much better wishes are met than when nobody is moved, in points."""

    label: str
    moved: int
    better: int
    unassigned: int
    own: bool


def curve_rows(plan: Plan) -> list[Row]:
    """The lowest price first; the last moves only those who cannot stay. Empty for a plan of those who wait."""
    if not plan.curve:
        return []
    least = plan.curve[-1]["wishes"]
    return [
        Row(
            label="Aldrig for et bedre match" if each["stability"] >= NEVER else f"{each['stability']} point",
            moved=each["moved"],
            better=each["wishes"] - least,
            unassigned=each["unassigned"],
            own=each["stability"] == plan.stability,
        )
        for each in plan.curve
    ]


def curve_chart(rows: Sequence[Row]) -> Chart | None:
    """How many would be moved at each price."""
    if not rows:
        return None
    told = ", ".join(f"{row.label.lower()} {row.moved}" for row in rows)
    return Chart(
        title="Borgere, der ville skifte mentor",
        description=f"Søjler. Jo flere point det tæller at blive, jo færre skifter: {told}.",
        kind="bar",
        x_label="Hvad det tæller at beholde sin mentor",
        y_label="Borgere, der skifter",
        unit="borgere",
        points=tuple(Point(row.label, "Skifter mentor", row.moved) for row in rows),
    )
