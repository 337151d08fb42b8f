"""Mentors who are away: whom nobody meets this week, who stands in, and how everything is as before afterwards."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.actions import substitutes as verbs
from mentorkorps.cases.actions.absence_end import LastDay, Return, mentor_back
from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.followup.papers import handover_pack
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.queries.absences import (
    COVERED,
    MET,
    NOBODY,
    AwayLine,
    absence_of,
    away,
    last_day_of,
    returned,
)
from mentorkorps.ledger.queries.choices import mentor_choices
from mentorkorps.ledger.queries.stand_ins import suggestion, suggestions
from mentorkorps.municipality.models import Mentor, MentorAbsence
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import HouseForm, LongText
from mentorkorps.web.pages.course.frame import about
from mentorkorps.web.pdf import render_pdf

PAGE = 20
SHOWN = 6  # mentors to choose among until all are asked for
# Word in the address, what it is called, and which lines it keeps.
VIEWS: tuple[tuple[str, str, Callable[[AwayLine], bool]], ...] = (
    ("", "Ikke dækket", lambda line: line.uncovered),
    ("vikar", "Har vikar", lambda line: line.state == COVERED),
    ("uden", "Ingen vikar, med grund", lambda line: line.state == NOBODY),
    ("moedt", "Mødt i ugen", lambda line: line.state == MET),
    ("alle", "Alle", lambda line: True),
)


@door(May.SEE_CORPS)
@require_safe
def absences(request: SignedIn) -> HttpResponse:
    """Who is away, and the courses it touches this week; what the law binds most comes first."""
    mine = access.courses_of(request.user)
    found = away(mine, today())
    keeps = next((keeps for word, _, keeps in VIEWS if word == request.GET.get("vis")), VIEWS[0][2])
    of_one = [
        line for line in found.lines if request.GET.get("mentor") in (None, "", str(line.course.mentor_id))
    ]
    page = Paginator([line for line in of_one if keeps(line)], PAGE).get_page(request.GET.get("side"))
    could = suggestions([line.course for line in page if line.state != COVERED], today())
    back = returned(mine, today())
    told = [choice.course for each in back for choice in each.over]
    access.listed(request, "fravær i korpset", [*(line.course for line in page), *told], page=page.number)
    counts, standing_in = found.counts(), found.substitutes()
    shown: dict[str, Any] = {
        "absences": [
            (each, counts[each.mentor_id], standing_in.get(each.mentor_id, [])) for each in found.absences
        ],
        "totals": sum(counts.values(), counts[uuid.UUID(int=0)]),
        "views": [(word, label, sum(map(keeps, of_one))) for word, label, keeps in VIEWS],
        "vis": request.GET.get("vis", ""),
        "rows": [(line, could.get(line.course.id)) for line in page],
        "page": page,
        "returned": back,
        "may_assign": allowed(request.user, May.ASSIGN),
        "may_edit": allowed(request.user, May.EDIT_CORPS),
        "query": request.GET.urlencode(),
    }
    return render(request, "absences/list.html", shown)


def _to_list(request: SignedIn) -> HttpResponse:
    """Back to the list with the filters that it was left with."""
    query = request.GET.urlencode()
    return redirect(reverse("absences") + (f"?{query}" if query else ""))


@door(May.ASSIGN)
@require_POST
def put_in_substitute(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Lets the suggested mentor stand in, in one press."""
    course = access.course(request, key, verb="sæt vikar ind")
    absence = absence_of(course, today())
    by_id = {str(choice.mentor.id): choice.mentor for choice in mentor_choices(course, today())}
    mentor = by_id.get(request.POST.get("mentor", ""))
    if absence is None or mentor is None:
        messages.info(request, "Listen er ændret, siden du så den. Se den igen.")
        return _to_list(request)
    try:
        verbs.put_in(
            course, absence=absence, mentor=mentor, suggested=suggestion(course, today()), today=today(),
            by=request.user,
        )  # fmt: skip
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("cover_course", course.id)
    messages.success(request, _is_substitute(mentor, course))
    return _to_list(request)


def _is_substitute(mentor: Mentor, course: Course) -> str:
    return f"{mentor} er vikar for {course.citizen.first_name}. Giv overleveringen videre, før de mødes."


class CoverForm(HouseForm):
    """Who stands in, or that nobody does; the reason is needed where it is not the suggested one."""

    mentor = forms.ChoiceField(label="Vikar", widget=forms.RadioSelect, required=False)
    reason = LongText(label="Hvorfor", max_length=1_000, rows=2, required=False)

    def __init__(self, *args: Any, by_id: dict[str, Mentor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = by_id
        self.fields["mentor"].choices = [(key, mentor.name) for key, mentor in by_id.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["mentor"] = self.by_id.get(said.get("mentor", ""))
        if said["mentor"] is None and "nobody" not in self.data and not self.errors:
            self.add_error("mentor", "Vælg en mentor, eller tryk på “Ingen vikar”.")
        return said


@door(May.ASSIGN)
def cover_course(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Another substitute than the suggested one, or none; both with a reason."""
    course = access.course(request, key, verb="vælg vikar ved fravær")
    absence = absence_of(course, today())
    if absence is None:
        messages.info(request, "Mentoren er ikke væk længere.")
        return redirect("absences")
    best = suggestion(course, today())
    choices = [
        choice
        for choice in mentor_choices(course, today())
        if not (choice.current or choice.absence or choice.avoid)
    ]
    choices.sort(key=lambda choice: choice.mentor != best)
    form = CoverForm(request.POST or None, by_id={str(choice.mentor.id): choice.mentor for choice in choices})
    if form.is_valid() and _cover(request, form, course, absence, best):
        return _to_list(request)
    whole = "mentorer" in request.GET or form.is_bound
    shown = about(request, course) | {
        "form": form,
        "absence": absence,
        "best": best,
        "choices": choices if whole else choices[:SHOWN],
        "hidden": 0 if whole else max(len(choices) - SHOWN, 0),
        "standing": verbs.open_choice(course, absence),
        "section": "absences",
    }
    return render(request, "absences/cover.html", shown)


def _cover(
    request: SignedIn, form: CoverForm, course: Course, absence: MentorAbsence, best: Mentor | None
) -> bool:
    """Does what the form says; False where it cannot be done, and the form says why."""
    said = {"absence": absence, "suggested": best, "today": today(), "by": request.user}
    mentor, reason = form.cleaned_data["mentor"], form.cleaned_data["reason"]
    if "nobody" in request.POST:
        made = form.attempt(verbs.leave_without, course, reason=reason, **said)
        words = f"{course.citizen.first_name} har ingen vikar nu. Grunden er gemt."
    else:
        made = form.attempt(verbs.put_in, course, mentor=mentor, reason=reason, **said)
        words = _is_substitute(mentor, course)
    if made is not None:
        messages.success(request, words)
    return made is not None


@door(May.ASSIGN)
@require_POST
def undo_cover(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes back what was chosen for a course."""
    course = access.course(request, key, verb="fortryd vikarvalg")
    absence = absence_of(course, today())
    choice = verbs.open_choice(course, absence) if absence else None
    if choice is None:
        messages.info(request, "Der er ikke noget valg at fortryde.")
    else:
        verbs.undo_choice(choice, last=last_day_of(choice, today()), today=today(), by=request.user)
        messages.success(request, f"Valget for {course.citizen.first_name} er fortrudt. Tag stilling igen.")
    return _to_list(request)


@door(May.EDIT_CORPS)
@require_POST
def mentor_is_back(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The coordinator says that a mentor is back."""
    mentor = access.record(request, Mentor.objects.all(), key, verb="mentor er tilbage")
    absence = mentor.absences.filter(pk=_number(request.POST.get("fravaer"))).first()
    done = absence and mentor_back(absence, on=today(), by=request.user)
    if done:
        messages.success(request, f"{mentor} er tilbage. {_restored(done)}")
    else:
        messages.info(request, f"{mentor} står ikke som væk.")
    return redirect("absences")


def _restored(done: Return) -> str:
    """What a return put back, in words."""
    if not done.substitutes:
        return "Ingen vikarer skulle stoppe."
    one = done.substitutes == 1
    return (
        f"{done.substitutes} vikar{'' if one else 'er'} er ikke vikar længere end i dag"
        " og kan ikke se borgerne fra i morgen."
    )


def last_day_words(done: LastDay) -> str:
    """What another last day did to those who stand in, in words that follow a sentence; nothing where nobody does."""
    said = (
        (done.stopped, "stopper i dag og kan ikke se borgerne fra i morgen."),
        (done.follow, "står ind til og med samme dag."),
        (done.cannot, "kan ikke blive så længe. Find en anden under Fravær."),
    )
    return "".join(f" {count} vikar{'' if count == 1 else 'er'} {words}" for count, words in said if count)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


@door(May.ASSIGN)
@require_safe
def handover_pack_pdf(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The hand-overs of all courses that somebody takes over from a mentor, or of those that one mentor does."""
    mentor = access.record(request, Mentor.objects.all(), key, verb="overleveringer")
    lines = away(access.courses_of(request.user).filter(mentor=mentor), today()).lines
    stand_in = [
        line.substitute
        for line in lines
        if line.state == COVERED and request.GET.get("vikar") in (None, str(line.substitute.mentor_id))
    ]
    if not stand_in:
        messages.info(request, "Der er ingen vikar at skrive en overlevering til. Sæt en vikar ind først.")
        return redirect("absences")
    rows = MentorAssignment.objects.filter(pk__in=[row.pk for row in stand_in])
    rows = rows.select_related(
        "mentor", "course__citizen__unit", "course__citizen__caseworker", "course__mentor"
    )
    to = stand_in[0].mentor.name if "vikar" in request.GET else request.user.name
    papers = handover_pack(
        mentor, rows.order_by("mentor__name", "course__citizen__first_name"), to=to, signer=request.user,
        on=today(),
    )  # fmt: skip
    access.listed(request, "overleveringer", [row.course for row in rows], kind=Kind.PRINT)
    response = HttpResponse(render_pdf(*papers), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="overleveringer-{today()}.pdf"'
    return response


urls = [
    path("korps/fravaer/", absences, name="absences"),
    path("forloeb/<uuid:key>/saet-ind/", put_in_substitute, name="put_in_substitute"),
    path("forloeb/<uuid:key>/vikar-ved-fravaer/", cover_course, name="cover_course"),
    path("forloeb/<uuid:key>/fortryd-vikar/", undo_cover, name="undo_cover"),
    path("mentor/<uuid:key>/tilbage/", mentor_is_back, name="mentor_is_back"),
    path("mentor/<uuid:key>/overleveringer.pdf", handover_pack_pdf, name="handover_pack"),
]
