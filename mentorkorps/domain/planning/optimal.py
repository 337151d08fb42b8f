"""The best plan by linear programming: solve, keep what is sure, settle the rest in whole numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mentorkorps.domain.planning.board import Board, Bools, Floats, Ints
from mentorkorps.domain.planning.bound import Prices, Proof, precedence, premiums, prove, worth
from mentorkorps.domain.planning.rooms import NOBODY, Rooms

FIRST_PAIRS = 10
"""Mentors each citizen is tried with at first; pricing adds whatever else could help."""
WHOLE_MODEL = 1_000
"""With no more allowed pairs than this, everything is settled in one integer model."""
ROUNDS = 6
LOOSE = 100
"""So many citizens whose mentor is least certain are settled again with those who were shared."""
EXACT = 0.99
"""Points are whole, so a plan proven to be within less than one point of the best is the best."""
CLOSE = 1e-4
"""A large model need not be settled closer than this share of all there is to win."""
NODES = 200
FEW_NODES = 10
"""The search in a small and in a large model ends by a count of nodes, which is the same every time."""
SECONDS = 60.0
"""A guard against an unlucky model on a busy machine."""
SLACK = 0.005
"""Points by which the solver's own proof may be off in floating point."""
NO_FLOORS: Mapping[int, int] = {}


class NoSolution(Exception):
    """The solver cannot be used or gave nothing to use; the message is Danish."""


@dataclass(frozen=True, eq=False)
class Solved:
    """A plan, how good any can be, and whether the time ran out on the way."""

    plan: Ints
    proofs: tuple[Proof, ...]
    cut_short: bool


@dataclass(frozen=True, eq=False)
class _Answer:
    """`premiums` is what it costs to serve one citizen more of each rank, where so many have to be."""

    share: Floats
    prices: Prices
    premiums: Floats
    most: float
    out_of_time: bool


@dataclass(frozen=True, eq=False)
class _Settled:
    """`floors` is how many of each rank the `last` model had to serve; empty where the `first` one served all."""

    plan: Ints
    first: _Answer
    last: _Answer
    floors: Mapping[int, int]
    late: bool


def solve(board: Board, prices: Prices) -> Solved:
    """The best plan found; `prices` choose the pairs to begin with. Raises NoSolution."""
    extra = precedence(board)
    whole = board.allowed.sum() <= WHOLE_MODEL
    pairs = board.allowed.copy() if whole else _most_worth(worth(board, prices, extra), FIRST_PAIRS)
    empty = Rooms.empty(board)
    relaxed, pairs = _relaxed(empty, pairs, extra)
    kept = empty if whole else Rooms.fitting(board, _sure(board, pairs, relaxed, extra))
    near = EXACT if whole else max(EXACT, CLOSE * float(board.score.max(axis=1, initial=0).sum()))
    settled = _settle(kept, pairs, extra, near)
    plan = Rooms.fitting(board, settled.plan).plan
    proofs = [prove(board, relaxed.prices, premiums(board))]
    if whole:
        proofs += _solver_proofs(board, settled)
    elif settled.floors:
        proofs.append(_relaxed_proof(board, pairs, plan))
    return Solved(plan, tuple(proofs), settled.late or relaxed.out_of_time)


def _solver_proofs(board: Board, settled: "_Settled") -> Iterator[Proof]:
    """The solver's own, which hold where it was given every pair."""
    yield Proof(settled.first.most + SLACK, premiums(board))
    if settled.floors:
        yield Proof(settled.last.most + SLACK, np.zeros(3), (settled.floors[0], settled.floors[1], 0))


def _relaxed_proof(board: Board, pairs: Bools, plan: Ints) -> Proof:
    """By the premiums at which shared citizens are served in as great a number as by the plan.

    They are lower than those that the plan was sought with, so that a part of a citizen more is worth less.
    """
    serving = np.bincount(board.rank[plan != NOBODY], minlength=3).tolist()
    nothing = np.zeros_like(board.minutes)
    relaxed, _ = _relaxed(Rooms.empty(board), pairs, nothing, dict(enumerate(serving[:2])))
    return prove(board, relaxed.prices, relaxed.premiums)


def _most_worth(value: Floats, count: int) -> Bools:
    columns = np.argsort(-value, axis=1, kind="stable")[:, :count]
    chosen = np.zeros(value.shape, dtype=np.bool_)
    np.put_along_axis(chosen, columns, True, axis=1)
    return chosen & np.isfinite(value)


def _relaxed(
    rooms: Rooms, pairs: Bools, extra: Ints, floors: Mapping[int, int] = NO_FLOORS
) -> tuple[_Answer, Bools]:
    """Citizens may be shared. Pairs that would pay are added until none is left out that would."""
    board = rooms.board
    for _ in range(ROUNDS):
        answer = _run(rooms, pairs, board.score + extra[:, None], floors, whole_numbers=False)
        value = worth(board, answer.prices, extra + answer.premiums[board.rank])
        bar = np.where(pairs, value, 0).max(axis=1, initial=0)
        missing = (value > bar[:, None] + 1e-6) & ~pairs
        if not missing.any():
            break
        pairs = pairs | (missing & _most_worth(np.where(missing, value, -np.inf), FIRST_PAIRS))
    return answer, pairs


def _kept(pairs: Bools, share: Floats) -> Ints:
    """The citizens whom the relaxed plan gives one mentor stay there."""
    rows, columns = np.nonzero(pairs)
    sure = share > 0.999
    plan = np.full(len(pairs), NOBODY, dtype=np.int64)
    plan[rows[sure]] = columns[sure]
    return plan


def _sure(board: Board, pairs: Bools, relaxed: _Answer, extra: Ints) -> Ints:
    """The kept citizens but for the LOOSE ones to whom another mentor, or none, is worth almost as much."""
    plan = _kept(pairs, relaxed.share)
    value = np.sort(worth(board, relaxed.prices, extra), axis=1)
    margin = value[:, -1] - value[:, -2:-1].max(axis=1, initial=0)
    plan[np.argsort(margin, kind="stable")[:LOOSE]] = NOBODY
    return plan


def _settle(rooms: Rooms, pairs: Bools, extra: Ints, near: float) -> _Settled:
    """The rest gets whole mentors: first as many with must as can be, then with right, then most points."""
    board = rooms.board
    rest = rooms.plan == NOBODY
    pairs = pairs & rest[:, None]
    first = answer = _run(rooms, pairs, board.score + extra[:, None], NO_FLOORS, near=near)
    late, floors = first.out_of_time, dict(NO_FLOORS)
    strong = np.flatnonzero(rest & (board.rank < 2) & board.allowed.any(axis=1))
    if (_kept(pairs, answer.share)[strong] == NOBODY).any():
        for rank in (0, 1):
            counting = np.broadcast_to((board.rank == rank)[:, None], pairs.shape).astype(np.int64)
            answer = _run(rooms, pairs, counting, floors, start=answer.share)
            floors[rank] = round(float(answer.share @ counting[pairs]))
            late = late or answer.out_of_time
        answer = _run(rooms, pairs, board.score, floors, near=near, start=answer.share)
        late = late or answer.out_of_time
    plan = np.where(rest, _kept(pairs, answer.share), rooms.plan)
    return _Settled(plan, first, answer, floors, late)


def _run(
    rooms: Rooms,
    pairs: Bools,
    points: Ints,
    floors: Mapping[int, int],
    *,
    near: float = EXACT,
    start: Floats | None = None,
    whole_numbers: bool = True,
) -> _Answer:
    """Most points from `pairs` in the rooms left, with at least `floors[rank]` citizens of each rank.

    The search ends when no plan can have more than `near` points on top.
    """
    nothing = np.zeros(rooms.board.mentors)
    if not pairs.any():
        return _Answer(np.zeros(0), Prices(nothing, nothing), np.zeros(3), 0.0, out_of_time=False)
    highspy, solver = _solver()
    solver.setOptionValue("mip_abs_gap", near)
    solver.setOptionValue("mip_max_nodes", NODES if near == EXACT else FEW_NODES)
    solver.passModel(_model(highspy, rooms, pairs, points, floors, whole_numbers))
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start.tolist()
        solver.setSolution(known)
    solver.run()
    status, solution = solver.getModelStatus(), solver.getSolution()
    if not solution.value_valid:
        raise NoSolution(f"Løseren HiGHS fandt ingen plan ({solver.modelStatusToString(status)}).")
    citizens, mentors = pairs.shape
    duals = np.array(solution.row_dual if solution.dual_valid else [], dtype=np.float64)
    paid = np.maximum(-duals, 0)[citizens : citizens + 2 * mentors]
    prices = Prices(paid[:mentors], paid[mentors:]) if len(paid) else Prices(nothing, nothing)
    on_top = np.maximum(duals[-3:], 0) if len(paid) else np.zeros(3)
    most = -solver.getInfo().mip_dual_bound if whole_numbers else np.inf
    late = status == highspy.HighsModelStatus.kTimeLimit
    return _Answer(np.array(solution.col_value), prices, on_top, most, late)


def _solver() -> tuple[Any, Any]:
    """The module and a silent solver that does the same every time."""
    try:
        import highspy
    except ImportError as missing:
        raise NoSolution("Løseren HiGHS er ikke installeret.") from missing
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in _OPTIONS.items():
        solver.setOptionValue(option, setting)
    return highspy, solver


_OPTIONS: Mapping[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "time_limit": SECONDS,
    "mip_rel_gap": 0.0,
}


def _model(
    highspy: Any, rooms: Rooms, pairs: Bools, points: Ints, floors: Mapping[int, int], whole_numbers: bool
) -> Any:
    """Rows: one mentor at most for each citizen, minutes and then places for each mentor, then the floors."""
    board = rooms.board
    rows, columns = np.nonzero(pairs)
    above = board.citizens + 2 * board.mentors
    entries = [(rows, np.ones(len(rows))), (board.citizens + columns, board.minutes[rows])]
    entries.append((board.citizens + board.mentors + columns, np.ones(len(rows))))
    entries.append((above + board.rank[rows], np.ones(len(rows))))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(rows), above + 3
    model.col_cost_ = -points[rows, columns].astype(np.float64)
    model.col_lower_, model.col_upper_ = np.zeros(len(rows)), np.ones(len(rows))
    limits = (np.ones(board.citizens), rooms.minutes, rooms.places, np.full(3, np.inf))
    model.row_upper_ = np.concatenate(limits).astype(np.float64)
    model.row_lower_ = np.r_[np.full(above, -np.inf), [floors.get(rank, -np.inf) for rank in range(3)]]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, len(entries) * len(rows) + 1, len(entries))
    model.a_matrix_.index_ = np.stack([row for row, _ in entries], axis=1).ravel()
    model.a_matrix_.value_ = np.stack([value for _, value in entries], axis=1).ravel().astype(np.float64)
    if whole_numbers:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(rows)
    return model
