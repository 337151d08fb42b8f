"""The decision's pages as a caseworker uses them: fill in, look, act."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.models import Course, Decision, Visitation
from mentorkorps.municipality.models import Role
from tests.cast import Cast, signed_in

GRANT = {
    "kind": "grant", "rule": "R3-01", "start": "23-11-2026", "end": "22-05-2027", "minutes_per_week": "120",
    "situation": "Du mangler et sted at bo.", "prospect": "Du vil i praktik.", "citizens_view": "Du vil gerne.",
}  # fmt: skip
REFUSAL = GRANT | {
    "kind": "refusal", "reasons": "Du får hjælp fra din bostøtte.", "help_housing": "Du får det allerede.",
}  # fmt: skip

LESS = {
    "start": "30-11-2026", "minutes_per_week": "60", "reasons": "Du klarer mere selv.", "situation": "Du bor fast nu.",
    "prospect": "Du er godt på vej.", "citizens_view": "Du er enig.",
}  # fmt: skip


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def draft(cast: Cast, visitation: Visitation, form: dict[str, Any]) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("new_decision", args=[visitation.id]), form)


def look(cast: Cast, decision: Decision, by: str = Role.CASEWORKER) -> str:
    return text_of(signed_in(cast.people[by]).get(reverse("decision", args=[decision.id])))


def act(cast: Cast, decision: Decision, do: str, **fields: Any) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("decision", args=[decision.id]), {"do": do} | fields)


def seal_on(text: str) -> str:
    return text.split('name="read" value="')[1].split('"')[0]


def take(cast: Cast, decision: Decision) -> HttpResponse:
    """Reads the letter and takes the decision, as a person would."""
    return act(cast, decision, "decide", read=seal_on(look(cast, decision)))


def on_course(cast: Cast, course: Course, kind: str, **form: Any) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("course_decision", args=[course.id, kind]), form)
