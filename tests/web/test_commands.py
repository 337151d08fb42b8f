"""The commands of operation: what they do, and what they refuse."""

import io
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from mentorkorps import settings as settings_module
from mentorkorps.cases.models import Citizen
from mentorkorps.cli import main
from mentorkorps.followup.models import CourseTally
from mentorkorps.journal.actions import SEAL_LAG, seal_all, write
from mentorkorps.journal.models import Entry, Kind, Seal
from mentorkorps.journal.queries import verify
from mentorkorps.municipality.models import Municipality, Role, ServiceLevel, TaskTemplate, User
from mentorkorps.web.management.commands import serve
from tests.cast import Cast
from tests.program import program, surroundings

ROOT = Path(__file__).resolve().parents[2]
FOUNDING = (
    "--name", "Prøve Kommune", "--code", "998", "--address", "Prøvegade 1, 9999 Prøveby", "--phone", "12 34 56 78",
    "--prefix", "PR", "--admin-name", "Anna Prøve", "--admin-email", "anna@example.invalid",
)  # fmt: skip


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_every_variable_is_documented() -> None:
    text = (ROOT / "mentorkorps" / "settings.py").read_text()
    names = set(re.findall(r'"(MENTORKORPS_[A-Z_]+|DATABASE_URL)"', text))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    )
    assert len(names) > 10
    assert names == documented


class TestNewKeys:
    def test_they_fit_the_settings_and_are_new_each_time(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert main(["mentorkorps", "new_keys"]) == 0
        first = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
        main(["mentorkorps", "new_keys"])
        second = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
        assert not set(first.values()) & set(second.values())
        for name in ("MENTORKORPS_CPR_KEY", "MENTORKORPS_INDEX_KEY", "MENTORKORPS_JOURNAL_KEY"):
            monkeypatch.setenv(name, first[name])
            assert settings_module.key_of_32_bytes(name) == first[name]
        assert len(first["MENTORKORPS_SECRET_KEY"]) > 50

    def test_a_key_of_another_length_stops_the_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MENTORKORPS_CPR_KEY", "Y2Nj")
        with pytest.raises(ImproperlyConfigured, match="MENTORKORPS_CPR_KEY"):
            settings_module.key_of_32_bytes("MENTORKORPS_CPR_KEY")

    def test_a_missing_key_ends_the_program_in_one_line_that_names_it(self, tmp_path: Path) -> None:
        ended = program(tmp_path, "serve")
        assert ended.returncode == 1
        assert ended.stderr.strip() == "Set the MENTORKORPS_SECRET_KEY environment variable"


@pytest.mark.django_db
class TestVerifyJournal:
    @pytest.fixture(autouse=True)
    def _sealed(self) -> None:
        with time_machine.travel(timezone.now() - 2 * SEAL_LAG, tick=False):
            for _ in range(3):
                write(Kind.LOOK, "borger", by=None)
        seal_all()
        write(Kind.LOOK, "borger", by=None)

    def test_a_whole_journal(self) -> None:
        said = run("verify_journal")
        assert "Forseglet: 3" in said
        assert "Ikke forseglet endnu: 1" in said
        assert verify().head in said
        assert "Journalen er hel." in said

    def test_a_noted_head_is_still_there_or_not(self) -> None:
        assert "hel" in run("verify_journal", "--head", verify().head)
        with pytest.raises(CommandError, match="ikke længere i kæden"):
            run("verify_journal", "--head", "0" * 64)

    def test_a_broken_one_names_the_first_entry(self) -> None:
        drop_triggers()
        second = Entry.objects.order_by("id")[1]
        Entry.objects.filter(pk=second.pk).update(verb="andet")
        with pytest.raises(CommandError, match=f"post {second.pk}: ændret"):
            run("verify_journal")


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER journal_entry_append_only ON journal_entry")
        else:
            cursor.execute("DROP TRIGGER journal_entry_no_update")


class TestWorker:
    @pytest.mark.django_db
    def test_a_round_seals_and_clears(self) -> None:
        with time_machine.travel(timezone.now() - 2 * SEAL_LAG, tick=False):
            write(Kind.LOOK, "borger", by=None)
        now = timezone.now()
        Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
        Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
        assert "Forseglet 1 poster" in run("worker", "--once")
        assert Seal.objects.count() == 1
        assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_tallies_are_counted_anew(cast: Cast) -> None:
    CourseTally.objects.filter(course=cast.course).update(delivered_minutes=999, held=9)
    assert "Rettet 1." in run("rebuild_tallies")
    tally = CourseTally.objects.get(course=cast.course)
    assert (tally.delivered_minutes, tally.held, tally.last_met_on) == (0, 0, None)
    assert "Rettet 0." in run("rebuild_tallies")


@pytest.mark.django_db
class TestFirstStart:
    def test_the_municipality_and_its_administrator(self) -> None:
        said = run("setup_municipality", *FOUNDING)
        municipality = Municipality.objects.get()
        assert (municipality.name, municipality.code, municipality.synthetic) == (
            "Prøve Kommune",
            "998",
            False,
        )
        administrator = User.objects.get()
        assert administrator.role == Role.ADMINISTRATOR
        assert not administrator.has_usable_password()
        assert TaskTemplate.objects.count() > 20
        assert not ServiceLevel.objects.filter(in_force_from__isnull=False).exists()
        assert Entry.objects.filter(verb="oprettet kommune").exists()
        path = re.search(r"https?://[^/]+(/\S+)", said)
        assert path is not None
        assert Client().get(path[1], follow=True).status_code == 200

    def test_only_once(self) -> None:
        run("setup_municipality", *FOUNDING)
        with pytest.raises(CommandError, match="allerede oprettet"):
            run("setup_municipality", *FOUNDING)
        assert User.objects.count() == 1

    @pytest.mark.parametrize("code", ["99", "9a9", "٩٩٩"])
    def test_a_code_that_cannot_be_writes_nothing(self, code: str) -> None:
        arguments = [code if argument == "998" else argument for argument in FOUNDING]
        with pytest.raises(CommandError, match="tre cifre"):
            run("setup_municipality", *arguments)
        assert not Municipality.objects.exists()
        assert not User.objects.exists()


class TestCreatePerson:
    def test_in_a_unit(self, cast: Cast) -> None:
        said = run(
            "create_person", "--email", "ny@example.invalid", "--name", "Ny Prøve", "--role", "caseworker",
            "--unit", "Jobindsats Nord",
        )  # fmt: skip
        person = User.objects.get(email="ny@example.invalid")
        assert (person.unit, person.has_usable_password()) == (cast.unit, False)
        assert "Ny Prøve kan nu logge ind som sagsbehandler" in said

    @pytest.mark.parametrize(
        ("extra", "message"),
        [
            (("--role", "caseworker", "--unit", "Findes ikke"), "ingen enhed med navnet Findes ikke"),
            (("--role", "provider"), "Vælg den leverandør"),
        ],
    )
    def test_what_is_missing_is_named(self, cast: Cast, extra: tuple[str, ...], message: str) -> None:
        before = User.objects.count()
        with pytest.raises(CommandError, match=message):
            run("create_person", "--email", "ny@example.invalid", "--name", "Ny Prøve", *extra)
        assert User.objects.count() == before


class TestServe:
    @pytest.fixture
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """What gunicorn would have been started with."""
        calls: list[list[str]] = []
        monkeypatch.setattr(serve.os, "execv", lambda program, arguments: calls.append(arguments))
        return calls

    @pytest.fixture
    def ready(self, tmp_path: Path, settings: object) -> None:
        (tmp_path / "staticfiles.json").write_text("{}")
        settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
        call_command("createcachetable")

    def test_it_starts_gunicorn(self, cast: Cast, ready: None, started: list[list[str]]) -> None:
        run("serve", "--bind", "127.0.0.1:8123", "--workers", "3")
        [arguments] = started
        assert arguments[1:3] == ["-m", "gunicorn"]
        assert arguments[3:7] == ["--bind", "127.0.0.1:8123", "--workers", "3"]
        assert arguments[-1] == "mentorkorps.wsgi"

    def test_it_names_everything_that_is_missing(
        self, db: None, started: list[list[str]], settings: object, tmp_path: Path
    ) -> None:
        settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE cache")
        with pytest.raises(CommandError) as refused:
            run("serve")
        for way_on in ("createcachetable", "collectstatic", "setup_municipality"):
            assert way_on in str(refused.value)
        assert not started

    def test_it_refuses_keys_that_do_not_fit(
        self, cast: Cast, ready: None, started: list[list[str]], settings: object
    ) -> None:
        other = {"encrypt": "eHh4" * 10 + "eHg=", "index": "eXl5" * 10 + "eXk="}
        settings.CPR_KEYS = other  # type: ignore[attr-defined]
        with pytest.raises(CommandError, match="MENTORKORPS_CPR_KEY"):
            run("serve")
        assert not started

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="runs on a file of its own")
    def test_it_refuses_while_migrations_wait(self, tmp_path: Path) -> None:
        ended = program(tmp_path, "serve", DJANGO_SETTINGS_MODULE="mentorkorps.settings_demo")
        assert ended.returncode == 1
        assert "mentorkorps migrate" in ended.stderr


class TestDemo:
    def test_it_refuses_settings_that_are_not_the_demos(self, db: None) -> None:
        with pytest.raises(CommandError, match="egne indstillinger"):
            run("demo")
        assert not Municipality.objects.exists()

    def test_it_refuses_a_municipality_of_real_people(self, db: None, settings: object) -> None:
        run("setup_municipality", *FOUNDING)
        settings.DEMO = True  # type: ignore[attr-defined]
        for arguments in ((), ("--fresh",)):
            with pytest.raises(CommandError, match="ikke er prøvedata"):
                run("demo", *arguments)
        assert Municipality.objects.get().name == "Prøve Kommune"
        assert not Citizen.objects.exists()

    def test_it_refuses_people_without_a_municipality(self, db: None, settings: object) -> None:
        User.objects.create_user("nogen@example.invalid", name="Nogen Prøve", role=Role.LEADER)
        settings.DEMO = True  # type: ignore[attr-defined]
        with pytest.raises(CommandError, match="Der er personer i databasen"):
            run("demo", "--fresh")
        assert User.objects.count() == 1


@pytest.fixture
def database_of_its_own(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    server = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
    name = f"own_{secrets.token_hex(4)}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


THROW_AWAY = """
import django
django.setup()
from django.core.management import call_command
from django.db import DatabaseError, transaction
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import Municipality
from mentorkorps.web.demo.world import clear
for app in ("municipality", "journal"):
    call_command("migrate", app, verbosity=0)
Municipality.objects.create(name="Fjordby Kommune", code="999", case_prefix="FJ", synthetic=True)
write(Kind.LOOK, "borger", by=None)
clear()
for app in ("municipality", "journal"):
    call_command("migrate", app, verbosity=0)
assert not Municipality.objects.exists() and not Entry.objects.exists()
write(Kind.LOOK, "borger", by=None)
try:
    with transaction.atomic():
        Entry.objects.update(verb="andet")
except DatabaseError as refusal:
    print(refusal)
"""


def test_a_world_can_be_thrown_away_and_the_journal_is_guarded_again(
    database_of_its_own: str, tmp_path: Path
) -> None:
    environment = surroundings(
        tmp_path, DATABASE_URL=database_of_its_own, DJANGO_SETTINGS_MODULE="mentorkorps.settings_demo"
    )
    ended = subprocess.run(
        [sys.executable, "-c", THROW_AWAY], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    assert "append-only" in ended.stdout
