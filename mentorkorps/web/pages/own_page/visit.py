"""What the citizen sees and says. Each page but the first needs the visit that the link has opened."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mentorkorps.followup.actions import citizen_page as verbs
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.models.progress import Rating
from mentorkorps.followup.queries.citizen_page import ASKED_BACK
from mentorkorps.followup.queries.citizen_page import own_page as read
from mentorkorps.followup.queries.progress import WaveViews, questions_of, waves_of
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import the_municipality, today
from mentorkorps.web.citizen_door import Visited, citizen_door, let_in, let_out, say, words_asked_for
from mentorkorps.web.citizen_words import FIRST, languages, words_in
from mentorkorps.web.forms import keepable
from mentorkorps.web.rate import too_many

SKIPPED = "skip"


@require_http_methods(["GET", "HEAD", "POST"])
def own_page_start(request: HttpRequest, secret: str) -> HttpResponse:
    """The page a link leads to. Only its button opens, so that a program that looks at links in messages opens none."""
    words = words_asked_for(request)
    if request.method != "POST":
        context = {"t": words, "languages": languages().values()}
        return render(request, "own_page/start.html", context)
    if too_many(request, "citizen_link", most=20, seconds=300):
        return say(request, words, "slow", status=429)
    visit = verbs.open_link(secret, language=words.code, now=timezone.now())
    if visit is None:
        return say(request, words, "closed", status=403)
    return let_in(redirect("own_page"), visit)


@citizen_door
@require_http_methods(["GET", "HEAD"])
def own_page(request: Visited) -> HttpResponse:
    """Everything on one page, in the language chosen."""
    asked = request.GET.get("sprog", "")
    if asked in languages() and asked != request.visit.language:
        verbs.choose_language(request.visit, language=asked)
        request.words = words_in(asked)
    course = request.visit.course
    write(Kind.LOOK, "borgerens side", by=None, about=course, citizen_id=course.citizen_id, detail=verbs.SELF)
    return _show(request)


def _show(request: Visited, *, wish_error: str = "", status: int = 200) -> HttpResponse:
    course, words = request.visit.course, request.words
    context = {
        "t": words,
        "languages": languages().values(),
        "said": request.GET.get("gemt", ""),
        "view": read(course, today()),
        "asker": _asker(course),
        "wish_error": wish_error,
        **_progress(course),
    }
    return render(request, "own_page/page.html", context, status=status)


def _asker(course: Any) -> dict[str, str]:
    """Whom to ask: the caseworker, or the house; and a number that somebody answers."""
    caseworker, unit, house = course.citizen.caseworker, course.citizen.unit, the_municipality()
    phone = (caseworker and caseworker.phone) or unit.phone or (house.phone if house else "")
    return {"name": caseworker.name if caseworker else "", "phone": phone}


def _progress(course: Any) -> dict[str, Any]:
    wave = _open_wave(course)
    questions = questions_of(course) if wave else ()
    return {"wave": wave, "questions": questions, "skipped": SKIPPED, "danish": FIRST}


def _open_wave(course: Any) -> WaveViews | None:
    """The wave that the citizen can answer now and has not."""
    return next((each for each in waves_of(course, today=today()) if "citizen" in each.lacks), None)


@citizen_door
@require_POST
def own_page_answer(request: Visited) -> HttpResponse:
    """One tap: whether they met."""
    asked = request.visit.course.contacts.filter(
        day__gte=today() - ASKED_BACK, superseded=False, outcome="met"
    )
    contact = asked.filter(pk=_uuid(request.POST.get("contact", ""))).first()
    if contact is not None and request.POST.get("met") in ("yes", "no", "unsure"):
        verbs.answer_met(contact, met=request.POST["met"], now=timezone.now())
    return redirect(f"{reverse('own_page')}#moedtes")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@citizen_door
@require_POST
def own_page_progress(request: Visited) -> HttpResponse:
    """How things are going, as the citizen sees it; a question that was skipped is not answered, and never zero."""
    course = request.visit.course
    wave = _open_wave(course)
    if wave is None:
        return redirect("own_page")
    answers = {each.key: _step(request.POST.get(each.key, "")) for each in questions_of(course)}
    declined = [key for key in answers if request.POST.get(key) == SKIPPED]
    if not declined and all(step is None for step in answers.values()):
        return redirect(f"{reverse('own_page')}?gemt=intet#fremgang")
    score(
        course=course, wave=wave.wave.code, rater=Rating.Rater.CITIZEN, answers=answers, declined=declined, by=None,
        on=today(),
    )  # fmt: skip
    return redirect(f"{reverse('own_page')}?gemt=fremgang#fremgang")


def _step(said: str) -> int | None:
    return int(said) if said in ("0", "1", "2", "3", "4") else None


@citizen_door
@require_POST
def own_page_wish(request: Visited) -> HttpResponse:
    """What the citizen wishes of a mentor."""
    text = keepable(request.POST.get("text", ""))
    try:
        verbs.say_wish(request.visit.course, text=text, now=timezone.now())
    except ValidationError:
        return _show(request, wish_error=text, status=400)
    return redirect(f"{reverse('own_page')}?gemt=oenske#oenske")


@citizen_door
@require_POST
def own_page_leave(request: Visited) -> HttpResponse:
    """Closes the visit."""
    verbs.end_visit(request.visit)
    return let_out(say(request, request.words, "left"))
