"""`mentorkorps law`: facts about citizens in, what the law of a day gives each of them out, as JSON."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mentorkorps.domain.given import BadInput, is_text
from mentorkorps.domain.law import BadFact, Facts, MissingRule, regime_on, visitate
from mentorkorps.domain.law.facts import read_day
from mentorkorps.web.commands.console import Parser, Unusable, read, run

LONGEST_SHOWN = 40  # characters of an id


def main(argv: Sequence[str]) -> int:
    """Runs the command. Returns 0, or 2 after one line on standard error and nothing on standard output."""
    return run(_answers, _parser(), argv)


def _parser() -> Parser:
    parser = Parser(
        "law", "Hvad giver loven en bestemt dag? Svaret er en liste i samme rækkefølge som posterne."
    )
    parser.add_argument("--on", required=True, metavar="DATO", help="dagen, loven skal gælde: 2026-11-22")
    parser.add_argument("facts", metavar="FIL", help="JSON: én borger eller en liste; - er standardinput")
    return parser


def _answers(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Every record is read before the first is answered, so that an error leaves nothing half written."""
    on = _day(asked.on)
    records = read(asked.facts, _records)
    return ({"id": identity, **visitate(facts, on).as_json()} for identity, facts in records)


def _day(text: str) -> date:
    """The day asked about, once it is known that the law reaches that far back."""
    try:
        on = read_day("--on", text)
        regime_on(on)
    except (BadFact, MissingRule) as problem:
        raise Unusable(f"mentorkorps law, --on: {problem}") from None
    return on


def _records(text: str) -> list[tuple[str | None, Facts]]:
    """The records of the file in their order, each with its id."""
    try:
        given = json.loads(text, object_pairs_hook=_Record)
    except json.JSONDecodeError as error:
        raise BadInput(f"kan ikke læses som JSON (linje {error.lineno}, tegn {error.colno})") from None
    except (ValueError, RecursionError):
        raise BadInput("kan ikke læses som JSON (et tal er for langt, eller der er for mange lag)") from None
    records = given if isinstance(given, list) else [given]
    return [_read_record(record, number) for number, record in enumerate(records, 1)]


class _Record(dict[str, Any]):
    """A JSON object that remembers a key given twice, which would otherwise win in silence."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.twice = next((key for key in keys if keys.count(key) > 1), None)


def _read_record(record: object, number: int) -> tuple[str | None, Facts]:
    """The id as given, and the facts. Raises BadInput with the record's number, its id and the field."""
    if not isinstance(record, _Record):
        raise BadInput("skal være et objekt med borgerens oplysninger", row=str(number))
    identity = record.get("id")
    row = f"{number} ({identity[:LONGEST_SHOWN]})" if isinstance(identity, str) else str(number)
    if record.twice is not None:
        raise BadInput("er skrevet to gange", row=row, field=record.twice)
    if identity is not None and not (isinstance(identity, str) and is_text(identity)):
        raise BadInput("skal være en tekst", row=row, field="id")
    try:
        return identity, Facts.from_json(_without_id(record))
    except BadFact as problem:
        raise BadInput(problem.message, row=row, field=problem.field) from None


def _without_id(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "id"}
