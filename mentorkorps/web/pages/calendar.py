"""A mentor's meetings in the mentor's own calendar program, and the days on which the municipality is closed."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.domain.dates import long_date
from mentorkorps.followup.queries.calendar import meetings_from
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.actions.calendar import (
    close_days,
    first_fetch_of,
    make_feed,
    open_day,
    revoke_feed,
)
from mentorkorps.municipality.models import CalendarFeed, ClosingDay, Role
from mentorkorps.municipality.queries import today
from mentorkorps.municipality.queries.calendar import days_off, feed_of
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.ics import calendar_of
from mentorkorps.web.rate import too_many

MENTORS = (Role.MENTOR, Role.COMPANY_MENTOR)
SHOWN_BACK, SHOWN_AHEAD = timedelta(weeks=4), timedelta(weeks=52)
PAGE = 50


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program fetches. Journalled once a day, since programs come by the quarter of an hour."""
    if too_many(request, "calendar", most=60, seconds=300):
        return HttpResponse(
            "For mange gange. Vent lidt.", status=429, content_type="text/plain; charset=utf-8"
        )
    feed = feed_of(secret)
    if feed is None or feed.user.role not in MENTORS:
        write(Kind.LOOK, "kalender", by=None, refused=True)
        raise Http404
    meetings = meetings_from(access.courses_of(feed.user), today() - SHOWN_BACK)
    if first_fetch_of(feed, on=timezone.localdate()):
        shown = dict.fromkeys(meeting.course.citizen_id for meeting in meetings)
        write(Kind.EXPORT, "kalender", by=feed.user, shown=shown)
    file = calendar_of(meetings, days_off(today(), today() + SHOWN_AHEAD), now=timezone.now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mentorkorps.ics"'
    return response


@door(May.LOG_CONTACT)
def calendar(request: SignedIn) -> HttpResponse:
    """Makes and closes the address of one's own calendar; the address is shown now and never again."""
    if request.user.role not in MENTORS:
        return redirect("own_account")
    address = ""
    if request.POST.get("act") == "revoke":
        revoke_feed(request.user)
        messages.success(request, "Adressen er lukket. Slet også kalenderen i dit kalenderprogram.")
        return redirect("calendar")
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("calendar_feed", args=[make_feed(request.user)]))
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "calendar/feed.html", {"feed": feed, "address": address})


class ClosingForm(HouseForm):
    """One day, or a run of them."""

    first = DateField(label="Dag")
    last = DateField(label="Til og med", required=False, help_text="Kun når der er lukket flere dage i træk.")
    name = forms.CharField(
        label="Hvad hedder dagen?", max_length=80, help_text="Fx Grundlovsdag eller Juleferie."
    )


@door(May.EDIT_CLOSING_DAYS)
def closing_days(request: SignedIn) -> HttpResponse:
    """The days to come on which the municipality is closed, and a form for more."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closed = form.attempt(close_days, **form.cleaned_data, today=today(), by=request.user)
        if closed is not None:
            many = "1 lukkedag" if len(closed) == 1 else f"{len(closed)} lukkedage"
            messages.success(request, f"{many} er tilføjet.")
            return redirect("closing_days")
    rows = ClosingDay.objects.filter(day__gte=today())
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    holidays = {
        d: n for d, n in days_off(today(), today() + SHOWN_AHEAD).items() if d not in {r.day for r in rows}
    }
    return render(
        request, "calendar/closing_days.html", {"form": form, "page": page, "holidays": holidays.items()}
    )


@door(May.EDIT_CLOSING_DAYS)
@require_POST
def remove_closing_day(request: SignedIn, key: int) -> HttpResponse:
    """Makes the day an ordinary one again."""
    day = access.record(request, ClosingDay.objects.all(), key, verb="lukkedage")
    open_day(day, by=request.user)
    messages.success(request, f"{long_date(day.day)} er ikke længere en lukkedag.")
    return redirect("closing_days")


def closed_on(day: date) -> str:
    """A sentence to add when a meeting falls on a day off; empty on any other day. It forbids nothing."""
    name = days_off(day, day).get(day)
    return f" Læg mærke til, at der er lukket den dag: {name}." if name else ""


urls = [
    path("kalender/<str:secret>.ics", calendar_feed, name="calendar_feed"),
    path("min-konto/kalender/", calendar, name="calendar"),
    path("lukkedage/", closing_days, name="closing_days"),
    path("lukkedage/<int:key>/fjern/", remove_closing_day, name="remove_closing_day"),
]
