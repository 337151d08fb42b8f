"""The days on which the law stands still: the rules in force between two shifts, ready to be asked."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache

from mentorkorps.domain.law.conditions import TESTS, Test
from mentorkorps.domain.law.findings import Condition, ContactRule, Finding
from mentorkorps.domain.law.rows import OBLIGATIONS, Rule, contact_rule, regime_on, rules_on, shifts

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

    def finding(self, mets: tuple[Met, ...], met: Met) -> Finding:
        """The finding when the conditions stand as `mets`."""
        rule = self.rule
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
            met,
            tuple(_CONDITIONS[name][value] for name, value in zip(self.names, mets, strict=True)),
            rule.duration,
            rule.other_readings,
            self.contact,
            rule.demands,
            rule.notes,
            rule.refusal_needs_second,
        )


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


def era_on(on: date) -> Era:
    """What is in force on a day. Raises MissingRule before the first regime."""
    return _era(bisect_right(_shifts(), on), regime_on(on).code)


@cache
def _shifts() -> tuple[date, ...]:
    return shifts()


@cache
def _era(number: int, regime: str) -> Era:
    """The era that begins with a shift, by its number in order of time."""
    first = _shifts()[number - 1]
    giving = [rule for rule in rules_on(first) if rule.kind == "gives"]
    ready = sorted((_ready(rule, first) for rule in giving), key=_strongest_then_special)
    names = dict.fromkeys(name for each in ready for name in each.names)
    return Era(regime, tuple(ready), tuple((name, TESTS[name]) for name in names))


def _strongest_then_special(each: Ready) -> tuple[int, bool]:
    """must, right, may; within a strength the social mentor, which is for everybody, comes last."""
    return each.rank, each.rule.function == "social_mentor"


def _ready(rule: Rule, on: date) -> Ready:
    tests = tuple(TESTS[name] for name in rule.conditions)
    return Ready(rule, tests, rule.conditions, contact_rule(rule.id, on), RANK[rule.obligation])
