"""Decisions on a running course, on their pages: less time, a stop, no new period."""

from datetime import date

import pytest
from django.urls import reverse

from mentorkorps.cases.actions.course import follow_grants
from mentorkorps.cases.actions.visitation import reassess
from mentorkorps.cases.models import Decision
from mentorkorps.journal.models import Entry
from tests.cases.scenes import running_course
from tests.cast import TODAY, Cast, signed_in
from tests.web.decision_pages import LESS, REFUSAL, act, draft, look, on_course, take, text_of


def test_less_time_is_heard_and_then_changes_the_course(cast: Cast) -> None:
    course = running_course(cast)
    decision = Decision.objects.get(id=on_course(cast, course, "change", **LESS).url.split("/")[-2])
    assert decision.situation == "Du bor fast nu."
    assert "Vi overvejer at ændre din mentorstøtte" in look(cast, decision)
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    follow_grants(on=date(2026, 11, 30))
    course.refresh_from_db()
    assert course.minutes_per_week == 60
    assert "Mentorstøtten er ændret" in look(cast, decision)


@pytest.mark.parametrize("kind", ["early_stop", "non_extension"])
def test_a_stop_has_a_letter_too(cast: Cast, kind: str) -> None:
    course = running_course(cast)
    words = {key: LESS[key] for key in ("reasons", "situation", "prospect", "citizens_view")}
    response = on_course(cast, course, kind, end="30-11-2026", help_housing="Du får det.", **words)
    decision = Decision.objects.get(id=response.url.split("/")[-2])
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    decision.refresh_from_db()
    course.refresh_from_db()
    assert decision.state == "decided"
    assert course.end == (date(2026, 11, 30) if kind == "early_stop" else date(2026, 12, 20))
    assert look(cast, decision)


@pytest.mark.parametrize(
    ("kind", "form", "said"),
    [
        ("change", {"minutes_per_week": ""}, "Skriv, hvor mange minutter"),
        ("change", {"minutes_per_week": "120"}, "allerede 120 min."),
        ("change", {"start": "01-01-2027"}, "Vælg en dag fra i dag"),
        ("change", {"reasons": ""}, "lagt vægt på"),
        ("early_stop", {"end": ""}, "Vælg en sidste dag"),
        ("early_stop", {"end": "20-12-2026"}, "udløber af sig selv"),
    ],
)
def test_what_is_wrong_on_a_course(cast: Cast, kind: str, form: dict, said: str) -> None:
    course = running_course(cast)
    assert said in text_of(on_course(cast, course, kind, **(LESS | {"help_housing": "Du får det."} | form)))
    assert course.decisions.count() == 1


def test_a_kind_that_does_not_exist_is_absent(cast: Cast) -> None:
    place = reverse("course_decision", args=[running_course(cast).id, "grant"])
    assert signed_in(cast.helle).get(place).status_code == 404
    assert Entry.objects.latest("id").refused


def test_a_course_without_a_grant_goes_back_to_its_page(cast: Cast) -> None:
    place = reverse("course_decision", args=[cast.course.id, "change"])
    assert signed_in(cast.helle).get(place).url == reverse("course", args=[cast.course.id])


def test_no_new_period_from_a_reassessment(cast: Cast) -> None:
    visitation = reassess(running_course(cast), on=TODAY, by=cast.helle)
    page = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation.id])))
    assert "Ingen ny periode" in page
    assert 'value="21-12-2026"' in page, "the day after the running period"
    draft(cast, visitation, REFUSAL | {"kind": "non_extension"})
    decision = Decision.objects.get(kind="non_extension")
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    assert "Der følger ingen ny periode" in look(cast, decision)
