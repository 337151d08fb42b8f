"""Which citizen a row of a file means: by CPR number, by our own case number, or by the number in the case system."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mentorkorps.cases import cpr
from mentorkorps.cases.models import Citizen
from mentorkorps.domain.intake import Fault, ReadRow
from mentorkorps.domain.intake.kinds import CITIZENS

CHUNK = 5_000  # values asked for at a time
CPR, OWN, EXTERNAL = (CITIZENS.column(key).heading for key in ("cpr", "case_number", "external_case_number"))


class CitizensMeant:
    """The citizens that the rows of a file name, read in as many queries as the file needs, however many we know."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        self.index = {row.number: cpr.blind_index(row.given["cpr"]) for row in rows if "cpr" in row.given}
        self._by_cpr = dict(_keys("cpr_index", self.index.values()))
        self._by_own = dict(_keys("case_number", _given(rows, "case_number")))
        self._by_external: dict[str, set[uuid.UUID]] = defaultdict(set)
        for number, key in _keys("external_case_number", _given(rows, "external_case_number")):
            self._by_external[number].add(key)
        found = {*self._by_cpr.values(), *self._by_own.values()}.union(*self._by_external.values())
        self._all = {key: each for part in _parts(found) for key, each in _CITIZENS.in_bulk(part).items()}

    def of(self, row: ReadRow) -> tuple[Citizen | None, Fault | None]:
        """The citizen of a row, or None for one we do not know; with the fault where the row means no one citizen."""
        own, external = row.given.get("case_number"), row.given.get("external_case_number")
        if own and own not in self._by_own:
            return None, Fault(
                OWN, "ingen borger har det nummer. Ret det. En ny borger læses ind uden nummer og får et."
            )
        found = {
            key
            for key in (self._by_cpr.get(self.index.get(row.number, "")), self._by_own.get(own or ""))
            if key
        }
        if len(found) > 1 or (
            own and row.number in self.index and self.index[row.number] not in self._by_cpr
        ):
            return None, Fault(OWN, f"nummeret hører til en anden borger end {CPR}. Se efter i sagen.")
        named = self._by_external.get(external or "", set())
        if not found and not named:
            return None, None
        if found and named and not found & named:
            return None, Fault(EXTERNAL, "nummeret hører til en anden borger. Se efter i fagsystemet.")
        if not found and row.number in self.index:
            return None, Fault(
                EXTERNAL, f"nummeret hører til en borger med et andet {CPR}. Se efter i fagsystemet."
            )
        if not found and len(named) > 1:
            return None, Fault(EXTERNAL, f"flere borgere har det nummer. Skriv {CPR} eller {OWN}.")
        return self._all[next(iter(found or named))], None


_CITIZENS = Citizen.objects.order_by().defer("cpr_encrypted")


def _keys(field: str, values: Iterable[str]) -> Iterator[tuple[str, uuid.UUID]]:
    """What stands in a field and whose it is, for those of the values that stand there."""
    for part in _parts(set(values)):
        yield from Citizen.objects.order_by().filter(**{f"{field}__in": part}).values_list(field, "pk")


def _parts(values: set[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for first in range(0, len(ordered), CHUNK):
        yield ordered[first : first + CHUNK]


def _given(rows: Iterable[ReadRow], key: str) -> list[str]:
    return [row.given[key] for row in rows if key in row.given]
