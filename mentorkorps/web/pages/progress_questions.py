"""What mentor and citizen are asked about progress: the versions, and the municipality's own in the making."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.domain.dates import long_date
from mentorkorps.domain.progress import FEWEST, HIGHEST, MOST, Question
from mentorkorps.domain.readability import how_plain
from mentorkorps.followup.actions import questions as verbs
from mentorkorps.followup.models import QuestionSet
from mentorkorps.followup.queries.question_sets import is_answered, question_sets
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.citizen_forms import short_text
from mentorkorps.web.forms import DateField, HouseForm

NEW = "nyt"  # stands where an address names a question that is not written yet
STEPS = [f"step_{number}" for number in range(1, HIGHEST + 2)]
ROWS = QuestionSet.objects.select_related("adopted_by")


def _words(label: str, longest: int, *, rows: int = 0, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text,
        widget=forms.Textarea({"rows": rows, "class": "inp"}) if rows else forms.TextInput,
        error_messages={
            "required": "Skal skrives, før spørgsmålet kan gemmes.",
            "max_length": f"Højst {longest} tegn. Du har skrevet %(show_value)d.",
        },
    )  # fmt: skip


class QuestionForm(HouseForm):
    """One question: what it is about, how each of the two is asked, and five steps in words."""

    title = _words("Emne", 60, help_text="Få ord. Det står over billedet af fremgang.")
    to_citizen = _words(
        "Sådan spørges borgeren", 240, rows=2, help_text="Sig du. Skriv, så det kan læses højt."
    )
    to_mentor = _words("Sådan spørges mentor", 240, rows=2, help_text="Om det samme, som mentor ser det.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(STEPS, start=1):
            ends = {1: " (lavest)", len(STEPS): " (højest)"}.get(number, "")
            self.fields[name] = _words(f"Trin {number}{ends}", 120)
            self.fields[name].widget.attrs["class"] = "inp"

    def steps(self) -> list[forms.BoundField]:
        """The five steps, the lowest first."""
        return [self[name] for name in STEPS]

    def asked(self) -> dict[str, Any]:
        """The words of `actions.questions.write_question`."""
        words = {name: self.cleaned_data[name] for name in ("title", "to_citizen", "to_mentor")}
        return words | {"steps": [self.cleaned_data[name] for name in STEPS]}

    def plain(self) -> str:
        """How plainly that reads which the citizen reads, as it is typed."""
        return how_plain("\n".join(str(self[name].value() or "") for name in ("to_citizen", *STEPS)))


class AdoptForm(HouseForm):
    """From when, and who has decided it."""

    name = short_text(
        QuestionSet, "name", "Navn", required=True, help_text="Fx Fjordby 2027. Det står ved svarene."
    )
    source = short_text(
        QuestionSet, "source", "Hvem har besluttet det?", required=True, help_text="Fx Ledelsen, 20. november 2026."
    )  # fmt: skip
    in_force_from = DateField(
        label="Gælder fra",
        help_text="Forløb, der begynder fra den dag. De andre svarer videre på deres egne.",
    )


@door(May.SEE_PROGRESS_QUESTIONS)
@require_safe
def progress_questions(request: SignedIn) -> HttpResponse:
    """What is asked now, what comes, what is being written, and what was asked before."""
    access.listed(request, "spørgsmål om fremgang", [])
    sets = question_sets(today())
    context = {"sets": sets, "set": sets.now, "plain": _plain(sets.now), "may_edit": _may_edit(request)}
    return render(request, "progress_questions/list.html", context)


def _plain(version: QuestionSet) -> list[tuple[Question, str]]:
    """Each question with how plainly it reads to a citizen."""
    return [(question, how_plain(question.read_by_citizen)) for question in version.asked]


def _may_edit(request: SignedIn) -> bool:
    return allowed(request.user, May.EDIT_PROGRESS_QUESTIONS)


@door(May.SEE_PROGRESS_QUESTIONS)
@require_safe
def question_set(request: SignedIn, key: int) -> HttpResponse:
    """One version to be read; whoever may take it back can, until its day."""
    found = access.record(request, ROWS, key, verb="spørgsmål om fremgang")
    if found.is_draft and _may_edit(request):
        return redirect("draft_questions", found.pk)
    comes = not found.is_draft and found.in_force_from > today()
    context = {"set": found, "plain": _plain(found), "comes": comes, "section": "progress_questions"}
    context["earlier"] = found in question_sets(today()).earlier
    context["may_withdraw"] = comes and _may_edit(request) and not is_answered(found)
    return render(request, "progress_questions/set.html", context)


@door(May.EDIT_PROGRESS_QUESTIONS)
@require_POST
def begin_questions(request: SignedIn) -> HttpResponse:
    """Begins a draft as a copy of what is asked now, or opens the one begun."""
    return redirect("draft_questions", verbs.begin_questions(on=today(), by=request.user).pk)


@door(May.EDIT_PROGRESS_QUESTIONS)
def draft_questions(request: SignedIn, key: int) -> HttpResponse:
    """A draft with its questions; posting takes it into use from a day."""
    draft = access.record(request, ROWS, key, verb="spørgsmål om fremgang")
    if not draft.is_draft:
        return redirect("question_set", draft.pk)
    form = AdoptForm(request.POST or None, initial={"name": draft.name, "source": draft.source})
    if form.is_valid():
        form.attempt(verbs.adopt_questions, draft, on=today(), by=request.user, **form.cleaned_data)
        if not form.errors:
            first = long_date(form.cleaned_data["in_force_from"])
            messages.success(
                request, f"Spørgsmålene gælder fra {first}. Du kan trække dem tilbage indtil da."
            )
            return redirect("question_set", draft.pk)
    context = {"set": draft, "plain": _plain(draft), "form": form, "few": FEWEST, "many": MOST}
    return render(request, "progress_questions/draft.html", context | {"section": "progress_questions"})


@door(May.EDIT_PROGRESS_QUESTIONS)
def write_question(request: SignedIn, key: int, theme: str) -> HttpResponse:
    """One question of a draft, written anew or added."""
    draft = _draft(request, key)
    question = next((each for each in draft.asked if each.key == theme), None)
    if not draft.is_draft or (question is None and theme != NEW):
        messages.error(request, "Spørgsmålet er ikke i kladden. Se, hvad der er i den nu.")
        return redirect("question_set", draft.pk)
    form = QuestionForm(request.POST or None, initial=_known(question))
    if form.is_valid():
        same = question.key if question else ""
        form.attempt(verbs.write_question, draft, key=same, by=request.user, **form.asked())
        if not form.errors:
            messages.success(request, f"“{form.cleaned_data['title']}” er gemt i kladden.")
            return redirect(reverse("draft_questions", args=[draft.pk]) + f"#{same or 'sidst'}")
    context = {"set": draft, "question": question, "form": form, "section": "progress_questions"}
    return render(request, "progress_questions/question.html", context)


def _draft(request: SignedIn, key: int) -> QuestionSet:
    return access.record(request, ROWS, key, verb="spørgsmål om fremgang")


def _known(question: Question | None) -> dict[str, str]:
    if question is None:
        return {}
    words = {"title": question.title, "to_citizen": question.to_citizen, "to_mentor": question.to_mentor}
    return words | dict(zip(STEPS, question.steps, strict=True))


@door(May.EDIT_PROGRESS_QUESTIONS)
@require_POST
def how_plain_it_reads(request: SignedIn) -> HttpResponse:
    """The LIX of a question while it is typed; nothing is kept."""
    return render(request, "progress_questions/lix.html", {"form": QuestionForm(request.POST)})


@door(May.EDIT_PROGRESS_QUESTIONS)
@require_POST
def arrange_question(request: SignedIn, key: int, theme: str) -> HttpResponse:
    """Moves a question of a draft up or down, or takes it out."""
    draft, act, by = _draft(request, key), request.POST.get("act"), request.user
    if act == "remove":
        _tried(request, lambda: verbs.remove_question(draft, key=theme, by=by), "Spørgsmålet er fjernet.")
    elif act in ("up", "down"):
        _tried(request, lambda: verbs.move_question(draft, key=theme, up=act == "up", by=by), "")
    return redirect(reverse("draft_questions", args=[draft.pk]) + ("" if act == "remove" else f"#{theme}"))


@door(May.EDIT_PROGRESS_QUESTIONS)
@require_POST
def take_back_questions(request: SignedIn, key: int) -> HttpResponse:
    """Takes a coming version back into a draft, or throws a draft away."""
    found = _draft(request, key)
    if found.is_draft:
        _tried(request, lambda: verbs.drop_questions(found, by=request.user), "Kladden er smidt væk.")
        return redirect("progress_questions")
    back = "Spørgsmålene er trukket tilbage og er en kladde igen. Ingen bliver spurgt om dem."
    _tried(request, lambda: verbs.withdraw_questions(found, on=today(), by=request.user), back)
    return redirect("question_set", found.pk)


def _tried(request: SignedIn, act: Callable[[], None], done: str) -> None:
    """Does an act and says what it did, or why it could not."""
    try:
        act()
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        if done:
            messages.success(request, done)


urls = [
    path("maalespoergsmaal/", progress_questions, name="progress_questions"),
    path("maalespoergsmaal/begynd/", begin_questions, name="begin_questions"),
    path("maalespoergsmaal/lix/", how_plain_it_reads, name="how_plain_it_reads"),
    path("maalespoergsmaal/<int:key>/", question_set, name="question_set"),
    path("maalespoergsmaal/<int:key>/kladde/", draft_questions, name="draft_questions"),
    path("maalespoergsmaal/<int:key>/tilbage/", take_back_questions, name="take_back_questions"),
    path("maalespoergsmaal/<int:key>/spoergsmaal/<slug:theme>/", write_question, name="write_question"),
    path(
        "maalespoergsmaal/<int:key>/spoergsmaal/<slug:theme>/flyt/", arrange_question, name="arrange_question"
    ),
]
