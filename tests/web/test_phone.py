"""A phone's outbox: each contact is stored once, in order, answered for by its key, and a lost phone is wiped."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorkorps.cases.models import Task
from mentorkorps.followup.actions import book_appointment
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions.phones import mark_lost, meet_phone
from mentorkorps.municipality.models import Phone, Role, User
from mentorkorps.web.pages.phone.shell import shell_files
from mentorkorps.web.pages.phone.who import phone_list
from tests.cast import TODAY, Cast, citizen, course_for, set_the_stage, signed_in

PHONE = uuid.UUID("00000000-0000-4000-8000-000000000001")
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def fatima(cast: Cast) -> Client:
    return signed_in(cast.people[Role.MENTOR])


def row(course, **said) -> dict:
    """A contact as a phone keeps it after the fewest taps, with what is said otherwise."""
    given = {"key": str(uuid.uuid4()), "course": str(course.id), "day": TODAY.isoformat(), "outcome": "met"}
    return given | {"minutes_pick": "45", "how": "in_person"} | said


def body(user: User, *rows: dict, phone: uuid.UUID = PHONE) -> str:
    return json.dumps({"phone": str(phone), "user": str(user.id), "name": "Android", "contacts": list(rows)})


def send(client: Client, user: User, *rows: dict, **more):
    return client.post(reverse("send_contacts"), body(user, *rows, **more), content_type="application/json")


def states(answer) -> list[str]:
    return [each["state"] for each in answer.json()["results"]]


def greet(client: Client, *phones: uuid.UUID) -> dict:
    return client.get(reverse("phone_greeting"), {"telefon": [str(each) for each in phones]}).json()


def test_what_has_waited_is_stored_in_order_once(cast: Cast, fatima: Client) -> None:
    user = cast.people[Role.MENTOR]
    rows = [row(cast.course, day=YESTERDAY.isoformat()), row(cast.course, outcome="no_show")]
    assert states(send(fatima, user, *rows)) == ["stored", "stored"]
    assert states(send(fatima, user, *rows)) == ["known", "known"]
    stored = Contact.objects.order_by("logged_at")
    assert [str(contact.key) for contact in stored] == [each["key"] for each in rows]
    assert [contact.day for contact in stored] == [YESTERDAY, TODAY]
    assert CourseTally.objects.get(course=cast.course).delivered_minutes == 45
    assert Entry.objects.filter(verb="registreret kontakt", citizen_id=cast.jens.id).count() == 2


def test_everything_the_form_asks_can_come_from_a_phone(cast: Cast, fatima: Client) -> None:
    task = Task.objects.create(course=cast.course, title="Ringer til banken", since=cast.course.start)
    said = {
        "how": "phone", "not_in_person_reason": "Indlagt", "start": "13.30", "others": "Omar", "note": "Bad om det",
        "next_day": "23-11-2026", "next_start": "11", f"task_{task.id}": "together", "minutes_pick": "other",
        "minutes": 50, "transport_minutes": "20",
    }  # fmt: skip
    assert states(send(fatima, cast.people[Role.MENTOR], row(cast.course, **said))) == ["stored"]
    contact = Contact.objects.get()
    assert (contact.minutes, contact.how, contact.others, contact.transport_minutes) == (
        50,
        "phone",
        "Omar",
        20,
    )
    assert list(contact.tasks.values_list("stage", flat=True)) == ["together"]
    assert cast.course.appointments.get().day == TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("said", "field", "text"),
    [
        ({"outcome": ""}, "outcome", "Skal udfyldes"),
        ({"minutes_pick": ""}, "minutes", "hvor mange minutter"),
        ({"day": "2026-11-21"}, "day", "fremtiden"),
        ({"day": ["x"]}, "day", "Skriv datoen"),
        ({"how": "phone"}, "not_in_person_reason", "hvorfor I ikke mødtes"),
        ({"start": 7.5}, "start", None),
        ({"day": "2020-01-01"}, "day", "Forløbet løber fra"),
    ],
)
def test_a_rejected_contact_says_why_and_the_next_is_stored(
    cast: Cast, fatima: Client, said: dict, field: str, text: str | None
) -> None:
    answer = send(fatima, cast.people[Role.MENTOR], row(cast.course, **said), row(cast.course))
    if text is None:
        assert states(answer) == ["stored", "stored"]
        return
    assert states(answer) == ["rejected", "stored"]
    assert text in " ".join(answer.json()["results"][0]["errors"][field])
    assert Contact.objects.count() == 1


def test_a_mended_contact_is_stored_under_its_key(cast: Cast, fatima: Client) -> None:
    user, wrong = cast.people[Role.MENTOR], row(cast.course, minutes_pick="")
    assert states(send(fatima, user, wrong)) == ["rejected"]
    assert states(send(fatima, user, wrong | {"minutes_pick": "30"})) == ["stored"]
    assert Contact.objects.get().minutes == 30


def test_a_foreign_citizen_is_rejected_and_journalled(cast: Cast, fatima: Client) -> None:
    foreign = cast.peter.courses.get()
    answer = send(fatima, cast.people[Role.MENTOR], row(foreign))
    assert states(answer) == ["rejected"] and answer.json()["results"][0]["errors"][""]
    assert Entry.objects.filter(refused=True, citizen_id=foreign.citizen_id).count() == 1
    assert not Contact.objects.exists()


def test_a_stored_contact_is_known_also_when_the_citizen_has_moved_on(cast: Cast, fatima: Client) -> None:
    user, sent = cast.people[Role.MENTOR], row(cast.course)
    send(fatima, user, sent)
    cast.course.mentor = cast.peter
    cast.course.save()
    assert states(send(fatima, user, sent)) == ["known"]


def test_one_key_on_two_courses_is_one_contact(cast: Cast, fatima: Client) -> None:
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    one = row(cast.course)
    assert states(send(fatima, cast.people[Role.MENTOR], one, one | {"course": str(other.id)})) == [
        "stored",
        "rejected",
    ]
    assert Contact.objects.count() == 1


def test_rows_of_another_user_are_refused_and_journalled(cast: Cast, fatima: Client) -> None:
    assert send(fatima, cast.people[Role.COMPANY_MENTOR], row(cast.course)).status_code == 409
    assert not Contact.objects.exists() and not Phone.objects.exists()
    assert Entry.objects.filter(verb="send fra telefon", refused=True).count() == 1


def test_a_phone_belongs_to_one_person(cast: Cast, fatima: Client) -> None:
    send(fatima, cast.people[Role.MENTOR])
    torben = cast.people[Role.COMPANY_MENTOR]
    assert send(signed_in(torben), torben).status_code == 409
    assert Phone.objects.get().user == cast.people[Role.MENTOR]


def test_a_text_cut_in_the_middle_of_an_emoji_stops_nobody(cast: Cast, fatima: Client) -> None:
    sent = row(cast.course, note="Bad om det \ud83e", place="Kir\x00ken")
    post = json.loads(body(cast.people[Role.MENTOR], sent)) | {"name": "Andr\x00oid \ud83e"}
    answer = fatima.post(reverse("send_contacts"), json.dumps(post), content_type="application/json")
    assert states(answer) == ["stored"]
    stored = Contact.objects.get()
    assert (stored.note, stored.place) == ("Bad om det \ufffd", "Kirken")
    assert Phone.objects.get().name == "Android \ufffd"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"phone": 1}', '{"phone": "x", "user": "y", "name": "", "contacts": []}',
        pytest.param("[" * 100_000, id="endless"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_400(cast: Cast, fatima: Client, text: str) -> None:
    answer = fatima.post(reverse("send_contacts"), text, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"error": "unreadable"})


def test_more_than_a_batch_is_400(cast: Cast, fatima: Client) -> None:
    rows = [row(cast.course) for _ in range(51)]
    assert send(fatima, cast.people[Role.MENTOR], *rows).status_code == 400
    assert not Contact.objects.exists()


def test_once_the_database_is_busy_the_rest_waits_too(cast: Cast, fatima: Client, monkeypatch) -> None:
    calls = []

    def busy(*args, **kwargs):
        calls.append(args)
        raise OperationalError("database is locked")

    monkeypatch.setattr("mentorkorps.web.pages.phone.sending.log_contact_once", busy)
    answer = send(fatima, cast.people[Role.MENTOR], row(cast.course), row(cast.course))
    assert (answer.status_code, states(answer)) == (200, ["later", "later"])
    assert len(calls) == 1


def test_a_greeting_says_who_is_signed_in_and_gives_a_token(cast: Cast, fatima: Client) -> None:
    assert greet(signed_in(None), PHONE) == {"wipe": [], "user": None}
    assert greet(signed_in(cast.helle), PHONE)["user"] is None
    user = cast.people[Role.MENTOR]
    assert greet(fatima, PHONE)["met"] is False
    send(fatima, user)
    said = greet(fatima, PHONE)
    assert (said["user"], said["met"]) == (str(user.id), True)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = fatima.cookies
    token = strict.get(reverse("phone_greeting")).json()["token"]
    post = {"data": body(user, row(cast.course)), "content_type": "application/json"}
    assert strict.post(reverse("send_contacts"), **post).status_code == 403
    assert strict.post(reverse("send_contacts"), **post, headers={"X-CSRFToken": token}).status_code == 200


def test_the_greeting_without_a_phone_is_read_all_the_same(db: None) -> None:
    set_the_stage()
    assert Client().get(reverse("phone_greeting"), {"telefon": ["", "x"]}).json()["wipe"] == []


def test_a_lost_phone_is_told_to_wipe_signed_in_or_not(cast: Cast, fatima: Client) -> None:
    user = cast.people[Role.MENTOR]
    send(fatima, user)
    mark_lost(Phone.objects.get(), by=user)
    mark_lost(Phone.objects.get(), by=user)
    assert Entry.objects.filter(verb="meldt telefon mistet").count() == 1
    assert fatima.get(reverse("my_week")).status_code == 302, "the sign-in on the lost phone has ended"
    assert greet(signed_in(None), PHONE)["wipe"] == [str(PHONE)]
    again = send(signed_in(user), user, row(cast.course))
    assert again.json() == {"wipe": [str(PHONE)], "results": []}
    assert not Contact.objects.exists()
    assert Entry.objects.filter(verb="bedt telefon slette").count() == 1


def test_a_full_batch_costs_the_same_for_each(
    cast: Cast, fatima: Client, django_assert_max_num_queries
) -> None:
    book_appointment(cast.course, day=TODAY, today=TODAY, by=cast.people[Role.COORDINATOR])
    rows = [row(cast.course) for _ in range(50)]
    with django_assert_max_num_queries(20 + 50 * 16):
        assert set(states(send(fatima, cast.people[Role.MENTOR], *rows))) == {"stored"}
    with django_assert_max_num_queries(20):
        assert set(states(send(fatima, cast.people[Role.MENTOR], *rows))) == {"known"}


def test_a_mentor_reports_a_phone_lost(cast: Cast, fatima: Client) -> None:
    assert "Ingen telefoner endnu" in fatima.get(reverse("own_phones")).content.decode()
    send(fatima, cast.people[Role.MENTOR])
    assert "den, du bruger nu" in fatima.get(reverse("own_phones")).content.decode()
    elsewhere = signed_in(cast.people[Role.MENTOR])
    assert "Meld Android mistet" in elsewhere.get(reverse("own_phones")).content.decode()
    page = elsewhere.post(reverse("own_phones"), {"telefon": PHONE}, follow=True).content.decode()
    assert "Android er meldt mistet" in page and "venter på, at telefonen får net" in page
    greet(fatima, PHONE)
    assert "hentet" in elsewhere.get(reverse("own_phones")).content.decode()


def test_an_administrator_reports_a_phone_lost_and_nobody_anothers(cast: Cast, fatima: Client) -> None:
    user, admin = cast.people[Role.MENTOR], signed_in(cast.people[Role.ADMINISTRATOR])
    send(fatima, user)
    torben = signed_in(cast.people[Role.COMPANY_MENTOR])
    for asked in (PHONE, "x", ""):
        assert torben.post(reverse("own_phones"), {"telefon": asked}).status_code == 404
    assert Phone.objects.get().lost_at is None
    address = reverse("person_phones", args=[user.id])
    assert admin.post(address, {"telefon": PHONE}).url == address
    assert Phone.objects.get().lost_by == cast.people[Role.ADMINISTRATOR]
    assert "Anna Prøve" in admin.get(address).content.decode()


def test_phones_that_nobody_uses_are_folded_and_removed(cast: Cast, fatima: Client) -> None:
    user, page = cast.people[Role.MENTOR], reverse("own_phones")
    send(fatima, user)
    names = ("Gammel", "Ældre", "Mistet")
    keys = [meet_phone(uuid.uuid4(), name=name, session=name, by=user).pk for name in names]
    mark_lost(Phone.objects.get(pk=keys[2]), by=user)
    Phone.objects.filter(pk__in=keys).update(seen_at=timezone.now() - timedelta(days=61))
    shown = fatima.get(page)
    assert "Ikke brugt i 60 dage" in shown.content.decode()
    assert {phone.name for phone in shown.context["phones"]} == {"Android", "Mistet"}
    torben = signed_in(cast.people[Role.COMPANY_MENTOR])
    assert torben.post(page, {"fjern": keys[0]}).status_code == 404
    assert fatima.post(page).status_code == 404
    for _ in range(2):
        assert fatima.post(page, {"fjern": keys[0]}).url == page
    for asked in ("ubrugte", keys[2], PHONE):
        fatima.post(page, {"fjern": asked})
    assert set(Phone.objects.values_list("pk", flat=True)) == {PHONE, keys[2]}, (
        "neither the lost nor one's own"
    )
    assert Entry.objects.filter(verb="fjernet telefon").count() == 2


def test_a_removed_phone_is_signed_out_and_new_when_it_calls_again(cast: Cast, fatima: Client) -> None:
    send(fatima, cast.people[Role.MENTOR])
    signed_in(cast.people[Role.MENTOR]).post(reverse("own_phones"), {"fjern": PHONE})
    assert greet(fatima, PHONE) == {"wipe": [], "user": None}
    again = signed_in(cast.people[Role.MENTOR])
    assert send(again, cast.people[Role.MENTOR]).status_code == 200
    assert Phone.objects.get().pk == PHONE


def test_the_shell_is_the_same_for_everyone_and_names_nobody(cast: Cast, fatima: Client) -> None:
    pages = [client.get(reverse("phone_page")) for client in (fatima, signed_in(None))]
    assert pages[0].content == pages[1].content
    text = pages[0].content.decode()
    assert "Registrér uden net" in text and "Fatima" not in text and "csrfmiddlewaretoken" not in text
    worker = fatima.get(reverse("phone_worker"))
    assert (worker["Content-Type"], worker["Cache-Control"]) == ("text/javascript", "no-cache")
    assert "/static/js/phone/offline" in worker.content.decode()
    assert fatima.get(reverse("phone_manifest")).json()["start_url"] == reverse("my_week")


def test_the_worker_keeps_no_file_that_is_not_there(cast: Cast) -> None:
    for address in shell_files():
        assert finders.find(address.removeprefix("/static/")), address


def test_initials_tell_citizens_apart(cast: Cast) -> None:
    names = ("Jens Ole", "Jens Ole", "Jette Oda", "Bo")
    numbers = ("0505779991", "0605779992", "0705779993", "0805779994")
    courses = [
        course_for(citizen(name, "Prøve", number, cast.unit), None, cast.helle)
        for name, number in zip(names, numbers, strict=True)
    ]
    assert [each["who"] for each in phone_list([*courses, courses[0]])] == [
        "Jens.O.P. 1", "Jens.O.P. 2", "Jet.O.P.", "B.P.",
    ]  # fmt: skip


def test_the_week_tells_the_phone_initials_and_no_names(cast: Cast, fatima: Client) -> None:
    assert fatima.get(reverse("my_week")).context["phone_list"] == [
        {"course": str(cast.course.id), "who": "J.E."}
    ]
