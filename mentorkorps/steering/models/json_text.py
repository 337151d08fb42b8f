"""A column for JSON that must keep its digits."""

from typing import Any

from django.db import models

from mentorkorps.domain import exact_json


class ExactJSON(models.TextField):
    """JSON as text: digits and the order of keys stay as written on every database. Decimals come back as Decimal."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else exact_json.read(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else exact_json.write(value)
