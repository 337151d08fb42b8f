"""`mentorkorps serve`: gunicorn, after checks that stop the start when something is missing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mentorkorps.cases import cpr
from mentorkorps.cases.models import Citizen
from mentorkorps.municipality.models import Municipality


class Command(BaseCommand):
    help = "Serve with gunicorn on an address; refuse to start when something is missing."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind", default="127.0.0.1:8000", help="address and port (default: 127.0.0.1:8000)"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
        parser.add_argument("--threads", type=int, default=4, help="threads in each process (default: 4)")

    def handle(self, *args: Any, bind: str, workers: int, threads: int, **options: Any) -> None:
        problems = list(_problems())
        if problems:
            raise CommandError("Kan ikke starte endnu:\n" + "\n".join(f"- {problem}" for problem in problems))
        self.stdout.write(f"Svarer på {bind}.")
        self.stdout.flush()
        processes = ["--bind", bind, "--workers", str(workers), "--threads", str(threads)]
        # No control socket: it would lie in a home directory that a service need not have.
        gunicorn = ["-m", "gunicorn", *processes, "--no-control-socket", "mentorkorps.wsgi"]
        os.execv(sys.executable, [sys.executable, *gunicorn])


def _problems() -> Iterator[str]:
    """Each thing that is missing, in Danish with the way on."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Databasen mangler opdateringer. Kør: mentorkorps migrate"
        return
    cache = settings.CACHES["default"]["LOCATION"]
    if cache not in connection.introspection.table_names():
        yield "Tabellen, som låsen ved forkerte adgangskoder tæller i, mangler. Kør: mentorkorps createcachetable"
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "Stilark og billeder er ikke samlet. Kør: mentorkorps collectstatic"
    if not Municipality.objects.exists():
        yield "Kommunen er ikke oprettet. Kør: mentorkorps setup_municipality"
    if not _cpr_keys_fit():
        yield (
            "MENTORKORPS_CPR_KEY eller MENTORKORPS_INDEX_KEY passer ikke til databasen. Find de nøgler, den er "
            "skrevet med; uden dem kan CPR-numrene ikke læses."
        )


def _cpr_keys_fit() -> bool:
    """Whether a number in the database can be read and found again; true where there is none."""
    row = (
        Citizen.objects.filter(cpr_encrypted__isnull=False).values_list("cpr_encrypted", "cpr_index").first()
    )
    if row is None:
        return True
    try:
        return cpr.blind_index(cpr.decrypt(row[0])) == row[1]
    except InvalidTag:
        return False
