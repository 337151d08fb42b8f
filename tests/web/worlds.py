"""Synthetic worlds for a whole test module: built once, read by every test in it, and rolled back at the end."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction

from mentorkorps.municipality.queries import forget_municipality

ROOMS = ("journal", "municipality", "cases", "followup")
# What may differ between two builds from the same seed: keys, moments, and what is encrypted with a fresh nonce.
VARIES = (models.AutoField, models.UUIDField, models.DateTimeField, models.BinaryField, models.ForeignKey)
HOLDS_KEYS = {"cases.Intake": {"changes"}}


@contextmanager
def a_world(blocker: Any, build: Callable[[], None]) -> Iterator[None]:
    """The database holds the world inside the block and nothing of it afterwards."""
    with blocker.unblock(), transaction.atomic():
        forget_municipality()
        build()
        yield
        transaction.set_rollback(True)
    forget_municipality()


def digest(database: Any) -> dict[str, str]:
    """One hash of each table's rows, apart from what varies, in an order of their own; `database` is a cursor."""
    return {
        model._meta.label: _table_digest(model, database)
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model._meta.model_name not in ("entry", "seal")
    }


def _table_digest(model: type[models.Model], database: Any) -> str:
    left_out = HOLDS_KEYS.get(model._meta.label, set())
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, VARIES) and f.name not in left_out]
    columns = [f.column for f in fields if f.column != "password" and not f.column.endswith("_hash")]
    texts = ", ".join(f'CAST("{column}" AS TEXT)' for column in columns)
    database.execute(f'SELECT {texts or 1} FROM "{model._meta.db_table}"')
    lines = sorted(str(row) for row in database.fetchall())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
