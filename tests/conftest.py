"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest

from mentorkorps.municipality.queries import forget_municipality, keep_law_book
from tests.cast import Cast, set_the_stage


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test() -> Iterator[None]:
    forget_municipality()
    keep_law_book()
    yield
    forget_municipality()


@pytest.fixture
def cast(db: None) -> Cast:
    """The small municipality with everyone on stage."""
    return set_the_stage()
