"""The choice of a mentor with its reasons, substitutes, and the hand-over."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.course import add_task, end_course
from mentorkorps.cases.actions.mentor import assign_substitute
from mentorkorps.cases.models import Course, MentorAssignment, Referral
from mentorkorps.followup.actions import book_appointment
from mentorkorps.followup.papers import handover
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries.choices import Choice, mentor_choices
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours, Role
from tests.cast import TODAY, Cast, mentor, signed_in

pytestmark = pytest.mark.django_db


def referred(cast: Cast, **fields: Any) -> None:
    Referral.objects.create(
        citizen=cast.jens, received_on=TODAY, visitate_by=TODAY, purpose="x", created_by=cast.helle, **fields
    )


def choice_of(cast: Cast, who: Mentor) -> Choice:
    return next(choice for choice in mentor_choices(cast.course, TODAY) if choice.mentor == who)


def test_reasons_for_and_against_are_words(cast: Cast) -> None:
    cast.jens.language, cast.jens.district = "ar", "Nord"
    cast.jens.save()
    referred(cast, barriers=["housing"], mentor_gender="k", mentor_age="30_to_49")
    Mentor.objects.filter(pk=cast.peter.pk).update(
        skills=["misbrug"], districts=["Syd"], languages=["da"], birth_year=1971
    )
    Mentor.objects.filter(pk=cast.fatima.pk).update(
        skills=["bolig"], districts=["Vest", "Nord"], birth_year=1990
    )
    cast.course.citizen.refresh_from_db()
    assert set(choice_of(cast, cast.fatima).speaks_for) == {
        "Taler arabisk.", "Har det køn, borgeren ønsker: kvinde.", "Er 30-49 år, som borgeren ønsker.",
        "Har erfaring med bolig.", "Arbejder i Nord, hvor borgeren bor.", "Har plads til 2\xa0t. om ugen.",
    }  # fmt: skip
    assert set(choice_of(cast, cast.peter).speaks_against) == {
        "Taler ikke arabisk.", "Har ikke det køn, borgeren ønsker: kvinde.", "Er ikke 30-49 år, som borgeren ønsker.",
        "Har ikke erfaring med bolig.", "Arbejder i Syd, borgeren bor i Nord.",
    }  # fmt: skip


def test_an_age_nobody_recorded_is_said_as_unknown(cast: Cast) -> None:
    referred(cast, mentor_age="from_50")
    assert choice_of(cast, cast.peter).speaks_against == ("Mentorens alder er ikke oplyst.",)


def test_full_unknown_and_absent_are_said(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=150)
    MentorHours.objects.filter(mentor=cast.ditte).delete()
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=1)
    MentorAbsence.objects.create(mentor=cast.peter, first=TODAY, last=None, reason="sick")
    peter, ditte = choice_of(cast, cast.peter), choice_of(cast, cast.ditte)
    assert peter.speaks_against[:3] == (
        "Er væk indtil videre: syg.",
        "Har 30\xa0min. ledig om ugen; forløbet er på 2\xa0t.",
        "Har allerede sit højeste antal borgere: 1.",
    )
    assert ditte.free is None
    assert "Mentorens timer er ikke oplyst." in ditte.speaks_against


def test_the_own_mentor_counts_without_this_course(cast: Cast) -> None:
    own = choice_of(cast, cast.fatima)
    assert (own.current, own.free) == (True, 1_200)


def test_a_known_face_is_said(cast: Cast) -> None:
    first = TODAY - timedelta(days=60)
    MentorAssignment.objects.create(
        course=cast.course,
        mentor=cast.peter,
        first=first,
        last=first,
        substitute=True,
        assigned_by=cast.helle,
    )
    assert "Har været borgerens mentor før: et kendt ansigt." in choice_of(cast, cast.peter).speaks_for


def test_fewest_objections_first_then_most_free(cast: Cast) -> None:
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=1)
    mentor("Lone Prøve", minutes=600)
    names = [choice.mentor.name for choice in mentor_choices(cast.course, TODAY)]
    assert names == ["Fatima Eksempel", "Ditte Eksempel", "Lone Prøve", "Peter Prøve"]


def test_company_mentors_are_for_company_courses(cast: Cast) -> None:
    nadia = Course.objects.get(citizen__first_name="Nadia")
    assert [choice.mentor.name for choice in mentor_choices(nadia, TODAY)] == ["Torben Prøve"]
    assert "Torben Prøve" not in [choice.mentor.name for choice in mentor_choices(cast.course, TODAY)]


@pytest.mark.parametrize("more", [0, 40])
def test_any_number_of_mentors_is_nine_queries(cast: Cast, more: int, django_assert_num_queries: Any) -> None:
    for n in range(more):
        mentor(f"Mentor{n} Prøve")
    with django_assert_num_queries(9):
        mentor_choices(cast.course, TODAY)


def choose(browser: Client, course: Course, name: str = "assign_mentor", **fields: Any) -> str:
    values = {"first": "20-11-2026"} | {key: str(value) for key, value in fields.items()}
    response = browser.post(reverse(name, args=[course.id]), values, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_mentor_is_chosen_and_nobody_is_preselected(cast: Cast) -> None:
    browser = signed_in(cast.helle)
    text = browser.get(reverse("assign_mentor", args=[cast.course.id])).content.decode()
    assert "checked" not in text
    assert "Sorteret efter færrest forbehold" in text
    assert "Peter Prøve er mentor fra 20-11-2026." in choose(browser, cast.course, mentor=cast.peter.id)
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.peter
    assert "er allerede mentor på forløbet" in choose(browser, cast.course, mentor=cast.peter.id)


def test_over_capacity_asks_for_a_reason_and_keeps_the_choice(cast: Cast) -> None:
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=1)
    browser = signed_in(cast.people[Role.COORDINATOR])
    text = choose(browser, cast.course, mentor=cast.peter.id)
    assert "Skriv, hvorfor det alligevel skal være Peter Prøve." in text
    assert "checked" in text
    assert "er mentor fra" in choose(browser, cast.course, mentor=cast.peter.id, reason="Et kendt ansigt")


@pytest.mark.parametrize(
    "fields",
    [
        {"mentor": ""},
        {"mentor": "x"},
        {"first": "32-13-2026"},
        {"first": "21-12-2026"},
        {"first": ""},
        {"reason": "x" * 10_000},
    ],
)
def test_a_choice_that_cannot_be(cast: Cast, fields: dict[str, str]) -> None:
    text = choose(signed_in(cast.helle), cast.course, **({"mentor": str(cast.peter.id)} | fields))
    assert "Der mangler noget" in text
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima


def test_more_than_twenty_are_a_click_away(cast: Cast) -> None:
    for n in range(25):
        mentor(f"Mentor{n:02} Prøve")
    browser = signed_in(cast.helle)
    place = reverse("assign_mentor", args=[cast.course.id])
    assert "mentorer mere" in browser.get(place).content.decode()
    assert browser.get(place + "?alle").content.decode().count('type="radio"') == 27


def test_a_substitute_is_chosen_and_ended(cast: Cast) -> None:
    browser = signed_in(cast.people[Role.COORDINATOR])
    text = choose(
        browser, cast.course, "assign_substitute", mentor=cast.peter.id, last="01-12-2026", reason="Ferie"
    )
    assert "Peter Prøve er vikar fra 20-11-2026." in text
    assert "Overlevering til vikar" in text
    again = choose(browser, cast.course, "assign_substitute", mentor=cast.peter.id, last="01-12-2026")
    assert "er vikar fra 20-11-2026 til 01-12-2026" in again
    assert MentorAssignment.objects.filter(substitute=True).count() == 1
    assert "ikke vikar længere end i dag" in choose(browser, cast.course, "assign_substitute", end="1")
    assert MentorAssignment.objects.get(substitute=True).last == TODAY


def test_ending_nobody_is_harmless(cast: Cast) -> None:
    assert "ingen vikar at afslutte" in choose(
        signed_in(cast.helle), cast.course, "assign_substitute", end="1"
    )


@pytest.mark.parametrize("fields", [{"last": "19-11-2026"}, {"last": "21-12-2026"}, {"last": "aldrig"}])
def test_a_substitute_that_cannot_be(cast: Cast, fields: dict[str, str]) -> None:
    text = choose(signed_in(cast.helle), cast.course, "assign_substitute", mentor=cast.peter.id, **fields)
    assert "Der mangler noget" in text
    assert not MentorAssignment.objects.filter(substitute=True).exists()


def ready_for_a_substitute(cast: Cast) -> MentorAssignment:
    """A course with all that the page for a substitute tells, and a substitute from today."""
    referred(cast, safety_notes="Ring først.", wishes="Gå ture.", barriers=["crime"])
    add_task(cast.course, title="at komme til læge", mine=True, on=TODAY, by=cast.helle)
    book_appointment(
        cast.course, day=TODAY + timedelta(days=3), today=TODAY, by=cast.helle, place="Varmestuen"
    )
    until = TODAY + timedelta(days=9)
    return assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=until, by=cast.helle)


def test_the_hand_over_is_one_page_journalled_as_print(cast: Cast) -> None:
    ready_for_a_substitute(cast)
    response = signed_in(cast.peter.user).get(reverse("handover_pdf", args=[cast.course.id]))
    with pikepdf.open(BytesIO(response.content)) as paper:
        assert len(paper.pages) == 1
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.shown) == ("print", str(cast.jens.id))


def test_the_hand_over_has_what_a_visit_needs_and_no_more(cast: Cast) -> None:
    text = handover(cast.course, ready_for_a_substitute(cast), signer=cast.helle, on=TODAY).as_text()
    for words in (
        "Jens E.", "Peter Prøve", "at komme til læge", "Varmestuen", "Ring først.", "Gå ture.", "Helle Prøve",
        "20. november til og med 29. november 2026",
    ):  # fmt: skip
        assert words in text, words
    for words in ("Jens Eksempel", "140376", "afsoning", "Prøvegade"):
        assert words not in text, words


def test_a_hand_over_that_cannot_be_written_says_why(cast: Cast) -> None:
    browser, place = signed_in(cast.helle), reverse("handover_pdf", args=[cast.course.id])
    assert "Vælg en vikar først." in browser.get(place, follow=True).content.decode()
    assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=None, by=cast.helle)
    assert "Overleveringen kan ikke laves endnu." in browser.get(place, follow=True).content.decode()
    add_task(cast.course, title="at ringe, 140376-9995", mine=True, on=TODAY, by=cast.helle)
    assert "CPR-nummer" in browser.get(place, follow=True).content.decode()


def test_an_ended_course_takes_no_mentor(cast: Cast) -> None:
    end_course(cast.course, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)
    browser = signed_in(cast.helle)
    for name in ("assign_mentor", "assign_substitute"):
        assert "intet kan ændres" in choose(browser, cast.course, name, mentor=cast.peter.id)
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima


def test_mentors_do_not_choose(cast: Cast) -> None:
    for name in ("assign_mentor", "assign_substitute"):
        place = reverse(name, args=[cast.course.id])
        for role in (Role.MENTOR, Role.PROVIDER, Role.LEADER):
            assert signed_in(cast.people[role]).get(place).status_code == 404
            assert signed_in(cast.people[role]).post(place, {"end": "1"}).status_code == 404
