"""What waits for a caseworker: every dated act on some citizens' cases, nearest deadline first.

Joins cases and their follow-up in a fixed number of queries, whatever the number of citizens.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from mentorkorps.cases.facts import needs_hearing
from mentorkorps.cases.models import (
    Agreement,
    Citizen,
    Complaint,
    Course,
    Decision,
    Grant,
    Referral,
    Visitation,
)
from mentorkorps.domain.dates import long_date
from mentorkorps.followup.models import FollowUp, StatusReport
from mentorkorps.followup.queries.caseload import SOON, STATUS_DUE

FOLLOW_UP_AHEAD = timedelta(weeks=2)
LONGEST_WHY = 110  # characters of a referral's own words
Kind, State = Decision.Kind, Decision.State


class Act(StrEnum):
    """What is to be done; the page decides where it is done."""

    VISITATE = "visitate"
    CONTINUE_VISITATION = "continue_visitation"
    DECIDE = "decide"
    SEND_LETTER = "send_letter"
    CHOOSE_MENTOR = "choose_mentor"
    MAKE_AGREEMENT = "make_agreement"
    NEW_PERIOD = "new_period"
    END_COURSE = "end_course"
    REASSESS_COMPLAINT = "reassess_complaint"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Work:
    """One act that waits. `do` begins with a verb, `key` is the row it is done on, `due` None has no deadline."""

    act: Act
    do: str
    citizen: Citizen
    key: uuid.UUID
    due: date | None
    why: str
    kind: str


def work_on(citizens: QuerySet[Citizen], today: date) -> list[Work]:
    """Everything that waits on these citizens' cases. Six queries."""
    mine = citizens.order_by().values("pk")
    decisions = list(_open_decisions(mine))
    visitations = list(_open_visitations(mine))
    decided_on = {decision.visitation_id for decision in decisions}
    begun = [visitation for visitation in visitations if visitation.id not in decided_on]
    referred = {v.referral_id for v in visitations} | {
        d.visitation.referral_id for d in decisions if d.visitation
    }
    reassessed = {visitation.extends_id for visitation in visitations}
    found = [
        *(_referral(row) for row in _open_referrals(mine) if row.id not in referred),
        *(_visitation(row) for row in begun),
        *_decisions(decisions, today),
        *_courses(mine, reassessed, today),
        *(_complaint(row) for row in _open_complaints(mine)),
        *(_follow_up(row) for row in _due_follow_ups(mine, today)),
    ]
    return sorted(found, key=lambda work: (work.due or date.max, work.citizen.first_name, work.do))


def _open_referrals(mine: Any) -> QuerySet[Referral]:
    return Referral.objects.filter(state=Referral.State.NEW, citizen__in=mine).select_related("citizen")


def _open_visitations(mine: Any) -> QuerySet[Visitation]:
    rows = Visitation.objects.filter(locked=False, citizen__in=mine)
    return rows.filter(_is_wanted()).select_related("citizen", "referral", "extends")


def _is_wanted() -> Q:
    """A visitation whose referral was withdrawn, or whose course has ended, waits for nobody."""
    return Q(referral__state=Referral.State.NEW) | Q(extends__isnull=False, extends__ended_on__isnull=True)


def _open_decisions(mine: Any) -> QuerySet[Decision]:
    unsent = Q(state=State.DECIDED, letter_sent_on__isnull=True)
    rows = Decision.objects.filter(
        Q(state__in=[State.DRAFT, State.HEARING, State.SECOND]) | unsent, citizen__in=mine
    )
    rows = rows.select_related("citizen", "hearing", "second_by", "visitation__referral", "course")
    return rows.defer("letter", "facts", "answer")


def _open_complaints(mine: Any) -> QuerySet[Complaint]:
    return Complaint.objects.filter(outcome="", decision__citizen__in=mine).select_related(
        "decision__citizen"
    )


def _due_follow_ups(mine: Any, today: date) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(
        asked_on__isnull=True, due__lte=today + FOLLOW_UP_AHEAD, course__citizen__in=mine
    )
    return rows.select_related("course__citizen")


def _referral(referral: Referral) -> Work:
    nobody = "Borgeren har ingen sagsbehandler endnu. " if referral.citizen.caseworker_id is None else ""
    why = f"{nobody}Modtaget {long_date(referral.received_on)}. {_first_words(referral.purpose)}"
    return Work(
        Act.VISITATE,
        "Visitér henvisning",
        referral.citizen,
        referral.id,
        referral.visitate_by,
        why,
        "Henvisning",
    )


def _visitation(visitation: Visitation) -> Work:
    return Work(
        Act.CONTINUE_VISITATION,
        "Gør visitationen færdig" if visitation.referral else "Gør vurderingen af en ny periode færdig",
        visitation.citizen,
        visitation.id,
        _due_of(visitation, visitation.extends),
        f"Kladden er senest gemt {long_date(timezone.localdate(visitation.saved_at))}.",
        "Visitation",
    )


def _due_of(visitation: Visitation | None, course: Course | None) -> date | None:
    if visitation and visitation.referral:
        return visitation.referral.visitate_by
    return course.end - STATUS_DUE if course else None


def _decisions(decisions: list[Decision], today: date) -> Iterator[Work]:
    for decision in decisions:
        step = _step(decision, today)
        if step is not None:
            do, due, why = step
            act = Act.SEND_LETTER if decision.state == State.DECIDED else Act.DECIDE
            kind = "Brev" if act == Act.SEND_LETTER else "Afgørelse"
            yield Work(act, do, decision.citizen, decision.id, due, why, kind)


def _step(decision: Decision, today: date) -> tuple[str, date | None, str] | None:
    """(what to do, by when, why) on a decision; None while the citizen has time to answer a hearing."""
    kind = f"{decision.get_kind_display().capitalize()}, kladde fra {long_date(decision.drafted_on)}."
    due = _due_of(decision.visitation, decision.course if decision.kind in _ABOUT_A_NEW_PERIOD else None)
    hearing = getattr(decision, "hearing", None)
    if decision.state == State.DECIDED:
        why = f"Afgjort {long_date(decision.decided_on)}. Klagefristen løber først, når brevet er sendt."
        return "Send brevet", decision.decided_on, why
    if decision.state == State.SECOND:
        return "Følg godkendelsen", due, f"{kind} Venter på en anden godkender."
    if hearing is not None and hearing.answer_by:
        return _after_hearing(decision, today)
    if decision.second_by:
        return "Træf afgørelsen", due, f"{kind} Godkendt af {decision.second_by.name}."
    if hearing is None and needs_hearing(decision):
        return (
            "Hør borgeren",
            due,
            f"{kind} Borgeren skal høres, før du afgør, eller du skriver, hvorfor ikke.",
        )
    return "Træf afgørelsen", due, f"{kind} Se den igennem, og træf den."


_ABOUT_A_NEW_PERIOD = (Kind.GRANT, Kind.NON_EXTENSION)


def _after_hearing(decision: Decision, today: date) -> tuple[str, date | None, str] | None:
    hearing = decision.hearing
    if hearing.answered_on is None and hearing.answer_by >= today:
        return None
    past = hearing.answer_by < today
    deadline = f"Svarfristen {'udløb' if past else 'er'} {long_date(hearing.answer_by)}."
    if hearing.answered_on is None:
        answer = "Der er ikke skrevet noget svar i sagen."
    else:
        answer = (
            "Borgeren har svaret; svaret ligger i sagen." if hearing.answer else "Borgeren har ikke svaret."
        )
    return "Afgør efter partshøring", hearing.answer_by, f"{deadline} {answer}"


def _courses(mine: Any, reassessed: set[uuid.UUID | None], today: date) -> Iterator[Work]:
    for course in _courses_that_wait(mine, today):
        if course.mentor_id is None:
            yield _on(
                course, Act.CHOOSE_MENTOR, "Vælg mentor", course.period_start, _no_mentor(course), "Mentor"
            )
        elif course.signed_on is None:
            yield _agreement(course)
        if course.end < today:
            why = f"Bevillingen udløb {long_date(course.end)}. Skriv, hvordan det gik, så der kan følges op."
            yield _on(course, Act.END_COURSE, "Afslut forløbet", course.end, why, "Forløb")
        elif course.end <= today + SOON and not course.stops and course.id not in reassessed:
            yield _on(course, Act.NEW_PERIOD, "Tag stilling til en ny periode", course.end - STATUS_DUE,
                      _status_words(course), "Bevilling")  # fmt: skip


def _courses_that_wait(mine: Any, today: date) -> QuerySet[Course]:
    waits = Q(mentor__isnull=True) | Q(signed_on__isnull=True) | Q(end__lte=today + SOON)
    latest = Grant.objects.filter(course=OuterRef("pk")).order_by("-start")
    status = StatusReport.objects.filter(course=OuterRef("pk"), grant_end=OuterRef("end"))
    stopped = Decision.objects.filter(
        course=OuterRef("pk"), state=State.DECIDED, kind__in=[Kind.EARLY_STOP, Kind.NON_EXTENSION],
        decided_on__gte=OuterRef("period_start"),
    )  # fmt: skip
    return (
        Course.objects.filter(waits, ended_on__isnull=True, citizen__in=mine)
        .select_related("citizen")
        .annotate(period_start=Coalesce(Subquery(latest.values("start")[:1]), F("start")))
        .annotate(
            drafted=Exists(Agreement.objects.filter(course=OuterRef("pk"), signed_on__isnull=True)),
            recommendation=Subquery(status.values("recommendation")[:1]),
            stops=Exists(stopped),
        )
    )


def _on(course: Course, act: Act, do: str, due: date, why: str, kind: str) -> Work:
    return Work(act, do, course.citizen, course.id, due, why, kind)


def _no_mentor(course: Course) -> str:
    return f"Forløbet begynder {long_date(course.start)}. Aftalen kan først skrives, når der er en mentor."


def _agreement(course: Course) -> Work:
    do = "Få aftalen underskrevet" if course.drafted else "Skriv aftalen"
    why = "Mentor kan ikke begynde, og intet kan betales, før aftalen er underskrevet."
    return _on(course, Act.MAKE_AGREEMENT, do, course.period_start, why, "Aftale")


def _status_words(course: Course) -> str:
    ends = f"Bevillingen udløber {long_date(course.end)}."
    if not course.recommendation:
        return f"{ends} Mentors status mangler."
    label = StatusReport.Recommendation(course.recommendation).label
    return f"{ends} Mentors status er kommet og anbefaler: {label}."


def _complaint(complaint: Complaint) -> Work:
    why = (
        f"Klagen kom {long_date(complaint.received_on)}. Fastholdes afgørelsen, sendes den til Ankestyrelsen."
    )
    citizen = complaint.decision.citizen
    return Work(
        Act.REASSESS_COMPLAINT, "Genvurder klage", citizen, complaint.id, complaint.reassess_by, why, "Klage"
    )


def _follow_up(row: FollowUp) -> Work:
    ended = row.course.ended_on
    why = f"Forløbet sluttede {long_date(ended)}: {row.course.get_end_reason_display()}." if ended else ""
    do = f"Spørg til {row.months} måneder efter"
    return Work(Act.FOLLOW_UP, do, row.course.citizen, row.id, row.due, why, "Opfølgning")


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WHY else line[:LONGEST_WHY].rsplit(" ", 1)[0] + " …"
