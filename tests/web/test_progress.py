"""The page of progress: two views apart, what is missing said so, and the way of each task."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.actions.course import add_task, move_task
from mentorkorps.domain.progress import shipped_questions
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.models import QuestionSet, Rating
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import Cast, signed_in

QUESTIONS = shipped_questions().questions


def page(cast: Cast, role: str = Role.MENTOR) -> str:
    return signed_in(cast.people[role]).get(reverse("progress", args=[cast.course.id])).content.decode()


def answer(cast: Cast, rater: str, role: str = Role.MENTOR, **changes: str) -> Any:
    """Step 3 of every question after 13 weeks, unless said otherwise."""
    form = {f"q_{question.key}": "2" for question in QUESTIONS} | {"on": "18-09-2026", "given": "read_aloud"}
    place = reverse("rate", args=[cast.course.id, "weeks_13", rater])
    return signed_in(cast.people[role]).post(place, form | changes)


def test_before_anybody_has_answered_the_page_says_what_will_come(cast: Cast) -> None:
    text = page(cast)
    assert "Ingen har svaret endnu" in text
    assert "Skriv ind, hvis der blev svaret" in text
    assert "Kommer 29.\xa0nov." in text


def test_two_views_are_drawn_apart_and_a_table_says_the_same(cast: Cast) -> None:
    assert answer(cast, "mentor").status_code == 302
    assert answer(cast, "citizen", q_work="declined", q_people="none", q_days="0").status_code == 302
    text = page(cast)
    assert text.count('class="panel"') == len(QUESTIONS)
    assert 'class="by-mentor"' in text and 'class="by-citizen"' in text
    for words in ("ønsker ikke at svare", "ikke svaret", QUESTIONS[1].steps[0], "mentor læste højt og skrev"):
        assert words in text, words
    assert "Mentor: start mangler, 13 uger 3, 26 uger kommer. Jens: start mangler, 13 uger 1" in text


def test_the_picture_says_so_when_newer_questions_are_asked_elsewhere(cast: Cast) -> None:
    answer(cast, "mentor")
    assert "kan ikke sammenlignes" not in page(cast)
    begun = QuestionSet.objects.get()
    QuestionSet.objects.create(
        name="Egne", source="prøve", in_force_from=date(2026, 9, 1), questions=begun.questions
    )
    text = page(cast)
    assert "svarer på “Eksempel 2026” fra først til sidst" in text and "svarer på “Egne”" in text


def test_a_wave_that_has_not_come_or_is_no_wave_is_not_asked(cast: Cast) -> None:
    mentor = signed_in(cast.people[Role.MENTOR])
    later = mentor.get(reverse("rate", args=[cast.course.id, "weeks_26", "mentor"]))
    assert later.url == reverse("progress", args=[cast.course.id])
    for wave, rater in (("end", "mentor"), ("weeks_13", "leader"), ("\x00", "mentor")):
        assert mentor.get(reverse("rate", args=[cast.course.id, wave, rater])).status_code == 404
        assert Entry.objects.latest("id").refused


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"q_work": ""}, "Vælg et trin"),
        ({"q_work": "9"}, "q_work"),
        ({"on": "20-11-2026"}, "30-08-2026 til 11-10-2026"),
        ({"on": "31-09-2026"}, "findes ikke"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_chosen_stays(
    cast: Cast, changes: dict[str, str], says: str
) -> None:
    text = answer(cast, "citizen", **changes).content.decode()
    assert says in text and "note-err" in text
    assert 'value="2" ' in text and "checked" in text
    assert not Rating.objects.exists()


def test_a_correction_begins_with_what_was_answered(cast: Cast) -> None:
    answer(cast, "citizen", q_work="declined")
    place = reverse("rate", args=[cast.course.id, "weeks_13", "citizen"])
    text = signed_in(cast.people[Role.MENTOR]).get(place).content.decode()
    assert "bliver det en rettelse" in text
    assert 'value="declined"' in text and text.count("checked") == len(QUESTIONS) + 1
    answer(cast, "citizen")
    assert Rating.objects.filter(superseded=True).count() == 1


def test_a_leader_reads_and_a_company_mentor_does_not(cast: Cast) -> None:
    assert "Fremgang, set af to" in page(cast, Role.LEADER)
    assert answer(cast, "mentor", role=Role.LEADER).status_code == 404
    assert (
        signed_in(cast.people[Role.COMPANY_MENTOR])
        .get(reverse("progress", args=[cast.course.id]))
        .status_code
        == 404
    )


def test_a_task_that_nobody_takes_over_is_seen_and_a_slip_undone(cast: Cast) -> None:
    start = cast.course.start
    still = add_task(cast.course, title="følge boligsagen", mine=True, on=start, by=cast.helle)
    moved = add_task(cast.course, title="komme til læge", mine=True, on=start, by=cast.helle)
    move_task(moved, stage="together", on=date(2026, 9, 1), by=cast.helle)
    text = page(cast)
    assert "Uændret hos mentor i 21 uger" in text
    assert "Mentor gør det 22.\xa0jun. → Sammen 1.\xa0sep." in text
    answer = signed_in(cast.people[Role.MENTOR]).post(reverse("undo_move", args=[moved.id]))
    assert answer.url.endswith("#opgaver")
    moved.refresh_from_db()
    assert (moved.stage, moved.since) == ("mentor", start)
    again = signed_in(cast.people[Role.MENTOR]).post(reverse("undo_move", args=[still.id]), follow=True)
    assert "intet at fortryde" in again.content.decode()


def test_an_open_wave_waits_on_the_course_and_in_the_mentors_week(cast: Cast) -> None:
    cast.course.start = date(2026, 8, 24)
    cast.course.save()
    mentor = signed_in(cast.people[Role.MENTOR])
    course, week = reverse("course", args=[cast.course.id]), reverse("my_week")
    assert "efter 13 uger mangler svar fra mentor og borgeren" in mentor.get(course).content.decode()
    assert "Måling af fremgang mangler" in mentor.get(week).content.decode()
    for rater in ("mentor", "citizen"):
        answers = {question.key: 1 for question in QUESTIONS}
        score(
            course=cast.course, wave="weeks_13", rater=rater, answers=answers, on=date(2026, 11, 20), by=cast.helle
        )  # fmt: skip
    assert "mangler svar" not in mentor.get(course).content.decode()
    assert "Måling af fremgang mangler" not in mentor.get(week).content.decode()


def test_the_page_costs_the_same_whatever_was_answered(cast: Cast, django_assert_max_num_queries) -> None:
    for step in "0123":
        for rater in ("mentor", "citizen"):
            answer(cast, rater, q_work=step)
    for number in range(10):
        task = add_task(cast.course, title=f"Opgave {number}", mine=True, on=cast.course.start, by=cast.helle)
        move_task(task, stage="together", on=date(2026, 9, 1), by=cast.helle)
    client = signed_in(cast.people[Role.MENTOR])
    client.get(reverse("my_week"))
    with django_assert_max_num_queries(14):
        client.get(reverse("progress", args=[cast.course.id]))
