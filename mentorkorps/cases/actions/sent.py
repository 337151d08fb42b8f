"""Forms that carry a key of their own: sent twice, they are one row."""

import uuid
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def sent_before(rows: QuerySet[Row], key: uuid.UUID | None) -> Row | None:
    """The one of `rows` that the form with this key has made, or None where it comes for the first time.

    The caller holds a lock, so that two such forms at once wait for each other. Raises ValidationError
    where the key belongs to a row elsewhere.
    """
    found = rows.filter(pk=key).first() if key else None
    if found is None and key and rows.model._default_manager.filter(pk=key).exists():
        raise ValidationError("Formularen er brugt til noget andet. Genindlæs siden, og prøv igen.")
    return found
