"""Fixtures of the whole suite."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import SimpleTestCase
from django.utils import timezone
from xdist.scheduler import LoadScopeScheduling

from mentorkorps.municipality.queries import forget_municipality, keep_law_book
from tests.cast import Cast, set_the_stage
from tests.program import DemoFile, program

# Where tests stand that share what takes long to build, a server or a world, and so one worker; and what it is.
SHARED = {
    "tests/browser/": "the demo's file",
    "tests/web/test_demo_file.py": "the demo's file",
    "tests/web/test_demo.py": "Fjordby",
    "tests/web/test_demo_city.py::TestTheCity": "the city",
}


class Together(LoadScopeScheduling):
    """Hands out tests one by one, but those of SHARED together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((what for place, what in SHARED.items() if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


# Who asks for one of these works on the database that the run is about.
ON_THE_DATABASE = {"db", "transactional_db", "house", "database_of_its_own"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what cannot go otherwise than on SQLite: no database, or marked as `once`."""
    if os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
        return
    left_out = [item for item in items if not _depends_on_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _depends_on_the_database(item)]


def _depends_on_the_database(item: pytest.Item) -> bool:
    asked_for = ON_THE_DATABASE.intersection(getattr(item, "fixturenames", ()))
    of_django = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    if item.get_closest_marker("once") is not None:
        return False
    return bool(asked_for) or of_django or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test() -> Iterator[None]:
    forget_municipality()
    keep_law_book()
    yield
    forget_municipality()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> DemoFile:
    """Fjordby as `mentorkorps demo` builds it on this day. To be read; who changes it takes a copy."""
    folder, today = tmp_path_factory.mktemp("demo"), timezone.localdate()
    ended = program(folder, "demo", MENTORKORPS_LOG_LEVEL="DEBUG")
    assert ended.returncode == 0, ended.stderr
    return DemoFile(folder / "world.sqlite3", ended.stdout + ended.stderr, today)


@pytest.fixture
def cast(db: None) -> Cast:
    """The small municipality with everyone on stage."""
    return set_the_stage()
