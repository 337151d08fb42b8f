"""The journal: who did and who saw what, a random sample of it, and the check that nobody has altered it."""

import csv
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from mentorkorps.cases.models import Citizen
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.journal.queries import Verdict, entries_of, sample, verify
from mentorkorps.municipality.models import Role, User
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm, typed_line

PAGE = 100
MOST_EXPORTED = 50_000
# What a refused page would have let its reader do.
DOORS = {
    May.OWN_PAGES: "egen side", May.SEE_CITIZENS: "borgere", May.REFER: "henvisning", May.VISITATE: "visitation",
    May.APPROVE: "godkendelse", May.SEE_COURSE: "forløb", May.LOG_CONTACT: "kontakt", May.REPORT_ABSENCE: "meld syg",
    May.ASSIGN: "valg af mentor",
    May.SEE_BOARD: "ugetavle", May.SEE_CORPS: "korps", May.EDIT_CORPS: "ret korps", May.SEE_LEVEL: "serviceniveau",
    May.EDIT_CLOSING_DAYS: "lukkedage", May.EDIT_LEVEL: "vedtag serviceniveau", May.SEE_HOURS: "timer",
    May.SEE_JOURNAL: "journal", May.EDIT_PEOPLE: "brugere", May.WORK_ON_COURSE: "arbejde på forløb", May.SEE_LAW: "lov",
    May.EDIT_LAW: "ret lov", May.APPROVE_LAW: "godkend rettelse af lov",
    May.SEE_MONEY: "økonomi", May.EDIT_MONEY: "ret økonomi", May.APPROVE_MONEY: "godkend betaling",
    May.ANSWER_INVOICES: "spørgsmål til fakturaer", May.COMPANY_MONTH: "min måned",
    May.SEE_CONTROL: "tilsyn", May.ASK_CONTROL: "spørg borgere", May.ANSWER_CONTROL: "spørgsmål fra tilsyn",
    May.SEE_STEERING: "styring", May.EDIT_STEERING: "ret styring",
    May.PLAN: "planer", May.IMPORT: "indlæsning", May.SET_WAITING_GOAL: "mål for ventetid",
    May.SEE_SUPPLIERS: "leverandører", May.EDIT_SUPPLIERS: "ret leverandører",
    May.SEE_PROGRESS_QUESTIONS: "spørgsmål om fremgang", May.EDIT_PROGRESS_QUESTIONS: "ret spørgsmål om fremgang",
}  # fmt: skip


class SearchForm(HouseForm):
    """What to look for. All of it lives in the address; a citizen by id, never by case number or name."""

    person = forms.ModelChoiceField(
        label="Person", queryset=User.objects.all(), required=False, empty_label="Alle"
    )
    art = forms.ChoiceField(label="Art", choices=[("", "Alle"), *Kind.choices], required=False)
    fra = DateField(label="Fra", required=False)
    til = DateField(label="Til og med", required=False)
    afvist = forms.BooleanField(label="Kun afviste", required=False)
    borger = forms.UUIDField(required=False)
    foer = forms.IntegerField(required=False, min_value=1)

    def found(self) -> Any:
        """The entries that fit; what cannot be read does not narrow."""
        self.is_valid()
        asked = self.cleaned_data
        person = asked.get("person")
        return entries_of(
            first=_start_of(asked.get("fra")),
            until=_end_of(asked.get("til")),
            actor_id=person.id if person else None,
            citizen_id=asked.get("borger"),
            kind=asked.get("art", ""),
            refused=asked.get("afvist", False),
        )


class SampleForm(HouseForm):
    """How many to draw, and from which days."""

    antal = forms.IntegerField(label="Hvor mange", min_value=1, max_value=200)
    fra = DateField(label="Fra")
    til = DateField(label="Til og med")


def _start_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _end_of(day: date | None) -> datetime | None:
    return _start_of(day + timedelta(days=1)) if day else None


@door(May.SEE_JOURNAL)
def journal(request: SignedIn) -> HttpResponse:
    """Entries, newest first, by person, citizen, kind and period."""
    if request.method == "POST":
        return _search_citizen(request)
    form = SearchForm(request.GET)
    rows = form.found()
    before = form.cleaned_data.get("foer")
    page = list((rows.filter(id__lt=before) if before else rows)[: PAGE + 1])
    citizen = Citizen.objects.filter(id=form.cleaned_data.get("borger")).first()
    access.listed(
        request, "journal", [citizen.id] if citizen else [], kind=Kind.SEARCH, filters=sorted(request.GET)
    )
    context = {
        "form": form,
        "lines": _lines(page[:PAGE]),
        "older": page[PAGE - 1].id if len(page) > PAGE else None,
        "citizen": citizen,
    }
    return render(request, "journal/list.html", context)


def _search_citizen(request: SignedIn) -> HttpResponse:
    number = typed_line(request, "sagsnummer").strip()
    citizen = Citizen.objects.filter(case_number__iexact=number).first()
    if citizen is None:
        messages.error(request, "Der er ingen sag med det nummer. Skriv det, som det står på sagen.")
        return redirect("journal")
    return redirect(f"{reverse('journal')}?{urlencode({'borger': citizen.id})}")


def _lines(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries with people, roles and case numbers in words. Two queries for any number of entries."""
    page = list(entries)
    people = dict(User.objects.filter(id__in={entry.actor_id for entry in page}).values_list("id", "name"))
    cases = dict(
        Citizen.objects.filter(id__in={entry.citizen_id for entry in page}).values_list("id", "case_number")
    )
    return [
        {
            "entry": entry,
            "at": timezone.localtime(entry.at),
            "who": people.get(entry.actor_id) or _nobody(entry),
            "role": Role(entry.actor_role).label if entry.actor_role in Role.values else entry.actor_role,
            "act": _act(entry),
            "case": cases.get(entry.citizen_id, ""),
            "shown": len(entry.shown.split()),
        }
        for entry in page
    ]


def _nobody(entry: Entry) -> str:
    if entry.detail.get("actor"):
        return "Borgeren selv"
    if entry.actor_id is not None:
        return "Slettet bruger"
    return "Programmet" if entry.kind == Kind.CHANGE else "Ikke logget ind"


def _act(entry: Entry) -> str:
    """The act in words: what was done speaks for itself, a look says what was looked at."""
    words = DOORS.get(entry.verb, entry.verb)
    return words if entry.kind in (Kind.CHANGE, Kind.SIGN) else f"{entry.get_kind_display()}: {words}"


@door(May.SEE_JOURNAL)
def journal_entry(request: SignedIn, key: int) -> HttpResponse:
    """One entry with everything it holds."""
    entry = Entry.objects.filter(pk=key).first()
    if entry is None:
        raise access.refuse(request, "journal", asked_for=key)
    write(Kind.LOOK, "journal", by=request.user, detail={"entry": key})
    shown = Citizen.objects.filter(id__in=entry.shown.split()).values_list("case_number", flat=True)
    context = {
        "line": _lines([entry])[0],
        "shown": sorted(shown),
        "detail": sorted(entry.detail.items()),
        "section": "journal",
    }
    return render(request, "journal/entry.html", context)


@door(May.SEE_JOURNAL)
def journal_sample(request: SignedIn) -> HttpResponse:
    """A random sample. The seed stands in the address and in the journal, so that anyone can draw it again."""
    today = timezone.localdate()
    form = SampleForm(
        request.POST or request.GET or None,
        initial={"antal": 20, "fra": today - timedelta(days=30), "til": today},
    )
    if request.method == "POST":
        return _draw(request, form)
    seed = request.GET.get("froe", "")
    lines = []
    if seed.isdecimal() and len(seed) <= 10 and form.is_valid():
        asked = form.cleaned_data
        lines = _lines(
            sample(int(seed), asked["antal"], first=_start_of(asked["fra"]), until=_end_of(asked["til"]))
        )
    return render(
        request, "journal/sample.html", {"form": form, "seed": seed, "lines": lines, "section": "journal"}
    )


def _draw(request: SignedIn, form: SampleForm) -> HttpResponse:
    if not form.is_valid():
        return render(request, "journal/sample.html", {"form": form, "section": "journal"})
    asked = form.cleaned_data
    drawn = {"froe": secrets.randbelow(2**31), "antal": asked["antal"]}
    period = {"fra": asked["fra"].isoformat(), "til": asked["til"].isoformat()}
    write(Kind.SEARCH, "stikprøve", by=request.user, detail=drawn | period)
    return redirect(f"{reverse('journal_sample')}?{urlencode(drawn | period)}")


@door(May.SEE_JOURNAL)
@require_POST
def journal_check(request: SignedIn) -> HttpResponse:
    """Walks the whole chain, and says in words whether it holds."""
    verdict = verify()
    fault = verdict.fault.entry_id if verdict.fault else None
    write(
        Kind.LOOK, "efterprøvet journal", by=request.user, detail={"sealed": verdict.sealed, "fault": fault}
    )
    (messages.error if verdict.fault else messages.success)(request, verdict_words(verdict))
    return redirect("journal")


def verdict_words(verdict: Verdict) -> str:
    """What the check found."""
    waiting = f"{verdict.unsealed} nyere linjer venter på at blive forseglet."
    if verdict.fault is None:
        return f"Journalen er hel: {verdict.sealed} forseglede linjer er, som de blev skrevet. {waiting}"
    return (
        f"Journalen er ikke hel. Linje {verdict.fault.entry_id} er {verdict.fault.what}. De {verdict.sealed} linjer "
        "før den er, som de blev skrevet. Giv besked til kommunens it-sikkerhed, og rør ikke databasen."
    )


@door(May.SEE_JOURNAL)
def journal_export(request: SignedIn) -> HttpResponse:
    """The same entries as a file, at most MOST_EXPORTED lines."""
    form = SearchForm(request.GET)
    rows = form.found()[:MOST_EXPORTED]
    access.listed(request, "journal", [], kind=Kind.EXPORT, filters=sorted(request.GET))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    response.write("\ufeff")
    file = csv.writer(response, delimiter=";")
    file.writerow(
        ["Linje", "Tidspunkt", "Art", "Handling", "Afvist", "Person", "Rolle", "Sag", "Viste borgere"]
    )
    for line in _lines(rows):
        file.writerow(_cells(line))
    return response


def _cells(line: dict[str, Any]) -> list[Any]:
    entry = line["entry"]
    words = [f"{line['at']:%d-%m-%Y %H.%M.%S}", entry.get_kind_display(), line["act"], "ja" if entry.refused else "nej",
             line["who"], line["role"], line["case"]]  # fmt: skip
    return [entry.id, *map(_as_text, words), line["shown"]]


def _as_text(word: str) -> str:
    """A spreadsheet would run a cell that begins like a formula; an apostrophe keeps it a word."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@", "\t", "\r")) else word


urls = [
    path("journal/", journal, name="journal"),
    path("journal/stikproeve/", journal_sample, name="journal_sample"),
    path("journal/efterproev/", journal_check, name="journal_check"),
    path("journal/journal.csv", journal_export, name="journal_export"),
    path("journal/<int:key>/", journal_entry, name="journal_entry"),
]
