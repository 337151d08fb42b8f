"""What each mentor can give in a week, what is asked of them, and who may be missed when one is away."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.ledger.queries.hours import running_on
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours, MentorTraining
from mentorkorps.municipality.periods import holding, not_over
from mentorkorps.municipality.queries import active_mentors


@dataclass(frozen=True)
class MentorLoad:
    """One mentor on a day, in minutes a week. `available` is None where no hours are recorded: unknown, not zero."""

    mentor: Mentor
    available: int | None
    assigned: int
    standing_in: int
    citizens: int
    absence: MentorAbsence | None
    expired: tuple[MentorTraining, ...]
    only_speaker_of: tuple[str, ...]

    @property
    def asked(self) -> int:
        """The minutes of own courses and of those where the mentor stands in for another."""
        return self.assigned + self.standing_in

    @property
    def free(self) -> int | None:
        """What is left of the week; negative where more is granted than the mentor can give."""
        return None if self.available is None else self.available - self.asked

    @property
    def too_many(self) -> bool:
        """More hours or more citizens than the mentor can take."""
        most = self.mentor.max_citizens
        return (self.free is not None and self.free < 0) or (most is not None and self.citizens > most)

    @property
    def half_used(self) -> bool:
        """Less than half of the mentor's hours are granted to someone."""
        return bool(self.available) and self.asked * 2 < (self.available or 0)

    @property
    def room(self) -> int:
        """Minutes a week that can be given away today; none while the mentor is away."""
        return 0 if self.absence else max(self.free or 0, 0)


@dataclass(frozen=True)
class CorpsTotals:
    """The corps as a whole on a day, in minutes a week; `without_hours` are mentors whose hours nobody has recorded."""

    mentors: int
    available: int
    granted: int
    courses: int
    free: int
    with_room: int
    away: int
    without_hours: int


def corps_load(on: date) -> list[MentorLoad]:
    """Every mentor who serves on a date with what is asked of them. Six queries for any number of mentors."""
    mentors = list(active_mentors(on).select_related("unit", "provider"))
    available = dict(
        MentorHours.objects.filter(holding(on, "valid_from", "valid_to")).values_list(
            "mentor", "minutes_per_week"
        )
    )
    own = _summed(Course.objects.filter(running_on(on)).order_by(), "mentor", "minutes_per_week")
    substitutes = MentorAssignment.objects.filter(holding(on), substitute=True).order_by()
    standing_in = _summed(
        substitutes.filter(running_on(on, prefix="course__")), "mentor", "course__minutes_per_week"
    )
    away = {row.mentor_id: row for row in MentorAbsence.objects.filter(holding(on))}
    expired = _expired_training(on)
    speakers = Counter(code for mentor in mentors for code in set(mentor.languages))
    return [
        MentorLoad(
            mentor=mentor,
            available=available.get(mentor.id),
            assigned=own[mentor.id][0],
            standing_in=standing_in[mentor.id][0],
            citizens=own[mentor.id][1],
            absence=away.get(mentor.id),
            expired=tuple(expired[mentor.id]),
            only_speaker_of=tuple(code for code in mentor.languages if speakers[code] == 1 and code != "da"),
        )
        for mentor in mentors
    ]


def corps_totals(loads: Iterable[MentorLoad]) -> CorpsTotals:
    """The figures above the list, added up from its own rows."""
    rows = list(loads)
    return CorpsTotals(
        mentors=len(rows),
        available=sum(row.available or 0 for row in rows),
        granted=sum(row.assigned for row in rows),
        courses=sum(row.citizens for row in rows),
        free=sum(row.room for row in rows),
        with_room=sum(row.room > 0 for row in rows),
        away=sum(row.absence is not None for row in rows),
        without_hours=sum(row.available is None for row in rows),
    )


def courses_at_risk(mentor: Mentor, on: date) -> QuerySet[Course]:
    """Running courses of a mentor that nobody stands in for with nobody met in the week of `on`."""
    monday = week_start(week_number(on))
    covered = MentorAssignment.objects.filter(
        not_over(on), substitute=True, first__lte=monday + timedelta(days=6)
    )
    return (
        Course.objects.filter(running_on(on), mentor=mentor)
        .exclude(id__in=covered.values("course"))
        .exclude(tally__last_met_on__gte=monday)
        .select_related("citizen")
        .order_by("end")
    )


def _summed(rows: Any, key: str, field: str) -> dict[Any, tuple[int, int]]:
    """(minutes, rows) by mentor."""
    found: dict[Any, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for mentor_id, minutes, count in rows.values_list(key).annotate(Sum(field), Count("pk")):
        found[mentor_id] = (minutes, count)
    return found


def _expired_training(on: date) -> dict[Any, list[MentorTraining]]:
    """Training that has run out and has not been taken again since."""
    expired: dict[Any, list[MentorTraining]] = defaultdict(list)
    rows = list(MentorTraining.objects.order_by("completed_on"))
    valid = {(row.mentor_id, row.title) for row in rows if row.expires_on is None or row.expires_on >= on}
    for row in rows:
        if (row.mentor_id, row.title) not in valid:
            expired[row.mentor_id].append(row)
    return expired
