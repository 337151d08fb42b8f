"""The coordinator's week board: who will be missed before Sunday, and every course with its weeks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path

from mentorkorps.domain.dates import iso_week, week_number
from mentorkorps.followup.queries import BoardRow, CorpsLine, CorpsWeek, board_rows, corps_week, tries_in_week
from mentorkorps.followup.queries.alerts import count_by_kind, open_alerts
from mentorkorps.followup.queries.week_groups import NONE
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Obligation, Role
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import FIRST_YEAR, LAST_YEAR
from mentorkorps.web.pages.board_rows import groups, lacking
from mentorkorps.web.sheet import sheet
from mentorkorps.web.templatetags.words import OBLIGATION, WEEK_STATES

PAGE = 50
FIRST_LACKING, MOST_LACKING = 10, 100
LENGTHS = (12, 26)
NARROW = 6  # weeks that a phone shows
View = Callable[[CorpsWeek, CorpsLine], bool]


def _in_state(*states: str) -> View:
    return lambda corps, line: line.status.state in states


# The word in the address, its label, and which courses it keeps. The first four are filters, the rest are figures.
VIEWS: dict[str, tuple[str, View]] = {
    "": ("Alle", lambda corps, line: True),
    "mangler": ("Mangler nu", lambda corps, line: corps.is_unmet(line)),
    "to": ("2 eller flere mangler i træk", lambda corps, line: line.missed_twice),
    "udloeber": ("Udløber inden 4 uger", lambda corps, line: corps.expires_soon(line)),
    "holdt": ("Holdt i ugen", _in_state("kept")),
    "aftale": (
        "Åbne med aftale",
        lambda corps, line: line.status.state == "open" and line.id in corps.appointments,
    ),
    "undskyldt": ("Undskyldt", _in_state("excused")),
    "uden-pligt": ("Skylder ingen kontakt i ugen", _in_state("outside", "future")),
}
FILTERS = ("", "mangler", "to", "udloeber")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it cannot mean is left out."""

    week: int
    length: int
    team: str
    mentor: str
    provider: str
    obligation: str
    view: str

    @classmethod
    def read(cls, query: QueryDict, on: date) -> "Asked":
        """From the address as it stands on a day."""
        length = query.get("uger", "")
        view = query.get("vis", "")
        return cls(
            week=_week(query.get("uge", "")) or week_number(on),
            length=int(length) if length in {str(each) for each in LENGTHS} else LENGTHS[0],
            team=query.get("team", ""),
            mentor=query.get("mentor", ""),
            provider=query.get("leverandoer", ""),
            obligation=query.get("hjemmel", "") if query.get("hjemmel") in Obligation.values else "",
            view=view if view in VIEWS else "",
        )

    @property
    def weeks(self) -> range:
        """The weeks of the board: the one asked for is the last but one."""
        return range(self.week - self.length + 2, self.week + 2)

    def keeps(self, line: CorpsLine) -> bool:
        """Whether a course is of the team, mentor and obligation asked for."""
        return (
            (not self.team or self.team == line.unit)
            and (not self.mentor or self.mentor == str(line.mentor_id or NONE))
            and (not self.provider or self.provider == (line.provider or NONE))
            and (not self.obligation or self.obligation == line.obligation)
        )


def _week(text: str) -> int | None:
    """2026-47 as a week number, or None where there is no such week, or none that a board can count from."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", text, re.ASCII)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return week_number(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except ValueError:
        return None


def _written(week: int) -> str:
    return "{}-{:02}".format(*iso_week(week))


@door(May.SEE_BOARD)
def week_board(request: SignedIn) -> HttpResponse:
    """What the week adds up to, who will be missed, and the board that proves it."""
    asked = Asked.read(request.GET, today())
    corps = corps_week(access.courses_of(request.user), asked.week, today(), asked.weeks)
    mine = corps.chosen(asked.keeps)
    shown = _seen(mine, asked.view)
    page = Paginator(shown.lines, PAGE).get_page(request.GET.get("side"))
    unmet = mine.unmet() if asked.week <= week_number(today()) else []
    listed = unmet[: MOST_LACKING if request.GET.get("liste") == "alle" else FIRST_LACKING]
    rows = board_rows([line.id for line in (*page, *listed)], corps, asked.weeks)
    tries = tries_in_week([line.id for line in listed], asked.week) if listed else {}
    may_assign = request.user.role == Role.COORDINATOR
    access.listed(request, "ugetavle", [row.course for row in rows.values()], week=_written(asked.week))
    context = _frame(asked, corps, mine) | {
        "page": page,
        "groups": groups(page.object_list, rows, mine),
        "unmet": len(unmet),
        "lacking": lacking(listed, rows, tries, corps, may_assign=may_assign),
        "more_lacking": min(len(unmet), MOST_LACKING) - len(listed),
        "sees_names": allowed(request.user, May.SEE_CITIZENS),
        "may_log": allowed(request.user, May.LOG_CONTACT),
        "alerts": count_by_kind(open_alerts(access.courses_of(request.user))),
    }
    return render(request, "board/week_board.html", context)


def _seen(corps: CorpsWeek, view: str) -> CorpsWeek:
    keeps = VIEWS[view][1]
    return corps.chosen(lambda line: keeps(corps, line))


def _frame(asked: Asked, corps: CorpsWeek, mine: CorpsWeek) -> dict[str, Any]:
    """Figures, filters and the ways to other weeks."""
    now = week_number(corps.today)
    return {
        "asked": asked,
        "now": now,
        "closed": asked.week < now,
        "ahead": asked.week > now,
        "earlier": _written(asked.week - 1),
        "later": _written(asked.week + 1),
        "figures": mine.figures(),
        "filters": [(word, VIEWS[word][0], len(_seen(mine, word).lines)) for word in FILTERS],
        "figure_view": VIEWS[asked.view][0] if asked.view not in FILTERS else "",
        "teams": sorted({line.unit for line in corps.lines}),
        "mentors": [
            (str(key), name)
            for key, name in {line.mentor_id: line.mentor for line in corps.lines}.items()
            if key
        ],
        "obligations": Obligation.choices,
        "lengths": LENGTHS,
        "columns": [(week, week < asked.week + 2 - NARROW) for week in asked.weeks],
    }


@door(May.SEE_BOARD)
def board_export(request: SignedIn) -> HttpResponse:
    """Every course that the filters keep, as a spreadsheet."""
    asked = Asked.read(request.GET, today())
    corps = corps_week(access.courses_of(request.user), asked.week, today(), asked.weeks)
    shown = _seen(corps.chosen(asked.keeps), asked.view)
    rows = board_rows([line.id for line in shown.lines], corps, asked.weeks)
    access.listed(
        request,
        "ugetavle",
        [row.course for row in rows.values()],
        kind=Kind.EXPORT,
        week=_written(asked.week),
    )
    names = allowed(request.user, May.SEE_CITIZENS)
    columns = [
        ("Sagsnummer", 14), ("Borger", 24), ("Mentor", 24), ("Leverandør", 20), ("Team", 18), ("Hjemmel", 10),
        ("Paragraf", 20), ("Sidst mødt", 12), ("Holdt", 8), ("Mangler", 8), ("Leveret, min.", 12),
        ("Bevilget, min.", 12), ("Udløber", 12), *((f"Uge {iso_week(week)[1]}", 10) for week in asked.weeks),
    ]  # fmt: skip
    made = (_exported(line, rows[line.id], names=names) for line in shown.lines)
    return sheet(f"ugetavle-{_written(asked.week)}.xlsx", columns, made)


def _exported(line: CorpsLine, row: BoardRow, *, names: bool) -> list[Any]:
    course, counted = row.course, row.compliance
    citizen = course.citizen
    provider = course.mentor.provider if course.mentor else None
    return [
        citizen.case_number,
        str(citizen) if names else f"{citizen.first_name} {citizen.last_name[:1]}.",
        line.mentor or "",
        provider.name if provider else "",
        line.unit,
        OBLIGATION[line.obligation],
        line.citation,
        line.last_met_on,
        counted.kept,
        counted.missed,
        row.delivered,
        row.granted,
        line.end,
        *(WEEK_STATES[status.state][2] for status in row.weeks),
    ]


urls = [
    path("ugetavle/", week_board, name="week_board"),
    path("ugetavle.xlsx", board_export, name="board_export"),
]
