"""The catalogue of tasks that comes along: what a mentor is often asked to do, and what is not a mentor's to do."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["social", "company", "not_mentor"]


@dataclass(frozen=True)
class CatalogueTask:
    """One entry; `source` is the document that the kind of task is taken from."""

    kind: Kind
    title: str
    source: str


@cache
def task_catalogue() -> tuple[CatalogueTask, ...]:
    """Every entry, in the order that pages show them."""
    text = (files("mentorkorps.domain") / "data" / "tasks.toml").read_text(encoding="utf-8")
    return tuple(
        CatalogueTask(group["kind"], title, group["source"])
        for group in tomllib.loads(text)["task"]
        for title in group["titles"]
    )
