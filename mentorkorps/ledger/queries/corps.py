"""What each mentor can give in a week, what is asked of them, and who may be missed when one is away."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from mentorkorps.cases.models import Citizen, Course, MentorAssignment, Referral
from mentorkorps.domain.capacity import Given, Working, given
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.ledger.queries.hours import running_on
from mentorkorps.ledger.queries.serving import closed_days, serving
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorTraining
from mentorkorps.municipality.periods import holding, not_over
from mentorkorps.municipality.queries import active_mentors
from mentorkorps.municipality.queries.corps import preparation_shares, working_weeks

DANISH = "da"


@dataclass(frozen=True)
class MentorLoad:
    """One mentor on a day, in minutes a week. `week` is None where no hours are recorded: unknown, not zero.

    `citizens` are those of own courses; the mentor `stands_in_for` as many more.
    """

    mentor: Mentor
    week: Working | None
    assigned: int
    standing_in: int
    citizens: int
    stands_in_for: int
    absence: MentorAbsence | None
    expired: tuple[MentorTraining, ...]

    @property
    def available(self) -> int | None:
        """The minutes that a normal week has for citizens."""
        return None if self.week is None else self.week.direct

    @property
    def place(self) -> str:
        """Where the mentor is employed: the supplier, else the unit."""
        return str(self.mentor.provider or self.mentor.unit or self.mentor.get_kind_display())

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
    """Mentors of a day together, in minutes a week; `without_hours` are those whose hours nobody has recorded.

    `asked` is what is granted, and what substitutes stand in with.
    """

    mentors: int
    available: int
    granted: int
    asked: int
    courses: int
    free: int
    with_room: int
    away: int
    without_hours: int


def corps_load(on: date) -> list[MentorLoad]:
    """Every mentor who serves on a date with what is asked of them. Six queries for any number of mentors.

    A seventh reads the share of travel and preparation where somebody's hours follow from a contract.
    """
    mentors = list(active_mentors(on).select_related("unit", "provider"))
    weeks = working_weeks(on, active_mentors(on))
    own = _summed(Course.objects.filter(running_on(on)).order_by(), "mentor", "minutes_per_week")
    substitutes = MentorAssignment.objects.filter(holding(on), substitute=True).order_by()
    standing_in = _summed(
        substitutes.filter(running_on(on, prefix="course__")), "mentor", "course__minutes_per_week"
    )
    away = {row.mentor_id: row for row in MentorAbsence.objects.filter(holding(on))}
    expired = _expired_training(on)
    return [
        MentorLoad(
            mentor=mentor,
            week=weeks.get(mentor.id),
            assigned=own[mentor.id][0],
            standing_in=standing_in[mentor.id][0],
            citizens=own[mentor.id][1],
            stands_in_for=standing_in[mentor.id][1],
            absence=away.get(mentor.id),
            expired=tuple(expired[mentor.id]),
        )
        for mentor in mentors
    ]


def corps_totals(loads: Iterable[MentorLoad]) -> CorpsTotals:
    """The figures above a list, added up from its own rows."""
    rows = list(loads)
    return CorpsTotals(
        mentors=len(rows),
        available=sum(row.available or 0 for row in rows),
        granted=sum(row.assigned for row in rows),
        asked=sum(row.asked for row in rows),
        courses=sum(row.citizens for row in rows),
        free=sum(row.room for row in rows),
        with_room=sum(row.room > 0 for row in rows),
        away=sum(row.absence is not None for row in rows),
        without_hours=sum(row.available is None for row in rows),
    )


def this_week(on: date) -> dict[uuid.UUID, Given]:
    """What each mentor who serves on a day gives in its week, less leave and closed days. Five queries."""
    monday = week_start(week_number(on))
    sunday = monday + timedelta(days=6)
    shares, closed = preparation_shares(), closed_days(monday, sunday)
    serves = serving(active_mentors(on), monday, sunday)
    return {key: given(each, monday, shares, closed) for key, each in serves.items()}


@dataclass(frozen=True)
class Place:
    """The mentors of a unit or a supplier, or of all of them, with what their week gives."""

    name: str
    totals: CorpsTotals
    week: Given


def by_place(loads: Iterable[MentorLoad], weeks: Mapping[uuid.UUID, Given]) -> list[Place]:
    """The figures of each unit and supplier, by name; together they are those of the whole."""
    places: dict[str, list[MentorLoad]] = defaultdict(list)
    for load in loads:
        places[load.place].append(load)
    return [whole(name, rows, weeks) for name, rows in sorted(places.items())]


def whole(name: str, loads: Sequence[MentorLoad], weeks: Mapping[uuid.UUID, Given]) -> Place:
    """The figures of some mentors as one place; `weeks` are those of `this_week`."""
    return Place(name, corps_totals(loads), sum((weeks[load.mentor.id] for load in loads), Given()))


@dataclass(frozen=True)
class OnlySpeaker:
    """A language that citizens need and one mentor alone speaks, with how many citizens need it."""

    language: str
    citizens: int


def only_speakers(loads: Iterable[MentorLoad], on: date) -> dict[uuid.UUID, list[OnlySpeaker]]:
    """Who cannot be done without: by mentor, the languages that somebody needs and nobody else speaks.

    Needed by citizens with a running course, or with a referral that waits. One query.
    """
    rows = list(loads)
    speakers = Counter(code for row in rows for code in set(row.mentor.languages))
    needed = _languages_needed(on)
    return {
        row.mentor.id: [
            OnlySpeaker(code, needed[code])
            for code in row.mentor.languages
            if speakers[code] == 1 and needed[code]
        ]
        for row in rows
    }


def _languages_needed(on: date) -> Counter[str]:
    running = Course.objects.filter(running_on(on)).values("citizen")
    waiting = Referral.objects.filter(state=Referral.State.NEW).values("citizen")
    people = Citizen.objects.filter(Q(id__in=running) | Q(id__in=waiting)).exclude(language=DANISH)
    return Counter(dict(people.order_by().values_list("language").annotate(Count("pk"))))


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
