"""How a check is read: how many each unit has, and a page of what was found with what mends it."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from django.db.models import CharField, Count, F, QuerySet, UUIDField, Value

Mend = Literal["course", "citizen", "mentor", "invoice"]
NOWHERE = "Uden enhed"


@dataclass(frozen=True)
class Where:
    """The paths from a check's row to what the lists show. Without `citizen` the row hangs on none."""

    unit: str
    key: str
    name: str
    citizen: str = ""


COURSE = Where("unit__name", "pk", "", "citizen")
CITIZEN = Where("unit__name", "pk", "", "self")
REFERRAL = Where("citizen__unit__name", "citizen_id", "", "citizen")
PARTY = Where("citizen__unit__name", "citizen_id", "name", "citizen")
FOLLOW_UP = Where("course__unit__name", "course_id", "", "course__citizen")
MENTOR = Where("unit__name", "pk", "name")
INVOICE = Where("provider__name", "pk", "number")
SETTLEMENT = Where("line__invoice__provider__name", "line__invoice_id", "line__invoice__number")


@dataclass(frozen=True)
class Check:
    """One thing that should not be. `rows` are those in which it is, on a day; `since` is the path to when it began.

    `why` says what it does to somebody, and `mend` which page mends it.
    """

    code: str
    label: str
    why: str
    mend: Mend
    where: Where
    since: str
    rows: Callable[[date], QuerySet[Any]]


class Found(NamedTuple):
    """A row of a check. `key` is that of the page that mends it; without a citizen `citizen_id` is None."""

    key: uuid.UUID
    unit: str
    about: str
    since: date | None
    citizen_id: uuid.UUID | None
    first_name: str
    last_name: str
    case_number: str
    protected: bool

    @property
    def name(self) -> str:
        """The citizen's whole name, or what the row is about."""
        return f"{self.first_name} {self.last_name}" if self.citizen_id else self.about


@dataclass(frozen=True)
class Counted:
    """A check with how many rows each unit has; units without any are left out."""

    check: Check
    by_unit: Counter[str]

    @property
    def total(self) -> int:
        """All rows."""
        return self.by_unit.total()


def counts(checks: Iterable[Check], today: date) -> list[Counted]:
    """Every check counted by unit, one query each."""
    return [Counted(check, _by_unit(check, today)) for check in checks]


def _by_unit(check: Check, today: date) -> Counter[str]:
    rows = check.rows(today).order_by().values_list(check.where.unit).annotate(number=Count("pk"))
    return Counter({unit or NOWHERE: number for unit, number in rows})


def rows_of(check: Check, today: date, unit: str = "") -> QuerySet[Any, Found]:
    """What a check found, the longest first; of one unit by its name, or of all when it is empty."""
    where = check.where
    rows = check.rows(today)
    if unit:
        wanted = {f"{where.unit}__isnull": True} if unit == NOWHERE else {where.unit: unit}
        rows = rows.filter(**wanted)
    about = F(where.name) if where.name else Value("", CharField())
    shown = rows.annotate(about_=about).order_by(F(check.since).asc(nulls_first=True), "pk")
    return shown.values_list(where.key, where.unit, "about_", check.since, *_of_citizen(where.citizen))


def _of_citizen(path: str) -> tuple[Any, ...]:
    """The paths or values of the citizen of a row."""
    if not path:
        nothing = Value("", CharField())
        return (Value(None, UUIDField()), nothing, nothing, nothing, Value(False))
    before = "" if path == "self" else f"{path}__"
    return tuple(f"{before}{name}" for name in ("id", "first_name", "last_name", "case_number", "protected"))
