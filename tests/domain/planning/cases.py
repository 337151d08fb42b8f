"""Mentors and citizens for the tests, and what must hold of any plan, said without the planner's own code."""

import random
from collections.abc import Mapping, Sequence
from itertools import product

from hypothesis import strategies as st

from mentorkorps.domain.codes import AGE_WORDS, OBLIGATIONS
from mentorkorps.domain.planning import Citizen, Match, Mentor, State, suggest

WORDS = ("arabisk", "dansk", "polsk")
Corps = tuple[list[Mentor], list[Citizen], dict[str, str]]


def words() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(WORDS), max_size=2)


def maybe(*values: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *values))


@st.composite
def corps(draw: st.DrawFn, most_mentors: int = 4, most_citizens: int = 8) -> Corps:
    """A small corps in which time and places often run short."""
    mentors = [
        Mentor(
            id=f"m{n}",
            minutes=draw(st.integers(0, 240)),
            max_citizens=draw(st.integers(0, 5)),
            languages=draw(words()),
            districts=draw(st.frozensets(st.sampled_from(("Nord", "Syd")))),
            skills=draw(words()),
            gender=draw(maybe("kvinde", "mand")),
            age=draw(maybe(*AGE_WORDS)),
        )
        for n in range(draw(st.integers(0, most_mentors)))
    ]
    names = [m.id for m in mentors]
    citizens = [
        Citizen(
            id=f"c{n}",
            minutes=draw(st.integers(0, 150)),
            obligation=draw(st.sampled_from(OBLIGATIONS)),
            languages=draw(words()),
            district=draw(maybe("Nord", "Syd")),
            needs=draw(words()),
            wishes_gender=draw(maybe("kvinde", "mand")),
            wishes_age=draw(maybe(*AGE_WORDS)),
            avoid=frozenset(draw(st.sets(st.sampled_from(names), max_size=2))) if names else frozenset(),
        )
        for n in range(draw(st.integers(0, most_citizens)))
    ]
    present = {c.id: draw(maybe(*names)) for c in citizens}
    return mentors, citizens, {citizen: mentor for citizen, mentor in present.items() if mentor}


def town(citizens: int, mentors: int, utilisation: float, seed: int = 7) -> Corps:
    """A larger corps; its mentors have `1 / utilisation` of the minutes that are needed."""
    draw = random.Random(seed)
    people = [
        Citizen(
            id=f"c{n}",
            minutes=draw.choice((45, 45, 45, 60, 90, 150)),
            obligation=draw.choice(OBLIGATIONS),
            languages=frozenset(draw.sample(WORDS, draw.choice((0, 0, 1)))),
            district=draw.choice(("Nord", "Syd", "Midt")),
            needs=frozenset(draw.sample(WORDS, draw.randint(0, 2))),
            avoid=frozenset({f"m{draw.randrange(mentors)}"} if draw.random() < 0.1 else ()),
        )
        for n in range(citizens)
    ]
    share = sum(c.minutes for c in people) / utilisation / mentors
    guides = [
        Mentor(
            id=f"m{n}",
            minutes=round(share * draw.uniform(0.7, 1.3)),
            max_citizens=round(1.4 * citizens / mentors),
            languages=frozenset(draw.sample(WORDS, 1)),
            districts=frozenset({draw.choice(("Nord", "Syd", "Midt"))}),
            skills=frozenset(draw.sample(WORDS, draw.randint(1, 2))),
        )
        for n in range(mentors)
    ]
    return guides, people, {c.id: draw.choice(guides).id for c in people if draw.random() < 0.5}


def placed(plan: Match) -> dict[str, str]:
    return {a.citizen: a.mentor for a in plan.assignments}


def within_limits(mentors: Sequence[Mentor], citizens: Sequence[Citizen], given: Mapping[str, str]) -> bool:
    """Hours, head counts and `avoid`."""
    for mentor in mentors:
        mine = [c for c in citizens if given.get(c.id) == mentor.id]
        if sum(c.minutes for c in mine) > mentor.minutes or len(mine) > mentor.max_citizens:
            return False
    return not any(given.get(c.id) in c.avoid for c in citizens)


def wronged(mentors: Sequence[Mentor], citizens: Sequence[Citizen], given: Mapping[str, str]) -> list[str]:
    """Citizens left out whom a mentor could take by letting some of those with a weaker obligation go."""
    rank = {code: number for number, code in enumerate(OBLIGATIONS)}
    found = []
    for left in (c for c in citizens if c.id not in given):
        for mentor in mentors:
            firm = [
                c
                for c in citizens
                if given.get(c.id) == mentor.id and rank[c.obligation] <= rank[left.obligation]
            ]
            room = mentor.minutes - sum(c.minutes for c in firm)
            if mentor.id not in left.avoid and room >= left.minutes and len(firm) < mentor.max_citizens:
                found.append(left.id)
    return found


def merit(citizens: Sequence[Citizen], given: Mapping[str, str], total: int) -> tuple[int, int, int]:
    """Served with must, served with right, points."""
    served = [c.obligation for c in citizens if c.id in given]
    return served.count("must"), served.count("right"), total


def every_plan(mentors: Sequence[Mentor], citizens: Sequence[Citizen], current: Mapping[str, str]):
    """Each plan within the limits, with its points, by trying them all."""
    state = State.of(citizens, current)
    score = {(c.id, s.mentor): s.score for c in citizens for s in suggest(c, mentors, state)}
    for choice in product((None, *(m.id for m in mentors)), repeat=len(citizens)):
        given = {c.id: mentor for c, mentor in zip(citizens, choice, strict=True) if mentor}
        if within_limits(mentors, citizens, given):
            yield given, sum(score[pair] for pair in given.items())
