"""The mentor's week on a phone, and logging a contact."""

import uuid
from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from mentorkorps.cases.models import Course
from mentorkorps.cases.queries.open_tasks import open_tasks
from mentorkorps.domain.dates import long_date
from mentorkorps.followup import actions
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.followup.queries import contacts_of, mentor_week, next_appointments, overlaps
from mentorkorps.followup.queries.progress import measures_due
from mentorkorps.municipality.models import Mentor, Role
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.drafts import course_in_address, keeps_draft
from mentorkorps.web.pages.calendar import closed_on
from mentorkorps.web.pages.contact_forms import (
    MENTORS,
    BookingForm,
    ContactForm,
    CorrectionForm,
    GroupForm,
    may_log_for,
)
from mentorkorps.web.pages.ill import ill_card
from mentorkorps.web.pages.phone.who import phone_list

PAGE = 50


@door(May.LOG_CONTACT)
def my_week(request: SignedIn) -> HttpResponse:
    """Whom to meet before Sunday, who has been met, and the minutes of the week."""
    mentor = Mentor.objects.filter(user=request.user).select_related("unit").first()
    if mentor is None:
        return render(
            request, "my_week/no_citizens.html", {"may_see_board": allowed(request.user, May.SEE_BOARD)}
        )
    week = mentor_week(access.courses_of(request.user), mentor, today())
    shown = [*(row.course for row in (*week.unmet, *week.others)), *(row.course for row in week.contacts)]
    access.listed(request, "min uge", shown)
    health = request.user.role != Role.COMPANY_MENTOR
    context = {"week": week, "mentor": mentor, "receipt": _receipt(request), "health": health}
    context["phone_list"] = phone_list(shown)
    context["tasks"] = open_tasks(row.course.id for row in week.unmet)
    context["ill"] = ill_card(request, mentor)
    context["measures"] = measures_due(shown, today()) if health else []
    return render(request, "my_week/my_week.html", context)


def _receipt(request: SignedIn) -> dict[str, Any] | None:
    """What was just saved, named in the address, and what comes next."""
    try:
        key = uuid.UUID(request.GET.get("gemt", ""))
    except ValueError:
        return None
    contact = access.of_course(request, Contact.objects.select_related("mentor"), key, verb="kvittering")
    return {
        "contact": contact,
        "others": Contact.objects.filter(group=contact.group, superseded=False).count()
        if contact.group
        else 1,
        "next": next_appointments([contact.course_id], today()).get(contact.course_id),
    }


@door(May.LOG_CONTACT)
@keeps_draft(course_in_address)
def log_contact(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Three taps: what happened, how long, save. The rest lies folded."""
    course = access.course(request, key, verb="registrér kontakt")
    mentors = may_log_for(request.user, course)
    form = ContactForm(request.POST or None, course=course, mentors=mentors, today=today())
    _expect(form, course, request.GET.get("dag"))
    if request.method == "POST" and form.is_valid():
        contact = form.attempt(actions.log_contact, course, today=today(), by=request.user, **form.said())
        if contact is not None:
            return redirect(_after(request, contact))
    return render(
        request,
        "my_week/log_contact.html",
        _about(request, course, form=form),
    )


def _expect(form: ContactForm, course: Course, asked: str | None) -> None:
    """Begins with the day asked for, and the time and place agreed for it."""
    day = today()
    with suppress(ValueError):
        day = date.fromisoformat(asked) if asked else day
    form.begin_on(day)
    agreed = course.appointments.filter(day=day, cancelled=False).first()
    if agreed is not None:
        form.initial.update(start=agreed.start, place=agreed.place)


def _about(request: SignedIn, course: Course, **more: Any) -> dict[str, Any]:
    return {
        "course": course,
        "citizen": course.citizen,
        "section": "my_week" if request.user.role in MENTORS else "week_board",
        "health": request.user.role != Role.COMPANY_MENTOR,
        "back": reverse("my_week") if request.user.role in MENTORS else reverse("contacts", args=[course.id]),
        **more,
    }


def _after(request: SignedIn, contact: Contact) -> str:
    """Where the receipt stands: in the mentor's week, or among the course's contacts for whoever logs on behalf."""
    own = request.user.role in MENTORS
    place = reverse("my_week") if own else reverse("contacts", args=[contact.course_id])
    return f"{place}?gemt={contact.id}"


@door(May.LOG_CONTACT)
def group_contact(request: SignedIn) -> HttpResponse:
    """Several of one's citizens met together."""
    running = access.courses_of(request.user).filter(
        mentor__user=request.user, start__lte=today(), ended_on__isnull=True
    )
    courses = list(running.select_related("citizen").order_by("citizen__first_name", "id"))
    form = GroupForm(request.POST or None, courses=courses, today=today())
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.log_group, form.outcomes(), today=today(), by=request.user, **form.said())
        if made:
            return redirect(_after(request, made[0]))
    access.listed(request, "gruppekontakt", courses)
    return render(request, "my_week/group_contact.html", {"form": form, "section": "my_week"})


@door(May.LOG_CONTACT)
def correct_contact(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A contact as it should have been; the old line stays to be read."""
    contact = _contact(request, key, verb="ret kontakt")
    form = CorrectionForm(request.POST or None, contact=contact, today=today())
    if request.method == "POST" and form.is_valid():
        new = form.attempt(actions.correct_contact, contact, today=today(), by=request.user, **form.said())
        if new is not None:
            return redirect(_after(request, new))
    return render(
        request, "my_week/correct_contact.html", _about(request, contact.course, form=form, contact=contact)
    )


@door(May.LOG_CONTACT)
@require_POST
def retract_contact(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes back a contact that was logged by mistake, once, however often it is sent."""
    contact = _contact(request, key, verb="fortryd kontakt")
    back = redirect(_about(request, contact.course)["back"])
    try:
        actions.retract_contact(contact, key=uuid.uuid5(contact.key, "fortryd"), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return back
    said = f"Registreringen fra {long_date(contact.day)} er trukket tilbage"
    messages.success(request, f"{said}. Den står stadig i kontakterne, streget over.")
    return back


def _contact(request: SignedIn, key: uuid.UUID, *, verb: str) -> Contact:
    return access.of_course(request, Contact.objects.select_related("mentor"), key, verb=verb)


@door(May.SEE_COURSE)
def contacts(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Every contact of a course with corrections and overlaps, the latest first."""
    course = access.course(request, key, verb="kontakter")
    page = Paginator(contacts_of(course), PAGE).get_page(request.GET.get("side"))
    context = _about(
        request,
        course,
        page=page,
        overlapping=overlaps(list(page)),
        may_log=allowed(request.user, May.LOG_CONTACT),
        own_only=request.user.role in MENTORS,
        receipt=_receipt(request),
    )
    return render(request, "my_week/contacts.html", context)


@door(May.LOG_CONTACT)
def book_meeting(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The next meeting, without a contact."""
    course = access.course(request, key, verb="aftal møde")
    appointment = next_appointments([course.id], today()).get(course.id)
    form = BookingForm(request.POST or None, appointment=appointment)
    if request.method == "POST" and form.is_valid():
        said = {"day": form.cleaned_data["next_day"]} | {n: form.cleaned_data[n] for n in ("start", "place")}
        made = form.attempt(actions.book_appointment, course, today=today(), by=request.user, **said)
        if made is not None:
            messages.success(request, f"Aftalen er gemt: {long_date(made.day)}.{closed_on(made.day)}")
            return redirect(_about(request, course)["back"])
    return render(
        request, "my_week/book_meeting.html", _about(request, course, form=form, appointment=appointment)
    )


@door(May.LOG_CONTACT)
@require_POST
def cancel_meeting(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes a meeting off the calendar."""
    appointment = access.of_course(request, Appointment.objects.all(), key, verb="aflys møde")
    actions.cancel_appointment(appointment, by=request.user)
    messages.success(
        request, f"Aftalen {long_date(appointment.day)} er aflyst. Der står ikke længere en aftale."
    )
    return redirect("book_meeting", appointment.course_id)


urls = [
    path("min-uge/", my_week, name="my_week"),
    path("min-uge/gruppe/", group_contact, name="group_contact"),
    path("forloeb/<uuid:key>/kontakt/", log_contact, name="log_contact"),
    path("forloeb/<uuid:key>/kontakter/", contacts, name="contacts"),
    path("forloeb/<uuid:key>/naeste-aftale/", book_meeting, name="book_meeting"),
    path("moede/<uuid:key>/aflys/", cancel_meeting, name="cancel_meeting"),
    path("kontakt/<uuid:key>/ret/", correct_contact, name="correct_contact"),
    path("kontakt/<uuid:key>/fortryd/", retract_contact, name="retract_contact"),
]
