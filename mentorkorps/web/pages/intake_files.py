"""The files around an intake: an empty one to fill in, what we have in the same columns, and bad rows to mend."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from mentorkorps.cases.models import Referral
from mentorkorps.cases.queries.intake_rows import citizens_out, mentors_out, referrals_out
from mentorkorps.domain.intake import Kind
from mentorkorps.journal.models import Kind as Entry
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import SignedIn
from mentorkorps.web.sheet import XLSX, rows_file, sheet

WIDTH = 22  # characters of a column


def empty_file(kind: Kind) -> HttpResponse:
    """A workbook with our headings, every cell set to text so that a 0 in front stays, and a sheet of help."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold, text, wrap = (
            book.add_format(each) for each in ({"bold": True}, {"num_format": "@"}, {"text_wrap": True})
        )
        page, help_page = book.add_worksheet(kind.label), book.add_worksheet("Hjælp")
        page.set_column(0, len(kind.columns) - 1, WIDTH, text)
        page.write_row(0, 0, [column.heading for column in kind.columns], bold)
        page.freeze_panes(1, 0)
        help_page.set_column(0, 0, WIDTH + 8)
        help_page.set_column(1, 2, 60, wrap)
        help_page.write_row(0, 0, ("Kolonne", "Det skriver du", "Skal udfyldes"), bold)
        for place, column in enumerate(kind.columns, start=1):
            help_page.write_row(
                place, 0, (column.heading, column.help, "for nye rækker" if column.new else "")
            )
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{kind.key}-skabelon.xlsx"'
    return response


def taken_out(request: SignedIn, kind: Kind, *, with_cpr: bool, form: str) -> HttpResponse:
    """What we have of a kind in the columns that it is read by; journalled with every citizen who is in it."""
    citizens = access.citizens_of(request.user)
    if kind.key == "mentorer":
        rows, shown = mentors_out(today()), []
    elif kind.key == "borgere":
        rows, shown = citizens_out(citizens, with_cpr=with_cpr), list(citizens.values_list("pk", flat=True))
    else:
        referrals = Referral.objects.filter(citizen__in=citizens)
        rows = referrals_out(referrals, with_cpr=with_cpr)
        shown = list(referrals.order_by().values_list("citizen_id", flat=True).distinct())
    access.listed(request, "udlæst fil", shown, kind=Entry.EXPORT, table=kind.key, cpr=with_cpr)
    headings = [column.heading for column in kind.columns]
    return as_file(f"{kind.key}-{today()}", headings, rows, form)


def as_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> HttpResponse:
    """Rows as a workbook (`xlsx`) or as CSV."""
    if form == "xlsx":
        return sheet(f"{name}.xlsx", [(heading, WIDTH) for heading in headings], rows)
    return rows_file(f"{name}.csv", headings, rows)
