"""A correction of the law's rows: one row, some of its fields, and the day from which they are read otherwise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, get_args

from mentorkorps.domain.dates import Duration, field_date
from mentorkorps.domain.law.errors import BadCorrection
from mentorkorps.domain.law.facts import LAST_YEAR
from mentorkorps.domain.law.findings import Certainty, ContactRule, Obligation
from mentorkorps.domain.law.rows import Contact, Rule, regimes

# What may be corrected. Conditions, functions and texts are the program's own and change with a release.
FIELDS = ("citation", "valid_from", "valid_to", "certainty", "at_most", "at_least", "obligation", "contact")
OF_GIVING = {"at_most", "at_least", "obligation", "contact"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Correction:
    """Another reading of the row of `rule` that is valid from `row_from`, holding from `in_force_from` on.

    `changes` maps names of FIELDS to new values: text for `citation` and `certainty`, dates (`valid_to` None is until
    further), Duration or None for `at_most` and `at_least`, ContactRule for `contact`. `checked_by` and `checked_on`
    say who compared the row with the law's own text, for the certainty "verified".
    """

    rule: str
    row_from: date
    changes: Mapping[str, Any]
    in_force_from: date
    reason: str
    source: str
    checked_by: str | None = None
    checked_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "changes", MappingProxyType(dict(self.changes)))

    def changes_as_json(self) -> dict[str, Any]:
        """The changes as plain values: dates as 2026-11-22, durations as {"months": 6}."""
        return {name: _write(value) for name, value in self.changes.items()}


def changes_from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `Correction.changes_as_json`."""
    return {name: _read(name, value) for name, value in data.items()}


def _write(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ContactRule):
        return value._asdict()
    return value.as_json() if isinstance(value, Duration) else value


def _read(name: str, value: Any) -> Any:
    if value is None or name in ("citation", "certainty", "obligation"):
        return value
    if name in ("valid_from", "valid_to"):
        return date.fromisoformat(value)
    return ContactRule(**value) if name == "contact" else Duration.from_json(value)


def obligations_of(row: Rule) -> tuple[Obligation, ...]:
    """What a row may be read as: its own obligation, and those that the row itself says others read."""
    read = [reading.obligation for reading in row.other_readings if reading.obligation]
    return tuple(dict.fromkeys([row.obligation, *read]))


def value_in(row: Rule, contact: ContactRule | None, name: str) -> Any:
    """The value of a field that may be corrected, as the row has it."""
    if name in ("at_most", "at_least"):
        return getattr(row.duration, name)
    return contact if name == "contact" else getattr(row, name)


def corrected_rules(rows: Sequence[Rule], corrections: Sequence[Correction]) -> tuple[Rule, ...]:
    """The rows with corrections put in. Raises BadCorrection for one that fits no row, or makes two rows overlap."""
    for correction in corrections:
        _check(rows, correction)
    made: list[Rule] = []
    for row in rows:
        mine = [c for c in corrections if (c.rule, c.row_from) == (row.id, row.valid_from)]
        made += _pieces(row, mine) if mine else [row]
    _check_overlap(made)
    return tuple(made)


def _pieces(row: Rule, corrections: list[Correction]) -> Iterator[Rule]:
    """The row as it stood, then a row from each day on which a correction takes effect; later ones go before."""
    in_order = sorted(corrections, key=lambda correction: correction.in_force_from)
    days = sorted({correction.in_force_from for correction in in_order})
    yield from _within(row, None, days[0] - ONE_DAY)
    for first, following in pairwise([*days, None]):
        assert first is not None
        read = row
        for correction in in_order:
            if correction.in_force_from <= first:
                read = _overlaid(read, correction)
        yield from _within(read, first, following - ONE_DAY if following else None)


def _within(row: Rule, first: date | None, last: date | None) -> Iterator[Rule]:
    """The part of a row from `first` to `last`, where there is one."""
    valid_from = max(row.valid_from, first) if first else row.valid_from
    valid_to = min((day for day in (row.valid_to, last) if day), default=None)
    if valid_to is None or valid_from <= valid_to:
        yield replace(row, valid_from=valid_from, valid_to=valid_to)


def _overlaid(row: Rule, correction: Correction) -> Rule:
    changes = dict(correction.changes)
    changes.pop("contact", None)
    bounds = {name: changes.pop(name) for name in ("at_least", "at_most") if name in changes}
    checked = (
        (correction.checked_by, correction.checked_on)
        if changes.get("certainty") == "verified"
        else (None, None)
    )
    if "certainty" in changes:
        changes |= dict(zip(("verified_by", "verified_on"), checked, strict=True))
    binding = changes.get("obligation", row.obligation) in ("must", "right")
    return replace(
        row,
        **changes,
        duration=replace(row.duration, **bounds),
        source=correction.source,
        corrects=row.row_from,
        refusal_needs_second=binding or row.refusal_needs_second,
    )


def corrected_contacts(
    contacts: Sequence[Contact], rows: Sequence[Rule], corrections: Iterable[Correction]
) -> tuple[Contact, ...]:
    """The least contacts with corrections put in: a new one holds until the one before would have ended.

    `rows` are the rows before correction; where a rule demanded no contact, a new one holds to the row's end.
    """
    made = list(contacts)
    for correction in sorted(corrections, key=lambda each: each.in_force_from):
        if "contact" in correction.changes:
            made = _recontacted(made, _row_of(rows, correction), correction)
    return tuple(made)


def _recontacted(contacts: list[Contact], row: Rule, correction: Correction) -> list[Contact]:
    rule, day, asked = (
        correction.rule,
        max(correction.in_force_from, row.valid_from),
        correction.changes["contact"],
    )
    for place, old in enumerate(contacts):
        if rule in old.rules and old.valid_from <= day and (old.valid_to is None or day <= old.valid_to):
            others = tuple(other for other in old.rules if other != rule)
            before = [replace(old, rules=(rule,), valid_to=day - ONE_DAY)] if old.valid_from < day else []
            rest = [replace(old, rules=others)] if others else []
            new = replace(old, rules=(rule,), rule=asked, valid_from=day)
            return [*contacts[:place], *before, new, *rest, *contacts[place + 1 :]]
    later = min(
        (old.valid_from for old in contacts if rule in old.rules and old.valid_from > day), default=None
    )
    last = min((end for end in (row.valid_to, later and later - ONE_DAY) if end), default=None)
    return [*contacts, Contact(rule, (rule,), asked, day, last)]


def _check(rows: Sequence[Rule], correction: Correction) -> None:
    """Raises BadCorrection when a correction cannot be read on its row."""
    row, changes, day = _row_of(rows, correction), correction.changes, correction.in_force_from
    if not changes or not set(changes) <= set(FIELDS) or (row.kind != "gives" and OF_GIVING & set(changes)):
        raise BadCorrection("changes", "Ret mindst ét felt, som rækken har.")
    if not regimes()[0].valid_from <= day or day.year > LAST_YEAR:
        first = field_date(regimes()[0].valid_from)
        raise BadCorrection("in_force_from", f"Reglerne her begynder {first}. Vælg en dag fra da af.")
    _check_words(row, changes)
    corrected = _overlaid(row, correction)
    if corrected.valid_to and corrected.valid_to < corrected.valid_from:
        raise BadCorrection("valid_to", "Sidste dag ligger før første dag.")
    if corrected.valid_to and corrected.valid_to < day:
        last = field_date(corrected.valid_to)
        raise BadCorrection(
            "in_force_from",
            f"Reglen gælder kun til og med {last}. Vælg en tidligere dag, eller ret sidste dag.",
        )


def _check_words(row: Rule, changes: Mapping[str, Any]) -> None:
    if not str(changes.get("citation", "§")).strip():
        raise BadCorrection("citation", "Skriv hjemlen.")
    if changes.get("certainty", "known") not in get_args(Certainty):
        raise BadCorrection("certainty", "Vælg en af de fire grader.")
    if changes.get("obligation", row.obligation) not in obligations_of(row):
        raise BadCorrection(
            "obligation", "Skal, ret og kan kan kun rettes til en læsning, som rækken selv nævner."
        )
    contact = changes.get("contact")
    if "contact" in changes and (contact is None or contact.at_least < 1):
        raise BadCorrection("contact", "Skriv, hvor ofte der mindst er kontakt. Mindst 1 gang.")


def _row_of(rows: Sequence[Rule], correction: Correction) -> Rule:
    for row in rows:
        if (row.id, row.valid_from) == (correction.rule, correction.row_from) and not row.expected:
            return row
    raise BadCorrection("rule", f"{correction.rule} har ingen række fra {field_date(correction.row_from)}.")


def _check_overlap(rows: Sequence[Rule]) -> None:
    """Two wordings of one rule must never answer on the same day."""
    in_order = sorted(rows, key=lambda row: (row.id, row.valid_from))
    for before, after in pairwise(in_order):
        if before.id == after.id and (before.valid_to is None or after.valid_from <= before.valid_to):
            day = field_date(after.valid_from)
            raise BadCorrection(
                "valid_to",
                f"{after.id} har en anden række fra {day}. Ret den først, eller vælg en sidste dag før den.",
            )
