"""The twelve points of one case, and the share that is met in many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentorkorps.domain.audit import case_points, delivery_points
from mentorkorps.domain.audit.model import CaseFacts, Point, State

_POINTS = (
    case_points.law_point,
    case_points.need_point,
    case_points.content_point,
    case_points.rights_point,
    case_points.signed_point,
    delivery_points.contacts_point,
    delivery_points.hours_point,
    delivery_points.price_point,
    delivery_points.follow_up_point,
    case_points.extension_point,
    delivery_points.account_point,
    delivery_points.supervision_point,
)


def judge(case: CaseFacts) -> tuple[Point, ...]:
    """The twelve points in order."""
    return tuple(point(case) for point in _POINTS)


@dataclass(frozen=True)
class Share:
    """How often a point is met among the cases it can be judged in; `unknown` and `irrelevant` are beside it."""

    met: int = 0
    unmet: int = 0
    unknown: int = 0
    irrelevant: int = 0

    @property
    def tenths(self) -> int | None:
        """Met of met and unmet in tenths of a percent, rounded half up; None where nothing is judged."""
        judged = self.met + self.unmet
        return (2_000 * self.met + judged) // (2 * judged) if judged else None


def share(states: Iterable[State]) -> Share:
    """States of one point in several cases, or of several points, counted."""
    rows = list(states)
    return Share(*(rows.count(state) for state in ("met", "unmet", "unknown", "irrelevant")))


def shares(cases: Iterable[Mapping[int, State]]) -> tuple[Share, ...]:
    """The share of each of the twelve points, in order; a case that lacks a point is not counted under it."""
    rows = list(cases)
    return tuple(share(row[number] for row in rows if number in row) for number in range(1, len(_POINTS) + 1))
