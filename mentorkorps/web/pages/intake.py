"""Files of mentors, citizens and referrals: read, matched to columns, looked through and taken in; and taken out."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.actions import intake as verbs
from mentorkorps.cases.models import Intake
from mentorkorps.domain.danish import thousands
from mentorkorps.domain.intake import KINDS, LARGEST_FILE, Kind, Table, kind_of
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.citizen_forms import KeyedForm
from mentorkorps.web.forms import HouseForm
from mentorkorps.web.pages.intake_files import as_file, empty_file, taken_out

PAGE = 50
EARLIER = 20  # files on the first page
MOST_AT_ONCE = 2_000  # rows that are taken in while the reader waits; more are left to the worker
FIRST_ROWS = 5  # that a sort of fault names
FORMS = ("xlsx", "csv")
STATES = Intake.State


class FileForm(KeyedForm):
    """A kind and a file."""

    kind = forms.ChoiceField(
        label="Hvad er der i filen?",
        choices=[("", "Vælg"), *((kind.key, kind.label) for kind in KINDS.values())],
    )
    file = forms.FileField(
        label="Fil", help_text="Regneark (XLSX) eller CSV, højst 10 MB. Første række er overskrifter.",
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en fil med rækker."},
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError("Filen er større end 10 MB. Del den i flere filer.")
        return file


@door(May.IMPORT)
def intakes(request: SignedIn) -> HttpResponse:
    """Chooses a file to read, takes out what we have, and lists the latest files."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        data = given["file"].read()
        made = form.attempt(verbs.receive, data, kind=given["kind"], key=given["key"], by=request.user)
        if made:
            return redirect("intake_columns", made.pk)
    access.listed(request, "indlæsninger", [])
    earlier = Intake.objects.defer("content", "bad", "notes", "changes").select_related("read_by", "taken_by")
    context = {"form": form, "kinds": KINDS.values(), "earlier": earlier[:EARLIER]}
    return render(request, "intake/start.html", context)


class ColumnsForm(HouseForm):
    """Which column of the file each of ours is. A choice names the heading and what sort of value stands below it."""

    def __init__(self, *args: Any, kind: Kind, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Er ikke i filen"), *_choices(table)]
        for column in kind.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.heading, choices=choices, required=False, help_text=column.help,
                widget=forms.Select({"class": "inp"}), error_messages={"invalid_choice": "Vælg en kolonne på listen."},
            )  # fmt: skip

    def places(self) -> dict[str, int]:
        """The chosen places by our columns."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


def _choices(table: Table) -> list[tuple[str, str]]:
    return [(str(place), _named(table, place)) for place in range(len(table.headers))]


def _named(table: Table, place: int) -> str:
    first = next((cells[place] for _, cells in table.rows if place < len(cells) and cells[place]), "")
    heading = table.headers[place] or f"Kolonne {place + 1} uden overskrift"
    return f"{heading[:60]}, her: {kind_of(first) if first else 'tom'}"


@door(May.IMPORT)
def intake_columns(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Matches the columns of a file with ours; the next page shows what it holds."""
    intake = _intake(request, key)
    if intake.state != STATES.WAITING or intake.content is None:
        return redirect("intake", intake.pk)
    kind, table = KINDS[intake.kind], verbs.table_of(intake)
    guessed = verbs.columns_for(intake, table)
    form = ColumnsForm(request.POST or None, kind=kind, table=table, initial=guessed)
    if form.is_valid():
        chosen = form.attempt(
            verbs.choose_columns, intake, places=form.places(), today=today(), by=request.user
        )
        if chosen:
            return redirect("intake", intake.pk)
    context = {
        "intake": intake,
        "kind": kind,
        "form": form,
        "found": len(guessed),
        "unread": [header for place, header in enumerate(table.headers) if place not in guessed.values()],
        "section": "intakes",
    }
    return render(request, "intake/columns.html", context)


@door(May.IMPORT)
def intake(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What a file holds, how far it has come, or what became of it; posting takes it in."""
    found = _intake(request, key)
    if request.method == "POST":
        return _take_in(request, found)
    if found.state == STATES.WAITING and not found.counts:
        return redirect("intake_columns", found.pk)
    page = Paginator(_by_row(found.bad), PAGE).get_page(request.GET.get("side"))
    if found.kind != "mentorer":
        access.listed(request, "indlæsning", [uuid.UUID(citizen) for _, citizen, _, _ in found.changes])
    context = {
        "intake": found,
        "kind": KINDS[found.kind],
        "good": found.counts.get("new", 0) + found.counts.get("changed", 0),
        "sorts": _sorts(found.bad),
        "page": page,
        "at_once": found.row_count <= MOST_AT_ONCE,
        "section": "intakes",
    }
    return render(request, "intake/intake.html", context)


def _by_row(bad: Sequence[Sequence[Any]]) -> list[tuple[int, list[str]]]:
    """Each bad row with its sentences."""
    rows: dict[int, list[str]] = defaultdict(list)
    for number, heading, says in bad:
        rows[number].append(f"{heading}: {says}" if heading else says[:1].upper() + says[1:])
    return list(rows.items())


def _sorts(bad: Sequence[Sequence[Any]]) -> list[tuple[str, str, int, list[int]]]:
    """Each sort of fault once, the most frequent first: heading, sentence, how many rows, and the first of them."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, heading, says in bad:
        rows[heading, says].append(number)
    ordered = sorted(rows.items(), key=lambda each: -len(each[1]))
    return [(heading, says, len(numbers), numbers[:FIRST_ROWS]) for (heading, says), numbers in ordered]


def _take_in(request: SignedIn, found: Intake) -> HttpResponse:
    if found.row_count > MOST_AT_ONCE:
        _tried(request, lambda: verbs.put_in_queue(found, by=request.user))
    elif taken := _tried(request, lambda: verbs.take_in(found, today=today(), by=request.user)):
        new, changed = (thousands(taken.counts[state]) for state in ("new", "changed"))
        messages.success(request, f"Filen er taget ind: {new} nye og {changed} ændrede.")
    return redirect("intake", found.pk)


def _tried(request: SignedIn, act: Callable[[], Any]) -> Any:
    """What an act returns, or None with a message that says why not."""
    try:
        return act()
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return None


@door(May.IMPORT)
@require_POST
def drop_intake(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Wipes a file that waits, or the bad rows of one that is taken in."""
    found = _intake(request, key)
    _tried(request, lambda: verbs.give_up(found, by=request.user))
    return redirect("intake", found.pk)


@door(May.IMPORT)
@require_safe
def intake_bad_rows(request: SignedIn, key: uuid.UUID, form: str) -> HttpResponse:
    """The bad rows as they came, with why, as a file to mend and read again."""
    _check(request, form, FORMS)
    found = _intake(request, key)
    if found.content is None or not found.bad:
        messages.error(request, "Der er ingen rækker at hente. De slettes et døgn efter, at filen er læst.")
        return redirect("intake", found.pk)
    headings, rows = verbs.bad_rows(found, by=request.user)
    return as_file(f"{found.kind}-til-rettelse", headings, rows, form)


@door(May.IMPORT)
@require_safe
def intake_template(request: SignedIn, table: str) -> HttpResponse:
    """An empty file with our headings and a line of help for each."""
    _check(request, table, KINDS)
    return empty_file(KINDS[table])


@door(May.IMPORT)
@require_safe
def intake_export(request: SignedIn, table: str, form: str) -> HttpResponse:
    """What we have of a kind, in the same columns."""
    _check(request, table, KINDS)
    _check(request, form, FORMS)
    return taken_out(request, KINDS[table], with_cpr=request.GET.get("cpr") == "ja", form=form)


def _check(request: SignedIn, word: str, known: Collection[str]) -> None:
    if word not in known:
        raise access.refuse(request, "indlæsning", asked_for=word[:20])


def _intake(request: SignedIn, key: uuid.UUID) -> Intake:
    rows = Intake.objects.select_related("read_by", "taken_by").defer("content")
    return access.record(request, rows, key, verb="indlæsning")


urls = [
    path("indlaesning/", intakes, name="intakes"),
    path("indlaesning/<uuid:key>/", intake, name="intake"),
    path("indlaesning/<uuid:key>/kolonner/", intake_columns, name="intake_columns"),
    path("indlaesning/<uuid:key>/fortryd/", drop_intake, name="drop_intake"),
    path("indlaesning/<uuid:key>/til-rettelse.<slug:form>", intake_bad_rows, name="intake_bad_rows"),
    path("indlaesning/skabelon/<slug:table>.xlsx", intake_template, name="intake_template"),
    path("indlaesning/udlaes/<slug:table>.<slug:form>", intake_export, name="intake_export"),
]
