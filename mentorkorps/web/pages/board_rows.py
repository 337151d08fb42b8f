"""What the week board says of a course: its place under a mentor, why it lacks a contact, and what to do now."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from mentorkorps.domain.dates import DAYS, short_date
from mentorkorps.followup.models import Contact
from mentorkorps.followup.queries import BoardRow, CorpsLine, CorpsWeek
from mentorkorps.municipality.models import Mentor, MentorAbsence

TRIED = {
    Contact.Outcome.NO_SHOW: ("Udeblev", "Bed om nyt forsøg"),
    Contact.Outcome.ATTEMPT: ("Forsøgt forgæves", "Bed om nyt forsøg"),
    Contact.Outcome.CANCELLED_CITIZEN: ("Aflyst af borger", "Bed om ny tid"),
    Contact.Outcome.CANCELLED_MENTOR: ("Aflyst af mentor", "Bed om ny tid"),
}


@dataclass(frozen=True)
class Act:
    """What to do now: a page of ours, or a telephone number."""

    label: str
    address: str
    number: str = ""


@dataclass(frozen=True)
class Lacking:
    """A course that lacks its contact: the row, why in words, and the act."""

    line: CorpsLine
    row: BoardRow
    days: int | None
    why: str
    act: Act | None


@dataclass(frozen=True)
class Group:
    """The courses of one mentor on a page, with how many there are in all and how many of them lack a contact."""

    mentor: Mentor | None
    total: int
    lacking: int
    away: str
    rows: list[BoardRow]


def groups(lines: Sequence[CorpsLine], rows: dict[uuid.UUID, BoardRow], all_of: CorpsWeek) -> list[Group]:
    """The lines of a page under their mentors; `all_of` is what the page is a part of."""
    totals: dict[uuid.UUID | None, list[CorpsLine]] = {}
    for line in all_of.lines:
        totals.setdefault(line.mentor_id, []).append(line)
    made = []
    for mentor_id, theirs in groupby(lines, key=lambda line: line.mentor_id):
        mine = [rows[line.id] for line in theirs]
        made.append(
            Group(
                mentor=mine[0].course.mentor,
                total=len(totals[mentor_id]),
                lacking=sum(map(all_of.is_unmet, totals[mentor_id])),
                away=away_words(away_now(mentor_id, all_of), all_of.today),
                rows=mine,
            )
        )
    return made


def lacking(
    lines: Iterable[CorpsLine],
    rows: dict[uuid.UUID, BoardRow],
    tries: dict[uuid.UUID, list[Contact]],
    corps: CorpsWeek,
    *,
    may_assign: bool,
) -> list[Lacking]:
    """The work list with its reasons and acts, in the order given."""
    made = []
    for line in lines:
        why, act = _why(rows[line.id], tries.get(line.id, []), corps, may_assign=may_assign)
        days = (corps.today - line.last_met_on).days if line.last_met_on else None
        made.append(Lacking(line, rows[line.id], days, why, act))
    return made


def _why(
    row: BoardRow, tries: list[Contact], corps: CorpsWeek, *, may_assign: bool
) -> tuple[str, Act | None]:
    course, away = row.course, away_now(row.course.mentor_id, corps)
    if course.mentor is None:
        return "Ingen mentor endnu", _assign("Vælg mentor", "assign_mentor", row, may_assign)
    if away and not course.substitute:
        why = f"Mentor {away_words(away, corps.today)}"
        return why, _assign("Vælg vikar", "assign_substitute", row, may_assign)
    if tries:
        said, label = TRIED[Contact.Outcome(tries[0].outcome)]
        count = f". {len(tries)} forsøg i ugen" if len(tries) > 1 else ""
        return f"{said} {DAYS[tries[0].day.weekday()]}{count}", _ring(label, course.mentor)
    provider = course.mentor.provider
    who = "Vikar" if course.substitute else provider.get_kind_display().capitalize() if provider else "Mentor"
    return f"{who} har ikke registreret noget i ugen", _ring("Spørg mentor", course.mentor)


def _assign(label: str, page: str, row: BoardRow, may_assign: bool) -> Act | None:
    return Act(label, reverse(page, args=[row.course.id])) if may_assign else None


def _ring(label: str, mentor: Mentor) -> Act | None:
    """The mentor's own number, else the provider's."""
    number = mentor.phone or (mentor.provider.phone if mentor.provider else "")
    return Act(label, f"tel:{number.replace(' ', '')}", number) if number else None


def away_now(mentor_id: uuid.UUID | None, corps: CorpsWeek) -> MentorAbsence | None:
    """The absence that a mentor is on today, if any."""
    absences = corps.around.mentors_away.get(mentor_id, []) if mentor_id else []
    today = corps.today
    return next((a for a in absences if a.first <= today and (a.last is None or a.last >= today)), None)


def away_words(absence: MentorAbsence | None, today: date) -> str:
    """syg siden 9. nov., ferie til 4. dec."""
    if absence is None:
        return ""
    reason = {"sick": "syg", "holiday": "på ferie", "course": "på kursus", "leave": "på orlov"}[
        absence.reason
    ]
    if absence.last is None:
        return f"{reason} siden {short_date(absence.first, today=today)}"
    return f"{reason} til og med {short_date(absence.last, today=today)}"
