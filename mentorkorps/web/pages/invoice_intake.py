"""Taking invoices in: files are read and shown with what is wrong, or one invoice is written by hand."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.domain.invoice import COLUMNS, MAY_COME, ReadInvoice, ReadLine
from mentorkorps.domain.money import parse_number
from mentorkorps.ledger.actions.intake import enter_invoice, good_in, read_files, take_in
from mentorkorps.ledger.models import Upload
from mentorkorps.municipality.models import Provider
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.money_fields import KronerField, MonthField

MOST_FILES = 100
LARGEST = 5_000_000  # bytes of one file; an XML of more than 2 MB is refused when it is read
LARGEST_OF_ALL = 20_000_000  # bytes of one upload, which is read at once
LINES = 5  # on the form by hand


class FilesInput(forms.ClearableFileInput):
    """A picker of one or many files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or many files, none of them too large."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [each for each in (data if isinstance(data, list) else [data]) if each]
        if not files:
            raise ValidationError("Vælg en eller flere filer.")
        if len(files) > MOST_FILES:
            raise ValidationError(f"Vælg højst {MOST_FILES} filer ad gangen.")
        for each in files:
            if each.size > LARGEST:
                raise ValidationError(f"{each.name[:80]} er større end 5 MB. Del den i flere filer.")
        if sum(each.size for each in files) > LARGEST_OF_ALL:
            raise ValidationError("Filerne fylder mere end 20 MB tilsammen. Tag dem i flere omgange.")
        return files


class FilesForm(HouseForm):
    """The files to read."""

    files = FilesField(
        label="Filer",
        help_text="XML (OIOUBL eller Peppol BIS 3), CSV eller zip med dem. Vælg gerne flere på én gang.",
    )


@door(May.EDIT_MONEY)
def upload(request: SignedIn) -> HttpResponse:
    """Picks files; the next page shows what they hold before anything is taken in."""
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_valid():
        files = [(each.name, each.read()) for each in form.cleaned_data["files"]]
        made = form.attempt(read_files, files, by=request.user)
        if made:
            return redirect("preview_invoices", made.pk)
    context = {"form": form, "columns": COLUMNS.items(), "may_come": MAY_COME.items(), "section": "invoices"}
    return render(request, "invoices/upload.html", context)


@door(May.EDIT_MONEY)
def preview(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What the files hold, the bad ones first with why; posting takes in what is good."""
    read = access.record(request, Upload.objects.filter(read_by=request.user), key, verb="læste fakturafiler")
    if request.method == "POST":
        try:
            taken = take_in(read, by=request.user, today=today())
        except ValidationError as wrong:
            messages.error(request, " ".join(wrong.messages))
        else:
            messages.success(
                request, f"{len(taken)} faktura{'er' if len(taken) != 1 else ''} er taget ind til kontrol."
            )
        return redirect("invoices")
    context = {
        "read": read,
        "bad": [row for row in read.found if row["bad"]],
        "good": [row for row in read.found if not row["bad"]],
        "number": good_in(read),
        "section": "invoices",
    }
    return render(request, "invoices/preview.html", context)


class HandForm(HouseForm):
    """The head of an invoice on paper."""

    provider = forms.ModelChoiceField(
        label="Leverandør", queryset=Provider.objects.exclude(cvr="", gln=""), empty_label="Vælg",
        help_text="Kun leverandører med CVR-nummer eller GLN-nummer.",
    )  # fmt: skip
    number = forms.CharField(label="Fakturanummer", max_length=40)
    issued_on = DateField(label="Fakturadato")
    due_on = DateField(label="Forfalder", required=False)
    vat_percent = forms.TypedChoiceField(
        label="Moms", choices=[("0", "Uden moms"), ("25", "25 %")], coerce=int
    )
    credits = forms.CharField(
        label="Krediterer faktura", max_length=40, required=False,
        help_text="Kun en kreditnota: nummeret på fakturaen. Skriv beløbene uden minus.",
    )  # fmt: skip
    payable = KronerField(
        label="I alt at betale, kr.",
        help_text="Med moms, som der står på fakturaen. Det skal passe med linjerne.",
    )


class LineForm(HouseForm):
    """A line of an invoice on paper; a line left empty is none."""

    reference = forms.CharField(label="Sagsnummer", max_length=40, required=False)
    month = MonthField(label="Måned", required=False)
    hours = forms.CharField(label="Timer", max_length=10, required=False)
    price = KronerField(label="Pris, kr.", required=False)
    amount = KronerField(label="Beløb, kr.", required=False)

    def clean_hours(self) -> Decimal | None:
        text = self.cleaned_data["hours"]
        try:
            return parse_number(text) if text else None
        except ValueError:
            raise ValidationError("Skriv timer som 7,5. Tom, når prisen er for hele forløbet.") from None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if any(given.get(name) for name in ("reference", "month", "hours", "price", "amount")):
            for name in ("month", "price", "amount"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Skal udfyldes på linjen.")
        return given


LineFormSet = forms.formset_factory(LineForm, extra=LINES, max_num=20)


@door(May.EDIT_MONEY)
def by_hand(request: SignedIn) -> HttpResponse:
    """Writes an invoice that came on paper; it is judged as the others are."""
    form, lines = HandForm(request.POST or None), LineFormSet(request.POST or None, prefix="linje")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        read = _read(
            form.cleaned_data, [each.cleaned_data for each in lines if each.cleaned_data.get("month")]
        )
        made = form.attempt(enter_invoice, read, by=request.user, today=today())
        if made:
            messages.success(request, f"{made} er taget ind til kontrol.")
            return redirect("invoice", made.pk)
    context = {"form": form, "lines": lines, "section": "invoices"}
    return render(request, "invoices/by_hand.html", context)


def _read(head: dict[str, Any], lines: list[dict[str, Any]]) -> ReadInvoice:
    """What was written, as a file would have said it; VAT is what is left of the total."""
    credits, provider = head["credits"].strip(), head["provider"]
    net = sum(line["amount"] for line in lines)
    return ReadInvoice(
        number=head["number"].strip(), cvr=provider.cvr, gln=provider.gln, currency="DKK",
        issued_on=head["issued_on"], due_on=head["due_on"], net=net, vat=head["payable"] - net,
        payable=head["payable"], form="hand", is_credit=bool(credits), credits=credits,
        lines=tuple(
            ReadLine(
                reference=line["reference"].strip(), month=line["month"], hours=line["hours"], price=line["price"],
                amount=line["amount"], vat_percent=head["vat_percent"],
            )
            for line in lines
        ),
    )  # fmt: skip


urls = [
    path("fakturaer/hent-ind/", upload, name="upload_invoices"),
    path("fakturaer/skriv-ind/", by_hand, name="enter_invoice"),
    path("fakturafiler/<uuid:key>/", preview, name="preview_invoices"),
]
