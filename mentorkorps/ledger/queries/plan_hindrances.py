"""What stands in the way of following each line of a plan, as it would be found if somebody followed it now."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.cases.queries.avoidance import avoided_by
from mentorkorps.domain.capacity import Recorded, Share, working
from mentorkorps.domain.dates import field_date
from mentorkorps.ledger.models import Plan, PlanLine
from mentorkorps.ledger.queries.plans import swap_partners
from mentorkorps.municipality.facts import hours_facts
from mentorkorps.municipality.models import MentorAbsence, MentorHours
from mentorkorps.municipality.periods import holding, not_over
from mentorkorps.municipality.queries.corps import preparation_shares


def hindrances(plan: Plan, today: date) -> dict[uuid.UUID, str]:
    """Why each open line that has a mentor cannot be followed today, by line: empty where it can.

    Two who change places are asked about together, since one follows both. Eight queries for any number of lines; none
    for a plan that is put away, whose lines nobody can follow.
    """
    if plan.state != Plan.State.READY:
        return {}
    rows = plan.lines.filter(state=PlanLine.State.OPEN, mentor__isnull=False)
    lines = list(rows.select_related("course__mentor", "course__citizen", "mentor"))
    partners, now = swap_partners(plan), _read(lines, today)
    by_id = {line.pk: line for line in lines}
    found = {}
    for line in lines:
        partner = partners.get(line.pk)
        both = [line] if partner is None else [line, by_id[partner.pk]]
        first = max(line.course.start, today)
        found[line.pk] = next((said for each in both if (said := now.against(each, first, both))), "")
    return found


@dataclass(frozen=True)
class _Now:
    """The corps around some lines. `held` are a mentor's courses that have not ended: key, last day, minutes a week."""

    away: Collection[uuid.UUID]
    avoided: dict[uuid.UUID, Collection[uuid.UUID]]
    since: dict[uuid.UUID, date]
    held: dict[uuid.UUID, list[tuple[uuid.UUID, date, int]]]
    hours: dict[uuid.UUID, list[Recorded]]
    shares: list[Share]
    leaving: Collection[uuid.UUID]

    def against(self, line: PlanLine, first: date, together: list[PlanLine]) -> str:
        """The first thing that speaks against a line from a day, when it is followed with others."""
        course, mentor = line.course, line.mentor
        said = (
            (course.ended_on is not None, "Forløbet er slut."),
            (course.mentor_id != line.present_id, f"Borgerens mentor er nu {course.mentor or 'ingen'}."),
            (mentor.id in self.away, f"{mentor} er væk."),
            (course.end < first, f"Bevillingen udløber {field_date(course.end)}."),
            (mentor.active_from > first, f"{mentor} begynder {field_date(mentor.active_from)}."),
            (mentor.active_to is not None and mentor.active_to < first, f"{mentor} er stoppet som mentor."),
            (mentor.id in self.avoided[course.citizen_id], f"{mentor} er fravalgt for borgeren."),
            (self.since.get(course.id, first) > first, f"{course.mentor} er valgt fra en senere dag."),
            (not self._room(line, first, together), self._no_room(line)),
        )
        return next((words for holds, words in said if holds), "")

    def _room(self, line: PlanLine, first: date, together: list[PlanLine]) -> bool:
        """Whether the mentor's week and head count hold the course when those who leave with it have left."""
        mentor, moved = line.mentor, {each.course_id for each in together}
        stays = [minutes for key, end, minutes in self.held[mentor.id] if key not in moved and end >= first]
        if mentor.max_citizens is not None and len(stays) >= mentor.max_citizens:
            return False
        week = working(self.hours[mentor.id], self.shares, first)
        return week is None or sum(stays) + line.course.minutes_per_week <= week.direct

    def _no_room(self, line: PlanLine) -> str:
        if line.mentor_id in self.leaving:
            return f"Venter på plads hos {line.mentor}: følg først en linje, der flytter en borger derfra."
        return f"{line.mentor} har ikke plads længere."


def _read(lines: list[PlanLine], today: date) -> _Now:
    mentors = {line.mentor_id for line in lines}
    courses = {line.course_id for line in lines}
    held: dict[uuid.UUID, list[tuple[uuid.UUID, date, int]]] = defaultdict(list)
    running = Course.objects.filter(ended_on__isnull=True, end__gte=today, mentor__in=mentors).order_by()
    for mentor, *course in running.values_list("mentor", "pk", "end", "minutes_per_week"):
        held[mentor].append(tuple(course))
    hours: dict[uuid.UUID, list[Recorded]] = defaultdict(list)
    for row in MentorHours.objects.filter(not_over(today, "valid_to"), mentor__in=mentors):
        hours[row.mentor_id].append(hours_facts(row))
    own = MentorAssignment.objects.filter(last__isnull=True, substitute=False, course__in=courses)
    away = MentorAbsence.objects.filter(holding(today), mentor__in=mentors)
    return _Now(
        away=set(away.values_list("mentor", flat=True)),
        avoided=avoided_by({line.course.citizen_id for line in lines}),
        since=dict(own.values_list("course", "first")),
        held=held,
        hours=hours,
        shares=preparation_shares(),
        leaving={line.present_id for line in lines},
    )
