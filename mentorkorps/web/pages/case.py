"""A citizen's page: facts, courses, decisions and notes, and who has seen the case."""

import csv
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentorkorps.cases import queries
from mentorkorps.cases.actions import referral as verbs
from mentorkorps.cases.models import Citizen
from mentorkorps.followup.queries.caseload import caseload
from mentorkorps.followup.queries.worklist import work_on
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.journal.queries import about_citizen
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import Role, User
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.citizen_forms import EditCitizenForm, NoteForm, ReasonForm
from mentorkorps.web.drafts import citizen_in_address, keeps_draft
from mentorkorps.web.pages.my_day import with_addresses
from mentorkorps.web.paging import Place, page_asked_for, to_first_page

NOTES_SHOWN = 10


@door(May.SEE_CITIZENS)
def citizen(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything in one citizen's case, what waits first."""
    found, on = access.citizen(request, key), today()
    notes = queries.notes_in(found)
    every_note = request.GET.get("notater") == "alle"
    shown = {
        "citizen": found,
        "section": "citizens",
        "language": language_name(found.language),
        "queue": with_addresses(work_on(Citizen.objects.filter(pk=found.pk), on)),
        "load": caseload(found.courses.all(), today=on),
        "ended": queries.courses_in(found).filter(ended_on__isnull=False).select_related("mentor"),
        "referrals": queries.referrals_in(found),
        "decisions": queries.decisions_in(found),
        "complaints": queries.complaints_in(found),
        "parties": queries.parties_in(found),
        "notes": list(notes if every_note else notes[: NOTES_SHOWN + 1]),
        "every_note": every_note,
        "notes_shown": NOTES_SHOWN,
        "note_form": NoteForm(),
    }
    return render(request, "case/citizen.html", shown)


@door(May.REFER)
def edit_citizen(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Corrects what is known of a citizen, and who has the case."""
    found = access.citizen(request, key, verb="ret borger")
    form = EditCitizenForm(request.POST or None, citizen=found)
    if request.method == "POST" and form.is_valid():
        form.attempt(verbs.correct_citizen, found, by=request.user, **form.changes())
        messages.success(request, "Oplysningerne er gemt.")
        return _to_citizen_or_list(request, found)
    return render(request, "case/edit_citizen.html", {"form": form, "citizen": found, "section": "citizens"})


def _to_citizen_or_list(request: HttpRequest, found: Citizen) -> HttpResponse:
    """Back to the case, or to the list when it has just been handed to another unit."""
    if access.citizens_of(request.user).filter(pk=found.pk).exists():
        return redirect("citizen", key=found.pk)
    messages.info(request, f"Sagen hører nu til {found.unit} og kan ikke længere ses her.")
    return redirect("citizens")


@door(May.SEE_CITIZENS)
@require_POST
def reveal_cpr(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The CPR number in clear: in its own place with htmx, else on a page that leads back."""
    found = access.citizen(request, key, verb="CPR-nummer")
    number = verbs.reveal_cpr(found, by=request.user)
    shown = {"citizen": found, "cpr": f"{number[:6]}-{number[6:]}" if number else "", "section": "citizens"}
    return render(request, "case/cpr.html" if request.htmx else "case/cpr_page.html", shown)


@door(May.SEE_CITIZENS)
@require_POST
def reveal_address(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A protected address, for a reason that goes into the case."""
    found = access.citizen(request, key, verb="beskyttet adresse")
    form = ReasonForm(request.POST)
    opened = form.is_valid()
    if opened:
        verbs.reveal_protected(found, reason=form.cleaned_data["reason"], by=request.user)
    shown = {"citizen": found, "form": form, "opened": opened, "section": "citizens"}
    return render(request, "case/address.html" if request.htmx else "case/address_page.html", shown)


@door(May.REFER)
@keeps_draft(citizen_in_address)
def add_note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A note in the case."""
    found = access.citizen(request, key, verb="notat")
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = form.attempt(verbs.write_note, found, by=request.user, **form.cleaned_data)
        if written is not None:
            messages.success(request, "Notatet er gemt i sagen.")
            return redirect(reverse("citizen", args=[key]) + "#notater")
    return render(request, "case/note.html", {"form": form, "citizen": found, "section": "citizens"})


PERIODS = (("30", "30 dage"), ("365", "Et år"), ("alt", "Alt"))


@door(May.SEE_CITIZENS)
def citizen_log(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who has seen the case."""
    found = access.citizen(request, key, verb="hvem har set sagen")
    asked, chosen = page_asked_for(request), _period(request)
    entries = about_citizen(found.id, since=_since(chosen))
    place = Place(asked, entries.count())
    if place.beyond:
        return to_first_page(request)
    page = list(entries[asked.first : asked.first + asked.size])
    shown = {"citizen": found, "lines": _lines(page), "place": place, "periods": PERIODS, "chosen": chosen}
    return render(request, "case/log.html", shown | {"section": "citizens"})


@door(May.SEE_CITIZENS)
def citizen_log_export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The same as a file for the citizen's own request for access.

    It names roles and not people: the right of access is to the processing, not to each employee's name (C-579/21).
    """
    found = access.citizen(request, key, verb="hvem har set sagen")
    access.listed(request, "hvem har set sagen", [found.id], kind=Kind.EXPORT, period=_period(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="hvem-har-set-{found.case_number}.csv"'
    response.write("\ufeff")
    rows = csv.writer(response, delimiter=";")
    rows.writerow(["Tidspunkt", "Rolle", "Hvad", "Afvist"])
    for entry in about_citizen(found.id, since=_since(_period(request))).iterator():
        at = timezone.localtime(entry.at)
        rows.writerow([f"{at:%d-%m-%Y %H.%M}", _role(entry), _act(entry), "ja" if entry.refused else "nej"])
    return response


def _period(request: HttpRequest) -> str:
    asked = request.GET.get("periode", "")
    return asked if asked in dict(PERIODS) else PERIODS[0][0]


def _since(period: str) -> datetime:
    if period == "alt":
        return datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone())
    first = timezone.localdate() - timedelta(days=int(period))
    return timezone.make_aware(datetime.combine(first, time.min))


def _lines(entries: list[Entry]) -> list[dict[str, Any]]:
    """Entries with the name and role of who acted and the act in words."""
    names = dict(User.objects.filter(id__in={entry.actor_id for entry in entries}).values_list("id", "name"))
    return [
        {
            "at": entry.at,
            "name": names.get(entry.actor_id, ""),
            "role": _role(entry),
            "act": _act(entry),
            "refused": entry.refused,
        }
        for entry in entries
    ]


def _role(entry: Entry) -> str:
    if entry.detail.get("actor"):
        return "borgeren selv"
    if not entry.actor_role:
        return "programmet" if entry.kind == Kind.CHANGE else "ikke logget ind"
    return Role(entry.actor_role).label if entry.actor_role in Role.values else entry.actor_role


def _act(entry: Entry) -> str:
    """The act in words: what was done speaks for itself, a look says what was looked at."""
    return entry.verb if entry.kind == Kind.CHANGE else f"{entry.get_kind_display()}: {entry.verb}"


urls = [
    path("borger/<uuid:key>/", citizen, name="citizen"),
    path("borger/<uuid:key>/ret/", edit_citizen, name="edit_citizen"),
    path("borger/<uuid:key>/hvem-har-set/", citizen_log, name="citizen_log"),
    path("borger/<uuid:key>/hvem-har-set.csv", citizen_log_export, name="citizen_log_export"),
    path("borger/<uuid:key>/cpr/", reveal_cpr, name="reveal_cpr"),
    path("borger/<uuid:key>/adresse/", reveal_address, name="reveal_address"),
    path("borger/<uuid:key>/notat/", add_note, name="add_note"),
]
