"""What others found: dated studies with their source, to read a municipality's own figures beside."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Study:
    """One study. `mentor_up` and `citizen_up` are how many percent of each saw progress; None was not asked."""

    key: str
    name: str
    published_on: date
    source: str
    people: int
    about: str
    found: str
    mentor_up: int | None = None
    citizen_up: int | None = None


@cache
def studies() -> tuple[Study, ...]:
    """Every study, the newest first."""
    text = (files("mentorkorps.domain") / "data" / "evidence" / "references.toml").read_text(encoding="utf-8")
    found = (Study(**entry) for entry in tomllib.loads(text)["study"])
    return tuple(sorted(found, key=lambda study: study.published_on, reverse=True))
