"""Files of mentors, known by e-mail, and without one by name; written by the verbs of the corps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mentorkorps.cases.actions.intake.judged import CHANGED, NEW, Judged, Seen, differing, lacking
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.intake import Fault, ReadRow
from mentorkorps.domain.intake.kinds import MENTORS
from mentorkorps.domain.intake.values import canonical
from mentorkorps.municipality.actions import save_mentor, set_hours
from mentorkorps.municipality.models import Mentor, MentorHours, User
from mentorkorps.municipality.periods import not_over

TEXTS = ("name", "phone", "kind", "gender")
OTHERS = (
    "languages", "districts", "skills", "birth_year", "max_citizens", "active_from", "active_to", "provider",
)  # fmt: skip
HOURS = "minutes_per_week"


class MentorsMeant:
    """Every mentor by e-mail (also that of their user) and by name, with the hours that run or are planned."""

    def __init__(self, today: date) -> None:
        self._by_email: dict[str, set[Mentor]] = defaultdict(set)
        self._by_name: dict[str, list[Mentor]] = defaultdict(list)
        for each in Mentor.objects.select_related("provider", "user"):
            for email in {each.email, each.user.email if each.user else ""} - {""}:
                self._by_email[email.lower()].add(each)
            self._by_name[canonical(each.name).lower()].append(each)
        self.hours: dict[Any, list[MentorHours]] = defaultdict(list)
        for row in MentorHours.objects.filter(not_over(today, "valid_to")).order_by("valid_from"):
            self.hours[row.mentor_id].append(row)

    def of(self, row: ReadRow) -> tuple[Mentor | None, Fault | None]:
        """The mentor of a row; one whose e-mail nobody has is the one of that name who has none, if there is one."""
        email = row.given.get("email", "")
        found = self._by_email.get(email, set())
        if len(found) > 1:
            return None, Fault(
                MENTORS.column("email").heading, "flere mentorer har den. Ret det på mentorerne."
            )
        if found:
            return next(iter(found)), None
        named = self._by_name.get(row.given.get("name", "").lower(), [])
        if email:
            named = [each for each in named if not each.email and not each.user_id]
        if len(named) > 1:
            return None, Fault(
                MENTORS.column("name").heading, "flere mentorer hedder det. Skriv også en e-mail."
            )
        return (named[0] if named else None), None


def judge(rows: Sequence[ReadRow], *, today: date) -> list[Judged]:
    """Each row beside the mentor it means."""
    meant, seen = MentorsMeant(today), Seen()
    return [_judged(Judged(row, faults=list(row.faults)), meant, seen, today) for row in rows]


def _judged(row: Judged, meant: MentorsMeant, seen: Seen, today: date) -> Judged:
    if {fault.column for fault in row.faults} & {
        "",
        *(MENTORS.column(key).heading for key in MENTORS.known_by),
    }:
        return row
    row.there, wrong = meant.of(row.read)
    if wrong is not None:
        row.faults.append(wrong)
        return row
    if row.there is None:
        row.values = dict(row.read.given)
        row.faults += lacking(MENTORS, row, "mentoren")
    else:
        row.values = differing(row.read.given, _current(row.there, meant.hours[row.there.pk], today))
        row.faults += _planned(row, meant.hours[row.there.pk], today)
    row.faults += _impossible(row)
    given = row.read.given
    key = row.there.pk if row.there else given.get("email") or given.get("name", "").lower()
    seen.claim(row, [key], "mentoren")
    return row


def _current(mentor: Mentor, hours: Sequence[MentorHours], today: date) -> dict[str, Any]:
    running = next((row.minutes_per_week for row in hours if row.valid_from <= today), None)
    texts = {name: canonical(getattr(mentor, name)) for name in TEXTS}
    email = mentor.email.lower() or (mentor.user.email.lower() if mentor.user else "")
    others = {name: getattr(mentor, name) for name in OTHERS}
    return texts | others | {"email": email, "unit": mentor.unit_id, HOURS: running}


def _planned(row: Judged, hours: Sequence[MentorHours], today: date) -> Iterator[Fault]:
    """Hours that are planned are never pushed aside by a file."""
    planned = [each for each in hours if each.valid_from > today or each.valid_to is not None]
    if HOURS in row.values and planned:
        day = field_date(planned[-1].valid_from)
        says = f"der er lagt en plan for timerne fra {day}. Ret timerne på mentoren."
        yield Fault(MENTORS.column(HOURS).heading, says)


def _impossible(row: Judged) -> Iterator[Fault]:
    """What `save_mentor` would refuse."""
    fields = _fields(row)
    kind, provider = fields.get("kind"), fields.get("provider")
    if kind not in (None, Mentor.Kind.INTERNAL) and (provider is None or provider.kind != kind):
        says = "passer ikke med arten. Skriv den leverandør, virksomhed eller skole, hvor mentoren er ansat."
        yield Fault(MENTORS.column("provider").heading, says)
    first, last = fields.get("active_from"), fields.get("active_to")
    if first and last and last < first:
        yield Fault(MENTORS.column("active_to").heading, "sidste dag ligger før første dag. Ret den ene.")


def _fields(row: Judged) -> dict[str, Any]:
    """The fields of `save_mentor`: those that bind each other as they stand, and those that the row changes."""
    bound = ("kind", "provider", "active_from", "active_to")
    stands = {name: getattr(row.there, name) for name in bound} if row.there else {}
    fields = stands | {name: value for name, value in row.values.items() if name != HOURS}
    if "unit" in fields:
        fields["unit_id"] = fields.pop("unit")
    return fields


def write(rows: Sequence[Judged], *, by: User, today: date) -> None:
    """Saves each mentor that is new or changed, then the hours; called inside a transaction."""
    for row in rows:
        if row.state not in (NEW, CHANGED):
            continue
        saved = row.there
        if row.values.keys() - {HOURS}:
            saved = save_mentor(row.there, by=by, **_fields(row))
        if HOURS in row.values:
            first = today if row.there else saved.active_from
            set_hours(saved, valid_from=first, minutes_per_week=row.values[HOURS], by=by)
