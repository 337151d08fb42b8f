"""The mentors: what each can give, who is away, what to see to, and the pages where a coordinator keeps it right."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import long_date, write_minutes
from mentorkorps.ledger.queries import MentorLoad, corps_load, corps_totals, courses_at_risk, running_on
from mentorkorps.municipality.actions import (
    add_training,
    end_mentor_absence,
    record_mentor_absence,
    save_mentor,
    set_hours,
)
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import Mentor, MentorAbsence, Obligation, Unit
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.corps_forms import AbsenceEndForm, AbsenceForm, HoursForm, MentorForm, TrainingForm

PAGE = 50
# The filters of the list: word in the address, label, and which mentors they keep.
VIEWS: tuple[tuple[str, str, Callable[[MentorLoad], bool]], ...] = (
    ("", "Alle", lambda load: True),
    ("ledige", "Har ledige timer", lambda load: load.room > 0),
    ("over", "Over det, de kan", lambda load: load.too_many),
    ("under", "Under halvt brugt", lambda load: load.half_used and not load.absence),
    ("vaek", "Væk nu", lambda load: load.absence is not None),
    ("mangler", "Mangler noget", lambda load: bool(load.expired) or load.available is None),
)


@door(May.SEE_CORPS)
def corps(request: SignedIn) -> HttpResponse:
    """Every mentor with hours, citizens and warnings; most free hours first."""
    loads = corps_load(today())
    chosen = [load for load in loads if _matches(load, request.GET)]
    chosen.sort(key=lambda load: (load.absence is not None, -load.room, load.mentor.name))
    page = Paginator(chosen, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "korps", [], filters=sorted(request.GET))
    context = {
        "totals": corps_totals(loads),
        "waiting": Course.objects.filter(mentor=None, ended_on=None, end__gte=today()).count(),
        "views": [(word, label, sum(map(keeps, loads))) for word, label, keeps in VIEWS],
        "rows": [(load, warnings(load)) for load in page],
        "page": page,
        "languages": sorted(
            {(code, language_name(code)) for load in loads for code in load.mentor.languages}
        ),
        "units": Unit.objects.all(),
        "kinds": Mentor.Kind.choices,
        "chosen": request.GET,
        "may_edit": allowed(request.user, May.EDIT_CORPS),
    }
    return render(request, "corps/list.html", context)


def _matches(load: MentorLoad, wanted: Any) -> bool:
    keeps = next((keeps for word, _, keeps in VIEWS if word == wanted.get("vis", "")), VIEWS[0][2])
    return (
        keeps(load)
        and wanted.get("enhed", "") in ("", str(load.mentor.unit_id))
        and wanted.get("art", "") in ("", load.mentor.kind)
        and (not wanted.get("sprog") or wanted["sprog"] in load.mentor.languages)
    )


def warnings(load: MentorLoad) -> list[str]:
    """What a coordinator should see to, in words."""
    found = []
    most = load.mentor.max_citizens
    if load.free is not None and load.free < 0:
        found.append(f"Bevilget {write_minutes(-load.free)} mere om ugen, end mentoren kan give")
    if most is not None and load.citizens > most:
        found.append(f"{load.citizens} borgere, højst {most}")
    if load.half_used and not load.absence:
        found.append("Under halvdelen af timerne er brugt")
    if load.available is None:
        found.append("Ingen timer er registreret")
    found += [f"Eneste, der taler {language_name(code)}" for code in load.only_speaker_of]
    found += [f"{row.title} udløb {long_date(row.expires_on)}" for row in load.expired if row.expires_on]
    return found


@door(May.SEE_CORPS)
def mentor(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One mentor: hours by period, citizens, absences, training, and whom an absence may leave without a contact."""
    found = _mentor(request, key)
    load = next((each for each in corps_load(today()) if each.mentor.id == found.id), None)
    running = Course.objects.filter(running_on(today()), mentor=found)
    mine = (
        running.filter(id__in=access.courses_of(request.user).values("id"))
        .select_related("citizen")
        .order_by("end")
    )
    absence = found.absences.filter(Q(last=None) | Q(last__gte=today())).order_by("first").first()
    access.listed(request, "mentors borgere", mine)
    context = {
        "mentor": found,
        "load": load,
        "warnings": warnings(load) if load else [],
        "languages": [language_name(code) for code in found.languages],
        "courses": mine,
        "others": running.count() - len(mine),
        "absence": absence,
        "at_risk": _at_risk(request, found, absence),
        "may_assign": allowed(request.user, May.ASSIGN),
        "may_edit": allowed(request.user, May.EDIT_CORPS),
        "section": "corps",
    }
    return render(request, "corps/mentor.html", context)


def _at_risk(request: SignedIn, mentor: Mentor, absence: MentorAbsence | None) -> list[Course]:
    """Whom the reader may see of those an absence may leave without a contact; what the law binds most comes first."""
    if absence is None:
        return []
    seen = access.courses_of(request.user).values("id")
    found = courses_at_risk(mentor, max(today(), absence.first)).filter(id__in=seen)
    return sorted(found, key=lambda course: Obligation.values.index(course.obligation))


def _mentor(request: SignedIn, key: uuid.UUID) -> Mentor:
    return access.record(
        request, Mentor.objects.select_related("unit", "provider", "user"), key, verb="mentor"
    )


@door(May.EDIT_CORPS)
def new_mentor(request: SignedIn) -> HttpResponse:
    """Adds a mentor to the corps."""
    return _save_mentor(request, None)


@door(May.EDIT_CORPS)
def edit_mentor(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Corrects a mentor."""
    return _save_mentor(request, _mentor(request, key))


def _save_mentor(request: SignedIn, mentor: Mentor | None) -> HttpResponse:
    form = MentorForm(
        request.POST or None, initial=MentorForm.initial_of(mentor) if mentor else {"active_from": today()}
    )
    if form.is_valid():
        saved = form.attempt(save_mentor, mentor, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(
                request,
                f"{saved} er gemt." if mentor else f"{saved} er oprettet. Sæt timer om ugen som det næste.",
            )
            return redirect("mentor", saved.id)
    return render(request, "corps/edit.html", {"form": form, "mentor": mentor, "section": "corps"})


def _short_form(
    request: SignedIn, mentor: Mentor, form: Any, verb: Callable[..., Any], **words: str
) -> HttpResponse:
    """A page with one short form about a mentor, which goes back to the mentor when it is saved."""
    if form.is_valid() and form.attempt(verb, mentor, by=request.user, **form.cleaned_data):
        messages.success(request, words["saved"])
        return redirect("mentor", mentor.id)
    return render(
        request, "corps/short_form.html", {"form": form, "mentor": mentor, "section": "corps", **words}
    )


@door(May.EDIT_CORPS)
def mentor_hours(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Sets the hours a week that a mentor can give from a day."""
    mentor = _mentor(request, key)
    form = HoursForm(request.POST or None, initial={"valid_from": today()})
    return _short_form(
        request,
        mentor,
        form,
        set_hours,
        title="Sæt timer om ugen",
        button="Gem timer",
        saved="Timerne er gemt.",
    )


@door(May.EDIT_CORPS)
def mentor_absence(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Records that a mentor is away; the mentor's page then lists whom it may leave without a contact."""
    mentor = _mentor(request, key)
    form = AbsenceForm(request.POST or None, initial={"first": today()})
    saved = "Fraværet er gemt. Nedenfor står de borgere, der mangler en kontakt i ugen."
    return _short_form(
        request, mentor, form, record_mentor_absence, title="Læg fravær ind", button="Gem fravær", saved=saved
    )


@door(May.EDIT_CORPS)
@require_POST
def end_absence(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Sets the last day of the absence that runs."""
    mentor = _mentor(request, key)
    absence = mentor.absences.filter(last__isnull=True).first()
    form = AbsenceEndForm(request.POST)
    if absence is None:
        messages.info(request, f"{mentor} har ikke et fravær uden sidste dag.")
    elif form.is_valid():
        form.attempt(end_mentor_absence, absence, by=request.user, **form.cleaned_data)
    for error in form.errors.get("last", []):
        messages.error(request, error)
    return redirect("mentor", mentor.id)


@door(May.EDIT_CORPS)
def mentor_training(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Adds a course or qualification that a mentor holds."""
    mentor = _mentor(request, key)
    form = TrainingForm(request.POST or None)
    return _short_form(
        request,
        mentor,
        form,
        add_training,
        title="Tilføj uddannelse",
        button="Gem uddannelse",
        saved="Uddannelsen er gemt.",
    )


urls = [
    path("korps/", corps, name="corps"),
    path("mentor/ny/", new_mentor, name="new_mentor"),
    path("mentor/<uuid:key>/", mentor, name="mentor"),
    path("mentor/<uuid:key>/ret/", edit_mentor, name="edit_mentor"),
    path("mentor/<uuid:key>/timer/", mentor_hours, name="mentor_hours"),
    path("mentor/<uuid:key>/fravaer/", mentor_absence, name="mentor_absence"),
    path("mentor/<uuid:key>/fravaer/slut/", end_absence, name="end_mentor_absence"),
    path("mentor/<uuid:key>/uddannelse/", mentor_training, name="mentor_training"),
]
