"""What better matches cost in people who are moved: the same plan at several prices of a move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mentorkorps.domain.planning.board import lay_out
from mentorkorps.domain.planning.model import Citizen, Mentor, Method, State, Weights
from mentorkorps.domain.planning.plan import match

PRICES = (0, 15, 30, 50, 80)
"""Points for staying that are tried beside the weights' own and one that nothing outweighs."""
NEVER = 1_000


@dataclass(frozen=True)
class Trade:
    """One price of a move: how many are moved, how well wishes are met (points), how many get nobody."""

    stability: int
    moved: int
    wishes: int
    unassigned: int


def trade_off(
    mentors: Sequence[Mentor],
    citizens: Sequence[Citizen],
    current: Mapping[str, str],
    weights: Weights,
    method: Method = "optimal",
) -> tuple[Trade, ...]:
    """A plan for each price of a move, the lowest first."""
    prices = sorted({*PRICES, weights.continuity, NEVER})
    return tuple(_trade(mentors, citizens, current, weights, price, method) for price in prices)


def _trade(
    mentors: Sequence[Mentor],
    citizens: Sequence[Citizen],
    current: Mapping[str, str],
    weights: Weights,
    price: int,
    method: Method,
) -> Trade:
    plan = match(mentors, citizens, current=current, weights=weights, stability=price, method=method)
    staying = sum(a.present == a.mentor for a in plan.assignments)
    wishes = plan.total_score - weights.served * len(plan.assignments) - price * staying
    return Trade(price, plan.moved, wishes, len(plan.unassigned))


def wish_points(citizen: Citizen, mentor: Mentor, weights: Weights) -> int:
    """What the pair is worth by the citizen's wishes alone: language, needs, gender, age and district."""
    wishes = replace(weights, served=0, continuity=0, balance=0)
    return int(lay_out([citizen], [mentor], State(), wishes).score[0, 0])
