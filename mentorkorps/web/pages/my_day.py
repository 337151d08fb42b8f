"""The caseworker's landing: what waits, what is new, and one's citizens with running courses."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.domain.dates import iso_week
from mentorkorps.followup.queries.alerts import OF_CONTACT, open_alerts
from mentorkorps.followup.queries.caseload import FILTERS, LACKING, Caseload, Row, caseload
from mentorkorps.followup.queries.news import news
from mentorkorps.followup.queries.worklist import Act, Work, work_on
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Obligation
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.paging import Place, page_asked_for, to_first_page
from mentorkorps.web.sheet import sheet

QUEUE_SHOWN = 15
ALERTS_SHOWN = 8
CITIZENS_SHOWN = 20
PAGE_OF = {
    Act.VISITATE: "referral",
    Act.CONTINUE_VISITATION: "visitation",
    Act.DECIDE: "decision",
    Act.SEND_LETTER: "decision",
    Act.CHOOSE_MENTOR: "assign_mentor",
    Act.MAKE_AGREEMENT: "agreement",
    Act.NEW_PERIOD: "course",
    Act.END_COURSE: "end_course",
    Act.REASSESS_COMPLAINT: "reassess_complaint",
    Act.FOLLOW_UP: "follow_up",
}


def with_addresses(queue: Iterable[Work]) -> list[tuple[Work, str]]:
    """Each act with the address where it is done."""
    return [(work, reverse(PAGE_OF[work.act], args=[work.key])) for work in queue]


def in_charge_of(request: HttpRequest) -> QuerySet[Citizen]:
    """One's own citizens, and those of the unit whom nobody has yet: their referrals must not be forgotten."""
    nobody_or_me = Q(caseworker__isnull=True) | Q(caseworker=request.user)
    return access.citizens_of(request.user).filter(nobody_or_me)


def own_courses(request: HttpRequest) -> QuerySet[Course]:
    """The courses of the citizens whose caseworker one is."""
    return access.courses_of(request.user).filter(citizen__caseworker=request.user)


@door(May.VISITATE)
def my_day(request: HttpRequest) -> HttpResponse:
    """Dated work first; one's citizens below it."""
    on, mine = today(), in_charge_of(request)
    queue = work_on(mine, on)
    shown = queue if request.GET.get("vis") == "alt" else queue[:QUEUE_SHOWN]
    load = caseload(own_courses(request), today=on, size=CITIZENS_SHOWN)
    fresh = news(mine, on)
    pressing = sum(work.due is not None and work.due <= on for work in queue)
    warned = list(open_alerts(own_courses(request), OF_CONTACT)[: ALERTS_SHOWN + 1])
    seen = [*(work.citizen.id for work in shown), *(alert.course.citizen_id for alert in warned), *_ids(load)]
    access.listed(request, "min dag", seen)
    more = {"queue": with_addresses(shown), "waiting": len(queue), "pressing": pressing, "news": fresh}
    more |= {"warned": warned[:ALERTS_SHOWN], "more_warned": len(warned) > ALERTS_SHOWN}
    return render(request, "my_day/my_day.html", _table(load, "") | more)


@door(May.VISITATE)
def my_citizens(request: HttpRequest) -> HttpResponse:
    """One's citizens with running and coming courses, a page at a time."""
    asked, chosen = page_asked_for(request), _chosen(request)
    load = caseload(own_courses(request), today=today(), chosen=chosen, first=asked.first, size=asked.size)
    place = Place(asked, load.total)
    if place.beyond:
        return to_first_page(request)
    access.listed(request, "mine borgere", _ids(load), filter=chosen, page=asked.number)
    return render(
        request, "my_day/my_citizens.html", _table(load, chosen) | {"place": place, "section": "my_day"}
    )


@door(May.VISITATE)
def my_citizens_export(request: HttpRequest) -> HttpResponse:
    """The same list whole, as a spreadsheet without CPR numbers."""
    chosen = _chosen(request)
    load = caseload(own_courses(request), today=today(), chosen=chosen)
    access.listed(request, "mine borgere", _ids(load), kind=Kind.EXPORT, filter=chosen)
    return sheet(f"mine-borgere-{today():%Y-%m-%d}.xlsx", COLUMNS, map(_cells, load.rows))


def _chosen(request: HttpRequest) -> str:
    asked = request.GET.get("vis", "")
    return asked if asked in {each.code for each in FILTERS} else ""


def _ids(load: Caseload) -> list[Any]:
    return [row.line.citizen_id for row in load.rows]


def _table(load: Caseload, chosen: str) -> dict[str, Any]:
    filters = [(each.code, each.label, load.counts[each.code]) for each in FILTERS]
    first, before, last = (iso_week(load.weeks[place])[1] for place in (0, -2, -1))
    shown = {"load": load, "filters": filters, "chosen": chosen, "lacking": load.counts[LACKING]}
    return shown | {"first_week": first, "week_before": before, "last_week": last}


COLUMNS = (
    ("Sagsnummer", 14), ("Borger", 28), ("Skal, ret, kan", 14), ("Hjemmel", 24), ("Mentor", 28), ("Fra", 12),
    ("Til og med", 12), ("Bevilget, min. om ugen", 22), ("Leveret, timer", 16), ("Bevilget til nu, timer", 22),
    ("Niveau til nu, timer", 20), ("Sidst mødt", 12), ("Næste skridt", 30),
)  # fmt: skip


def _cells(row: Row) -> tuple[Any, ...]:
    line = row.line
    return (
        line.case_number, line.name, Obligation(line.obligation).label, line.citation, line.mentor, line.start,
        line.end, line.minutes, _hours(line.delivered), _hours(row.granted), _hours(row.level), line.last_met_on,
        row.next_step,
    )  # fmt: skip


def _hours(minutes: int | None) -> Decimal | None:
    """Hours with two decimals; what has not been fixed stays empty."""
    return None if minutes is None else (Decimal(minutes) / 60).quantize(Decimal("0.01"))


urls = [
    path("min-dag/", my_day, name="my_day"),
    path("mine-borgere/", my_citizens, name="my_citizens"),
    path("min-dag/borgere.xlsx", my_citizens_export, name="my_citizens_export"),
]
