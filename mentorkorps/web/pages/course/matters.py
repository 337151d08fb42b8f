"""What must be decided or done on a course, in words and with the way to do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import DAYS, field_date, long_date
from mentorkorps.domain.progress import Wave
from mentorkorps.followup.queries.caseload import SOON, STATUS_DUE
from mentorkorps.followup.queries.overview import Overview
from mentorkorps.web.access import May, allowed


@dataclass(frozen=True)
class Way:
    """A way on; `post` is a button, since it begins something."""

    label: str
    address: str
    post: bool = False


@dataclass(frozen=True)
class Matter:
    """A bold sentence, a plain one, and ways on."""

    bold: str
    plain: str
    ways: tuple[Way, ...]


def matters(view: Overview, user: Any) -> list[Matter]:
    """What waits on the course for this reader, the most pressing first; nothing on an ended one."""
    if view.course.ended_on is not None:
        return []
    assigns = allowed(user, May.ASSIGN)
    found = [*_period(view, user), *(_mentor(view) if assigns else ())]
    return [*found, *(_agreement(view) if assigns else ()), *_contact(view, user)]


def _way(label: str, name: str, key: Any, *, post: bool = False) -> Way:
    return Way(label, reverse(name, args=[key]), post)


def _period(view: Overview, user: Any) -> Iterator[Matter]:
    course, today = view.course, view.today
    decides = allowed(user, May.VISITATE)
    if course.end < today:
        end = (_way("Afslut forløbet", "end_course", course.id),) if allowed(user, May.ASSIGN) else ()
        yield Matter(
            f"Bevillingen udløb {long_date(course.end)}.",
            "Afslut forløbet, eller begynd en ny vurdering.",
            (*end, *(_reassessment(view) if decides else ())),
        )
    elif course.end - SOON <= today and allowed(user, May.WORK_ON_COURSE):
        yield _expiring(view, decides)


def _expiring(view: Overview, decides: bool) -> Matter:
    course, today = view.course, view.today
    by = course.end - STATUS_DUE
    ends = f"Bevillingen udløber {DAYS[course.end.weekday()]} {long_date(course.end)}."
    status = "Mentors status er kommet." if view.status else "Mentors status er ikke kommet endnu."
    see = _way("Se status" if view.status else "Skriv status", "status", course.id)
    if decides:
        return Matter(
            f"{_when(by, today)} skal du tage stilling til en ny periode.",
            f"{ends} {status}",
            (see, *_reassessment(view)),
        )
    if view.status:
        return Matter(
            ends,
            "Status er sendt til sagsbehandleren. Kommunen tager stilling til en ny periode.",
            (see,),
        )
    return Matter(
        f"Skriv status senest {field_date(max(by, today))}.",
        f"{ends} Kommunen bruger din status i den nye vurdering.",
        (see,),
    )


def _when(by: date, today: date) -> str:
    left = (by - today).days
    if left <= 0:
        return "Nu"
    return "I morgen" if left == 1 else f"Om {left} dage"


def _reassessment(view: Overview) -> tuple[Way, ...]:
    if view.papers.reassessment is not None:
        return (_way("Fortsæt den nye vurdering", "visitation", view.papers.reassessment.id),)
    return (
        _way("Begynd ny vurdering", "begin_reassessment", view.course.id, post=True),
        Way("Giv ikke en ny periode", reverse("course_decision", args=[view.course.id, "non_extension"])),
    )


def _mentor(view: Overview) -> Iterator[Matter]:
    course, away, substitute = view.course, view.mentor_absence, view.substitute
    choose = _way("Vælg vikar", "assign_substitute", course.id)
    if course.mentor is None:
        yield Matter("Forløbet har ingen mentor.", "", (_way("Vælg mentor", "assign_mentor", course.id),))
    elif away is not None and (substitute is None or substitute.first > view.today):
        until = f"til {long_date(away.last)}" if away.last else "indtil videre"
        yield Matter(
            f"{course.mentor} er væk {until}: {away.get_reason_display()}.",
            "Der er ingen vikar i dag.",
            (choose,),
        )


def _agreement(view: Overview) -> Iterator[Matter]:
    if view.course.signed_on is None:
        said = "er skrevet, men ikke underskrevet" if view.papers.draft else "er ikke skrevet"
        way = "Se og underskriv aftalen" if view.papers.draft else "Skriv aftalen"
        pay = "Intet betales, før aftalen er underskrevet."
        yield Matter(f"Aftalen {said}.", pay, (_way(way, "agreement", view.course.id),))


WHO = {"mentor": "mentor", "citizen": "borgeren"}


def measures(view: Overview, lacking: Sequence[tuple[Wave, list[str]]], user: Any) -> list[Matter]:
    """The waves of progress that are open and lack an answer, for whoever works on the course."""
    if not allowed(user, May.WORK_ON_COURSE):
        return []
    way = (_way("Gå til målingen", "progress", view.course.id),)
    return [
        Matter(
            f"Målingen {wave.words} mangler svar fra {listed([WHO[rater] for rater in raters])}.",
            f"Den hører til {long_date(wave.due)} og kan svares til og med {field_date(wave.closes)}.",
            way,
        )
        for wave, raters in lacking
    ]


def _contact(view: Overview, user: Any) -> Iterator[Matter]:
    due = [week for week in view.weeks if week.state in ("kept", "missed")][-2:]
    if [week.state for week in due] == ["missed", "missed"]:
        ways = (
            (_way("Registrér kontakt", "log_contact", view.course.id),)
            if allowed(user, May.LOG_CONTACT)
            else ()
        )
        yield Matter(
            "To uger i træk er der ingen kontakt.",
            "Pligten til kontakt er kommunens, også når mentor er væk.",
            ways,
        )
