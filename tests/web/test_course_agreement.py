"""The agreement's pages: form, text, PDF and signature."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.course import end_course
from mentorkorps.cases.models import Agreement, Course, Task
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, TaskTemplate
from tests.cases.grants import grant
from tests.cast import TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db

FILLED = {
    "goal": "Et sted at bo", "tasks": "at komme til læge\r\n at ringe \r\n\r\nat ringe", "not_tasks": "at give penge",
    "contact_at_least": "1", "contact_every": "week", "place": "Varmestuen", "start": "22-06-2026", "end": "201226",
}  # fmt: skip


@pytest.fixture
def desk(cast: Cast) -> Client:
    grant(cast.course, cast.helle)
    return signed_in(cast.helle)


def write(desk: Client, course: Course, **fields: Any) -> str:
    response = desk.post(reverse("agreement", args=[course.id]), FILLED | fields, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def sign(desk: Client, agreement: Agreement, **fields: str) -> str:
    values = {"on": "20-11-2026", "how": "på papir ved et møde"} | fields
    response = desk.post(reverse("sign_agreement", args=[agreement.id]), values, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_it_is_written_read_printed_and_signed(cast: Cast, desk: Client) -> None:
    text = write(desk, cast.course)
    assert "Aftalen er skrevet." in text
    assert "Det er ikke Fatimas opgave" in text
    agreement = Agreement.objects.get()
    assert agreement.tasks == ["at komme til læge", "at ringe"]
    assert agreement.end == date(2026, 12, 20)
    response = desk.get(reverse("agreement_pdf", args=[agreement.id]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert Entry.objects.latest("id").kind == "print"
    assert "Underskriften er noteret." in sign(desk, agreement)
    assert set(Task.objects.values_list("title", flat=True)) == {
        "at komme til læge",
        "at ringe",
        "at give penge",
    }


def test_the_form_begins_with_what_is_known(cast: Cast, desk: Client) -> None:
    text = desk.get(reverse("agreement", args=[cast.course.id])).content.decode()
    for words in (
        "Fast adresse og en aktivitet",
        "at komme til læge",
        "at give penge",
        "22-06-2026",
        "20-12-2026",
        "Intet betales",
    ):
        assert words in text, words


def test_the_catalogue_can_be_ticked(cast: Cast, desk: Client) -> None:
    TaskTemplate.objects.create(kind="not_mentor", title="at gøre rent", source="prøve")
    assert "at gøre rent" in desk.get(reverse("agreement", args=[cast.course.id])).content.decode()
    write(desk, cast.course, not_tasks="", more_not_tasks=["at gøre rent"])
    assert Agreement.objects.get().not_tasks == ["at gøre rent"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("goal", ""),
        ("goal", "x" * 10_000),
        ("tasks", " \r\n "),
        ("tasks", "x" * 201),
        ("tasks", "a\x00b"),
        ("not_tasks", ""),
        ("not_tasks", "at komme til læge"),
        ("contact_at_least", "0"),
        ("contact_at_least", "mange"),
        ("contact_every", "year"),
        ("place", ""),
        ("place", "x" * 121),
        ("start", "31-02-2026"),
        ("start", "01-01-2020"),
        ("end", "01-01-2030"),
        ("end", "21-06-2026"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(cast: Cast, desk: Client, field: str, value: str) -> None:
    text = write(desk, cast.course, **{field: value})
    assert "Der mangler noget" in text
    assert "Varmestuen" in text or field == "place"
    assert not Agreement.objects.exists()


def test_sent_twice_it_is_one_draft(cast: Cast, desk: Client) -> None:
    write(desk, cast.course)
    write(desk, cast.course)
    assert Agreement.objects.count() == 1


def test_a_company_mentors_agreement_asks_for_the_two_parts_and_the_wage(cast: Cast, desk: Client) -> None:
    nadia = Course.objects.get(citizen__first_name="Nadia")
    grant(nadia, cast.helle, minutes_per_week=300)
    assert "Hvorfor støtten er afgørende" in write(desk, nadia)
    assert not Agreement.objects.exists()
    company = {
        "beyond_ordinary": "En fast time om dagen.",
        "decisive": "Uden den stopper praktikken.",
        "wage_per_hour": "1.212,50",
    }
    text = write(desk, nadia, **company, end="21-12-2026")
    assert "1.212,50 kr. i timen" in text
    assert Agreement.objects.get().wage_per_hour == 121_250


@pytest.mark.parametrize(
    "fields", [{"on": "21-11-2026"}, {"on": "19-11-2026"}, {"on": "i går"}, {"on": ""}, {"how": "telepati"}]
)
def test_a_signature_that_cannot_be(cast: Cast, desk: Client, fields: dict[str, str]) -> None:
    write(desk, cast.course)
    agreement = Agreement.objects.get()
    assert "Der mangler noget" in sign(desk, agreement, **fields)
    agreement.refresh_from_db()
    assert agreement.signed_on is None


def test_signed_twice_is_signed_once(cast: Cast, desk: Client) -> None:
    write(desk, cast.course)
    agreement = Agreement.objects.get()
    sign(desk, agreement)
    assert "allerede underskrevet" in sign(desk, agreement)
    assert Task.objects.count() == 3


def test_a_signed_agreement_can_be_followed_by_a_new_one(cast: Cast, desk: Client) -> None:
    write(desk, cast.course)
    sign(desk, Agreement.objects.get())
    text = desk.get(reverse("agreement", args=[cast.course.id])).content.decode()
    assert "Aftalen er låst" in text
    assert "Skriv en ny aftale" in text
    text = write(desk, cast.course, goal="En aktivitet")
    assert "Tidligere aftaler" in text
    assert Agreement.objects.count() == 2


def test_without_a_mentor_it_says_what_comes_first(cast: Cast, desk: Client) -> None:
    Course.objects.filter(pk=cast.course.pk).update(mentor=None)
    assert "Vælg en mentor først." in desk.get(reverse("agreement", args=[cast.course.id])).content.decode()
    assert "Vælg en mentor først" in write(desk, cast.course)


def test_on_an_ended_course_it_is_to_be_read(cast: Cast, desk: Client) -> None:
    write(desk, cast.course)
    end_course(cast.course, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)
    text = write(desk, cast.course, goal="Nyt mål")
    assert "intet kan ændres" in text
    assert Agreement.objects.get().goal == "Et sted at bo"
    assert "Notér underskriften" not in text


def test_an_agreement_without_text_is_no_failure(cast: Cast, desk: Client) -> None:
    old = Agreement.objects.create(
        course=cast.course, goal="x", start=TODAY, end=TODAY + timedelta(days=9), minutes_per_week=60,
        mentor=cast.fatima, drafted_by=cast.helle, drafted_on=TODAY, signed_on=TODAY,
    )  # fmt: skip
    assert (
        "tekst ligger ikke her"
        in desk.get(reverse("agreement_pdf", args=[old.id]), follow=True).content.decode()
    )
    assert desk.get(reverse("agreement", args=[cast.course.id])).status_code == 200


def test_mentors_do_not_open_it(cast: Cast, desk: Client) -> None:
    write(desk, cast.course)
    agreement = Agreement.objects.get()
    for role in (Role.MENTOR, Role.PROVIDER, Role.COMPANY_MENTOR):
        reader = signed_in(cast.people[role])
        assert reader.get(reverse("agreement", args=[cast.course.id])).status_code == 404
        assert reader.get(reverse("agreement_pdf", args=[agreement.id])).status_code == 404
        assert reader.post(reverse("sign_agreement", args=[agreement.id])).status_code == 404
