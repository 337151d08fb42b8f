"""The figures that the state publishes of us: persons with a mentor, month by month, never a small one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.dates import MONTHS
from mentorkorps.followup.actions.base_figures import MOST_PEOPLE, write_base
from mentorkorps.followup.queries.public_figures import (
    Cell,
    PublicFigures,
    group_words,
    newest_bases,
    public_figures,
)
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.charts import Chart, Point
from mentorkorps.web.forms import HouseForm
from mentorkorps.web.money_fields import MonthField
from mentorkorps.web.sheet import sheet

# Word in the address, breakdown, and what it is called.
BY = {
    "tilbud": ("offer", "Eneste tilbud"),
    "mentortype": ("kind", "Mentortype"),
    "koen": ("sex", "Køn"),
    "alder": ("age", "Alder"),
    "maalgruppe": ("group", "Målgruppe"),
}
HIDDEN, MISSING = "skjult", "mangler"


def _asked(request: SignedIn) -> str:
    word = request.GET.get("efter", "")
    return word if word in BY else "tilbud"


@door(May.SEE_STEERING)
@require_safe
def public_figures_page(request: SignedIn) -> HttpResponse:
    """Persons with a mentor in each of the last 24 months, by one breakdown at a time."""
    word = _asked(request)
    found = public_figures(BY[word][0], today())
    access.listed(request, "offentlige tal", [], by=word)
    shown: dict[str, Any] = {
        "found": found,
        "rows": [
            (month_words(row.first), row, list(zip(found.columns.values(), row.cells, strict=True)))
            for row in reversed(found.rows)
        ],
        "newest": found.rows[-1],
        "newest_month": month_words(found.rows[-1].first),
        "year_ago": found.rows[-13],
        "chart": _chart(found),
        "any": any(row.total.persons != 0 for row in found.rows),
        "word": word,
        "choices": {key: label for key, (_, label) in BY.items()},
        "by_group": found.by == "group",
        "may_edit": allowed(request.user, May.EDIT_STEERING),
    }
    return render(request, "public_figures/page.html", shown)


def month_words(month: date) -> str:
    """“oktober 2026”."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def _chart(found: PublicFigures) -> Chart:
    """The months whose total may be shown; the line passes over a hidden one, since hidden is not missing."""
    points = tuple(
        Point(number, "Personer med mentor", row.total.persons)
        for number, row in enumerate(found.rows, start=1)
        if row.total.persons is not None
    )
    ends = [_written(found.rows[place].total) for place in (0, -1)]
    return Chart(
        "Personer med mentor, måned for måned",
        f"En linje over {len(found.rows)} måneder. Den første er {ends[0]} og den sidste {ends[1]}.",
        "line",
        "Måned",
        "Personer",
        "personer",
        points,
        names=tuple(f"{MONTHS[row.first.month - 1][:3]} {row.first:%y}" for row in found.rows),
    )


def _written(cell: Cell) -> str:
    return HIDDEN if cell.persons is None else str(cell.persons)


COLUMNS = (
    ("Måned", 10), ("Opdelt efter", 16), ("Værdi", 44), ("Personer", 12), ("Grundlag", 12),
    ("Andel, %", 10), ("Kilde til grundlaget", 44),
)  # fmt: skip


@door(May.SEE_STEERING)
@require_safe
def public_figures_export(request: SignedIn) -> HttpResponse:
    """What the page shows as a spreadsheet: a row for each month and value."""
    word = _asked(request)
    found = public_figures(BY[word][0], today())
    access.listed(request, "offentlige tal", [], kind=Kind.EXPORT, by=word)
    return sheet(f"offentlige-tal-{word}.xlsx", COLUMNS, _cells(found, BY[word][1]))


def _cells(found: PublicFigures, label: str) -> Iterator[tuple[Any, ...]]:
    with_base = found.by == "group"
    for row in found.rows:
        yield (f"{row.first:%Y-%m}", "I alt", "I alt", *_figures(row.total, with_base=True))
        for words, cell in zip(found.columns.values(), row.cells, strict=True):
            yield (f"{row.first:%Y-%m}", label, words, *_figures(cell, with_base=with_base))


def _figures(cell: Cell, *, with_base: bool) -> tuple[Any, ...]:
    persons = HIDDEN if cell.persons is None else cell.persons
    if not with_base:
        return (persons, None, None, None)
    if cell.base is None:
        return (persons, MISSING, MISSING, None)
    percent = HIDDEN if cell.percent is None else cell.percent
    return (persons, cell.base.persons, percent, cell.base.source)


class BaseForm(HouseForm):
    """A month's people in a target group."""

    month = MonthField(label="Måned")
    target_group = forms.ChoiceField(label="Målgruppe", required=False)
    persons = forms.IntegerField(
        label="Personer i målgruppen",
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "class": "inp inp-auto"}),
        error_messages={
            "invalid": "Skriv et helt tal uden punktum, fx 1250.",
            "min_value": "Skriv 1 eller mere. Kendes tallet ikke, så lad det mangle.",
            "max_value": "Skriv højst 1.000.000.",
        },
    )
    source = forms.CharField(
        label="Kilde", max_length=120, help_text="Fx Jobindsats, ydelsesmodtagere, hentet 3. november 2026."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target_group"].choices = [  # type: ignore[attr-defined]
            ("", "Alle målgrupper tilsammen"),
            *group_words(today()).items(),
        ]


@door(May.EDIT_STEERING)
def base_figures_page(request: SignedIn) -> HttpResponse:
    """Writes down a base, and shows what was written before."""
    form = BaseForm(request.POST or None)
    if form.is_valid() and form.attempt(write_base, **form.cleaned_data, today=today(), by=request.user):
        messages.success(request, "Grundlaget er skrevet. Andelen står ved måneden.")
        return redirect("base_figures")
    access.listed(request, "grundlag", [])
    words = group_words(today())
    written = [
        (each, words.get(each.target_group, "Alle målgrupper"), month_words(each.month))
        for each in newest_bases()
    ]
    context = {"form": form, "written": written, "section": "public_figures"}
    return render(request, "public_figures/bases.html", context)


urls = [
    path("offentlige-tal/", public_figures_page, name="public_figures"),
    path("offentlige-tal.xlsx", public_figures_export, name="public_figures_export"),
    path("offentlige-tal/grundlag/", base_figures_page, name="base_figures"),
]
