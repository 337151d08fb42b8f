"""Building a synthetic world once, in a database that holds nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from mentorkorps.cases.models import Citizen
from mentorkorps.journal.actions import seal_all
from mentorkorps.municipality.models import Municipality, User
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.municipality.queries import today as municipality_today
from mentorkorps.steering.actions.evidence import publish_evidence
from mentorkorps.web.demo import fjordby, koebenhavn, warned
from mentorkorps.web.demo.moments import set_back

SCALES: dict[str, Callable[[Random, date], None]] = {"fjordby": fjordby.build, "koebenhavn": koebenhavn.build}
SCALE_OF_CODE = {"999": "fjordby", "101": "koebenhavn"}


class NotOurs(Exception):
    """The database holds, or may hold, real people. The message is Danish."""


def check_synthetic() -> None:
    """Raises NotOurs unless the database is empty or holds a synthetic municipality; asks before anything is made."""
    if Municipality._meta.db_table not in connection.introspection.table_names():
        return
    municipality = Municipality.objects.first()
    if municipality is not None and not municipality.synthetic:
        raise NotOurs(f"Databasen hører til {municipality}, som ikke er prøvedata. Den bliver ikke rørt.")
    if municipality is None and (Citizen.objects.exists() or User.objects.exists()):
        raise NotOurs("Der er personer i databasen, men ingen prøvekommune. Den bliver ikke rørt.")


def standing_scale() -> str | None:
    """The scale of the world that is built already, or None."""
    municipality = Municipality.objects.first()
    return SCALE_OF_CODE.get(municipality.code) if municipality else None


def build(scale: str, seed: int, today: date) -> None:
    """Builds a world from nothing, whole or not at all, and seals its journal. Raises NotOurs."""
    check_synthetic()
    with transaction.atomic():
        SCALES[scale](Random(seed), today)
        publish_evidence(today=municipality_today(), by=None)
        set_back()
        warned.tell()
    seal_all(lag=timedelta(0))


def clear() -> None:
    """Removes every table, the journal's with its guard, so that `migrate` makes them anew. Raises NotOurs."""
    check_synthetic()
    forget_municipality()
    with connection.schema_editor() as editor:
        for table in connection.introspection.table_names():
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})
        if connection.vendor == "postgresql":
            editor.execute("DROP FUNCTION IF EXISTS journal_is_append_only")
