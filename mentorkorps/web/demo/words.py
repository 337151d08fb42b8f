"""The words of the world, drawn from `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = (files("mentorkorps.web.demo") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words_for(function: str) -> dict[str, list[str]]:
    """What can be said about a citizen with this function of mentor, by what it is."""
    return _words()[function]


def common(what: str) -> list[str]:
    """What can be said about anyone."""
    return _words()["common"][what]


def some(rng: Random, choices: list[str], least: int) -> list[str]:
    """At least so many of the choices, in their own order."""
    picked = set(rng.sample(choices, rng.randint(min(least, len(choices)), min(least + 2, len(choices)))))
    return [choice for choice in choices if choice in picked]
