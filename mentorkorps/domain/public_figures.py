"""Persons with a mentor month by month, as the state counts them, with the small cells hidden.

The measure is Jobindsats' "Antal og andel personer med mentor": unique persons, mentor as only offer, and individual or
place mentor. How each is told here stands in docs/methods.md.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mentorkorps.domain.dates import add_months, age_on
from mentorkorps.domain.evidence.disclosure import FEWEST

UNKNOWN = "unknown"
OFFER = {"only": "Kun mentor", "beside": "Mentor og andet tilbud", UNKNOWN: "Ved ikke, om der er andet"}
KIND = {"individual": "Individuel mentor", "place": "Pladsmentor"}
SEX = {"k": "Kvinder", "m": "Mænd", UNKNOWN: "Køn ikke oplyst"}
AGES = (
    (18, "Under 18 år"),
    (25, "18–24 år"),
    (30, "25–29 år"),
    (40, "30–39 år"),
    (50, "40–49 år"),
    (60, "50–59 år"),
)
"""The age that a band stops before, and its words; the band of those who are older stands in `OLDEST`."""
OLDEST = "60 år og over"
AGE = {words: words for words in (*(words for _, words in AGES), OLDEST)}


@dataclass(frozen=True)
class Spell:
    """Days, both counted, on which a citizen had a mentor. `at_place`: one of a firm's or school's own."""

    citizen: Hashable
    mentor: Hashable
    first: date
    last: date
    at_place: bool
    target_group: str
    sex: str
    birth: date


Offers = Mapping[Hashable, Sequence[tuple[date, bool]]]
"""By citizen, in order of time: from this day in another offer, or in none."""


@dataclass
class _Person:
    newest: Spell
    mentors: set[tuple[Hashable, bool]] = field(default_factory=set)


@dataclass(frozen=True)
class Month:
    """The persons of a month by its first day: all of them, and each breakdown's cells, which add up to them."""

    first: date
    persons: int
    cells: Mapping[str, Mapping[str, int]]


def count_months(spells: Iterable[Spell], offers: Offers, months: Sequence[date]) -> list[Month]:
    """Unique persons who had a mentor on one day or more of each month; `months` are first days."""
    people: dict[date, dict[Hashable, _Person]] = {month: {} for month in months}
    for spell in spells:
        for month in _months_of(spell, months):
            person = people[month].setdefault(spell.citizen, _Person(spell))
            person.mentors.add((spell.mentor, spell.at_place))
            if spell.first > person.newest.first:
                person.newest = spell
    return [_counted(month, people[month], offers) for month in months]


def _months_of(spell: Spell, months: Sequence[date]) -> list[date]:
    return [month for month in months if spell.first < add_months(month, 1) and month <= spell.last]


def _counted(month: date, people: Mapping[Hashable, _Person], offers: Offers) -> Month:
    last = add_months(month, 1) - timedelta(days=1)
    several = _with_several(people)
    cells: dict[str, Counter[str]] = {name: Counter() for name in ("offer", "kind", "sex", "age", "group")}
    for citizen, person in people.items():
        newest = person.newest
        cells["offer"][_offer(offers.get(citizen, ()), last)] += 1
        cells["kind"]["place" if all(each in several for each in person.mentors) else "individual"] += 1
        cells["sex"][newest.sex if newest.sex in SEX else UNKNOWN] += 1
        cells["age"][age_band(age_on(newest.birth, last))] += 1
        cells["group"][newest.target_group] += 1
    return Month(month, len(people), cells)


def _with_several(people: Mapping[Hashable, _Person]) -> set[tuple[Hashable, bool]]:
    """The mentors at a place who had two citizens or more: place mentors."""
    citizens: Counter[tuple[Hashable, bool]] = Counter()
    for person in people.values():
        citizens.update(mentor for mentor in person.mentors if mentor[1])
    return {mentor for mentor, number in citizens.items() if number > 1}


def _offer(told: Sequence[tuple[date, bool]], on: date) -> str:
    """Whether the mentor was the only offer on a day; nothing is known before the first that was told."""
    known = [other for since, other in told if since <= on]
    return UNKNOWN if not known else "beside" if known[-1] else "only"


def age_band(age: int) -> str:
    """The words of an age's band."""
    return next((words for before, words in AGES if age < before), OLDEST)


Shown = Mapping[str, int | None]


def shown_total(persons: int) -> int | None:
    """All the persons of a month, None where they are so few that they must be hidden."""
    return None if 0 < persons < FEWEST else persons


def shown_cells(cells: Mapping[str, int], persons: int) -> Shown:
    """The cells of one breakdown beside their total; None is hidden.

    One to four people are hidden, and then the cells after them, in the order they stand in and not by their size,
    until no hidden one can be worked out from the total and this rule: two cells or more, at least five people, and
    not so that each must be its least or its most. Where there are no more people than cells, all are hidden.
    """
    if shown_total(persons) is None or 0 < persons <= len(cells):
        return dict.fromkeys(cells)
    few = [name for name, number in cells.items() if 0 < number < FEWEST]
    hidden = set(few)
    for name in _after(few, cells):
        if not _tells(len(hidden), len(few), sum(cells[each] for each in hidden)):
            break
        hidden.add(name)
    return {name: None if name in hidden else number for name, number in cells.items()}


def _after(few: Sequence[str], cells: Mapping[str, int]) -> list[str]:
    """The cells that are large enough to be shown, from the first one after the few and around."""
    if not few:
        return []
    names = list(cells)
    start = names.index(few[0])
    return [name for name in (*names[start:], *names[:start]) if cells[name] >= FEWEST]


def _tells(hidden: int, few: int, people: int) -> bool:
    """Whether the people in the hidden cells, which the total gives, tell what stands in each."""
    if hidden > few:
        return False
    return hidden < 2 or people < FEWEST or people in (few, few * (FEWEST - 1))
