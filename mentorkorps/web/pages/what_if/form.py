"""The fields of a what-if. The whole state is in the address: who opens it again sees the same answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from mentorkorps.domain.danish import thousands, write_number
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.money import parse_number
from mentorkorps.domain.service_level import MINUTES_IN_A_WEEK, Level, LevelRow, level_table
from mentorkorps.domain.simulation import MOST_CITIZENS
from mentorkorps.steering.queries.what_if import WEEKS_IN_A_YEAR, Ground
from mentorkorps.web.forms import DateField, HouseForm

LONGEST_COURSE = 520  # weeks
SLIDER = 360  # minutes; it reaches further where a level does
PROPOSALS = {"a": "Forslag 1", "b": "Forslag 2"}
# Each field of money: its name in the address, and in an economy table.
MONEY = {
    "budget": "budget",
    "pris": "price_per_hour",
    "procent": "reimbursement_percent",
    "loft": "reimbursement_ceiling",
    "loft_over": "ceiling_on",
    "uger": "weeks_per_year",
    "fuldtid": "direct_hours_per_full_time",
}


class NumberField(forms.Field):
    """A number as Danes write it, 1.234,50; empty is unknown. Says what it could not read."""

    def __init__(
        self, *, most: int, more_than: int = -1, whole: bool = False, unit: str = "", **kwargs: Any
    ) -> None:
        attrs = {"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.most, self.more_than, self.whole, self.unit = most, more_than, whole, unit

    def prepare_value(self, value: Any) -> Any:
        return write_number(value) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | int | None:
        if value in self.empty_values:
            return None
        try:
            number = parse_number(str(value))
        except ValueError:
            raise ValidationError(
                f"“{str(value)[:20]}” er ikke et tal. Skriv fx 1.250 eller 412,50."
            ) from None
        if self.whole and number != int(number):
            raise ValidationError("Skriv et helt tal.")
        if not self.more_than < number <= self.most:
            least = f"mere end {self.more_than}" if self.more_than >= 0 else "mindst 0"
            raise ValidationError(f"Skriv et tal, der er {least} og højst {thousands(self.most)}.")
        return int(number) if self.whole else number


@dataclass(frozen=True)
class RowFields:
    """A row of the level with its fields: citizens, and minutes and weeks for each proposal."""

    row: LevelRow
    citizens: BoundField
    proposals: tuple[tuple[str, BoundField, BoundField], ...]
    slider: int


class WhatIfForm(HouseForm):
    """Citizens, one or two proposals, and the money. Made of the level in force; `asked` is the address."""

    dato = DateField(label="Dag", required=False)
    budget = NumberField(label="Budget for året", required=False, most=10**12, unit="kr.")
    pris = NumberField(label="Pris for en time", required=False, most=10**6, unit="kr.")
    procent = NumberField(label="Refusion", required=False, most=100, unit="%")
    loft = NumberField(label="Loft over refusion", required=False, most=10**12, unit="kr.")
    loft_over = forms.ChoiceField(
        label="Loftet er over",
        required=False,
        choices=(
            ("", "vælg"),
            ("spending", "udgiften, der refunderes af"),
            ("reimbursement", "selve refusionen"),
        ),
    )
    uger = NumberField(label="Uger om året med støtte", more_than=0, most=53, unit="uger")
    fuldtid = NumberField(
        label="Fuldtidsmentorens timer om året",
        required=False,
        more_than=0,
        most=8784,
        unit="timer",
    )

    def __init__(self, ground: Ground, citizens: Mapping[str, int], asked: Mapping[str, Any]) -> None:
        self.ground = ground
        self.two = bool(asked.get("to"))
        self.letters = ("a", "b") if self.two else ("a",)
        self.first = _first(ground, citizens, self.letters)
        super().__init__({name: asked.get(name, value) for name, value in self.first.items()})
        for row in ground.rows:
            self._add(row)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "inp"
            if name not in self.base_fields:
                field.widget.attrs["aria-label"] = field.label

    def _add(self, row: LevelRow) -> None:
        self.fields[f"n-{row.key}"] = NumberField(
            label=f"{row.label}: borgere", most=MOST_CITIZENS, whole=True
        )
        for letter in self.letters:
            said = f"{row.label}: {PROPOSALS[letter].lower()}"
            minutes = NumberField(label=f"{said}, minutter om ugen", most=MINUTES_IN_A_WEEK, whole=True)
            weeks = NumberField(label=f"{said}, uger", more_than=0, most=LONGEST_COURSE, whole=True)
            self.fields |= {f"{letter}-{row.key}": minutes, f"{letter}u-{row.key}": weeks}
        for field in self.fields.values():
            field.error_messages["required"] = "Skriv et tal. Skriv 0, hvis det er nul."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("loft") is not None and not cleaned.get("loft_over"):
            self.add_error("loft_over", "Vælg, om loftet er over udgiften eller over selve refusionen.")
        return cleaned

    @property
    def row_fields(self) -> Iterator[RowFields]:
        """The rows in the level's order."""
        for row in self.ground.rows:
            fields = tuple(
                (each, self[f"{each}-{row.key}"], self[f"{each}u-{row.key}"]) for each in self.letters
            )
            yield RowFields(row, self[f"n-{row.key}"], fields, max(SLIDER, 2 * (row.minutes_per_week or 0)))

    @property
    def money_fields(self) -> Iterator[tuple[BoundField, str]]:
        """The fields of money, each with where its figure comes from, or nothing when it was typed or is missing."""
        for name, key in MONEY.items():
            known = self.ground.assumed.get(key)
            untouched = self.data.get(name) == self.first[name] != ""
            yield self[name], known.source if known and untouched else ""

    def population(self) -> dict[str, int]:
        """Citizens by row key."""
        return {row.key: self.cleaned_data[f"n-{row.key}"] for row in self.ground.rows}

    def economy(self) -> dict[str, Any]:
        """What is known about money, as `read_economy` takes it."""
        values = {key: self.cleaned_data.get(name) for name, key in MONEY.items()}
        return {key: value for key, value in values.items() if value not in (None, "")}

    def adopted(self) -> Level:
        """The level in force."""
        level = self.ground.level
        return Level(level.name, level.source, level.example, self.ground.rows)

    def proposal(self, letter: str) -> Level:
        """A proposal: the level in force with the minutes and weeks that were written."""
        rows = tuple(
            replace(
                row,
                minutes_per_week=self.cleaned_data[f"{letter}-{row.key}"],
                weeks=self.cleaned_data[f"{letter}u-{row.key}"],
            )
            for row in self.ground.rows
        )
        return Level(PROPOSALS[letter], "", False, rows)

    def inputs(self, letter: str, name: str) -> dict[str, Any]:
        """What a run of one proposal counts on. A proposal that changes nothing is left out."""
        proposal = self.proposal(letter)
        said: dict[str, Any] = {"population": self.population(), "level": level_table(self.adopted())}
        if proposal.rows != self.ground.rows:
            said["proposal"] = level_table(replace(proposal, name=name))
        return {**said, "economy": self.economy()}

    def address(self, *, two: bool | None = None) -> str:
        """The whole state as the query of an address: citizens and money in full, of the rows what is changed.

        `two` says whether there is a second proposal; by default as now.
        """
        two = self.two if two is None else two
        always = {"dato", *MONEY, *(f"n-{row.key}" for row in self.ground.rows)}
        said = {"dato": field_date(self.ground.on)} | {
            name: self.data[name]
            for name in self.first
            if name != "dato" and (name in always or self.data[name] != self.first[name])
        }
        kept = {name: value for name, value in said.items() if two or not name.startswith(("b-", "bu-"))}
        return urlencode({**kept, "to": "1"} if two else kept)

    @property
    def other_number(self) -> str:
        """The address with a second proposal, or without it where there is one."""
        return self.address(two=not self.two)


def _first(ground: Ground, citizens: Mapping[str, int], letters: tuple[str, ...]) -> dict[str, str]:
    """What the fields hold before anybody writes: the level as adopted, and what is known about money."""
    known = {name: ground.assumed.get(key) for name, key in MONEY.items()}
    first = {"dato": field_date(ground.on)}
    first |= {name: _written(each.value) if each else "" for name, each in known.items()}
    first["uger"] = first["uger"] or str(WEEKS_IN_A_YEAR)
    for row in ground.rows:
        first[f"n-{row.key}"] = _written(citizens.get(row.key, 0))
        for letter in letters:
            first |= {
                f"{letter}-{row.key}": _written(row.minutes_per_week),
                f"{letter}u-{row.key}": _written(row.weeks),
            }
    return first


def _written(value: Decimal | int | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else write_number(value)


def state_of(inputs: Mapping[str, Any], on: date) -> dict[str, str]:
    """The fields of a saved simulation, so that one can go on from it. `on` is the day that it was made on."""
    economy, proposal = inputs.get("economy") or {}, inputs.get("proposal") or inputs["level"]
    said = {"dato": field_date(on)}
    said |= {name: _written(economy.get(key)) for name, key in MONEY.items()}
    said |= {f"n-{key}": _written(citizens) for key, citizens in inputs["population"].items()}
    for row in proposal["row"]:
        said |= {
            f"a-{row['key']}": _written(row.get("minutes_per_week")),
            f"au-{row['key']}": _written(row.get("weeks")),
        }
    return said
