"""The words of the citizen's own page, one TOML file for each language. A new language is one file more."""

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

FIRST = "da"


@dataclass(frozen=True)
class Words:
    """One language: its code, its name in itself, the way it is written, and its texts by key."""

    code: str
    name: str
    direction: str
    texts: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def say(self, key: str, **parts: Any) -> str:
        """A text with what stands in braces put in."""
        return self.texts[key].format(**parts)

    def day(self, day: date) -> str:
        """Tirsdag den 17. november, as the language writes it."""
        return self.say(
            "date", weekday=self.weekdays[day.weekday()], day=day.day, month=self.months[day.month - 1]
        )

    def time(self, at: time) -> str:
        """Kl. 10.30, as the language writes it."""
        return self.say("time", hour=at.hour, minute=f"{at.minute:02}")


@cache
def languages() -> dict[str, Words]:
    """Every language by its code, Danish first."""
    found = [_read(file.name.removesuffix(".toml"), file.read_text("utf-8"))
             for file in files(__name__).iterdir() if file.name.endswith(".toml")]  # fmt: skip
    ordered = sorted(found, key=lambda words: (words.code != FIRST, words.code))
    return {words.code: words for words in ordered}


def words_in(code: str) -> Words:
    """The words of a language, or Danish ones where it has none."""
    return languages().get(code) or languages()[FIRST]


def _read(code: str, text: str) -> Words:
    told = tomllib.loads(text)
    weekdays, months = tuple(told.pop("weekdays")), tuple(told.pop("months"))
    return Words(code, told.pop("name"), told.pop("direction"), told, weekdays, months)
