"""What became of citizens after the end: the list of those to ask, and answers by file."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from mentorkorps.domain.follow_up_file import COLUMNS
from mentorkorps.followup.actions.follow_up_import import bad_in, read_file, take_in
from mentorkorps.followup.models import FollowUpFile
from mentorkorps.followup.queries.follow_ups import OUTCOMES, answers_at, due_follow_ups
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import HouseForm
from mentorkorps.web.sheet import sheet

PAGE = 50
LARGEST = 5_000_000  # bytes of a file
ROWS_SHOWN = 100  # of a file's preview


@door(May.ASSIGN)
@require_safe
def follow_ups(request: SignedIn) -> HttpResponse:
    """Those who are due, the oldest first, with what the answers say so far."""
    courses = access.courses_of(request.user)
    page = Paginator(due_follow_ups(courses, today()), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "opfølgninger", [row.course.citizen_id for row in page], page=page.number)
    shown = {"page": page, "answers": answers_at(courses, today()), "outcomes": OUTCOMES.values()}
    return render(request, "follow_ups/list.html", shown)


@door(May.ASSIGN)
@require_safe
def follow_ups_export(request: SignedIn) -> HttpResponse:
    """Those who are due as a workbook to fill in and hand back."""
    rows = list(due_follow_ups(access.courses_of(request.user), today()))
    access.listed(request, "opfølgninger", [row.course.citizen_id for row in rows], kind=Kind.EXPORT)
    columns = [(name.capitalize(), 18) for name in COLUMNS]
    cells = ((row.course.citizen.case_number, row.months, None, None, None) for row in rows)
    return sheet(f"opfoelgninger-{today()}.xlsx", columns, cells)


class AnswersForm(HouseForm):
    """The file to read."""

    file = forms.FileField(
        label="Fil", help_text="Regneark (XLSX) eller CSV, højst 5 MB og 20.000 rækker.",
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en fil med svar."},
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("Filen er større end 5 MB. Del den i flere filer.")
        return file


@door(May.ASSIGN)
def upload_answers(request: SignedIn) -> HttpResponse:
    """Picks a file; the next page shows what it holds before anything is taken in."""
    form = AnswersForm(request.POST, request.FILES) if request.method == "POST" else AnswersForm()
    if form.is_valid():
        data, courses = form.cleaned_data["file"].read(), access.courses_of(request.user)
        made = form.attempt(read_file, data, courses=courses, today=today(), by=request.user)
        if made:
            return redirect("preview_answers", made.pk)
    context = {"form": form, "columns": COLUMNS.items(), "section": "follow_ups"}
    return render(request, "follow_ups/upload.html", context)


@door(May.ASSIGN)
def preview_answers(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What the file holds, the bad rows first with why; posting takes all of it in."""
    mine = FollowUpFile.objects.filter(read_by=request.user)
    file = access.record(request, mine, key, verb="læst fil med svar")
    if request.method == "POST":
        return _take_in(request, file)
    counted: dict[str, Any] = dict.fromkeys(("new", "correction", "known"), 0)
    for row in file.found:
        if not row["bad"]:
            counted[row["state"]] += 1
    bad = bad_in(file)
    context = {
        "file": file,
        "counted": counted,
        "bad_number": len(bad),
        "bad": bad[:ROWS_SHOWN],
        "good": [
            (row, OUTCOMES[row["outcome"]])
            for row in file.found
            if not row["bad"] and row["state"] != "known"
        ][:ROWS_SHOWN],
        "rows_shown": ROWS_SHOWN,
        "section": "follow_ups",
    }
    return render(request, "follow_ups/preview.html", context)


def _take_in(request: SignedIn, file: FollowUpFile) -> HttpResponse:
    courses = access.courses_of(request.user)
    try:
        taken = take_in(file, courses=courses, today=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("preview_answers", file.pk)
    messages.success(request, f"{taken} svar er taget ind.")
    return redirect("follow_ups")


urls = [
    path("opfoelgninger/", follow_ups, name="follow_ups"),
    path("opfoelgninger.xlsx", follow_ups_export, name="follow_ups_export"),
    path("opfoelgninger/hent-ind/", upload_answers, name="upload_answers"),
    path("opfoelgningsfil/<uuid:key>/", preview_answers, name="preview_answers"),
]
