"""Random citizens and days, drawn close to where the law turns."""

from datetime import date, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from mentorkorps.domain import law
from mentorkorps.domain.dates import add_months
from mentorkorps.domain.law.facts import KINDS

# A few hundred by default; more when the profile asks for more.
PROPERTY = settings(max_examples=max(200, settings().max_examples), deadline=None)
CODES = {"target_group": law.TARGET_GROUPS, "mentor_placed_in": law.PLACES}
EDGES = [
    edge + timedelta(days=days)
    for edge in law.SHIPPED.shifts
    for days in (-1, 0, 1)
    if edge > date(2003, 1, 1)
]
# How many months the law counts from or to each date fact; a day is drawn close to one of them.
MONTHS = (0, -3, -6, -12, -360, 3, 6, 12)

days = st.one_of(st.sampled_from(EDGES), st.dates(date(2003, 1, 1), date(2030, 12, 31)))


@st.composite
def day_near(draw, on: date):
    months = draw(st.sampled_from(MONTHS))
    return add_months(on, months) + timedelta(days=draw(st.integers(-2, 2)))


def value_of(name: str, on: date):
    """A known value of a fact."""
    if name in CODES:
        return st.sampled_from(CODES[name])
    return day_near(on) if KINDS[name] is date else st.booleans()


def facts_on(on: date):
    """Facts of which any may be unknown."""
    return st.fixed_dictionaries(
        {name: st.one_of(st.none(), value_of(name, on), value_of(name, on)) for name in KINDS}
    ).map(lambda values: law.Facts(**values))


@st.composite
def facts_and_day(draw):
    on = draw(days)
    return draw(facts_on(on)), on


@st.composite
def citizens_and_day(draw):
    on = draw(days)
    return draw(st.lists(facts_on(on), min_size=1, max_size=12)), on


@st.composite
def facts_before_and_after_a_question(draw):
    """Facts, a day, and the same facts with one unknown fact found out."""
    facts, on = draw(facts_and_day())
    unknown = [name for name in KINDS if getattr(facts, name) is None]
    if not unknown:
        return facts, facts, on, ""
    name = draw(st.sampled_from(unknown))
    return facts, law.Facts(**(vars(facts) | {name: draw(value_of(name, on))})), on, name


def random_citizen(random: Random, on: date) -> law.Facts:
    """Facts as the strategies draw them, but the same for the same seed."""
    values = {}
    for name, kind in KINDS.items():
        if random.random() < 1 / 4:
            continue
        if kind is date:
            values[name] = add_months(on, random.choice(MONTHS)) + timedelta(days=random.randint(-2, 2))
        else:
            values[name] = random.choice(CODES.get(name, (True, False)))
    return law.Facts(**values)
