"""The citizen's own page: opened once by its link, in plain words, and what is said there comes to those who help."""

import re
from datetime import date, time, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorkorps.cases.models import Course, Task
from mentorkorps.domain.readability import lix
from mentorkorps.followup.actions.citizen_page import make_link
from mentorkorps.followup.models import Appointment, CitizenAnswer, CitizenLink, CitizenWish, Contact
from mentorkorps.followup.models.progress import Rating
from mentorkorps.followup.queries.progress import questions_of
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.web.citizen_door import COOKIE, PATH
from mentorkorps.web.citizen_words import FIRST, languages
from tests.cast import TODAY, Cast, new_key, signed_in

MET = date(2026, 11, 17)  # a Tuesday


def link_for(course: Course, cast: Cast) -> str:
    """The address that the mentor hands over."""
    _, secret = make_link(course, by=cast.people[Role.MENTOR], now=timezone.now())
    return reverse("own_page_start", args=[secret])


def let_in(cast: Cast, course: Course | None = None, language: str = "da") -> Client:
    """The citizen's telephone after the button is pressed."""
    client = Client()
    response = client.post(f"{link_for(course or cast.course, cast)}?sprog={language}")
    assert response.status_code == 302
    return client


def met_on(cast: Cast, day: date = MET) -> Contact:
    """A meeting that the mentor has logged."""
    return Contact.objects.create(
        key=new_key(), course=cast.course, mentor=cast.fatima, day=day, week=2968, outcome="met", minutes=45,
        held=True, logged_by=cast.people[Role.MENTOR],
    )  # fmt: skip


def page_of(client: Client) -> str:
    response = client.get(reverse("own_page"))
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """What a page says, a block on each line, without what the caseworker and the citizen wrote."""
    body = html.split("<main", 1)[1]
    own = re.sub(
        r"<(ul|p) lang=.*?</\1>|<textarea.*?</textarea>|<blockquote>.*?</blockquote>", "", body, flags=re.S
    )
    return unescape(re.sub(r"<[^>]+>", "\n", own))


def test_the_page_says_who_when_what_and_ones_rights(cast: Cast) -> None:
    Appointment.objects.create(
        course=cast.course, day=date(2026, 11, 24), start=time(10, 30), place="Varmestuen"
    )
    for title, mine in (("Følge til læge", True), ("Medicin", False)):
        Task.objects.create(course=cast.course, title=title, mine=mine, since=cast.course.start)
    shown = page_of(let_in(cast))
    for text in (
        "Hej Jens", "Din mentor er Fatima Eksempel.", "12 34 56 78", "tirsdag den 24. november kl. 10.30", "Varmestuen",
        cast.course.goal, "Følge til læge", "Medicin", "Du må tage en med", "bede om en anden mentor", "klage",
        "Spørg Helle Prøve",
    ):  # fmt: skip
        assert text in shown, text
    assert "<title>Min side</title>" in shown and 'lang="da"' in shown
    assert "140376" not in shown and "Jens Eksempel" not in shown


def test_the_link_opens_once(cast: Cast) -> None:
    address = link_for(cast.course, cast)
    assert Client().get(address).status_code == 200, "looking opens nothing"
    assert Client().head(address).status_code == 200
    first, second = Client().post(address), Client().post(address)
    assert (first.status_code, second.status_code) == (302, 403)
    assert "Linket er brugt eller for gammelt" in second.content.decode()
    opened = Entry.objects.filter(verb="åbnet borgerens side", citizen_id=cast.jens.id).order_by("id")
    assert [entry.refused for entry in opened] == [False, True]
    assert opened[0].detail == {"actor": "borgeren selv"}


def test_the_visit_is_a_cookie_of_its_own_and_no_sign_in(cast: Cast) -> None:
    client = let_in(cast)
    cookie = client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (PATH, True, "Lax")
    assert "mk_session" not in client.cookies
    link = CitizenLink.objects.get()
    assert cookie.value not in (link.visit_hash, link.secret_hash)
    assert client.get(reverse("course", args=[cast.course.id])).url.startswith("/konto/login/")
    mentor = signed_in(cast.people[Role.MENTOR])
    assert mentor.get(reverse("own_page")).status_code == 403


@pytest.mark.parametrize("hours", [47, 49])
def test_the_link_is_open_for_two_days(hours: int, cast: Cast) -> None:
    address = link_for(cast.course, cast)
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        assert Client().post(address).status_code == (302 if hours < 48 else 403)


def test_the_visit_ends_after_half_an_hour_without_use_and_after_four(cast: Cast) -> None:
    begun = timezone.now()
    client = let_in(cast)
    for minutes, status in ((29, 200), (58, 200), (89, 403)):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            assert client.get(reverse("own_page")).status_code == status, minutes
    client = let_in(cast)
    begun = timezone.now()
    for minutes in range(20, 260, 20):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            assert client.get(reverse("own_page")).status_code == (200 if minutes < 240 else 403), minutes


def test_a_new_link_closes_the_old_and_its_visit(cast: Cast) -> None:
    old, client = link_for(cast.course, cast), let_in(cast)
    link_for(cast.course, cast)
    assert Client().post(old).status_code == 403
    assert client.get(reverse("own_page")).status_code == 403


def test_an_ended_course_opens_nothing(cast: Cast) -> None:
    address = link_for(cast.course, cast)
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 11, 19), end_reason="wish")
    assert Client().post(address).status_code == 403
    response = signed_in(cast.helle).post(reverse("citizen_link", args=[cast.course.id]))
    assert response.url == reverse("course", args=[cast.course.id])
    assert CitizenLink.objects.count() == 1


def test_trying_many_times_is_stopped(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        _try_many_times(cast)


def _try_many_times(cast: Cast) -> None:
    client = Client()
    guesses = [client.post(reverse("own_page_start", args=["x" * 43])).status_code for _ in range(22)]
    assert guesses == [403] * 20 + [429] * 2
    assert client.post(link_for(cast.course, cast)).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").post(link_for(cast.course, cast)).status_code == 302


def test_the_answer_stands_beside_the_contact(cast: Cast) -> None:
    contact = met_on(cast)
    before = Contact.objects.filter(pk=contact.pk).values().get()
    client = let_in(cast)
    assert "Mødtes I tirsdag den 17. november?" in page_of(client)
    for met in ("yes", "no", "no"):
        client.post(reverse("own_page_answer"), {"contact": contact.id, "met": met})
    assert list(CitizenAnswer.objects.order_by("answered_at").values_list("met", "newest")) == [
        ("yes", False), ("no", True),
    ]  # fmt: skip
    assert "Du har svaret nej" in page_of(client)
    assert Contact.objects.filter(pk=contact.pk).values().get() == before
    said = Entry.objects.filter(verb="svaret, om de mødtes", citizen_id=cast.jens.id, actor_id=None).order_by(
        "id"
    )
    assert [entry.detail for entry in said] == [
        {"met": "yes", "actor": "borgeren selv"}, {"met": "no", "actor": "borgeren selv"},
    ]  # fmt: skip


def test_only_own_and_lately_logged_meetings_are_asked_about(cast: Cast) -> None:
    others = Course.objects.get(citizen__first_name="Olga")
    foreign = met_on(cast)
    Contact.objects.filter(pk=foreign.pk).update(course=others)
    old, retracted = met_on(cast, MET - timedelta(weeks=6)), met_on(cast)
    Contact.objects.filter(pk=retracted.pk).update(superseded=True, held=False)
    client = let_in(cast)
    for key in (foreign.id, old.id, retracted.id, "ikke et id"):
        client.post(reverse("own_page_answer"), {"contact": key, "met": "no"})
    assert not CitizenAnswer.objects.exists()
    assert "Der er ikke noget at svare på" in page_of(client)


def test_a_no_waits_until_somebody_has_followed_up(cast: Cast) -> None:
    client, contact = let_in(cast), met_on(cast)
    client.post(reverse("own_page_answer"), {"contact": contact.id, "met": "no"})
    answer = CitizenAnswer.objects.get()
    helle, karl = signed_in(cast.helle), signed_in(cast.karl)
    assert "tirsdag 17." in helle.get(reverse("citizen_answers")).content.decode().replace("\xa0", " ")
    assert "Ingen svar venter" in karl.get(reverse("citizen_answers")).content.decode()
    address = reverse("follow_up_answer", args=[answer.id])
    assert "Skal udfyldes" in helle.post(address, {"note": " "}).content.decode()
    assert 'value="iii' in helle.post(address, {"note": "i" * 301}).content.decode()
    for _ in range(2):
        assert helle.post(address, {"note": "Det var om onsdagen."}).status_code == 302
    other = signed_in(cast.people[Role.COORDINATOR]).post(address, {"note": "Var syg."}).content.decode()
    assert "har fulgt op på svaret imens" in other and "Du skrev: “Var syg.”" in other
    answer.refresh_from_db()
    assert (answer.followed_up_note, answer.followed_up_by) == ("Det var om onsdagen.", cast.helle)
    assert "Det var om onsdagen." in helle.get(f"{reverse('citizen_answers')}?vis=fulgt-op").content.decode()
    assert "Siger, at I ikke mødtes" in helle.get(reverse("course", args=[cast.course.id])).content.decode()


def test_the_wish_is_kept_in_the_citizens_own_words(cast: Cast) -> None:
    client = let_in(cast)
    for text in ("En der taler arabisk", "En der taler arabisk ", "x" * 501, "Helst en\x00 kvinde"):
        client.post(reverse("own_page_wish"), {"text": text})
    assert list(CitizenWish.objects.order_by("said_at").values_list("text", flat=True)) == [
        "En der taler arabisk", "Helst en kvinde",
    ]  # fmt: skip
    course = signed_in(cast.helle).get(reverse("course", args=[cast.course.id])).content.decode()
    assert "Helst en kvinde" in course and "En der taler arabisk" not in course
    entry = Entry.objects.filter(verb="skrevet ønske").latest("id")
    assert entry.detail == {"actor": "borgeren selv"}, "the words themselves are not journalled"


def test_what_is_too_long_comes_back_to_be_mended(cast: Cast) -> None:
    shown = let_in(cast).post(reverse("own_page_wish"), {"text": "y" * 501}).content.decode()
    assert "Skriv højst 500 tegn" in shown and "y" * 501 in shown


def test_the_citizen_leaves(cast: Cast) -> None:
    client = let_in(cast)
    kept = client.cookies[COOKIE].value
    assert "Siden er lukket" in client.post(reverse("own_page_leave")).content.decode()
    client.cookies[COOKIE] = kept
    assert client.get(reverse("own_page")).status_code == 403


def test_the_link_is_shown_once_and_only_hashes_are_kept(cast: Cast) -> None:
    mentor = signed_in(cast.people[Role.MENTOR])
    page = reverse("citizen_link", args=[cast.course.id])
    made = mentor.post(page).content.decode()
    address = re.search(r'value="(http://testserver/min-side/aabn/[^"]+)"', made)
    assert address and '<svg class="qr"' in made
    secret = address[1].rstrip("/").rsplit("/", 1)[1]
    assert secret not in mentor.get(page).content.decode()
    stored = " ".join(str(value) for value in CitizenLink.objects.values().get().values())
    journal = " ".join(f"{e.verb} {e.detail}" for e in Entry.objects.all())
    assert secret not in stored + journal
    mentor.post(page, {"act": "close"})
    assert Client().post(address[1]).status_code == 403


@pytest.mark.parametrize("code", list(languages()))
def test_every_language_is_complete_and_fills_the_same_places(code: str) -> None:
    words, first = languages()[code], languages()[FIRST]
    assert set(words.texts) == set(first.texts)
    assert (len(words.weekdays), len(words.months), words.direction in ("ltr", "rtl")) == (7, 12, True)
    places = {key: set(re.findall(r"{\w+}", text)) for key, text in words.texts.items()}
    assert places == {key: set(re.findall(r"{\w+}", text)) for key, text in first.texts.items()}
    assert all(text.strip() for text in words.texts.values())


def asks_about_progress(cast: Cast) -> None:
    """Moves the course so that its measurement after 13 weeks is open today."""
    start = TODAY - timedelta(weeks=13)
    Course.objects.filter(pk=cast.course.pk).update(start=start, end=TODAY + timedelta(weeks=20))


def test_the_citizen_rates_own_progress_and_may_skip(cast: Cast) -> None:
    asks_about_progress(cast)
    client = let_in(cast)
    assert "Hvordan går det?" in page_of(client)
    none = client.post(reverse("own_page_progress"), {}, follow=True).content.decode()
    assert "Du har ikke sat et kryds endnu" in none and not Rating.objects.exists()
    first, second, *rest = [question.key for question in questions_of(cast.course)]
    said = {first: "3", second: "skip"} | dict.fromkeys(rest[:-1], "0")
    response = client.post(reverse("own_page_progress"), said, follow=True)
    rating = Rating.objects.get()
    answers = {answer.question: (answer.score, answer.declined) for answer in rating.answers.all()}
    assert (rating.rater, rating.given, rating.entered_by) == ("citizen", "self", None)
    assert (answers[first], answers[second], answers[rest[0]]) == ((3, False), (None, True), (0, False))
    assert answers[rest[-1]] == (None, False), "not answered is not zero"
    shown = response.content.decode()
    assert "Vi har gemt dine svar" in shown and "<fieldset" not in shown
    assert client.post(reverse("own_page_progress"), said).status_code == 302
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("code", list(languages()))
def test_every_page_is_plain_and_reads_well_aloud(code: str, cast: Cast) -> None:
    met_on(cast)
    asks_about_progress(cast)
    start = Client().get(f"{link_for(cast.course, cast)}?sprog={code}").content.decode()
    client = let_in(cast, language=code)
    page = page_of(client)
    closed = Client().get(f"{reverse('own_page')}?sprog={code}").content.decode()
    assert "<fieldset" in page and "<form" in start
    for html in (start, page, closed):
        assert f'<html lang="{code}"' in html
        assert lix(words_of(html)) <= 35, words_of(html)
        assert "<table" not in html
        levels = [int(level) for level in re.findall(r"<h(\d)", html)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def test_the_language_chosen_is_kept(cast: Cast) -> None:
    client = let_in(cast)
    assert "Hello Jens" in client.get(f"{reverse('own_page')}?sprog=en").content.decode()
    assert "Hello Jens" in page_of(client)
    assert "Hello Jens" in client.get(f"{reverse('own_page')}?sprog=klingon").content.decode()


def test_the_page_reads_as_much_whatever_the_history(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for weeks in range(40):
        met_on(cast, MET - timedelta(weeks=weeks))
    client = let_in(cast)
    with django_assert_max_num_queries(22):
        client.get(reverse("own_page"))
