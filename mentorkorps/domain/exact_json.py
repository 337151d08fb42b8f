"""JSON with exact numbers: decimals are read as Decimal, and written as plain numbers with the same digits."""

import json
from decimal import Decimal
from typing import Any


def read(text: str) -> Any:
    """The value of a JSON text; numbers with decimals become Decimal, never float."""
    return json.loads(text, parse_float=Decimal)


def write(value: object, *, indent: int | None = None) -> str:
    """A JSON text with Danish letters as they are and keys in their own order."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False, default=_plain)


def canonical(value: object) -> str:
    """The one text of a value, whatever order its keys came in: what is hashed and compared."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    """Python's writer knows no Decimal. A float of up to 15 digits is written with the very same ones."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON")
    return int(value) if value == int(value) else float(value)
