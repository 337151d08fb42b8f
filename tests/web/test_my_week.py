"""The mentor's week and logging a contact: it works, it refuses, what was typed stays, and it is quick."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from mentorkorps.cases.models import MentorAssignment, Task
from mentorkorps.followup.actions import book_appointment, log_contact, record_absence
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, citizen, course_for, new_key, signed_in

YESTERDAY = TODAY - timedelta(days=1)
MAY_LOG = {Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER, Role.COORDINATOR}


@pytest.fixture
def fatima(cast: Cast):
    return signed_in(cast.people[Role.MENTOR])


def meet(cast: Cast, course=None, **fields) -> Contact:
    given = {"key": new_key(), "day": TODAY, "outcome": "met", "minutes": 45, "today": TODAY}
    return log_contact(course or cast.course, **(given | {"by": cast.people[Role.COORDINATOR]} | fields))


def post(client, course, **said):
    """Sends the form as a phone would after the fewest taps, with what is said otherwise."""
    form = {"key": new_key(), "when": "today", "outcome": "met", "minutes_pick": "45", "how": "in_person"}
    return client.post(reverse("log_contact", args=[course.id]), form | said)


def test_who_still_needs_a_contact_comes_first_in_the_order_of_appointments(cast: Cast, fatima) -> None:
    later, none, done = (
        course_for(citizen(name, "Prøve", f"05057799{n}1", cast.unit), cast.fatima, cast.helle)
        for n, name in enumerate(("Aisha", "Bo", "Cille"))
    )
    bodil = cast.people[Role.COORDINATOR]
    book_appointment(later, day=TODAY + timedelta(days=1), start=time(9), today=TODAY, by=bodil)
    book_appointment(cast.course, day=TODAY, start=time(13), place="Hjemløseenheden", today=TODAY, by=bodil)
    meet(cast, none, outcome="no_show", day=YESTERDAY)
    meet(cast, done, minutes=90, transport_minutes=20)
    page = fatima.get(reverse("my_week"))
    week = page.context["week"]
    assert [row.course for row in week.unmet] == [cast.course, later, none]
    assert [contact.course for contact in week.held] == [done]
    text = page.content.decode()
    assert "Jens E." in text and "Eksempel</h3>" not in text
    assert "i dag kl. 13.00" in text and "Hjemløseenheden" in text
    assert "ingen aftale" in text and "Udeblevet torsdag" in text
    assert "<b>1\xa0t. 30\xa0min.</b> sammen i uge\xa047, 20\xa0min. på vej" in text.replace(
        "\xa0t.\xa0", "\xa0t. "
    )
    assert "Peter" not in text and "Olga" not in text


def test_the_list_is_journalled_with_the_citizens_it_showed(cast: Cast, fatima) -> None:
    fatima.get(reverse("my_week"))
    assert Entry.objects.get(verb="min uge").shown == str(cast.jens.id)


def test_an_appointment_of_yesterday_is_asked_for_with_its_day_filled_in(cast: Cast, fatima) -> None:
    Appointment.objects.create(course=cast.course, day=YESTERDAY, start=time(10), place="Biblioteket")
    page = fatima.get(reverse("my_week"))
    address = f"{reverse('log_contact', args=[cast.course.id])}?dag={YESTERDAY.isoformat()}"
    assert address in page.content.decode()
    form = fatima.get(address).context["form"]
    assert form.initial["when"] == "yesterday"
    assert (form.initial["start"], form.initial["place"]) == (time(10), "Biblioteket")


def test_a_day_that_cannot_be_read_begins_with_today(cast: Cast, fatima) -> None:
    form = fatima.get(reverse("log_contact", args=[cast.course.id]) + "?dag=i-morges").context["form"]
    assert form.initial["when"] == "today"


def test_nothing_that_would_become_a_false_record_is_preselected(cast: Cast, fatima) -> None:
    form = fatima.get(reverse("log_contact", args=[cast.course.id])).context["form"]
    assert not form["outcome"].value()
    assert not form["minutes_pick"].value()


def test_three_answers_are_a_contact_with_its_receipt(cast: Cast, fatima) -> None:
    answer = post(fatima, cast.course)
    contact = Contact.objects.get()
    assert (contact.minutes, contact.day, contact.mentor, contact.how) == (
        45,
        TODAY,
        cast.fatima,
        "in_person",
    )
    assert answer.url == f"{reverse('my_week')}?gemt={contact.id}"
    text = fatima.get(answer.url).content.decode()
    assert "Gemt: Jens E." in text and "45\xa0min." in text and "Fortryd" in text
    assert "Ingen ny aftale endnu" in text


def test_a_post_sent_twice_is_one_contact(cast: Cast, fatima) -> None:
    key = new_key()
    assert post(fatima, cast.course, key=key).url == post(fatima, cast.course, key=key).url
    assert Contact.objects.count() == 1


def test_everything_below_the_fold_is_kept(cast: Cast, fatima) -> None:
    task = Task.objects.create(
        course=cast.course, title="Ringer til Udbetaling Danmark", since=cast.course.start
    )
    post(
        fatima, cast.course, when="yesterday", minutes_pick="other", minutes="50", start="13.30", how="video",
        not_in_person_reason="Indlagt", place="Afsnit P2", others="Omar", transport_minutes="20",
        preparation_minutes="10", note="Bad selv om mødet", next_day="23-11-2026", next_start="1100",
        next_place="Biblioteket", **{f"task_{task.id}": "together"},
    )  # fmt: skip
    contact = Contact.objects.get()
    assert (contact.day, contact.minutes, contact.start, contact.how) == (
        YESTERDAY,
        50,
        time(13, 30),
        "video",
    )
    assert (contact.transport_minutes, contact.preparation_minutes, contact.others) == (20, 10, "Omar")
    assert list(contact.tasks.values_list("stage", flat=True)) == ["together"]
    meeting = cast.course.appointments.get()
    assert (meeting.day, meeting.start, meeting.place) == (date(2026, 11, 23), time(11), "Biblioteket")


@pytest.mark.parametrize(
    ("said", "field", "text"),
    [
        ({"outcome": ""}, "outcome", "Skal udfyldes"),
        ({"outcome": "retracted"}, "outcome", "retracted"),
        ({"minutes_pick": ""}, "minutes", "hvor mange minutter"),
        ({"minutes_pick": "other", "minutes": "en time"}, "minutes", "helt antal minutter"),
        ({"minutes_pick": "other", "minutes": "-5"}, "minutes", "helt antal minutter"),
        ({"minutes_pick": "other", "minutes": "900"}, "minutes", "Højst 12 timer"),
        ({"when": "other", "day": ""}, "day", "Skriv datoen"),
        ({"when": "other", "day": "31-02-2026"}, "day", "findes ikke"),
        ({"when": "other", "day": "21-11-2026"}, "day", "fremtiden"),
        ({"how": "phone"}, "not_in_person_reason", "hvorfor I ikke mødtes"),
        ({"start": "kvart i to"}, "start", "13.30"),
        ({"next_day": "19-11-2026"}, "next_day", "fortiden"),
        ({"next_start": "11"}, "next_day", "Skriv datoen for næste aftale"),
        ({"next_place": "Biblioteket"}, "next_day", "Skriv datoen for næste aftale"),
        ({"key": "ikke en nøgle"}, "key", "Genindlæs siden"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, fatima, said, field, text
) -> None:
    page = post(fatima, cast.course, note="Bad selv om mødet", **said)
    assert page.status_code == 200
    assert text in str(page.context["form"].errors[field])
    assert "Bad selv om mødet" in page.content.decode() and "Key" not in page.content.decode()
    assert not Contact.objects.exists()


def test_an_error_below_the_fold_opens_it(cast: Cast, fatima) -> None:
    assert '<label for="id_day">Dato</label>' in post(fatima, cast.course, when="other").content.decode()
    assert '<details class="fold more" open>' in post(fatima, cast.course, how="phone").content.decode()
    assert '<details class="fold more">' in post(fatima, cast.course, outcome="").content.decode()


@pytest.mark.parametrize("typed", ["13.30", "13:30", "1330"])
def test_a_time_is_read_as_it_is_written(cast: Cast, fatima, typed: str) -> None:
    post(fatima, cast.course, start=typed)
    assert Contact.objects.get().start == time(13, 30)


def test_a_group_is_logged_at_once_and_names_how_many(cast: Cast, fatima) -> None:
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    form = {
        "key": new_key(), "when": "today", "minutes_pick": "90", f"who_{cast.course.id}": "met",
        f"who_{other.id}": "met",
    }  # fmt: skip
    answer = fatima.post(reverse("group_contact"), form)
    assert sorted(Contact.objects.values_list("minutes", flat=True)) == [90, 90]
    assert "og 1 til" in fatima.get(answer.url).content.decode()


def test_a_group_of_nobody_is_asked_again(cast: Cast, fatima) -> None:
    page = fatima.post(reverse("group_contact"), {"key": new_key(), "when": "today", "minutes_pick": "90"})
    assert "Vælg, hvem der var med" in page.content.decode()


def test_a_group_offers_own_citizens_only(cast: Cast, fatima) -> None:
    foreign = cast.peter.courses.get()
    form = {"key": new_key(), "when": "today", "minutes_pick": "90", f"who_{foreign.id}": "met"}
    assert fatima.post(reverse("group_contact"), form).status_code == 200
    assert not Contact.objects.exists()


def test_a_correction_begins_with_what_stands_and_strikes_the_old_line(cast: Cast, fatima) -> None:
    old = meet(cast, day=YESTERDAY, minutes=50, start=time(9), place="Biblioteket", note="Ved lægen")
    address = reverse("correct_contact", args=[old.id])
    form = fatima.get(address).context["form"]
    assert (form["when"].value(), form["minutes_pick"].value(), form["minutes"].value()) == (
        "yesterday",
        "other",
        50,
    )
    same = {name: form[name].value() or "" for name in form.fields} | {"start": "09.00"}
    assert "Intet er ændret" in fatima.post(address, same).content.decode()
    said = same | {"minutes": "75"}
    assert fatima.post(address, said).status_code == 302
    page = fatima.get(reverse("contacts", args=[cast.course.id])).content.decode()
    assert (
        "Rettet af Fatima Eksempel" in page
        and "<s>50\xa0min.</s>" in page
        and "<b>1\xa0t.\xa015\xa0min.</b>" in page
    )
    assert "Ved lægen" in page


def test_a_contact_can_be_taken_back_once(cast: Cast, fatima) -> None:
    old = meet(cast)
    for _ in range(2):
        assert fatima.post(reverse("retract_contact", args=[old.id])).status_code == 302
    assert Contact.objects.count() == 2
    assert not Contact.objects.filter(held=True).exists()
    page = fatima.get(reverse("contacts", args=[cast.course.id])).content.decode()
    assert "Trukket tilbage af Fatima Eksempel" in page
    assert fatima.get(reverse("retract_contact", args=[old.id])).status_code == 405


def test_a_corrected_contact_is_not_taken_back(cast: Cast, fatima) -> None:
    old = meet(cast)
    fatima.post(reverse("retract_contact", args=[old.id]))
    again = Contact.objects.get(corrects=old)
    page = fatima.post(reverse("retract_contact", args=[again.id]), follow=True)
    assert "allerede rettet" in page.content.decode()


def test_overlaps_are_said_in_words(cast: Cast, fatima) -> None:
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    meet(cast, start=time(13), minutes=60)
    meet(cast, other, start=time(13, 30), minutes=60)
    page = fatima.get(reverse("contacts", args=[cast.course.id])).content.decode()
    assert "Overlapper en anden af dine kontakter kl. 13.30" in page
    bodil = signed_in(cast.people[Role.COORDINATOR]).get(reverse("contacts", args=[cast.course.id]))
    assert "Overlapper en anden af mentors kontakter kl. 13.30" in bodil.content.decode()


def test_a_next_meeting_is_booked_moved_and_cancelled(cast: Cast, fatima) -> None:
    address = reverse("book_meeting", args=[cast.course.id])
    for _ in range(2):
        fatima.post(address, {"next_day": "23-11-2026", "start": "11", "place": "Biblioteket"})
    meeting = cast.course.appointments.get()
    assert (meeting.day, meeting.start) == (date(2026, 11, 23), time(11))
    assert "man. 23. nov. kl. 11.00" in fatima.get(address).content.decode().replace("\xa0", " ")
    assert "fortiden" in fatima.post(address, {"next_day": "19-11-2026"}).content.decode()
    for _ in range(2):
        fatima.post(reverse("cancel_meeting", args=[meeting.id]))
    meeting.refresh_from_db()
    assert meeting.cancelled
    assert Entry.objects.filter(verb__in=["aftalt møde", "aflyst møde"]).count() == 2


def test_a_company_mentor_sees_names_and_hours_and_no_reason_for_an_absence(cast: Cast) -> None:
    torben = signed_in(cast.people[Role.COMPANY_MENTOR])
    course = cast.people[Role.COMPANY_MENTOR].mentor.courses.get()
    monday = TODAY - timedelta(days=4)
    record_absence(course, first=monday, last=None, reason="admitted", note="Afsnit P2", by=cast.helle)
    text = torben.get(reverse("my_week")).content.decode()
    assert "Nadia P." in text and "Undskyldt" in text
    assert (
        "indlagt" not in text.lower()
        and "Afsnit P2" not in text
        and f'href="{reverse("course", args=[course.id])}"' not in text
    )
    form = torben.get(reverse("log_contact", args=[course.id])).content.decode()
    assert "Skriv ikke om helbred" in form
    assert post(torben, course).status_code == 302
    assert torben.get(reverse("contacts", args=[course.id])).status_code == 404


def test_a_substitute_has_the_citizen_in_the_week(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course, mentor=cast.peter, first=TODAY, substitute=True, assigned_by=cast.helle
    )
    peter = signed_in(cast.peter.user)
    assert "Jens E." in peter.get(reverse("my_week")).content.decode()
    assert post(peter, cast.course).status_code == 302
    assert Contact.objects.get().mentor == cast.peter


def test_the_coordinator_logs_on_behalf_and_chooses_between_mentor_and_substitute(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course, mentor=cast.peter, first=TODAY, substitute=True, assigned_by=cast.helle
    )
    bodil = signed_in(cast.people[Role.COORDINATOR])
    form = bodil.get(reverse("log_contact", args=[cast.course.id])).context["form"]
    assert set(form.fields["mentor"].queryset) == {cast.fatima, cast.peter}
    answer = post(bodil, cast.course, mentor=cast.peter.id)
    assert answer.url.startswith(reverse("contacts", args=[cast.course.id]))
    contact = Contact.objects.get()
    assert (contact.mentor, contact.logged_by.name) == (cast.peter, "Bodil Eksempel")
    assert "registreret af Bodil Eksempel" in bodil.get(answer.url).content.decode()


def test_a_provider_logs_for_own_mentors(cast: Cast) -> None:
    viggo = signed_in(cast.people[Role.PROVIDER])
    assert post(viggo, cast.ditte.courses.get()).status_code == 302
    assert Contact.objects.get().mentor == cast.ditte


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PROVIDER])
def test_who_has_no_citizens_of_their_own_is_shown_the_way(cast: Cast, role: Role) -> None:
    text = signed_in(cast.people[role]).get(reverse("my_week")).content.decode()
    assert "Du har ingen selv" in text and reverse("week_board") in text


def pages_of(cast: Cast) -> dict[str, str]:
    contact = meet(cast)
    meeting = book_appointment(cast.course, day=TODAY, today=TODAY, by=cast.helle)
    return {
        "my_week": reverse("my_week"),
        "group_contact": reverse("group_contact"),
        "log_contact": reverse("log_contact", args=[cast.course.id]),
        "book_meeting": reverse("book_meeting", args=[cast.course.id]),
        "correct_contact": reverse("correct_contact", args=[contact.id]),
        "retract_contact": reverse("retract_contact", args=[contact.id]),
        "cancel_meeting": reverse("cancel_meeting", args=[meeting.id]),
    }


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_LOG))
def test_roles_that_log_nothing_find_no_such_page_and_the_journal_knows(cast: Cast, role: Role) -> None:
    client = signed_in(cast.people[role])
    for name, address in pages_of(cast).items():
        assert client.get(address).status_code == 404, name
        assert client.post(address).status_code == 404, name
        assert Entry.objects.filter(refused=True, detail__page=name, actor_role=role).count() == 2


@pytest.mark.parametrize(
    "name", ["log_contact", "book_meeting", "correct_contact", "retract_contact", "cancel_meeting"]
)
def test_another_mentors_citizen_is_not_there_and_the_journal_knows(cast: Cast, name: str) -> None:
    address = pages_of(cast)[name]
    peter = signed_in(cast.peter.user)
    assert peter.post(address).status_code == 404
    assert Entry.objects.filter(refused=True, actor_id=cast.peter.user.id).count() == 1
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "role", [Role.CONTROLLER, Role.SECRETARY, Role.DPO, Role.ADMINISTRATOR, Role.COMPANY_MENTOR]
)
def test_the_contacts_are_for_those_who_see_the_course(cast: Cast, role: Role) -> None:
    assert signed_in(cast.people[role]).get(reverse("contacts", args=[cast.course.id])).status_code == 404


def test_a_caseworker_reads_the_contacts_and_cannot_change_them(cast: Cast) -> None:
    contact = meet(cast)
    text = signed_in(cast.helle).get(reverse("contacts", args=[cast.course.id])).content.decode()
    assert "Mødt" in text
    assert reverse("correct_contact", args=[contact.id]) not in text
    assert signed_in(cast.karl).get(reverse("contacts", args=[cast.course.id])).status_code == 404


def test_a_receipt_of_someone_elses_contact_is_not_shown(cast: Cast) -> None:
    contact = meet(cast)
    peter = signed_in(cast.peter.user)
    assert peter.get(f"{reverse('my_week')}?gemt={contact.id}").status_code == 404
    assert peter.get(f"{reverse('my_week')}?gemt=noget").status_code == 200


def test_nobody_is_sent_to_sign_in(cast: Cast) -> None:
    for address in (*pages_of(cast).values(), reverse("contacts", args=[cast.course.id])):
        answer = signed_in(None).get(address)
        assert answer.status_code == 302 and "/konto/login/" in answer.url


def test_a_week_of_twenty_citizens_takes_as_few_queries_as_one(
    cast: Cast, fatima, django_assert_max_num_queries
) -> None:
    for n in range(20):
        course = course_for(citizen("Bo", "Prøve", f"05057{n:05}", cast.unit), cast.fatima, cast.helle)
        if n % 2:
            meet(cast, course)
    fatima.get(reverse("my_week"))
    with django_assert_max_num_queries(16):
        fatima.get(reverse("my_week"))


def test_a_page_of_contacts_takes_few_queries_and_shows_fifty(
    cast: Cast, fatima, django_assert_max_num_queries
) -> None:
    for n in range(60):
        meet(cast, day=TODAY - timedelta(days=n), start=time(9))
    address = reverse("contacts", args=[cast.course.id])
    fatima.get(address)
    with django_assert_max_num_queries(12):
        page = fatima.get(address)
    assert len(page.context["page"].object_list) == 50
    assert "1–50 af 60" in page.content.decode()
    assert len(fatima.get(f"{address}?side=2").context["page"].object_list) == 10


def test_open_tasks_stand_beside_who_is_to_be_met(cast: Cast, fatima) -> None:
    for title, stage in (("Ringer til banken", "together"), ("Søger bolig", "done")):
        Task.objects.create(course=cast.course, title=title, stage=stage, since=cast.course.start)
    text = fatima.get(reverse("my_week")).content.decode()
    assert "1 opgave<" in text and "Ringer til banken" in text and "Søger bolig" not in text
