"""The rows of the corps: what to see to in words, which filters keep them, how hours came about, and the file."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from mentorkorps.domain.capacity import Given, Working, working
from mentorkorps.domain.dates import NBSP, long_date, write_minutes
from mentorkorps.ledger.queries import MentorLoad, OnlySpeaker, only_speakers
from mentorkorps.municipality.facts import hours_facts
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import Mentor, MentorHours
from mentorkorps.municipality.queries.corps import preparation_shares
from mentorkorps.web.sheet import rows_file, sheet

Said = Sequence[str]
# The views of the list: word in the address, label, and which mentors with which warnings they keep.
VIEWS: tuple[tuple[str, str, Callable[[MentorLoad, Said], bool]], ...] = (
    ("", "Alle", lambda load, said: True),
    ("ledige", "Har ledige timer", lambda load, said: load.room > 0),
    ("over", "Over det, de kan", lambda load, said: load.too_many),
    ("under", "Under halvt brugt", lambda load, said: load.half_used and not load.absence),
    ("vaek", "Væk nu", lambda load, said: load.absence is not None),
    ("mangler", "Mangler noget", lambda load, said: _lacks(load)),
    ("se-paa", "Se på", lambda load, said: bool(said)),
)


@dataclass(frozen=True)
class Filter:
    """A choice above the list: its word in the address, label, options as (value, label), and what is chosen."""

    word: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


# Word in the address, label, and (value, label) of what a mentor has of it.
KINDS: tuple[tuple[str, str, Callable[[Mentor], Iterable[tuple[str, str]]]], ...] = (
    ("enhed", "Enhed", lambda m: [(str(m.unit_id), str(m.unit))] if m.unit else []),
    ("leverandoer", "Ansat hos", lambda m: [(str(m.provider_id), str(m.provider))] if m.provider else []),
    ("art", "Art", lambda m: [(m.kind, str(m.get_kind_display()))]),
    ("sprog", "Sprog", lambda m: [(code, language_name(code)) for code in m.languages]),
    ("omraade", "Område", lambda m: [(each, each) for each in m.districts]),
    ("erfaring", "Erfaring", lambda m: [(each, each) for each in m.skills]),
)
FILTERS = {"vis", *(word for word, *_ in KINDS)}


def filters_of(loads: Iterable[MentorLoad], wanted: Mapping[str, str]) -> list[Filter]:
    """Every choice with what the mentors of the day have of it; a choice that nobody has is left out."""
    mentors = [load.mentor for load in loads]
    found = [
        (word, label, sorted({each for mentor in mentors for each in has(mentor)}, key=lambda each: each[1]))
        for word, label, has in KINDS
    ]
    return [Filter(word, label, options, wanted.get(word, "")) for word, label, options in found if options]


def matches(load: MentorLoad, said: Said, wanted: Mapping[str, str]) -> bool:
    """Whether the list keeps a mentor under the filters of the address; a view that is not there keeps all."""
    keeps = next((keeps for word, _, keeps in VIEWS if word == wanted.get("vis", "")), VIEWS[0][2])
    return keeps(load, said) and all(
        not wanted.get(word) or wanted[word] in (value for value, _ in has(load.mentor))
        for word, _, has in KINDS
    )


def _lacks(load: MentorLoad) -> bool:
    return bool(load.expired) or load.available is None or load.mentor.confidentiality_on is None


def warnings_of(loads: Sequence[MentorLoad], on: date) -> dict[uuid.UUID, list[str]]:
    """What a coordinator should see to, in words, by mentor. One query."""
    alone = only_speakers(loads, on)
    return {load.mentor.id: _warnings(load, alone[load.mentor.id]) for load in loads}


def _warnings(load: MentorLoad, alone: Iterable[OnlySpeaker]) -> list[str]:
    found = []
    most = load.mentor.max_citizens
    if load.free is not None and load.free < 0:
        found.append(f"Bevilget {write_minutes(-load.free)} mere om ugen, end mentoren kan give")
    if most is not None and load.citizens > most:
        found.append(f"{load.citizens} borgere, højst {most}")
    if load.half_used and not load.absence:
        found.append("Under halvdelen af timerne er brugt")
    if load.available is None:
        found.append("Ingen timer er registreret")
    found += [_only(each) for each in alone]
    found += [f"{row.title} udløb {long_date(row.expires_on)}" for row in load.expired if row.expires_on]
    if load.mentor.confidentiality_on is None:
        found.append("Tavshedspligt er ikke aftalt")
    return found


def _only(alone: OnlySpeaker) -> str:
    who = "1 borger" if alone.citizens == 1 else f"{alone.citizens} borgere"
    return f"Eneste, der taler {language_name(alone.language)}; {who} har brug for det"


def weeks_by_period(mentor: Mentor) -> list[tuple[MentorHours, Working | None]]:
    """Each recorded period with how its direct time came about on its first day. Two queries."""
    shares = preparation_shares()
    return [(row, working([hours_facts(row)], shares, row.valid_from)) for row in mentor.hours.all()]


COLUMNS = (
    ("Mentor", 28), ("Enhed eller leverandør", 28), ("Art", 24), ("Sprog", 22), ("Områder", 22), ("Erfaring", 28),
    ("Borgere", 10), ("Højst borgere", 14), ("Kontrakt, timer", 16), ("Møder", 10), ("Uddannelse", 12),
    ("Rejse og forberedelse", 20), ("Timer med borgere", 18), ("Fravær denne uge", 16), ("Lukket denne uge", 16),
    ("Bevilget", 10), ("Ledige", 10), ("Tavshedspligt aftalt", 18), ("Se på", 60),
)  # fmt: skip


def corps_file(
    loads: Iterable[MentorLoad], weeks: Mapping[uuid.UUID, Given], said: Mapping[uuid.UUID, Said], form: str
) -> HttpResponse:
    """The list as a file, hours with two decimals; what is missing or not asked for is an empty cell."""
    rows = [_row(load, weeks[load.mentor.id], said[load.mentor.id]) for load in loads]
    if form == "csv":
        return rows_file("korps.csv", [heading for heading, _ in COLUMNS], rows)
    return sheet("korps.xlsx", COLUMNS, rows)


def _row(load: MentorLoad, this_week: Given, said: Said) -> list[Any]:
    mentor, week = load.mentor, load.week
    contract = week.contract if week else None
    return [
        mentor.name,
        load.place,
        mentor.get_kind_display(),
        ", ".join(language_name(code) for code in mentor.languages),
        ", ".join(mentor.districts),
        ", ".join(mentor.skills),
        load.citizens,
        mentor.max_citizens,
        _hours(contract.minutes if contract else None),
        _hours(contract.meetings if contract else None),
        _hours(contract.training if contract else None),
        _hours(week.preparation if week else None),
        _hours(load.available),
        _hours(this_week.leave),
        _hours(this_week.closed),
        _hours(load.asked),
        _hours(load.free),
        mentor.confidentiality_on,
        "; ".join(said),
    ]


def _hours(minutes: int | None) -> Decimal | None:
    return None if minutes is None else round(Decimal(minutes) / 60, 2)


def working_words(week: Working) -> str:
    """How direct time follows from the contract: 37 t. − møder 3 t. − uddannelse 1 t. − rejse og forberedelse 20 %."""
    if week.contract is None:
        return "skrevet direkte"
    parts = [f"kontrakt {write_minutes(week.contract.minutes)}"]
    parts += [f"møder {write_minutes(week.contract.meetings)}"] if week.contract.meetings else []
    parts += [f"uddannelse {write_minutes(week.contract.training)}"] if week.contract.training else []
    if week.preparation is None:
        parts.append("rejse og forberedelse mangler")
    else:
        parts.append(f"rejse og forberedelse {week.percent}{NBSP}%, {write_minutes(week.preparation)}")
    return " − ".join(parts)
