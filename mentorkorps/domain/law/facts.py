"""What is known about a citizen when the law is asked. None is unknown, which is not the same as no."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from mentorkorps.domain.codes import TARGET_GROUPS
from mentorkorps.domain.law.errors import BadFact

PLACES = ("company", "education", "municipality", "supplier")
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_NAME = 80  # characters of an unknown name that are compared with the known ones
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODES = {"target_group": TARGET_GROUPS, "mentor_placed_in": PLACES}


@dataclass(frozen=True)
class Facts:
    """A citizen's facts as the interface lists them; `agreement_date` None means the day that is asked about."""

    target_group: str | None = None
    birth_date: date | None = None
    wants_mentor: bool | None = None
    can_take_part_in_offers: bool | None = None
    first_right_and_duty_offer: bool | None = None
    psychiatric_admission: bool | None = None
    discharge_date: date | None = None
    prison_release_date: date | None = None
    single_parent: bool | None = None
    education_admission_date: date | None = None
    right_first_used_date: date | None = None
    starting_or_in_education: bool | None = None
    purpose_work_or_education: bool | None = None
    mentor_placed_in: str | None = None
    beyond_ordinary: bool | None = None
    decisive: bool | None = None
    integration_programme: bool | None = None
    agreement_date: date | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Facts":
        """Reads facts as JSON writes them: true and false, codes, and dates as 2026-11-22. Raises BadFact."""
        for key in data:
            if key not in KINDS:
                raise BadFact(str(key), f"feltet kendes ikke{_did_you_mean(key, KINDS)}")
        return cls(**{key: _read(key, value) for key, value in data.items() if value is not None})

    def as_json(self) -> dict[str, Any]:
        """Every fact, unknown ones as null."""
        return {key: _write(getattr(self, key)) for key in KINDS}


# The kind of each fact: bool, date or str (a code).
KINDS: dict[str, type] = {field.name: get_args(field.type)[0] for field in fields(Facts)}


def _read(field: str, value: object) -> Any:
    kind = KINDS[field]
    if kind is bool:
        return _read_flag(field, value)
    return read_day(field, value) if kind is date else _read_code(field, value)


def _read_flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadFact(field, f"{_show(value)} er hverken true eller false")
    return value


def _read_code(field: str, value: object) -> str:
    if not isinstance(value, str) or value not in _CODES[field]:
        known = _CODES[field]
        suggestion = _did_you_mean(value, known)
        raise BadFact(field, f"{_show(value)} kendes ikke{suggestion}; brug en af {', '.join(known)}")
    return value


def _did_you_mean(written: object, known: Iterable[str]) -> str:
    """The known name nearest to what was written, as words to go on with; nothing where none is near."""
    near = get_close_matches(str(written)[:LONGEST_NAME].lower(), known, n=1)
    return f" (mente du {near[0]}?)" if near else ""


def read_day(field: str, value: object) -> date:
    """A day written as 2026-11-22, in the years that can be reckoned with. Raises BadFact at `field`."""
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise BadFact(field, f"{_show(value)} er ikke en dato; skriv fx 2026-11-22")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise BadFact(field, f"datoen {value} findes ikke") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadFact(field, f"datoen {value} ligger ikke i årene {FIRST_YEAR}-{LAST_YEAR}")
    return day


def _write(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _show(value: object) -> str:
    """The value on one short line."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
