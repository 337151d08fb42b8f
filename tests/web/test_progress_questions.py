"""The pages of the questions about progress: who sees them, how a draft is written, and from when it is asked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.domain.dates import NBSP
from mentorkorps.followup.actions.questions import begin_questions
from mentorkorps.followup.models import QuestionSet
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, signed_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

WORDS = {"title": "Telefon", "to_citizen": "Tager du den?", "to_mentor": "Tager borgeren den?"} | {
    f"step_{number}": word
    for number, word in enumerate(("Aldrig", "Sjældent", "Af og til", "Tit", "Altid"), 1)
}
ADOPTED = {"name": "Fjordby 2027", "source": "Ledelsen, 20-11-2026", "in_force_from": "01-01-2027"}


@pytest.fixture
def leader(cast: Cast) -> Client:
    return signed_in(cast.people[Role.LEADER])


@pytest.fixture
def draft(cast: Cast) -> QuestionSet:
    return begin_questions(on=TODAY, by=cast.people[Role.LEADER])


def post(client: Client, page: str, /, *key: Any, **fields: str) -> str:
    return client.post(reverse(page, args=key), fields, follow=True).content.decode().replace(NBSP, " ")


def test_what_is_asked_is_there_to_read_and_a_leader_can_begin(cast: Cast, leader: Client) -> None:
    page = reverse("progress_questions")
    text = signed_in(cast.people[Role.COORDINATOR]).get(page).content.decode()
    assert "Eksempel 2026" in text and "LIX 16, let at læse" in text and "Lav jeres egne" not in text
    assert "Lav jeres egne" in leader.get(page).content.decode()
    for _ in range(2):
        assert "Ingen bliver spurgt om dem" in post(leader, "begin_questions")
    assert QuestionSet.objects.count() == 1
    assert "Fortsæt kladden" in leader.get(page).content.decode()


def test_a_question_is_written_and_what_is_wrong_stays_on_the_page(
    leader: Client, draft: QuestionSet
) -> None:
    wrong = WORDS | {"step_4": "altid", "to_mentor": ""}
    text = post(leader, "write_question", draft.pk, "nyt", **wrong)
    assert "Skal skrives, før spørgsmålet kan gemmes" in text and "Tager du den?" in text
    text = post(leader, "write_question", draft.pk, "nyt", **WORDS | {"step_4": "altid", "step_5": "Altid"})
    assert "Siger det samme som et andet trin" in text and 'value="altid"' in text
    assert "“Telefon” er gemt i kladden" in post(leader, "write_question", draft.pk, "nyt", **WORDS)
    post(leader, "write_question", draft.pk, "work", **WORDS | {"title": "Job"})
    draft.refresh_from_db()
    assert [each.title for each in draft.asked[-2:]] == ["Job", "Telefon"]
    text = post(leader, "write_question", draft.pk, "luck", **WORDS)
    assert "Spørgsmålet er ikke i kladden" in text


def test_questions_are_moved_and_removed(leader: Client, draft: QuestionSet) -> None:
    post(leader, "arrange_question", draft.pk, "work", act="up")
    assert "Spørgsmålet er fjernet" in post(leader, "arrange_question", draft.pk, "days", act="remove")
    assert "er fjernet fra kladden" in post(leader, "arrange_question", draft.pk, "days", act="down")
    draft.refresh_from_db()
    keys = [each.key for each in draft.asked]
    assert keys == ["appointments", "papers", "health", "people", "work", "offices"]


def test_how_plain_it_reads_is_told_while_it_is_typed(leader: Client) -> None:
    text = post(leader, "how_plain_it_reads", to_citizen="Beskriv funktionsniveauet")
    assert "LIX 102, svær at læse" in text
    assert "så viser vi, hvor let" in post(leader, "how_plain_it_reads", title="Telefon")


def test_a_version_gets_its_day_and_is_taken_back_until_then(
    cast: Cast, leader: Client, draft: QuestionSet
) -> None:
    text = post(leader, "draft_questions", draft.pk, **ADOPTED | {"in_force_from": "20-11-2026"})
    assert "Vælg en dag efter i dag" in text and 'value="Fjordby 2027"' in text
    text = post(leader, "draft_questions", draft.pk, **ADOPTED)
    assert "gælder fra 1. januar 2027" in text and "Træk tilbage" in text
    assert "Kommer" in leader.get(reverse("progress_questions")).content.decode()
    reader = signed_in(cast.people[Role.COORDINATOR])
    text = reader.get(reverse("question_set", args=[draft.pk])).content.decode()
    assert "En leder eller administrator kan trække dem tilbage" in text
    assert "er en kladde igen" in post(leader, "take_back_questions", draft.pk)
    assert "Kladden er smidt væk" in post(leader, "take_back_questions", draft.pk)
    assert not QuestionSet.objects.exists()
    verbs = set(Entry.objects.filter(kind="change").values_list("verb", flat=True))
    assert {"taget spørgsmål om fremgang i brug", "smidt spørgsmål om fremgang væk"} <= verbs


def test_what_has_begun_cannot_be_taken_back(leader: Client, draft: QuestionSet) -> None:
    QuestionSet.objects.update(name="Egne", in_force_from=TODAY)
    assert "gælder fra en senere dag" in post(leader, "take_back_questions", draft.pk)
    text = leader.get(reverse("draft_questions", args=[draft.pk]), follow=True).content.decode()
    assert "Gælder forløb, der er begyndt fra" in text and "Træk tilbage" not in text


def test_the_page_costs_the_same_for_many_versions(
    leader: Client, draft: QuestionSet, django_assert_max_num_queries: Any
) -> None:
    for year in range(2000, 2020):
        QuestionSet.objects.create(
            name=str(year), source="prøve", in_force_from=TODAY.replace(year=year), questions=draft.questions
        )
    leader.get(reverse("progress_questions"))
    with django_assert_max_num_queries(7):
        leader.get(reverse("progress_questions"))
