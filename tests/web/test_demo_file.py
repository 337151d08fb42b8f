"""The world that `mentorkorps demo` builds, as it lies in its file."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from mentorkorps.cases import cpr
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.web.demo.world import build
from tests.program import DemoFile, program, surroundings
from tests.web.worlds import digest

pytestmark = pytest.mark.once

CPR_NUMBER = re.compile(rb"(?=(\d{6})-?(99\d\d))")


def cpr_numbers_in(content: bytes) -> set[str]:
    """Every run of digits that could be one of the demo's numbers, with or without the hyphen."""
    return {(match[1] + match[2]).decode() for match in CPR_NUMBER.finditer(content)}


def test_neither_file_nor_log_holds_a_readable_cpr_number(demo_file: DemoFile) -> None:
    with sqlite3.connect(demo_file.file) as database:
        stored = database.execute("SELECT cpr_encrypted FROM cases_citizen").fetchall()
    numbers = {cpr.decrypt(row[0]) for row in stored}
    assert len(numbers) > 500
    assert cpr_numbers_in(f"7{min(numbers)}7 010190-9901".encode()) >= {min(numbers), "0101909901"}
    content = b"".join(path.read_bytes() for path in sorted(demo_file.file.parent.iterdir()))
    assert not numbers & cpr_numbers_in(content)
    assert not numbers & cpr_numbers_in(demo_file.said.encode())


def test_its_journal_is_sealed_and_whole(demo_file: DemoFile) -> None:
    ended = program(
        demo_file.file.parent, "verify_journal", DJANGO_SETTINGS_MODULE="mentorkorps.settings_demo"
    )
    assert ended.returncode == 0
    assert "Ikke forseglet endnu: 0" in ended.stdout
    assert "Journalen er hel." in ended.stdout


def test_rows_say_that_they_were_written_on_their_own_day(demo_file: DemoFile) -> None:
    with sqlite3.connect(demo_file.file) as database:
        off = "SELECT count(*) FROM followup_contact WHERE date(logged_at) <> day"
        assert database.execute(off).fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM followup_contact").fetchone()[0] > 10_000


def test_it_is_built_once_and_another_one_must_be_asked_for(demo_file: DemoFile) -> None:
    again = program(demo_file.file.parent, "demo")
    assert (again.returncode, again.stdout.strip()) == (0, "Fjordby Kommune er bygget allerede.")
    other = program(demo_file.file.parent, "demo", "--scale", "koebenhavn")
    assert other.returncode == 1
    assert "--fresh --scale koebenhavn" in other.stderr


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_world(demo_file: DemoFile) -> None:
    with transaction.atomic(), sqlite3.connect(demo_file.file) as stored, connection.cursor() as cursor:
        forget_municipality()
        build("fjordby", 1, demo_file.built_on)
        assert digest(cursor) == digest(stored.cursor())
        transaction.set_rollback(True)
    forget_municipality()


def test_the_worker_stops_on_sigterm(demo_file: DemoFile, tmp_path: Path) -> None:
    shutil.copy(demo_file.file, tmp_path)
    environment = surroundings(
        tmp_path, DJANGO_SETTINGS_MODULE="mentorkorps.settings_demo", PYTHONUNBUFFERED="1"
    )
    command = [sys.executable, "-m", "mentorkorps", "worker", "--every", "30"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert "Arbejder hvert 30. sekund" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.stdout.read().strip().endswith("Stoppet.")
        assert worker.wait(timeout=60) == 0
