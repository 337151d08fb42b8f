"""A mentor's own word on the phone: ill from a day, ill for longer or shorter than was thought, and back again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.absence_end import mentor_back, set_last_day
from mentorkorps.domain.dates import field_date, long_date
from mentorkorps.ledger.queries.absences import away
from mentorkorps.municipality.actions.absences import report_ill
from mentorkorps.municipality.models import Mentor, MentorAbsence
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm
from mentorkorps.web.pages.absences import last_day_words


class IllForm(HouseForm):
    """From when, and until when if that is known."""

    first = DateField(label="Syg fra")
    last = DateField(label="Til og med", required=False, help_text="Lad stå tom, hvis du ikke ved det endnu.")


class LastDayForm(HouseForm):
    """The last day of an illness, or that nobody knows it."""

    last = DateField(
        label="Syg til og med", required=False, help_text="Lad stå tom, hvis du ikke ved det endnu."
    )

    def clean_last(self) -> date | None:
        last: date | None = self.cleaned_data["last"]
        if last is not None and last < today():
            raise ValidationError("Dagen er gået. Er du tilbage, så tryk “Jeg er tilbage” på Min uge.")
        return last


# The session's key for the last day before it was changed, so that the change can be undone: the absence and the day.
BEFORE = "last_day_before"


def ill_card(request: SignedIn, mentor: Mentor) -> dict[str, Any]:
    """What Min uge shows: the absence that holds or is told of, the forms for it, and the day it was before."""
    absence = _own_absence(mentor)
    key, before = request.session.get(BEFORE, (None, ""))
    return {
        "absence": absence,
        "form": IllForm(initial={"first": today()}),
        "last": LastDayForm(initial={"last": absence.last}) if absence else None,
        "before": before,
        "undoes": absence is not None and key == absence.pk,
    }


def _own_absence(mentor: Mentor) -> MentorAbsence | None:
    """The absence that holds, else the illness that is told to come."""
    rows = mentor.absences.filter(not_over(today())).order_by("first")
    ill = MentorAbsence.Reason.SICK
    return next((row for row in rows if row.first <= today() or row.reason == ill), None)


@door(May.REPORT_ABSENCE)
def ill(request: SignedIn) -> HttpResponse:
    """Reports oneself ill; the form stands folded on Min uge, and here alone when something is wrong with it."""
    mentor = Mentor.objects.filter(user=request.user).first()
    if mentor is None:
        return redirect("my_week")
    form = IllForm(request.POST or None, initial={"first": today()})
    if form.is_valid():
        done = form.attempt(report_ill, mentor, **form.cleaned_data, today=today(), by=request.user)
        if done is not None:
            messages.success(request, _what_happens_next(request, *done))
            return redirect("my_week")
    return render(request, "absences/ill.html", {"form": form, "section": "my_week"})


def _what_happens_next(request: SignedIn, absence: MentorAbsence, news: bool) -> str:
    since = "i dag" if absence.first == today() else long_date(absence.first)
    if not news:
        return f"Du stod allerede som syg fra {since}. Der er ikke mere, du skal gøre."
    return (
        f"Du er meldt syg fra {since}. {_seen(request, absence)} "
        "Du skal ikke ringe til borgerne. Tryk “Jeg er tilbage” her, når du er rask. God bedring."
    )


def _seen(request: SignedIn, absence: MentorAbsence) -> str:
    """That the coordinator sees it, and whom substitutes are looked for."""
    lines = away(access.courses_of(request.user), today()).lines
    waiting = sum(line.uncovered for line in lines if line.absence.pk == absence.pk)
    who = "en vikar til den borger" if waiting == 1 else f"vikarer til de {waiting} borgere"
    missing = f" og finder {who}, der mangler et møde i ugen" if waiting else ""
    return f"Fagkoordinatoren ser det nu{missing}."


@door(May.REPORT_ABSENCE)
def own_last_day(request: SignedIn) -> HttpResponse:
    """Says another last day of one's illness, or takes that back; folded on Min uge, and here when it is wrong."""
    mentor = Mentor.objects.filter(user=request.user).first()
    absence = _own_absence(mentor) if mentor else None
    if absence is None or absence.reason != MentorAbsence.Reason.SICK:
        messages.info(request, "Du står ikke som syg. Alt er, som det plejer.")
        return redirect("my_week")
    before = absence.last
    form = LastDayForm(request.POST or None, initial={"last": before})
    if form.is_valid():
        done = form.attempt(set_last_day, absence, today=today(), by=request.user, **form.cleaned_data)
        if done is not None:
            _remember(request, absence, before)
            messages.success(request, f"{_until(absence)} {_seen(request, absence)}{last_day_words(done)}")
            return redirect("my_week")
    return render(request, "absences/last_day.html", {"form": form, "absence": absence, "section": "my_week"})


def _remember(request: SignedIn, absence: MentorAbsence, before: date | None) -> None:
    """Keeps the day there was; when that day is said again the change is undone, and nothing is left to undo."""
    day = "" if before is None else field_date(before)
    now = "" if absence.last is None else field_date(absence.last)
    if day == now:
        return
    if request.session.get(BEFORE) == [absence.pk, now]:
        del request.session[BEFORE]
    else:
        request.session[BEFORE] = [absence.pk, day]


def _until(absence: MentorAbsence) -> str:
    if absence.last is None:
        return "Du er meldt syg indtil videre."
    return f"Du er meldt syg til og med {long_date(absence.last)}."


@door(May.REPORT_ABSENCE)
@require_POST
def own_return(request: SignedIn) -> HttpResponse:
    """Reports oneself back; substitutes stop, and everything is as before."""
    mentor = Mentor.objects.filter(user=request.user).first()
    absence = _own_absence(mentor) if mentor else None
    by_self = absence is not None and absence.reason == MentorAbsence.Reason.SICK
    done = mentor_back(absence, on=today(), by=request.user) if absence and by_self else None
    if done is None:
        messages.info(request, "Du står ikke som syg. Alt er, som det plejer.")
    else:
        told = " Dine vikarer stopper i dag." if done.substitutes else ""
        messages.success(request, f"Velkommen tilbage. Du møder selv dine borgere igen.{told}")
    return redirect("my_week")


urls = [
    path("min-uge/syg/", ill, name="report_ill"),
    path("min-uge/syg/til/", own_last_day, name="own_last_day"),
    path("min-uge/tilbage/", own_return, name="own_return"),
]
