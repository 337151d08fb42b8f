"""Capacity ahead: 26 weeks of hours against demand, with a band and a verdict, and what would change it."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from mentorkorps.domain.capacity import CLAIMED, FEWEST_ENDS, WEEKS_AHEAD, Given, Week
from mentorkorps.domain.dates import week_end, week_number, week_start, write_minutes
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.capacity_ahead import Outlook, outlook
from mentorkorps.ledger.queries.capacity_known import Known, known_on
from mentorkorps.ledger.queries.serving import group_of
from mentorkorps.municipality.models import Provider, Unit
from mentorkorps.municipality.queries import today
from mentorkorps.municipality.queries.calendar import days_off
from mentorkorps.steering.queries.full_time import full_time_on
from mentorkorps.steering.queries.other_levels import other_levels
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.capacity_words import (
    capacity_file,
    free_words,
    headline,
    needed_words,
    picture,
    verdict_words,
)

WEEKS_IN_A_YEAR = 52
SOON = 8  # weeks
WEEKDAYS = 5


@dataclass(frozen=True)
class Alternative:
    """What something else would do: its name, what it is, the verdict, and what is free soon and at the end."""

    name: str
    what: str
    verdict: str
    soon: str
    late: str


@door(May.SEE_CORPS)
def capacity_ahead(request: SignedIn) -> HttpResponse:
    """The coming weeks of the corps, or of one unit or supplier."""
    known = known_on(today())
    groups = _groups(known)
    group = request.GET.get("hvor", "")
    group = group if group in dict(groups) else ""
    found = outlook(known, group)
    wanted = request.GET.get("som", "")
    if wanted in ("csv", "xlsx"):
        access.listed(request, "kapacitet forude", [], kind=Kind.EXPORT, form=wanted, group=group)
        return capacity_file(found, wanted)
    access.listed(request, "kapacitet forude", [], group=group)
    more = _full_time_minutes()
    context = {
        "found": found,
        "experience": found.experience,
        "chance": found.experience.still_renewed(WEEKS_IN_A_YEAR * 7),
        "said": verdict_words(found),
        "chart": picture(found),
        "rows": _rows(found),
        "groups": groups,
        "chosen": group,
        "alternatives": _alternatives(request, known, group, found, more),
        "needed": needed_words(found, more) if more else "",
        "claimed": CLAIMED // 10,
        "fewest_ends": FEWEST_ENDS,
        "weeks_ahead": WEEKS_AHEAD,
        "soon": found.weeks[SOON - 1].number,
        "late": found.weeks[-1].number,
    }
    return render(request, "capacity/capacity.html", context)


def _groups(known: Known) -> list[tuple[str, str]]:
    """(word, name) of the units and suppliers that have mentors or courses, by name."""
    used = {each.group for each in (*known.mentors, *known.grants)}
    names = [(group_of(pk, None), name) for pk, name in Unit.objects.values_list("pk", "name")]
    names += [(group_of(None, pk), name) for pk, name in Provider.objects.values_list("pk", "name")]
    return sorted((each for each in names if each[0] in used), key=lambda each: each[1])


def _rows(found: Outlook) -> list[tuple[Week, str, str]]:
    """(week, what is closed on its weekdays, how much is free)."""
    closed = days_off(week_start(found.weeks[0].number), week_end(found.weeks[-1].number))
    names: dict[int, list[str]] = defaultdict(list)
    for day, name in closed.items():
        if day.weekday() < WEEKDAYS:
            names[week_number(day)].append(name)
    return [(week, ", ".join(dict.fromkeys(names[week.number])), free_words(week)) for week in found.weeks]


def _full_time_minutes() -> int | None:
    """Minutes a week of a full-time mentor, spread over the year; None where nobody has said it."""
    full_time = full_time_on(today())
    return None if full_time is None else full_time.minutes_per_year // WEEKS_IN_A_YEAR


def _alternatives(
    request: SignedIn, known: Known, group: str, now: Outlook, more: int | None
) -> list[Alternative]:
    """As it is, one full-time mentor more where somebody has said what one gives, and other service levels."""
    tried = [_alternative("Som nu", "Ingen ændring", now)]
    hours = [week.given for week in now.weeks]
    if more:
        longer = outlook(known, group, hours=[each + Given(more) for each in hours])
        tried.append(
            _alternative("Én mentor mere på fuld tid", f"{write_minutes(more)} om ugen fra næste uge", longer)
        )
    for level in other_levels(today(), with_proposals=allowed(request.user, May.SEE_STEERING)):
        what = "Forslag" if level.proposed else "Vedtaget for en anden tid"
        tried.append(
            _alternative(
                f"Niveauet “{level.name}”", what, outlook(known, group, hours=hours, change=level.change)
            )
        )
    return tried


def _alternative(name: str, what: str, found: Outlook) -> Alternative:
    return Alternative(
        name, what, headline(found), free_words(found.weeks[SOON - 1]), free_words(found.weeks[-1])
    )


urls = [path("korps/kapacitet/", capacity_ahead, name="capacity_ahead")]
