"""The page of a course: who sees what, how many queries, what must be decided, and its tasks."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.course import add_task, end_course
from mentorkorps.cases.actions.mentor import assign_substitute
from mentorkorps.cases.models import Agreement, Course, Party, Referral, Task
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.actions import (
    book_appointment,
    correct_contact,
    log_contact,
    record_absence,
    write_status,
)
from mentorkorps.followup.models import Contact
from mentorkorps.followup.queries import strips
from mentorkorps.followup.queries.overview import course_overview
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import MentorAbsence, Role
from tests.cases.grants import grant
from tests.cast import TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db


def page(cast: Cast, who: str = Role.CASEWORKER, course: Course | None = None) -> str:
    """What a role reads on the page of Jens' course."""
    response = signed_in(cast.people[who]).get(reverse("course", args=[(course or cast.course).id]))
    assert response.status_code == 200
    return str(response.content.decode())


def meet(cast: Cast, day: date, minutes: int = 60, **fields: object) -> Contact:
    values = {"outcome": "met", "minutes": minutes, "today": TODAY, "by": cast.people[Role.MENTOR]}
    return log_contact(cast.course, key=uuid.uuid4(), day=day, **(values | fields))


def test_it_works(cast: Cast) -> None:
    grant(cast.course, cast.helle, level_minutes=90, deviation_reason="Seks myndigheder.")
    meet(cast, date(2026, 11, 10), 45, transport_minutes=25, preparation_minutes=10, note="Ringede selv")
    book_appointment(
        cast.course, day=date(2026, 11, 23), start=time(11), place="Varmestuen", today=TODAY, by=cast.helle
    )
    text = page(cast)
    for words in (
        "Kan", "LAB § 167, stk. 1", "Fast adresse og en aktivitet", "Fatima Eksempel", "Mandag 23.", "kl. 11.00",
        "Leveret, direkte tid", "45\xa0min.", "44\xa0t.", "33\xa0t.", "30\xa0min. over niveauet", "Seks myndigheder.",
        "transport 25\xa0min.", "forberedelse 10\xa0min.", "Ringede selv", "Uge 47: åben", "Afgørelser og breve",
    ):  # fmt: skip
        assert words in text, words


def test_the_look_is_journalled(cast: Cast) -> None:
    page(cast)
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.citizen_id, entry.refused) == ("look", cast.jens.id, False)


@pytest.mark.parametrize(
    "who", [Role.COMPANY_MENTOR, Role.CONTROLLER, Role.SECRETARY, Role.DPO, Role.ADMINISTRATOR]
)
def test_roles_that_may_not(cast: Cast, who: str) -> None:
    response = signed_in(cast.people[who]).get(reverse("course", args=[cast.course.id]))
    assert response.status_code == 404
    assert Entry.objects.latest("id").refused


def test_foreign_courses_are_absent(cast: Cast) -> None:
    foreign = Course.objects.get(citizen__first_name="Olga")
    for who in (Role.CASEWORKER, Role.MENTOR, Role.PROVIDER):
        response = signed_in(cast.people[who]).get(reverse("course", args=[foreign.id]))
        assert response.status_code == 404
        assert Entry.objects.latest("id").refused


def test_a_mentor_reads_what_a_visit_needs_and_no_more(cast: Cast) -> None:
    cast.jens.phone = "87 65 43 21"
    cast.jens.save()
    Referral.objects.create(
        citizen=cast.jens, received_on=TODAY, visitate_by=TODAY, purpose="Hemmeligt formål", barriers=["crime"],
        safety_notes="Ring først.", wishes="Gå ture.", created_by=cast.helle,
    )  # fmt: skip
    grant(cast.course, cast.helle)
    text = page(cast, Role.MENTOR)
    for words in ("Jens E.", "Ring først.", "Gå ture.", "87 65 43 21", "Prøvegade 1", "Registrér kontakt"):
        assert words in text, words
    for words in (
        "Jens Eksempel",
        "140376",
        "Hemmeligt formål",
        "afsoning",
        "Afgørelser og breve",
        "Skift mentor",
        "Brev",
    ):
        assert words not in text, words


def test_a_protected_address_is_not_shown(cast: Cast) -> None:
    cast.jens.protected = True
    cast.jens.save()
    for who in (Role.MENTOR, Role.CASEWORKER):
        text = page(cast, who)
        assert "Prøvegade" not in text
        assert "Adressen er beskyttet" in text


def test_what_must_be_decided_stands_on_top(cast: Cast) -> None:
    text = page(cast)
    assert "Om 2 dage skal du tage stilling til en ny periode." in text
    assert "Mentors status er ikke kommet endnu." in text
    assert "Skriv status senest 22-11-2026" in page(cast, Role.MENTOR)
    report = {"goals": "a", "progress": "b", "reason": "c", "recommendation": "continue"}
    write_status(cast.course, on=TODAY, by=cast.people[Role.MENTOR], **report)
    assert "Mentors status er kommet." in page(cast)
    assert "Status er sendt til sagsbehandleren" in page(cast, Role.MENTOR)


def test_a_course_without_mentor_or_agreement_says_so(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(mentor=None, signed_on=None, end=date(2027, 3, 1))
    text = page(cast)
    assert "Forløbet har ingen mentor." in text
    assert "Intet betales, før aftalen er underskrevet." in text


def test_a_grant_that_has_run_out_is_to_be_ended(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(end=TODAY - timedelta(days=1))
    text = page(cast)
    assert "Bevillingen udløb 19.\xa0november\xa02026." in text
    assert reverse("end_course", args=[cast.course.id]) in text


def test_a_mentor_who_is_away_without_substitute_is_said(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, last=None, reason="sick")
    assert "Fatima Eksempel er væk indtil videre: syg." in page(cast)
    assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=None, by=cast.helle)
    text = page(cast)
    assert "er væk indtil videre" not in text
    assert "Vikar indtil videre: Peter Prøve" in text


def test_weeks_tell_why(cast: Cast) -> None:
    record_absence(
        cast.course,
        first=date(2026, 11, 2),
        last=date(2026, 11, 8),
        reason="admitted",
        note="",
        by=cast.helle,
    )
    log_contact(
        cast.course,
        key=uuid.uuid4(),
        day=date(2026, 11, 10),
        outcome="attempt",
        today=TODAY,
        by=cast.people[Role.MENTOR],
    )
    text = page(cast)
    assert "Uge\xa045 er undskyldt." in text
    assert "indlagt" in text
    assert "forsøg, udeblivelser og aflysninger tæller ikke" in text
    assert "Borgeren" in text
    assert "To uger i træk er der ingen kontakt." in text


def test_the_weeks_agree_with_the_lists(cast: Cast) -> None:
    for weeks_ago in (1, 3, 4, 9):
        meet(cast, TODAY - timedelta(weeks=weeks_ago))
    record_absence(cast.course, first=date(2026, 9, 7), last=None, reason="sick", note="", by=cast.helle)
    view = course_overview(cast.course, TODAY)
    weeks = range(view.weeks[0].week, view.weeks[-1].week + 1)
    listed = strips([cast.course], weeks, TODAY)[cast.course.id]
    assert [week.state for week in view.weeks] == [week.state for week in listed]


def test_hours_follow_the_grant_of_each_week(cast: Cast) -> None:
    first = grant(cast.course, cast.helle, level_minutes=90)
    first.end = date(2026, 11, 8)
    first.save()
    grant(cast.course, cast.helle, start=date(2026, 11, 9), minutes_per_week=60, level_minutes=90)
    hours = course_overview(cast.course, TODAY).hours
    assert hours.weeks == week_number(TODAY) - week_number(cast.course.start) + 1 == 22
    assert hours.granted == 20 * 120 + 2 * 60
    assert hours.level == 22 * 90
    assert hours.weekly(hours.granted) == 115


def test_a_level_that_is_not_there_is_not_zero(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    assert course_overview(cast.course, TODAY).hours.level is None
    assert "Ikke fastsat for hele perioden" in page(cast)


def test_a_course_that_has_not_begun_has_no_hours_yet(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(start=date(2026, 12, 7))
    assert "Forløbet begynder 7.\xa0december\xa02026." in page(cast)


def test_corrections_are_shown(cast: Cast) -> None:
    wrong = meet(cast, date(2026, 11, 10), 45)
    correct_contact(wrong, key=uuid.uuid4(), today=TODAY, by=cast.people[Role.MENTOR], minutes=100)
    text = page(cast)
    assert "1\xa0t.\xa040\xa0min." in text
    assert "Før: mødt 10.\xa0nov., 45\xa0min." in text
    assert "Alle kontakter (1)" in text


def test_a_missing_consent_is_said_in_words(cast: Cast) -> None:
    Party.objects.create(citizen=cast.jens, name="Egen læge", next_step="Attest")
    assert "samtykke mangler" in page(cast)


def history(cast: Cast, contacts: int) -> None:
    """Contacts, and the rest of a full course."""
    grant(cast.course, cast.helle)
    Contact.objects.bulk_create(
        Contact(
            key=uuid.uuid4(), course=cast.course, mentor=cast.fatima, day=day, week=week_number(day), outcome="met",
            minutes=45, held=True, logged_by=cast.helle,
        )
        for n in range(contacts)
        if (day := cast.course.start + timedelta(days=n % 150))
    )  # fmt: skip
    for n in range(contacts // 10):
        add_task(cast.course, title=f"Opgave {n}", mine=True, on=TODAY, by=cast.helle)
        Party.objects.create(citizen=cast.jens, name=f"Part {n}")
    Agreement.objects.create(
        course=cast.course, goal="x", start=cast.course.start, end=cast.course.end, minutes_per_week=120,
        mentor=cast.fatima, drafted_by=cast.helle, drafted_on=TODAY, signed_on=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("contacts", [10, 200])
@pytest.mark.parametrize("who", [Role.CASEWORKER, Role.MENTOR, Role.COORDINATOR])
def test_the_page_is_as_many_queries_whatever_the_history(
    cast: Cast, contacts: int, who: str, django_assert_max_num_queries: object
) -> None:
    history(cast, contacts)
    browser, place = signed_in(cast.people[who]), reverse("course", args=[cast.course.id])
    browser.get(place)
    with django_assert_max_num_queries(22):
        assert browser.get(place).status_code == 200


def move(browser: Client, task: Task, stage: str) -> str:
    response = browser.post(reverse("move_task", args=[task.id]), {"stage": stage}, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_task_is_moved_and_moved_back(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=cast.course.start, by=cast.helle)
    browser = signed_in(cast.people[Role.MENTOR])
    for stage in ("together", "citizen", "done", "citizen", "mentor"):
        assert "Flyt den tilbage" in move(browser, task, stage)
        task.refresh_from_db()
        assert task.stage == stage


@pytest.mark.parametrize("stage", ["", "nowhere", "x" * 10_000])
def test_a_task_is_not_moved_to_nowhere(cast: Cast, stage: str) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=cast.course.start, by=cast.helle)
    assert "Vælg, hvem der gør opgaven nu." in move(signed_in(cast.helle), task, stage)
    task.refresh_from_db()
    assert task.stage == "mentor"


def add(browser: Client, cast: Cast, **fields: str) -> str:
    values = {"title": "Hente post", "mine": "yes"} | fields
    response = browser.post(reverse("tasks", args=[cast.course.id]), values, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_task_is_added_once(cast: Cast) -> None:
    browser = signed_in(cast.people[Role.MENTOR])
    assert "er tilføjet" in add(browser, cast)
    assert "Opgaven er der allerede." in add(browser, cast)
    assert cast.course.tasks.count() == 1
    add(browser, cast, title="Give penge", mine="no")
    assert not cast.course.tasks.get(title="Give penge").mine


@pytest.mark.parametrize(
    "fields", [{"title": ""}, {"title": "x" * 10_000}, {"mine": "perhaps"}, {"title": "a\x00b"}]
)
def test_a_task_that_cannot_be_added_keeps_what_was_typed(cast: Cast, fields: dict[str, str]) -> None:
    text = add(signed_in(cast.helle), cast, **fields)
    assert "Der mangler noget" in text
    assert not cast.course.tasks.exists()


def test_a_leader_reads_and_changes_nothing(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=cast.course.start, by=cast.helle)
    assert "Flyt “Hente post”" not in page(cast, Role.LEADER)
    browser = signed_in(cast.people[Role.LEADER])
    for name, key in (
        ("move_task", task.id),
        ("tasks", cast.course.id),
        ("absence", cast.course.id),
        ("status", cast.course.id),
    ):
        assert browser.post(reverse(name, args=[key]), {"stage": "done"}).status_code == 404
    assert browser.get(reverse("status", args=[cast.course.id])).status_code == 200


def test_an_ended_course_is_to_be_read(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=cast.course.start, by=cast.helle)
    end_course(cast.course, on=TODAY, reason="moved", note="Borgeren: Tak", today=TODAY, by=cast.helle)
    for who in (Role.CASEWORKER, Role.MENTOR):
        text = page(cast, who)
        assert "Forløbet er afsluttet" in text
        assert "Borgeren: Tak" in text
        assert '<button class="chip"' not in text
        assert "Registrér kontakt" not in text
    assert "kan kun læses" in move(signed_in(cast.helle), task, "done")
    assert "intet kan ændres" in add(signed_in(cast.helle), cast, title="Ny")
