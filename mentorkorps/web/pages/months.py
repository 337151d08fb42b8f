"""The accounts month by month: account, target group, cost and reimbursement, and closing a month with four eyes."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import MONTHS, add_months, month_end
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions.month import approve_month, prepare_month, return_month
from mentorkorps.ledger.models import MonthClose
from mentorkorps.ledger.queries.accounts import MISSING, Line, TableKey, table_of, total_of
from mentorkorps.ledger.queries.hours_rows import group_names
from mentorkorps.ledger.queries.months import MonthAccounts, closed_months, month_accounts, next_month
from mentorkorps.municipality.models import Mentor
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import HouseForm, LongText
from mentorkorps.web.sheet import rows_file, sheet

PAGE = 50
WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
OPEN_SHOWN = 12


class ReturnForm(HouseForm):
    """Why a prepared month is sent back."""

    reason = LongText(label="Hvad skal der ses på?", rows=2, max_length=1_000)


@door(May.SEE_MONEY)
def months(request: SignedIn) -> HttpResponse:
    """Closed months, the one that waits, and those that can be closed."""
    access.listed(request, "måneder", [])
    closed = closed_months()
    context = {
        "closed": closed,
        "waiting": next((each for each in closed if each.approved_by_id is None), None),
        "open": _open_months({each.month for each in closed}),
        "next": next_month(),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
    }
    return render(request, "month/months.html", context)


def _open_months(closed: set[date]) -> list[date]:
    """This month and those before it that are not closed, the newest first."""
    this = today().replace(day=1)
    recent = [add_months(this, -back) for back in range(OPEN_SHOWN)]
    return [month for month in recent if month not in closed and (not closed or month > max(closed))]


@door(May.SEE_MONEY)
def month(request: SignedIn, month: str) -> HttpResponse:
    """One month's accounts: a row for each account, target group and percent, opening its courses."""
    return _page(request, month, ReturnForm())


def _page(request: SignedIn, month: str, form: ReturnForm) -> HttpResponse:
    look_back = "rettelser" in request.GET or "som" in request.GET
    found = month_accounts(_asked(request, month), look_back=look_back)
    chosen = request.GET.get("raekke", "")
    table = table_of(found.own)
    lines = _of_row(found.own, table, chosen)
    match request.GET.get("som"):
        case "xlsx":
            return _export(request, found, "xlsx")
        case "csv":
            return _export(request, found, "csv")
    page = Paginator(sorted(lines, key=lambda line: -(line.cost or 0)), PAGE).get_page(
        request.GET.get("side")
    )
    corrections = Paginator(found.corrections, PAGE).get_page(request.GET.get("rettelser"))
    courses = _courses([*page, *corrections])
    access.listed(request, "måned", [courses[line.course].citizen_id for line in page], month=month)
    context = {
        "found": found,
        "month_name": f"{MONTHS[found.month.month - 1]} {found.month.year}",
        "table": [(str(place), key, total) for place, (key, total) in enumerate(table)],
        "chosen": chosen,
        "total": total_of(found.own),
        "corrected": total_of(found.corrections),
        "page": page if chosen else None,
        "lines": [(line, courses[line.course], _missing(line)) for line in page] if chosen else [],
        "corrections": corrections,
        "correction_lines": [(line, courses[line.course]) for line in corrections],
        "groups": group_names(found.month),
        "is_over": month_end(found.month) < today(),
        "looked_back": look_back,
        "is_next": next_month() in (None, found.month),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
        "may_approve": allowed(request.user, May.APPROVE_MONEY),
        "is_mine": found.close is not None and found.close.prepared_by_id == request.user.pk,
        "form": form,
        "section": "months",
    }
    return render(request, "month/month.html", context)


def _asked(request: SignedIn, text: str) -> date:
    """The first day of the month in an address; 404 for what is no month or has not begun."""
    found = WRITTEN.fullmatch(text)
    day = date(int(found[1]), int(found[2]), 1) if found else None
    if day is None or day > today():
        raise access.refuse(request, "måned", asked_for=text[:10])
    return day


def _of_row(lines: list[Line], table: list[tuple[TableKey, Any]], chosen: str) -> list[Line]:
    """The lines behind a row of the table, by its place; none where no row is chosen."""
    if not (chosen.isascii() and chosen.isdigit() and int(chosen) < len(table)):
        return []
    key = table[int(chosen)][0]
    return [line for line in lines if (line.account, line.grouping, line.target_group, line.percent) == key]


def _courses(lines: Iterable[Line]) -> dict[Any, Course]:
    return Course.objects.select_related("citizen").in_bulk({line.course for line in lines})


def _missing(line: Line) -> list[str]:
    return [MISSING[name] for name in line.missing]


def _export(request: SignedIn, found: MonthAccounts, form: str) -> HttpResponse:
    """Every posting of the month with its corrections, one a row, as a spreadsheet or as CSV."""
    courses, mentors = _courses(found.lines), Mentor.objects.select_related("provider").in_bulk()
    shown = [course.citizen_id for course in courses.values()]
    access.listed(request, "måned", shown, kind=Kind.EXPORT, month=found.month.isoformat(), form=form)
    rows = [_cells(line, courses[line.course], mentors[line.mentor]) for line in found.lines]
    name = f"posteringer-{found.month:%Y-%m}.{form}"
    if form == "csv":
        return rows_file(name, [heading for heading, _ in COLUMNS], rows)
    return sheet(name, COLUMNS, rows)


COLUMNS = (
    ("Timerne er fra", 14), ("Sag", 12), ("Mentor", 24), ("Leverandør", 24), ("Funktion", 22), ("Målgruppe", 34),
    ("Aftalt", 12), ("Konto", 12), ("Gruppering", 12), ("Minutter", 10), ("Pris pr. time, kr.", 16),
    ("Udgift, der kan give refusion, kr.", 20), ("Fuld udgift, kr.", 16), ("Refusion i procent", 14),
    ("Refusion før loft, kr.", 16), ("Mangler", 40),
)  # fmt: skip


def _cells(line: Line, course: Course, mentor: Mentor) -> tuple[Any, ...]:
    return (
        line.about, course.citizen.case_number, mentor.name, str(mentor.provider or ""), line.function,
        line.target_group, line.agreed_on, line.account, line.grouping, line.minutes, _kroner(line.price),
        _kroner(line.cost), _kroner(line.full), line.percent, _kroner(line.reimbursement), ", ".join(_missing(line)),
    )  # fmt: skip


def _kroner(ore: int | None) -> Decimal | None:
    return None if ore is None else Decimal(ore) / 100


@door(May.EDIT_MONEY)
@require_POST
def prepare(request: SignedIn, month: str) -> HttpResponse:
    """Freezes the month for another to approve."""
    first = _asked(request, month)
    try:
        prepare_month(first, today=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Måneden er gjort klar. En anden skal godkende den, før den er afsluttet.")
    return redirect("month", month)


@door(May.APPROVE_MONEY)
@require_POST
def approve(request: SignedIn, month: str) -> HttpResponse:
    """Closes the month for good."""
    close = _close(request, month)
    try:
        approve_month(close, by=request.user)
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} ({refusal.provision})")
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Måneden er afsluttet. Rettelser kommer med i næste måned.")
    return redirect("month", month)


@door(May.APPROVE_MONEY)
@require_POST
def send_back(request: SignedIn, month: str) -> HttpResponse:
    """Takes a prepared month back."""
    close, form = _close(request, month), ReturnForm(request.POST)
    if form.is_valid():
        form.attempt(return_month, close, by=request.user, **form.cleaned_data)
    if not form.is_valid():
        return _page(request, month, form)
    messages.success(request, "Måneden er sendt tilbage og kan gøres klar igen.")
    return redirect("month", month)


def _close(request: SignedIn, month: str) -> MonthClose:
    found = MonthClose.objects.filter(month=_asked(request, month)).first()
    if found is None:
        raise access.refuse(request, "måned", asked_for=month)
    return found


urls = [
    path("maaneder/", months, name="months"),
    path("maaneder/<str:month>/", month, name="month"),
    path("maaneder/<str:month>/klar/", prepare, name="prepare_month"),
    path("maaneder/<str:month>/godkend/", approve, name="approve_month"),
    path("maaneder/<str:month>/tilbage/", send_back, name="return_month"),
]
