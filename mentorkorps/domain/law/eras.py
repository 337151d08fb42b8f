"""The days on which the law stands still: the rules in force between two shifts, ready to be asked."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mentorkorps.domain.law.book import Book
from mentorkorps.domain.law.conditions import TESTS, Test
from mentorkorps.domain.law.findings import Condition, ContactRule, Finding
from mentorkorps.domain.law.rows import OBLIGATIONS, Rule, regime_on

RANK = {obligation: rank for rank, obligation in enumerate(OBLIGATIONS)}
Met = bool | None


@dataclass(frozen=True, eq=False)
class Ready:
    """A rule in force with its tests and the least contact it demands then."""

    rule: Rule
    tests: tuple[Test, ...]
    names: tuple[str, ...]
    contact: ContactRule | None
    rank: int


@dataclass(frozen=True, eq=False)
class Era:
    """All that answers between two shifts: rules that give something, strongest first, and their tests once each."""

    regime: str
    rules: tuple[Ready, ...]
    tests: tuple[tuple[str, Test], ...]


# Each condition in its three states, made once.
_CONDITIONS: dict[str, dict[Met, Condition]] = {
    name: {met: Condition(test.text, test.facts[0], met) for met in (True, False, None)}
    for name, test in TESTS.items()
}


@lru_cache(maxsize=4096)
def finding(ready: Ready, mets: tuple[Met, ...]) -> Finding:
    """The finding when the rule's conditions stand as `mets`; there are few of them, so each is made once."""
    rule = ready.rule
    return Finding(
        rule.id,
        rule.title,
        rule.function,
        rule.obligation,
        rule.citation,
        rule.other_citations,
        rule.purpose,
        rule.rule_says,
        rule.valid_from,
        rule.valid_to,
        rule.certainty,
        False if False in mets else None if None in mets else True,
        tuple(_CONDITIONS[name][met] for name, met in zip(ready.names, mets, strict=True)),
        rule.duration,
        rule.other_readings,
        ready.contact,
        rule.demands,
        rule.notes,
        rule.refusal_needs_second,
    )


def era_on(on: date, book: Book) -> Era:
    """What is in force on a day. Raises MissingRule before the first regime."""
    return _era(book, bisect_right(book.shifts, on), regime_on(on).code)


# Room for the eras of some thirty books: each correction makes a new book, and the old must not stay for ever.
@lru_cache(maxsize=1_000)
def _era(book: Book, number: int, regime: str) -> Era:
    """The era that begins with a shift, by its number in order of time."""
    first = book.shifts[number - 1]
    giving = [rule for rule in book.rules_on(first) if rule.kind == "gives"]
    ready = sorted((_ready(rule, first, book) for rule in giving), key=_strongest_then_special)
    names = dict.fromkeys(name for each in ready for name in each.names)
    return Era(regime, tuple(ready), tuple((name, TESTS[name]) for name in names))


def _strongest_then_special(each: Ready) -> tuple[int, bool]:
    """must, right, may; within a strength the social mentor, which is for everybody, comes last."""
    return each.rank, each.rule.function == "social_mentor"


def _ready(rule: Rule, on: date, book: Book) -> Ready:
    tests = tuple(TESTS[name] for name in rule.conditions)
    return Ready(rule, tests, rule.conditions, book.contact_rule(rule.id, on), RANK[rule.obligation])
