"""What an action found wrong, by field."""

import pytest
from django.core.exceptions import ValidationError


def problem(raised: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    """The first message at a field."""
    return str(raised.value.message_dict[field][0])


def fields_of(raised: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(raised.value.error_dict)
