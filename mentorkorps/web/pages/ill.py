"""A mentor's own word on the phone: ill from a day, and back again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.substitutes import mentor_back
from mentorkorps.domain.dates import short_date
from mentorkorps.ledger.queries.absences import away
from mentorkorps.municipality.actions.absences import report_ill
from mentorkorps.municipality.models import Mentor, MentorAbsence
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import DateField, HouseForm


class IllForm(HouseForm):
    """From when, and until when if that is known."""

    first = DateField(label="Syg fra")
    last = DateField(label="Til og med", required=False, help_text="Lad stå tom, hvis du ikke ved det endnu.")


def ill_card(mentor: Mentor) -> dict[str, Any]:
    """What Min uge shows: the absence that holds or is told of, and the form for a new one."""
    return {"absence": _own_absence(mentor), "form": IllForm(initial={"first": today()})}


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
    since = "i dag" if absence.first == today() else short_date(absence.first, today=today())
    if not news:
        return f"Du stod allerede som syg fra {since}. Der er ikke mere, du skal gøre."
    lines = away(access.courses_of(request.user), today()).lines
    waiting = sum(line.uncovered for line in lines if line.absence.pk == absence.pk)
    who = "en vikar til den borger" if waiting == 1 else f"vikarer til de {waiting} borgere"
    missing = f" og finder {who}, der mangler et møde i ugen" if waiting else ""
    return (
        f"Du er meldt syg fra {since}. Fagkoordinatoren ser det nu{missing}. "
        "Du skal ikke ringe til borgerne. Tryk “Jeg er tilbage” her, når du er rask. God bedring."
    )


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
    path("min-uge/tilbage/", own_return, name="own_return"),
]
