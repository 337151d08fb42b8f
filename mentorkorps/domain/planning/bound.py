"""A proof of how good a plan can be: prices for a mentor's time and places, and the bound they give."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkorps.domain.planning.board import Board, Floats, Ints

STEPS = 24
WARMEST, COLDEST = 30.0, 0.3
"""Points within which two mentors count as nearly as good, at the first step and at the last."""


@dataclass(frozen=True, eq=False)
class Prices:
    """Points that a minute and a place with each mentor are worth; never negative."""

    minute: Floats
    place: Floats


NOBODY_LEAST = (0, 0, 0)


@dataclass(frozen=True, eq=False)
class Proof:
    """How good a plan can be.

    No plan within hours, head counts and `avoid` that serves at least `least` citizens of each rank has more than
    `most` points, when each who is served brings the premium of the rank on top. Premiums are never negative.
    """

    most: float
    premiums: Floats | Ints
    least: tuple[int, ...] = NOBODY_LEAST

    def bound(self, served: Ints) -> float:
        """The most points of a plan that serves at least `served` of each rank, for which its premiums are paid."""
        enough = (served >= self.least).all()
        return self.most - float(self.premiums @ served) if enough else np.inf


def upper_bound(proofs: Sequence[Proof], served: Ints) -> int:
    """The lowest that is proven, rounded down since points are whole; a little is left for the floating point."""
    lowest = min(proof.bound(served) for proof in proofs)
    return int(np.floor(lowest * (1 + 1e-12) + 1e-6))


def premiums(board: Board) -> Ints:
    """Points on top by rank while a plan is sought: must come before right, right before may.

    They order the search and are no part of any score.
    """
    step = int(board.score.max(initial=0)) + 1
    return step * np.array([4, 2, 0], dtype=np.int64)


def precedence(board: Board) -> Ints:
    """The `premiums` of each citizen."""
    return premiums(board)[board.rank]


def prove(board: Board, prices: Prices, on_top: Floats | Ints) -> Proof:
    """What the prices prove when each who is served brings the premium of the rank, `on_top`.

    Weak duality: let every citizen take the mentor that is worth most after paying, let unsold time be paid
    for too, and the sum can only be too high, whatever the prices and the premiums. It looks at all pairs and
    so does not rest on a solver's word.
    """
    best = worth(board, prices, on_top[board.rank]).max(axis=1, initial=-np.inf)
    gained = np.maximum(best, 0).sum() + board.capacity @ prices.minute + board.heads @ prices.place
    return Proof(float(gained), on_top)


def worth(board: Board, prices: Prices, extra: Ints | Floats) -> Floats:
    """What each pair is worth after paying for minutes and place; forbidden pairs are minus infinity."""
    paid = board.score + extra[:, None] - np.outer(board.minutes, prices.minute) - prices.place
    return np.where(board.allowed, paid, -np.inf)


def find_prices(board: Board) -> Prices:
    """Prices with a low bound, without a solver.

    Each step lets every citizen spread over the mentors that are nearly as good as the best, and raises
    the price where more is wanted than there is, else lowers it; "nearly" shrinks on the way. Half the usual
    precision is plenty: any prices prove a bound, and `ceiling` works it out in full.
    """
    scarce = board.minutes @ board.allowed > board.capacity
    prices = Prices(np.where(scarce, _scarcity(board), 0.0), np.zeros(board.mentors))
    if not board.allowed.any():
        return prices
    gross = worth(board, Prices(np.zeros(board.mentors), np.zeros(board.mentors)), precedence(board))
    search = _Search(board, gross.astype(np.float32))
    lowest, best = np.inf, prices
    for warmth in np.geomspace(WARMEST, COLDEST, STEPS):
        bound, following = search.step(prices, float(warmth))
        if bound < lowest:
            lowest, best = bound, prices
        prices = following
    return best


@dataclass(frozen=True, eq=False)
class _Search:
    """`gross` is what each pair is worth before paying; forbidden pairs are minus infinity."""

    board: Board
    gross: NDArray[np.float32]

    def step(self, prices: Prices, warmth: float) -> tuple[float, Prices]:
        """The bound that `prices` give, and the next prices."""
        board = self.board
        share = np.multiply.outer(-board.minutes.astype(np.float32), prices.minute.astype(np.float32))
        share += self.gross - prices.place.astype(np.float32)
        top = np.maximum(share.max(axis=1), 0)
        bound = top.sum(dtype=np.float64) + board.capacity @ prices.minute + board.heads @ prices.place
        share -= top[:, None]
        share /= warmth
        np.exp(share, out=share)
        # To go without a mentor is worth nothing, and takes a share too.
        share /= (share.sum(axis=1) + np.exp(-top / warmth))[:, None]
        wanted, bend = _wanted(share, board.minutes)
        heads, heads_bend = _wanted(share, np.ones_like(board.minutes))
        return float(bound), Prices(
            _adjusted(prices.minute, board.capacity - wanted, bend, warmth, float(board.minutes.mean())),
            _adjusted(prices.place, board.heads - heads, heads_bend, warmth, 1.0),
        )


def _wanted(share: NDArray[np.float32], amount: Ints) -> tuple[Floats, Floats]:
    """How much of `amount` is wanted with each mentor, and how quickly that shifts with the price."""
    size = amount.astype(np.float32)
    wanted = size @ share
    return wanted.astype(np.float64), (size**2 @ share - size**2 @ share**2).astype(np.float64)


def _adjusted(price: Floats, surplus: Floats, bend: Floats, warmth: float, unit: float) -> Floats:
    """Half a Newton step on the price of each mentor's room, at most three times `warmth` for `unit` of it."""
    unit = max(unit, 1.0)
    step = np.clip(surplus / unit / (bend / unit**2 / warmth + 1e-9), -3 * warmth, 3 * warmth) / 2
    return np.maximum(price - step / unit, 0)


def _scarcity(board: Board) -> float:
    """The price of a minute if all mentors were one: what the last citizen with room is worth a minute."""
    best = np.where(board.allowed, board.score + precedence(board)[:, None], 0).max(axis=1, initial=0)
    density = best / np.maximum(board.minutes, 1)
    order = np.argsort(-density, kind="stable")
    beyond = np.flatnonzero(board.minutes[order].cumsum() > board.capacity.sum())
    return float(density[order[beyond[0]]]) if len(beyond) else 0.0
