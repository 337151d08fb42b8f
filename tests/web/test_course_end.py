"""Absence, status, the end of a course, and what became of the citizen."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.course import end_course
from mentorkorps.cases.models import Course
from mentorkorps.followup.actions import record_absence
from mentorkorps.followup.models import CitizenAbsence, FollowUp, StatusReport
from mentorkorps.followup.papers import status_paper
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cases.grants import grant
from tests.cast import TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db

STATUS = {
    "goals": "Et værelse på prøve.", "progress": "Jens ringer selv.", "citizens_view": "Det går godt.",
    "recommendation": "continue", "reason": "Behandlingen er lige begyndt.",
}  # fmt: skip


def post(browser: Client, name: str, key: uuid.UUID, **fields: Any) -> str:
    response = browser.post(reverse(name, args=[key]), fields, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def read(browser: Client, name: str, key: uuid.UUID) -> str:
    response = browser.get(reverse(name, args=[key]), follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_absence_is_recorded_once_and_ended(cast: Cast) -> None:
    browser = signed_in(cast.people[Role.MENTOR])
    sick = {"first": "16-11-2026", "last": "", "reason": "sick"}
    assert "Fraværet er registreret." in post(browser, "absence", cast.course.id, **sick)
    assert "allerede væk fra 16-11-2026" in post(browser, "absence", cast.course.id, **sick)
    away = CitizenAbsence.objects.get()
    assert "Fraværet er afsluttet." in post(
        browser, "absence", cast.course.id, absence=away.id, last="18-11-2026"
    )
    away.refresh_from_db()
    assert away.last == date(2026, 11, 18)


@pytest.mark.parametrize(
    "fields",
    [
        {"first": ""}, {"first": "30-02-2026"}, {"last": "15-11-2026"}, {"reason": ""}, {"reason": "bored"},
        {"note": "x" * 10_000}, {"first": "21-12-2026"}, {"first": "01-01-2026", "last": "02-01-2026"},
    ],
)  # fmt: skip
def test_an_absence_that_cannot_be(cast: Cast, fields: dict[str, str]) -> None:
    values = {"first": "16-11-2026", "reason": "sick"} | fields
    assert "Der mangler noget" in post(signed_in(cast.helle), "absence", cast.course.id, **values)
    assert not CitizenAbsence.objects.exists()


def test_an_end_before_the_beginning_is_said_at_its_row(cast: Cast) -> None:
    away = record_absence(cast.course, first=TODAY, last=None, reason="sick", note="", by=cast.helle)
    browser = signed_in(cast.helle)
    assert "Sidste dag ligger før første dag." in post(
        browser, "absence", cast.course.id, absence=away.id, last="19-11-2026"
    )
    assert "er ikke en dato" in post(browser, "absence", cast.course.id, absence=away.id, last="snart")


@pytest.mark.parametrize("key", ["x", "00000000-0000-4000-8000-000000000000"])
def test_an_absence_of_another_course_is_absent(cast: Cast, key: str) -> None:
    other = Course.objects.get(citizen__first_name="Olga")
    foreign = record_absence(other, first=TODAY, last=None, reason="sick", note="", by=cast.karl)
    browser = signed_in(cast.helle)
    for asked in (key, foreign.id):
        response = browser.post(
            reverse("absence", args=[cast.course.id]), {"absence": asked, "last": "20-11-2026"}
        )
        assert response.status_code == 404
        assert Entry.objects.latest("id").refused
    foreign.refresh_from_db()
    assert foreign.last is None


def test_a_status_is_written_read_and_printed(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    browser = signed_in(cast.people[Role.MENTOR])
    assert "sagsbehandleren kan læse den nu" in post(browser, "status", cast.course.id, **STATUS)
    post(browser, "status", cast.course.id, **(STATUS | {"goals": "En lejlighed."}))
    assert StatusReport.objects.get().goals == "En lejlighed."
    reader = signed_in(cast.helle)
    text = read(reader, "status", cast.course.id)
    assert "Begynd ny vurdering" in text
    assert reverse("course_decision", args=[cast.course.id, "non_extension"]) in text
    paper = reader.get(reverse("status_pdf", args=[cast.course.id]))
    assert paper.content.startswith(b"%PDF")
    said = status_paper(StatusReport.objects.get()).as_text()
    for words in (
        "Jens Eksempel",
        "En lejlighed.",
        "Fortsæt i en ny periode",
        "0 min. givet af 44 t. bevilget",
        "Det går godt.",
    ):
        assert words in said, words
    assert Entry.objects.latest("id").kind == "print"


@pytest.mark.parametrize("field", ["goals", "progress", "reason", "recommendation"])
@pytest.mark.parametrize("value", ["", "x" * 10_000])
def test_a_status_that_lacks_something_keeps_the_rest(cast: Cast, field: str, value: str) -> None:
    text = post(signed_in(cast.helle), "status", cast.course.id, **(STATUS | {field: value}))
    assert "Der mangler noget" in text
    assert "Det går godt." in text
    assert not StatusReport.objects.exists()


def test_mentors_get_no_paper_with_the_whole_name(cast: Cast) -> None:
    assert (
        signed_in(cast.people[Role.MENTOR]).get(reverse("status_pdf", args=[cast.course.id])).status_code
        == 404
    )
    assert "ikke skrevet en status" in read(signed_in(cast.helle), "status_pdf", cast.course.id)


def run_out(cast: Cast) -> Course:
    Course.objects.filter(pk=cast.course.pk).update(end=TODAY)
    return Course.objects.get(pk=cast.course.pk)


END = {
    "on": "20-11-2026",
    "reason": "job",
    "citizens_view": "Jeg klarer mig.",
    "own_view": "Alle mål er nået.",
}


def test_a_course_is_ended_with_both_views_and_follow_ups(cast: Cast) -> None:
    run_out(cast)
    text = post(signed_in(cast.helle), "end_course", cast.course.id, **END)
    for words in (
        "Forløbet er afsluttet. Alt kan",
        "job uden støtte",
        "Borgeren: Jeg klarer mig.",
        "Mentor og kommune: Alle mål er nået.",
    ):
        assert words in text, words
    assert list(FollowUp.objects.values_list("months", "due")) == [
        (6, date(2027, 5, 20)), (12, date(2027, 11, 20)), (18, date(2028, 5, 20)),
    ]  # fmt: skip


def test_ended_twice_is_ended_once(cast: Cast) -> None:
    run_out(cast)
    browser = signed_in(cast.helle)
    post(browser, "end_course", cast.course.id, **END)
    assert "intet kan ændres" in post(browser, "end_course", cast.course.id, **(END | {"reason": "wish"}))
    assert FollowUp.objects.count() == 3
    assert Course.objects.get(pk=cast.course.pk).end_reason == "job"


def test_before_the_end_the_law_asks_for_a_decision(cast: Cast) -> None:
    browser = signed_in(cast.helle)
    assert reverse("course_decision", args=[cast.course.id, "early_stop"]) in read(
        browser, "end_course", cast.course.id
    )
    text = post(browser, "end_course", cast.course.id, **END)
    assert "Det giver reglerne ikke mulighed for." in text
    assert "FVL § 2" in text
    assert "Alle mål er nået." in text, "what was typed stays"
    assert Course.objects.get(pk=cast.course.pk).ended_on is None
    assert not FollowUp.objects.exists()


def test_nobody_is_asked_after_a_death(cast: Cast) -> None:
    post(signed_in(cast.helle), "end_course", cast.course.id, **(END | {"reason": "death"}))
    assert Course.objects.get(pk=cast.course.pk).end_reason == "death"
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"on": ""},
        {"on": "21-11-2026"},
        {"on": "01-01-2020"},
        {"reason": ""},
        {"reason": "magic"},
        {"own_view": ""},
        {"own_view": "x" * 10_000},
    ],
)
def test_an_end_that_cannot_be(cast: Cast, fields: dict[str, str]) -> None:
    run_out(cast)
    assert "Der mangler noget" in post(signed_in(cast.helle), "end_course", cast.course.id, **(END | fields))
    assert Course.objects.get(pk=cast.course.pk).ended_on is None


def followed_up(cast: Cast) -> FollowUp:
    end_course(cast.course, on=date(2026, 5, 20), reason="moved", note="", today=TODAY, by=cast.helle)
    return FollowUp.objects.create(course=cast.course, months=6, due=TODAY)


def test_what_became_of_the_citizen_is_answered_and_can_be_mended(cast: Cast) -> None:
    row = followed_up(cast)
    browser = signed_in(cast.helle)
    assert "6 måneder efter" in read(browser, "follow_up", row.id)
    for outcome in ("lost", "job", "job"):
        assert "Svaret er gemt." in post(browser, "follow_up", row.id, outcome=outcome)
    row.refresh_from_db()
    assert (row.outcome, row.asked_on, row.asked_by) == ("job", TODAY, cast.helle)


def test_it_is_not_answered_before_its_day(cast: Cast) -> None:
    row = followed_up(cast)
    FollowUp.objects.update(due=TODAY + timedelta(days=1))
    browser = signed_in(cast.helle)
    assert "Der spørges først 21.\xa0november\xa02026." in read(browser, "follow_up", row.id)
    post(browser, "follow_up", row.id, outcome="job")
    row.refresh_from_db()
    assert row.outcome == ""


@pytest.mark.parametrize("outcome", ["", "rich", "x" * 10_000])
def test_an_answer_that_is_none(cast: Cast, outcome: str) -> None:
    row = followed_up(cast)
    assert "Der mangler noget" in post(signed_in(cast.helle), "follow_up", row.id, outcome=outcome)
    row.refresh_from_db()
    assert row.asked_on is None


def test_an_ended_course_takes_no_absence_or_status(cast: Cast) -> None:
    end_course(cast.course, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)
    browser = signed_in(cast.helle)
    post(browser, "absence", cast.course.id, first="16-11-2026", reason="sick")
    text = post(browser, "status", cast.course.id, **STATUS)
    assert "intet kan ændres" in text
    assert not CitizenAbsence.objects.exists()
    assert not StatusReport.objects.exists()
