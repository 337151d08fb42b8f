"""Files of citizens: new ones are registered, and what a file gives of one whom we know is corrected."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from mentorkorps.cases import cpr
from mentorkorps.cases.actions.intake.judged import CHANGED, NEW, Judged, Seen, differing, lacking
from mentorkorps.cases.actions.intake.who import CitizensMeant
from mentorkorps.cases.models import Citizen
from mentorkorps.cases.queries import caseworkers
from mentorkorps.domain.intake import Fault, ReadRow
from mentorkorps.domain.intake.kinds import CITIZENS
from mentorkorps.domain.intake.values import canonical
from mentorkorps.journal.actions import changed_each
from mentorkorps.municipality.models import Municipality, User

BATCH = 500
TEXTS = (
    "external_case_number",
    "first_name",
    "last_name",
    "gender",
    "address",
    "phone",
    "language",
    "district",
)
FLAGS = ("protected", "digital_post_exempt")
PEOPLE = ("caseworker", "unit")
WHO = {CITIZENS.column(key).heading for key in CITIZENS.known_by}


def judge(rows: Sequence[ReadRow], *, today: date) -> list[Judged]:
    """Each row beside the citizen it means. Only given cells count: an empty one is never a wish to wipe."""
    meant, seen = CitizensMeant(rows), Seen()
    open_to_cases = set(caseworkers().order_by().values_list("pk", flat=True))
    return [_judged(Judged(row, faults=list(row.faults)), meant, seen, open_to_cases) for row in rows]


def _judged(row: Judged, meant: CitizensMeant, seen: Seen, open_to_cases: set[uuid.UUID]) -> Judged:
    if {fault.column for fault in row.faults} & {"", *WHO}:
        return row
    row.there, wrong = meant.of(row.read)
    row.citizen = row.there
    if wrong is not None:
        row.faults.append(wrong)
    elif row.there is None:
        row.values = dict(row.read.given)
        row.faults += lacking(CITIZENS, row, "borgeren")
    else:
        row.values = differing(row.read.given, _current(row.there))
    row.faults += _refused(row, open_to_cases)
    seen.claim(row, _keys(row, meant), "borgeren")
    return row


def _current(citizen: Citizen) -> dict[str, Any]:
    texts = {name: canonical(getattr(citizen, name)) for name in TEXTS}
    flags = {name: getattr(citizen, name) for name in FLAGS}
    return texts | flags | {name: getattr(citizen, f"{name}_id") for name in PEOPLE}


def _refused(row: Judged, open_to_cases: set[uuid.UUID]) -> Iterator[Fault]:
    if row.there is not None and row.values.get("protected") is False:
        yield Fault(
            CITIZENS.column("protected").heading,
            "borgeren er beskyttet. En fil ophæver ikke beskyttelse: ret det på borgeren.",
        )
    if row.values.get("caseworker", None) not in open_to_cases | {None}:
        yield Fault(
            CITIZENS.column("caseworker").heading,
            "den sagsbehandler kan ikke logge ind og kan ikke få nye borgere. Skriv en andens e-mail.",
        )


def _keys(row: Judged, meant: CitizensMeant) -> Iterator[tuple[str, Any]]:
    if row.there is not None:
        yield "citizen", row.there.pk
    elif row.read.number in meant.index:
        yield "cpr", meant.index[row.read.number]
    if "external_case_number" in row.values:
        yield "external", row.values["external_case_number"]


def write(rows: Sequence[Judged], *, by: User, today: date) -> None:
    """Writes what is new and changed, with a line in the journal for each citizen; called inside a transaction."""
    _register([row for row in rows if row.state == NEW], by)
    _correct([row for row in rows if row.state == CHANGED], by)


def _register(rows: Sequence[Judged], by: User) -> None:
    if not rows:
        return
    Municipality.objects.update(last_case_number=F("last_case_number") + len(rows))
    house = Municipality.objects.get()
    first = house.last_case_number - len(rows) + 1
    made = [_new(row.values, f"{house.case_prefix}-{first + place:04}") for place, row in enumerate(rows)]
    Citizen.objects.bulk_create(made, batch_size=BATCH)
    changed_each("oprettet borger", by=by, about=((each, each.pk, {}) for each in made))


def _new(given: dict[str, Any], case_number: str) -> Citizen:
    """As `actions.referral.register_citizen` makes one."""
    fields = dict(given)
    digits, _ = fields.pop("cpr"), fields.pop("case_number", "")
    people = {f"{name}_id": fields.pop(name) for name in PEOPLE if name in fields}
    return Citizen(
        cpr_encrypted=cpr.encrypt(digits), cpr_index=cpr.blind_index(digits), birth_date=cpr.birth_date(digits),
        case_number=case_number, **({"gender": cpr.gender(digits)} | fields | people),
    )  # fmt: skip


def _correct(rows: Sequence[Judged], by: User) -> None:
    """Writes each citizen's own changed fields and no others, alike ones together."""
    alike: dict[tuple[str, ...], list[Citizen]] = defaultdict(list)
    for row in rows:
        for name, value in row.values.items():
            setattr(row.there, f"{name}_id" if name in PEOPLE else name, value)
        alike[tuple(sorted(row.values))].append(row.there)
    for names, citizens in alike.items():
        Citizen.objects.bulk_update(citizens, names, batch_size=BATCH // len(names))
    changed_each("rettet borger", by=by, about=_lines(rows))


def _lines(rows: Iterable[Judged]) -> Iterator[tuple[Citizen, uuid.UUID, dict[str, Any]]]:
    for row in rows:
        yield row.there, row.there.pk, {"fields": sorted(row.values)}
