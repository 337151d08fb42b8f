"""The result of a run as plain data: one figure by its path, and what differs between two results."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorkorps.domain import exact_json


def figure(result: Any, path: str) -> Any:
    """The value at a dotted path, as in `total.hours_per_week` or `rows.ret-og-pligt.citizens`.

    In a list a step is the `key` of one of its objects, or else a place counted from 0. Raises KeyError for a path
    that leads to nothing, with the whole path.
    """
    found = result
    for step in path.split("."):
        parts = dict(_parts(found)) if _has_parts(found) else {}
        if step not in parts:
            raise KeyError(path)
        found = parts[step]
    return found


def differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, before, after) for each figure that is not the same; one that is not there at all is None."""
    if exact_json.canonical(before) == exact_json.canonical(after):
        return
    if not (_has_parts(before) and _has_parts(after)):
        yield path, before, after
        return
    ours, theirs = dict(_parts(before)), dict(_parts(after))
    for step in dict.fromkeys([*ours, *theirs]):
        yield from differences(ours.get(step), theirs.get(step), f"{path}.{step}" if path else step)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, figure) for everything that has no parts of its own; what is empty is left out."""
    if not _has_parts(value):
        yield path, value
        return
    for step, each in _parts(value):
        yield from leaves(each, f"{path}.{step}" if path else step)


def _has_parts(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
        return
    for place, each in enumerate(value):
        yield (str(each["key"]) if isinstance(each, Mapping) and "key" in each else str(place)), each
