"""Who is the mentor: the choice with its reasons, a substitute, and the page that the substitute gets."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions import avoidance
from mentorkorps.cases.actions import mentor as verbs
from mentorkorps.cases.models import Avoidance, Course, MentorAssignment
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.letter import Incomplete
from mentorkorps.followup.papers import handover
from mentorkorps.ledger.actions.plan_lines import choose_mentor
from mentorkorps.ledger.queries.choices import Choice, mentor_choices
from mentorkorps.ledger.queries.plans import suggestion_for
from mentorkorps.municipality.queries import active_mentors, today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.course.forms import MentorForm, SubstituteForm
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.pages.plans_forms import AvoidForm
from mentorkorps.web.paper import print_paper

SHOWN = 20  # choices on the page until all are asked for


@door(May.ASSIGN)
def assign_mentor(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Chooses the citizen's mentor. Nobody is preselected."""
    course = access.course(request, key)
    choices = mentor_choices(course, today())
    first = today() if course.mentor else max(course.start, today())
    form = MentorForm(request.POST or None, choices=choices, initial={"first": first})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(choose_mentor, course, **form.cleaned_data, by=request.user)
        if made is not None:
            messages.success(
                request,
                f"{made.mentor} er mentor fra {field_date(made.first)}. Skriv aftalen nu, hvis den mangler.",
            )
            return redirect("course", key=course.id)
    more = {"suggestion": suggestion_for(course, today()), "avoided": _avoided(course)}
    return _show(request, "mentor", course, form, choices, **more)


def _avoided(course: Course) -> list[Avoidance]:
    rows = course.citizen.avoids.filter(ended_on__isnull=True)
    return list(rows.select_related("mentor", "noted_by").order_by("mentor__name"))


@door(May.ASSIGN)
def avoid_mentor(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Says that the citizen is not to have a mentor, by the kind of reason alone."""
    course = access.course(request, key, verb="fravælg mentor")
    there = {str(mentor.id): mentor for mentor in active_mentors(today())}
    form = AvoidForm(request.POST or None, mentors=there)
    if form.is_valid():
        made = form.attempt(
            avoidance.avoid_mentor, course.citizen, today=today(), by=request.user, **form.cleaned_data
        )
        if made is not None:
            messages.success(
                request, f"{made.mentor} bliver aldrig foreslået til {course.citizen.first_name}."
            )
            return redirect("assign_mentor", key=course.id)
    return show(request, "avoid", course, form=form)


@door(May.ASSIGN)
@require_POST
def end_avoidance(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Lets the citizen have the mentor again."""
    row = access.of_citizen(request, Avoidance.objects.select_related("mentor"), key, verb="ophæv fravalg")
    avoidance.end_avoidance(row, today=today(), by=request.user)
    messages.success(request, f"{row.mentor} kan vælges igen.")
    course = access.courses_of(request.user).filter(citizen=row.citizen_id).order_by("-start").first()
    return redirect("assign_mentor", key=course.id) if course else redirect("citizen", key=row.citizen_id)


@door(May.ASSIGN)
def assign_substitute(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Chooses a substitute for a period, or ends one."""
    course = access.course(request, key)
    if "end" in request.POST:
        return _end_substitute(request, course)
    choices = [choice for choice in mentor_choices(course, today()) if not choice.current]
    form = SubstituteForm(
        request.POST or None, choices=choices, initial={"first": max(course.start, today())}
    )
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verbs.assign_substitute, course, **form.cleaned_data, by=request.user)
        if made is not None:
            messages.success(
                request,
                f"{made.mentor} er vikar fra {field_date(made.first)}. Send overleveringen, før de mødes.",
            )
            return redirect("course", key=course.id)
    return _show(request, "substitute", course, form, choices)


def _end_substitute(request: HttpRequest, course: Course) -> HttpResponse:
    current = standing_in(course)
    if current is None:
        messages.info(request, "Der er ingen vikar at afslutte.")
    else:
        verbs.end_substitute(current, last=today(), by=request.user)
        messages.success(request, f"{current.mentor} er ikke vikar længere end i dag.")
    return redirect("course", key=course.id)


def standing_in(course: Course) -> MentorAssignment | None:
    """Who stands in today, else who will next."""
    open_ones = [a for a in _substitutes(course) if a.last is None or a.last >= today()]
    return min(open_ones, key=lambda a: a.first, default=None)


def _substitutes(course: Course) -> list[MentorAssignment]:
    return list(course.assignments.filter(substitute=True).select_related("mentor"))


def _show(
    request: HttpRequest, template: str, course: Course, form: MentorForm, choices: list[Choice], **more: Any
) -> HttpResponse:
    whole = "alle" in request.GET or form.is_bound
    chosen = form["mentor"].value()
    return show(
        request,
        template,
        course,
        form=form,
        choices=[
            (choice, str(choice.mentor.id) == chosen) for choice in (choices if whole else choices[:SHOWN])
        ],
        hidden=0 if whole else max(len(choices) - SHOWN, 0),
        substitute=standing_in(course),
        **more,
    )


@door(May.SEE_COURSE)
def handover_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One page for the substitute."""
    course = access.course(request, key, verb="overlevering")
    substitute = standing_in(course)
    if substitute is None or course.mentor is None:
        messages.info(request, "Der er ingen vikar at skrive en overlevering til. Vælg en vikar først.")
        return redirect("course", key=course.id)
    try:
        paper = handover(course, substitute, signer=request.user, on=today())
    except Incomplete as incomplete:
        messages.error(request, f"Overleveringen kan ikke laves endnu. {incomplete.message}")
        return redirect("course", key=course.id)
    return print_paper(request, course.citizen, paper, name="overlevering")
