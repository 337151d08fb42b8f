"""A coordinator's two questions: who could it be for this citizen, and how does it all fit together?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from mentorkorps.domain.planning import words
from mentorkorps.domain.planning.board import Board, Ints, lay_out
from mentorkorps.domain.planning.bound import Prices, Proof, find_prices, premiums, prove, upper_bound
from mentorkorps.domain.planning.greedy import regret_greedy
from mentorkorps.domain.planning.model import (
    Citizen,
    Mentor,
    Method,
    State,
    Suggestion,
    Weights,
)
from mentorkorps.domain.planning.optimal import NoSolution, solve
from mentorkorps.domain.planning.order import even_out, keep_order, squeeze_in
from mentorkorps.domain.planning.outcome import Assignment, Load, Match, Unassigned
from mentorkorps.domain.planning.rooms import NOBODY, Rooms

DEFAULT = Weights()


def suggest(
    citizen: Citizen, mentors: Sequence[Mentor], state: State, weights: Weights = DEFAULT
) -> tuple[Suggestion, ...]:
    """Every mentor for one citizen: those who can first, best first; then those who cannot, with why not.

    `state` is the corps as it is; the citizen's own time and place with a present mentor count as free.
    """
    scores = lay_out([citizen], mentors, state, weights).score[0]
    found = [_suggestion(citizen, m, int(score), state) for m, score in zip(mentors, scores, strict=True)]
    return tuple(sorted(found, key=lambda s: (s.why_not is not None, -s.score, -s.free_minutes, s.mentor)))


def _suggestion(citizen: Citizen, mentor: Mentor, score: int, state: State) -> Suggestion:
    present = state.current.get(citizen.id)
    own = present == mentor.id
    minutes = mentor.minutes - state.minutes.get(mentor.id, 0) + citizen.minutes * own
    places = mentor.max_citizens - state.citizens.get(mentor.id, 0) + own
    why_not = words.why_not(citizen, mentor, minutes, places)
    against = words.reasons_against(citizen, mentor, present)
    return Suggestion(
        mentor=mentor.id,
        score=score,
        reasons_for=words.reasons_for(citizen, mentor, present, can=why_not is None),
        reasons_against=against if why_not else (*against, *words.fills_up(citizen, minutes, places)),
        free_minutes=minutes,
        why_not=why_not,
    )


def match(
    mentors: Sequence[Mentor],
    citizens: Sequence[Citizen],
    *,
    current: Mapping[str, str] | None = None,
    method: Method = "optimal",
    stability: int | None = None,
    weights: Weights = DEFAULT,
) -> Match:
    """A mentor for every citizen there is room for.

    `current` is the present mentor's id by citizen id. `stability` is the points a citizen loses if moved
    away from that mentor; None is `weights.continuity`. Hours, head counts and `avoid` are kept, and nobody
    is left out whom a mentor could take instead of citizens with a weaker obligation. The same input gives
    the same plan.
    Raises ValueError for ids that are used twice or not known, and for negative numbers.
    """
    _check(mentors, citizens, current or {})
    if stability is not None:
        weights = replace(weights, continuity=stability)
    people, corps = sorted(citizens, key=_id), sorted(mentors, key=_id)
    state = State.of(people, current or {})
    board = lay_out(people, corps, state, weights)
    prices = find_prices(board)
    plan = _greedy(board, prices, _present(people, corps, state) if current else None)
    proofs: tuple[Proof, ...]
    proofs, used, fallback = (prove(board, prices, premiums(board)),), method, None
    if method == "optimal":
        try:
            solved = solve(board, prices)
        except NoSolution as failure:
            used, fallback = "greedy", f"{failure} Planen er lagt med metoden greedy."
        else:
            plan = max(_finished(board, solved.plan), plan, key=partial(_merit, board))
            proofs = solved.proofs
            fallback = "Tiden løb ud, før den bedste plan var fundet." if solved.cut_short else None
    bound = upper_bound(proofs, _served(board, plan))
    return _as_given(_told(corps, people, state, board, plan, bound, used, fallback), mentors, citizens)


def _greedy(board: Board, prices: Prices, present: Ints | None) -> Ints:
    """The better of two: from an empty corps, and from everybody where they are."""
    rooms = [Rooms.empty(board)] + ([] if present is None else [Rooms.fitting(board, present)])
    return max((_finished(board, regret_greedy(each, prices)) for each in rooms), key=partial(_merit, board))


def _present(people: Sequence[Citizen], corps: Sequence[Mentor], state: State) -> Ints:
    """Everybody where they are."""
    column = {mentor.id: number for number, mentor in enumerate(corps)}
    here = [column[state.current[c.id]] if c.id in state.current else NOBODY for c in people]
    return np.array(here, dtype=np.int64)


def _id(person: Citizen | Mentor) -> str:
    """The order of planning, so that the order of the rows in a file changes nothing."""
    return person.id


def _as_given(plan: Match, mentors: Sequence[Mentor], citizens: Sequence[Citizen]) -> Match:
    row = {citizen.id: number for number, citizen in enumerate(citizens)}
    return replace(
        plan,
        assignments=tuple(sorted(plan.assignments, key=lambda a: row[a.citizen])),
        unassigned=tuple(sorted(plan.unassigned, key=lambda u: row[u.citizen])),
        loads={mentor.id: plan.loads[mentor.id] for mentor in mentors},
    )


def _check(mentors: Sequence[Mentor], citizens: Sequence[Citizen], current: Mapping[str, str]) -> None:
    ids = {m.id for m in mentors}
    people = {c.id for c in citizens}
    if len(ids) < len(mentors) or len(people) < len(citizens):
        raise ValueError("an id is used twice")
    if not (set(current) <= people and set(current.values()) <= ids):
        raise ValueError("current names somebody who is not there")
    if (
        min(
            (
                *(m.minutes for m in mentors),
                *(m.max_citizens for m in mentors),
                *(c.minutes for c in citizens),
                0,
            )
        )
        < 0
    ):
        raise ValueError("minutes and head counts are never negative")


def _finished(board: Board, plan: Ints) -> Ints:
    """The order comes last: the two others may make room with a mentor whom somebody left out could have."""
    return keep_order(board, even_out(board, squeeze_in(board, plan)))


def _merit(board: Board, plan: Ints) -> tuple[int, int, int]:
    """Plans are compared by citizens with must served, then with right, then by points."""
    must, right, _ = _served(board, plan)
    return int(must), int(right), Rooms(board, plan).total


def _served(board: Board, plan: Ints) -> Ints:
    return np.bincount(board.rank[plan != NOBODY], minlength=3)


def _told(
    mentors: Sequence[Mentor],
    citizens: Sequence[Citizen],
    state: State,
    board: Board,
    plan: Ints,
    bound: int,
    method: Method,
    fallback: str | None,
) -> Match:
    rooms = Rooms(board, plan)
    columns: list[int] = plan.tolist()
    left, places = rooms.minutes.tolist(), rooms.places.tolist()
    return Match(
        assignments=tuple(
            Assignment(c, mentors[column], int(board.score[row, column]), state.current.get(c.id))
            for row, (c, column) in enumerate(zip(citizens, columns, strict=True))
            if column != NOBODY
        ),
        unassigned=tuple(
            Unassigned(c, mentors) for c, column in zip(citizens, columns, strict=True) if column == NOBODY
        ),
        loads={
            m.id: Load(assigned=m.minutes - left[i], free=left[i], citizens=m.max_citizens - places[i])
            for i, m in enumerate(mentors)
        },
        total_score=rooms.total,
        upper_bound=bound,
        method=method,
        fallback=fallback,
    )
