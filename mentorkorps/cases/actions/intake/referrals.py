"""Files of referrals of citizens whom we know; a referral is known by its citizen and the day that it came."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from mentorkorps.cases.actions.intake.judged import CHANGED, NEW, Judged, Seen, differing, lacking
from mentorkorps.cases.actions.intake.who import CHUNK, CPR, CitizensMeant
from mentorkorps.cases.actions.referral_correction import told
from mentorkorps.cases.models import Citizen, Referral, ReferralCorrection
from mentorkorps.domain import law
from mentorkorps.domain.intake import Fault, ReadRow
from mentorkorps.domain.intake.kinds import REFERRALS
from mentorkorps.domain.intake.values import canonical
from mentorkorps.domain.law import MissingRule
from mentorkorps.journal.actions import changed_each
from mentorkorps.municipality.models import Municipality, User

BATCH = 500
FROM_A_FILE = "Rettet fra en fil."
TEXTS = (
    "purpose", "goals", "target_group", "target_group_source", "benefit", "professionals", "safety_notes", "wishes",
    "mentor_gender", "mentor_age",
)  # fmt: skip
OTHERS = ("target_group_from", "barriers")
WHO = {REFERRALS.column(key).heading for key in (*REFERRALS.known_by, "received_on")}

Known = dict[tuple[uuid.UUID, date], list[Referral]]


def judge(rows: Sequence[ReadRow], *, today: date) -> list[Judged]:
    """Each row beside the referral it means."""
    meant, seen = CitizensMeant(rows), Seen()
    judged = [_with_citizen(Judged(row, faults=list(row.faults)), meant) for row in rows]
    known = _known({row.citizen.pk for row in judged if row.citizen is not None})
    for row in judged:
        if row.citizen is not None and "received_on" in row.read.given:
            _place(row, known, seen)
    return judged


def _with_citizen(row: Judged, meant: CitizensMeant) -> Judged:
    if {fault.column for fault in row.faults} & {"", *WHO}:
        return row
    row.citizen, wrong = meant.of(row.read)
    if wrong is not None:
        row.faults.append(wrong)
    elif not any(key in row.read.given for key in REFERRALS.known_by):
        row.faults.append(Fault(CPR, "mangler. Skriv, hvem henvisningen er om."))
    elif row.citizen is None:
        row.faults.append(Fault(CPR, "vi kender ikke borgeren. Indlæs borgeren først."))
    if "received_on" not in row.read.given:
        row.faults.append(Fault(REFERRALS.column("received_on").heading, "mangler. Skriv fx 22-11-2026."))
    return row


def _known(citizens: Iterable[uuid.UUID]) -> Known:
    found: Known = defaultdict(list)
    wanted = sorted(citizens)
    for first in range(0, len(wanted), CHUNK):
        for each in Referral.objects.filter(citizen__in=wanted[first : first + CHUNK]).order_by("created_at"):
            found[each.citizen_id, each.received_on].append(each)
    return found


def _place(row: Judged, known: Known, seen: Seen) -> None:
    given = dict(row.read.given)
    that_day = known.get((row.citizen.pk, given["received_on"]), [])
    same = [each for each in that_day if canonical(each.purpose) == given.get("purpose")]
    row.there = next(iter(same or that_day), None)
    _find_target_group(row, given)
    if row.there is None:
        row.values = {name: given[name] for name in (*TEXTS, *OTHERS, "received_on") if name in given}
        row.faults += lacking(REFERRALS, _by_citizen(row), "henvisningen")
    else:
        row.values = differing(given, _current(row.there))
        if row.values and row.there.state != Referral.State.NEW:
            says = f"henvisningen er {row.there.get_state_display()} og ændres ikke af en fil."
            row.faults.append(Fault("", says))
    key = row.there.pk if row.there else (row.citizen.pk, given["received_on"])
    seen.claim(row, [key], "en henvisning af borgeren den dag")


def _by_citizen(row: Judged) -> Judged:
    """The row as one that need not say the CPR number, since its citizen is found."""
    given = {"cpr": "", **row.read.given}
    return Judged(ReadRow(row.read.number, given), faults=row.faults)


def _find_target_group(row: Judged, given: dict[str, Any]) -> None:
    """Turns the name of a target group into its code on the day of the referral."""
    said = given.pop("target_group", "")
    if not said:
        return
    try:
        names = law.target_groups(given["received_on"])
    except MissingRule:
        names = {}
    stands = row.there.target_group if row.there else ""
    if stands and said in (stands, names.get(stands)):
        given["target_group"] = stands
        return
    codes = [code for code, name in names.items() if said.lower() in (name.lower(), code)]
    if codes:
        given["target_group"] = codes[0]
        return
    says = "navnet kendes ikke den dag. Skriv målgruppen, som den står på en henvisning i Mentorkorps."
    row.faults.append(Fault(REFERRALS.column("target_group").heading, says))


def _current(referral: Referral) -> dict[str, Any]:
    texts = {name: canonical(getattr(referral, name)) for name in TEXTS}
    return texts | {name: getattr(referral, name) for name in OTHERS}


def write(rows: Sequence[Judged], *, by: User, today: date) -> None:
    """Writes what is new and changed, with a line in the journal for each; called inside a transaction."""
    days = timedelta(days=Municipality.objects.get().visitation_days)
    made = [_new(row.citizen, row.values, days, by) for row in rows if row.state == NEW]
    Referral.objects.bulk_create(made, batch_size=BATCH)
    changed_each("henvist", by=by, about=((each, each.citizen_id, {}) for each in made))
    _correct([row for row in rows if row.state == CHANGED], by)


def _new(citizen: Citizen, values: dict[str, Any], days: timedelta, by: User) -> Referral:
    """As `actions.referral.refer` makes one (RSL § 3)."""
    return Referral(citizen=citizen, visitate_by=values["received_on"] + days, created_by=by, **values)


def _correct(rows: Sequence[Judged], by: User) -> None:
    ReferralCorrection.objects.bulk_create([_corrected(row, by) for row in rows], batch_size=BATCH)
    alike: dict[tuple[str, ...], list[Referral]] = defaultdict(list)
    for row in rows:
        alike[tuple(sorted(row.values))].append(row.there)
    for names, referrals in alike.items():
        Referral.objects.bulk_update(referrals, names, batch_size=BATCH // len(names))
    changed_each("rettet henvisning", by=by, about=_lines(rows))


def _corrected(row: Judged, by: User) -> ReferralCorrection:
    """Puts the values of a row on its referral, and tells what stood there before."""
    names = sorted(row.values)
    before = told(row.there, names)
    for name in names:
        setattr(row.there, name, row.values[name])
    after = told(row.there, names)
    return ReferralCorrection(
        referral=row.there, before=before, after=after, reason=FROM_A_FILE, corrected_by=by
    )


def _lines(rows: Iterable[Judged]) -> Iterator[tuple[Referral, uuid.UUID, dict[str, Any]]]:
    for row in rows:
        yield row.there, row.there.citizen_id, {"fields": sorted(row.values)}
