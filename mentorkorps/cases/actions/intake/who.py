"""Which citizen a row of a file means: by CPR number, by our own case number, or by the number in the case system."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from mentorkorps.cases import cpr
from mentorkorps.cases.models import Citizen
from mentorkorps.domain.intake import Fault, ReadRow
from mentorkorps.domain.intake.kinds import CITIZENS

CHUNK = 500  # values asked for at a time
CPR, OWN, EXTERNAL = (CITIZENS.column(key).heading for key in ("cpr", "case_number", "external_case_number"))


class CitizensMeant:
    """The citizens that the rows of a file name, read in as many queries as the file needs, however many we know."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        self.index = {row.number: cpr.blind_index(row.given["cpr"]) for row in rows if "cpr" in row.given}
        by_cpr = dict(self._read("cpr_index", self.index.values()))
        by_own = dict(self._read("case_number", _given(rows, "case_number")))
        external = list(self._read("external_case_number", _given(rows, "external_case_number")))
        # One object for each citizen, however it was found.
        self._all = {each.pk: each for _, each in (*by_cpr.items(), *by_own.items(), *external)}
        self._by_cpr = {index: each.pk for index, each in by_cpr.items()}
        self._by_own = {number: each.pk for number, each in by_own.items()}
        self._by_external: dict[str, set[uuid.UUID]] = defaultdict(set)
        for number, each in external:
            self._by_external[number].add(each.pk)

    def _read(self, field: str, values: Iterable[str]) -> Iterator[tuple[str, Citizen]]:
        wanted = sorted(set(values))
        for first in range(0, len(wanted), CHUNK):
            found = Citizen.objects.filter(**{f"{field}__in": wanted[first : first + CHUNK]})
            for each in found.order_by().defer("cpr_encrypted"):
                yield getattr(each, field), each

    def of(self, row: ReadRow) -> tuple[Citizen | None, Fault | None]:
        """The citizen of a row, or None for one we do not know; with the fault where the row means no one citizen."""
        own, external = row.given.get("case_number"), row.given.get("external_case_number")
        if own and own not in self._by_own:
            return None, Fault(
                OWN, "ingen borger har det nummer. Ret det, eller lad cellen stå tom for en ny borger."
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


def _given(rows: Iterable[ReadRow], key: str) -> list[str]:
    return [row.given[key] for row in rows if key in row.given]
