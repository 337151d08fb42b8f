"""The mentors: what each can give, who is away, what to see to, and the pages where a coordinator keeps it right."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.absence_end import set_last_day
from mentorkorps.cases.models import Course
from mentorkorps.domain.codes import AGE_WORDS
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.planning import age_band
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries import (
    by_place,
    corps_load,
    corps_totals,
    courses_at_risk,
    running_on,
    this_week,
    whole,
)
from mentorkorps.municipality.actions import (
    add_training,
    record_mentor_absence,
    save_mentor,
    set_contract,
    set_hours,
    set_preparation_share,
)
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import IN_COMPANY, Mentor, MentorAbsence, Obligation, PreparationShare
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries import today
from mentorkorps.municipality.queries.corps import preparation_on
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.absences import last_day_words
from mentorkorps.web.pages.corps_forms import (
    AbsenceEndForm,
    AbsenceForm,
    ContractForm,
    HoursForm,
    MentorForm,
    PreparationForm,
    TrainingForm,
)
from mentorkorps.web.pages.corps_rows import (
    FILTERS,
    VIEWS,
    corps_file,
    filters_of,
    matches,
    warnings_of,
    weeks_by_period,
)

PAGE = 50


@door(May.SEE_CORPS)
def corps(request: SignedIn) -> HttpResponse:
    """Every mentor with hours, citizens and warnings; most free hours first."""
    loads, weeks = corps_load(today()), this_week(today())
    said = warnings_of(loads, today())
    chosen = [load for load in loads if matches(load, said[load.mentor.id], request.GET)]
    chosen.sort(key=lambda load: (load.absence is not None, -load.room, load.mentor.name))
    wanted = request.GET.get("som", "")
    if wanted in ("csv", "xlsx"):
        access.listed(request, "korps", [], kind=Kind.EXPORT, form=wanted)
        return corps_file(chosen, weeks, said, wanted)
    page = Paginator(chosen, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "korps", [], filters=sorted(FILTERS & request.GET.keys()))
    context = {
        "totals": corps_totals(loads),
        "week": whole("", loads, weeks).week,
        "places": [*by_place(chosen, weeks), whole("I alt", chosen, weeks)],
        "share": preparation_on(today()),
        "in_company": sum(load.available or 0 for load in loads if load.mentor.kind in IN_COMPANY),
        "lack_share": sum(load.week is not None and load.week.lacks_share for load in loads),
        "waiting": Course.objects.filter(mentor=None, ended_on=None, end__gte=today()).count(),
        "views": [
            (word, label, sum(keeps(each, said[each.mentor.id]) for each in loads))
            for word, label, keeps in VIEWS
        ],
        "rows": [(load, said[load.mentor.id]) for load in page],
        "page": page,
        "filters": filters_of(loads, request.GET),
        "chosen": request.GET,
        "may_edit": allowed(request.user, May.EDIT_CORPS),
    }
    return render(request, "corps/list.html", context)


@door(May.SEE_CORPS)
def mentor(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One mentor: hours by period, citizens, absences, training, and whom an absence may leave without a contact."""
    found = _mentor(request, key)
    loads = corps_load(today())
    load = next((each for each in loads if each.mentor.id == found.id), None)
    running = Course.objects.filter(running_on(today()), mentor=found)
    mine = (
        running.filter(id__in=access.courses_of(request.user).values("id"))
        .select_related("citizen")
        .order_by("end")
    )
    absence = _absence(found)
    access.listed(request, "mentors borgere", mine)
    context = {
        "mentor": found,
        "load": load,
        "warnings": warnings_of(loads, today())[found.id] if load else [],
        "periods": weeks_by_period(found),
        "week": this_week(today()).get(found.id),
        "languages": [language_name(code) for code in found.languages],
        "age": AGE_WORDS.get(age_band(found.birth_year, today())),
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


def _absence(mentor: Mentor) -> MentorAbsence | None:
    """The absence that holds, else the next that is told of."""
    return mentor.absences.filter(not_over(today())).order_by("first").first()


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
    request: SignedIn, mentor: Mentor, form: Any, verb: Callable[..., Any], **words: Any
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
    """Sets the hours a week with citizens that a mentor can give from a day."""
    mentor = _mentor(request, key)
    form = HoursForm(request.POST or None, initial={"valid_from": today()})
    other = reverse("mentor_contract", args=[mentor.id]), "Kender du kontrakten? Sæt timerne ud fra den"
    return _short_form(
        request, mentor, form, set_hours, title="Sæt timer om ugen", button="Gem timer", saved="Timerne er gemt.",
        other=other,
    )  # fmt: skip


@door(May.EDIT_CORPS)
def mentor_contract(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Sets a mentor's week from a day as contract, meetings and training; the hours with citizens follow from it."""
    mentor = _mentor(request, key)
    form = ContractForm(request.POST or None, initial={"valid_from": today()})
    other = reverse("mentor_hours", args=[mentor.id]), "Kender du kun timerne med borgere? Skriv dem direkte"
    return _short_form(
        request, mentor, form, set_contract, title="Sæt timer ud fra kontrakten", button="Gem kontrakt",
        saved="Kontrakten er gemt. Timerne med borgere er regnet ud af den.", other=other,
    )  # fmt: skip


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
    """Sets the last day of the absence that runs or is told of; substitutes follow it."""
    mentor = _mentor(request, key)
    absence = _absence(mentor)
    form = AbsenceEndForm(request.POST)
    if absence is None:
        messages.info(request, f"{mentor} står ikke som væk.")
    elif form.is_valid():
        done = form.attempt(set_last_day, absence, today=today(), by=request.user, **form.cleaned_data)
        if done is not None:
            last = field_date(form.cleaned_data["last"])
            messages.success(request, f"Sidste dag væk er {last}.{last_day_words(done)}")
    for error in form.errors.get("last", []):
        messages.error(request, f"Sidste dag væk: {error}")
    return redirect("mentor", mentor.id)


@door(May.EDIT_CORPS)
def preparation(request: SignedIn) -> HttpResponse:
    """What share of the time travel and preparation take: the dated figures, and a new one."""
    form = PreparationForm(request.POST or None, initial={"valid_from": today()})
    if form.is_valid() and form.attempt(set_preparation_share, by=request.user, **form.cleaned_data):
        messages.success(request, "Tallet er gemt. Det gælder fra den dag, du skrev.")
        return redirect("preparation")
    rows = PreparationShare.objects.select_related("set_by")[:100]
    access.listed(request, "rejse og forberedelse", [])
    return render(request, "corps/preparation.html", {"form": form, "rows": rows, "section": "corps"})


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
    path("mentor/<uuid:key>/kontrakt/", mentor_contract, name="mentor_contract"),
    path("korps/rejse-og-forberedelse/", preparation, name="preparation"),
    path("mentor/<uuid:key>/fravaer/", mentor_absence, name="mentor_absence"),
    path("mentor/<uuid:key>/fravaer/slut/", end_absence, name="end_mentor_absence"),
    path("mentor/<uuid:key>/uddannelse/", mentor_training, name="mentor_training"),
]
