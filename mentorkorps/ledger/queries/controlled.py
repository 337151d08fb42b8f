"""An invoice's line beside what is to be settled on it, and what it pays as it is settled now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mentorkorps.domain.invoice import Difference
from mentorkorps.ledger.models import InvoiceLine, Settlement

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Found:
    """A difference, and how it is settled; `settlement` None waits. One that has changed since waits anew."""

    difference: Difference
    settlement: Settlement | None


@dataclass(frozen=True)
class ControlledLine(Generic[Facts]):
    """A line with what is known of it and what is to be settled. `most` is what it may pay at most, in øre."""

    line: InvoiceLine
    facts: Facts
    found: tuple[Found, ...]
    most: int

    @property
    def waiting(self) -> int:
        """Differences that nobody has settled."""
        return sum(1 for each in self.found if each.settlement is None)

    @property
    def disputed(self) -> bool:
        """Whether the supplier is asked about something."""
        return any(each.settlement and each.settlement.way == Settlement.Way.DISPUTE for each in self.found)

    @property
    def pays(self) -> int:
        """What is paid for the line, or taken off by it, as it is settled now, in øre without VAT."""
        reduced = [
            each.settlement.pay_ore
            for each in self.found
            if each.settlement and each.settlement.pay_ore is not None
        ]
        return min([self.most, *reduced])


def settled_as(differences: Iterable[Difference], settlements: Iterable[Settlement]) -> tuple[Found, ...]:
    """Each difference with the settlement that was made on just its words."""
    by_words = {(each.code, each.said): each for each in settlements}
    return tuple(Found(each, by_words.get((each.code, each.says))) for each in differences)


def settlements_of(lines: Sequence[InvoiceLine]) -> dict[int, list[Settlement]]:
    """The settlements that stand, by line. One query."""
    found: dict[int, list[Settlement]] = defaultdict(list)
    rows = Settlement.objects.filter(line__in=[line.pk for line in lines], undone_at__isnull=True)
    for row in rows.select_related("settled_by"):
        found[row.line_id].append(row)
    return found
