"""The corps: who reads and who edits, filters, warnings in words, and what an absence leaves undone."""

import csv
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.followup.models import CourseTally
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import (
    Mentor,
    MentorAbsence,
    MentorHours,
    MentorTraining,
    PreparationShare,
    Role,
)
from tests.cast import TODAY, Cast, course_for, mentor, signed_in

READERS = {Role.CASEWORKER, Role.COORDINATOR, Role.LEADER}
EDITS = (
    "edit_mentor", "mentor_hours", "mentor_contract", "mentor_absence", "end_mentor_absence", "mentor_training",
)  # fmt: skip
NEW = {"name": "Amal Prøve", "kind": "internal", "languages": "dansk, somali", "active_from": "23-11-2026",
       "birth_year": "1979"}  # fmt: skip


def body(response: HttpResponse) -> str:
    return response.content.decode()


def coordinator(cast: Cast) -> Any:
    return signed_in(cast.people[Role.COORDINATOR])


def at(name: str, who: Mentor) -> str:
    return reverse(name, args=[who.id])


@pytest.mark.parametrize("role", sorted(set(Role) - READERS))
def test_others_do_not_see_the_corps(cast: Cast, role: Role) -> None:
    for place in (reverse("corps"), at("mentor", cast.fatima)):
        assert signed_in(cast.people[role]).get(place).status_code == 404
    assert Entry.objects.filter(refused=True, actor_role=role).count() == 2


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LEADER])
def test_readers_do_not_edit(cast: Cast, role: Role) -> None:
    client = signed_in(cast.people[role])
    for name in (
        "edit_mentor",
        "mentor_hours",
        "mentor_contract",
        "mentor_absence",
        "end_mentor_absence",
        "mentor_training",
    ):
        assert client.post(at(name, cast.fatima), {}).status_code == 404
    for name in ("new_mentor", "preparation"):
        assert client.get(reverse(name)).status_code == 404
    assert "Ret mentor" not in body(client.get(at("mentor", cast.fatima)))


def test_a_mentor_that_is_not_there(cast: Cast) -> None:
    place = reverse("mentor", args=[cast.jens.id])
    assert coordinator(cast).get(place).status_code == 404
    assert Entry.objects.filter(refused=True, verb="mentor").exists()


def test_the_list_says_what_to_see_to(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=60)
    MentorTraining.objects.create(
        mentor=cast.ditte, title="Førstehjælp", completed_on=date(2023, 1, 1), expires_on=date(2025, 1, 1)
    )
    Citizen.objects.filter(pk=cast.jens.pk).update(language="ar")
    Mentor.objects.exclude(pk=cast.fatima.pk).update(confidentiality_on=TODAY)
    page = body(coordinator(cast).get(reverse("corps")))
    assert page.count("Tavshedspligt er ikke aftalt") == 1
    for said in (
        "Eneste, der taler arabisk; 1 borger har brug for det",
        "Bevilget 1\u00a0t. mere om ugen, end mentoren kan give",
        "Under halvdelen af timerne er brugt",
        "Førstehjælp udløb 1.\u00a0januar\u00a02025",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("vis=over", ["Peter Prøve"]),
        ("vis=vaek", ["Ditte Eksempel"]),
        ("vis=ledige", ["Fatima Eksempel", "Torben Prøve"]),
        ("sprog=ar", ["Fatima Eksempel"]),
        ("art=company", ["Torben Prøve"]),
        ("vis=vrøvl", ["Fatima Eksempel", "Torben Prøve", "Peter Prøve", "Ditte Eksempel"]),
        ("sprog=ar&art=company", []),
        ("leverandoer=0", []),
        ("erfaring=gæld&omraade=Nord", ["Peter Prøve"]),
    ],
)
def test_filters_live_in_the_address(cast: Cast, query: str, names: list[str]) -> None:
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=60)
    Mentor.objects.filter(pk=cast.peter.pk).update(skills=["gæld"], districts=["Nord"])
    MentorAbsence.objects.create(mentor=cast.ditte, first=date(2026, 11, 20), reason="sick")
    page = coordinator(cast).get(f"{reverse('corps')}?{query}")
    assert [load.mentor.name for load, _ in page.context["rows"]] == names


def test_the_journal_keeps_the_filters_we_know_alone(cast: Cast) -> None:
    coordinator(cast).get(f"{reverse('corps')}?sprog=ar&a%00b=1&Jens=2")
    assert Entry.objects.get(verb="korps").detail == {"filters": ["sprog"]}


def test_two_hundred_mentors_cost_no_more_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(200):
        mentor(f"Mentor {number} Prøve", unit=cast.unit)
    client = coordinator(cast)
    with django_assert_max_num_queries(22):
        page = client.get(reverse("corps"))
    assert page.context["page"].paginator.count == 204
    assert "Viser 1–50 af 204" in body(page)


def test_a_mentors_page_does_not_grow_with_courses(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        course_for(cast.jens, cast.fatima, cast.helle)
    MentorAbsence.objects.create(mentor=cast.fatima, first=date(2026, 11, 20), reason="sick")
    client = coordinator(cast)
    with django_assert_max_num_queries(30):
        client.get(at("mentor", cast.fatima))


def test_an_empty_corps_says_what_will_come(cast: Cast) -> None:
    Mentor.objects.update(active_to=date(2026, 1, 1))
    assert "Her kommer kommunens mentorer" in body(coordinator(cast).get(reverse("corps")))


def test_a_caseworker_sees_names_of_the_own_unit_only(cast: Cast) -> None:
    page = body(signed_in(cast.karl).get(at("mentor", cast.fatima)))
    assert "Jens" not in page
    assert "1 forløb i enheder, du ikke arbejder i" in page
    assert "Jens Eksempel" in body(signed_in(cast.helle).get(at("mentor", cast.fatima)))
    assert str(cast.jens.id) in Entry.objects.filter(actor_id=cast.helle.id, kind="list").latest("id").shown


def test_a_mentor_is_created(cast: Cast) -> None:
    for _ in range(2):
        answer = coordinator(cast).post(reverse("new_mentor"), NEW)
    made = Mentor.objects.get(name="Amal Prøve")
    assert answer.url == at("mentor", made)
    assert (made.languages, made.birth_year, made.active_from) == (["da", "so"], 1979, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skal udfyldes"),
        ({"name": "x" * 10_000}, "80 tegn"),
        ({"languages": "dansk, klingonsk"}, "Sproget “klingonsk” er ikke på listen"),
        ({"kind": "supplier"}, "Vælg, hvor mentoren er ansat"),
        ({"active_from": "31-02-2026"}, "findes ikke i kalenderen"),
        ({"max_citizens": "-1"}, "Skriv et helt tal fra 0 til 500, fx 12."),
        ({"skills": "x" * 41}, "for langt"),
        ({"skills": "psykiatri, a\x00b"}, "Null"),
        ({"birth_year": "79"}, "Skriv fødselsåret med fire cifre"),
        ({"birth_year": "1.979"}, "Skriv fødselsåret med fire cifre"),
        ({"birth_year": "2027"}, "Året ligger i fremtiden"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(cast: Cast, wrong: dict[str, str], said: str) -> None:
    page = body(coordinator(cast).post(reverse("new_mentor"), NEW | wrong))
    assert said in page
    assert "dansk" in page, "what was typed stays"
    assert not Mentor.objects.filter(name__startswith="Amal").exists()


def test_a_mentor_is_corrected_from_what_is_there(cast: Cast) -> None:
    form = coordinator(cast).get(at("edit_mentor", cast.fatima))
    assert 'value="dansk, arabisk"' in body(form)
    coordinator(cast).post(at("edit_mentor", cast.fatima), NEW | {"name": "Fatima Prøve"})
    cast.fatima.refresh_from_db()
    assert cast.fatima.name == "Fatima Prøve"


def test_the_age_is_shown_and_the_year_only_to_those_who_keep_it(cast: Cast) -> None:
    assert "<dt>Alder</dt><dd>Ikke oplyst" in body(coordinator(cast).get(at("mentor", cast.fatima)))
    Mentor.objects.filter(pk=cast.fatima.pk).update(birth_year=1979)
    seen = body(coordinator(cast).get(at("mentor", cast.fatima)))
    assert "<dt>Alder</dt><dd>30-49 år" in seen and "født 1979" in seen
    assert 'value="1979"' in body(coordinator(cast).get(at("edit_mentor", cast.fatima)))
    seen = body(signed_in(cast.helle).get(at("mentor", cast.fatima)))
    assert "<dt>Alder</dt><dd>30-49 år" in seen and "1979" not in seen


def test_hours_are_typed_as_hours(cast: Cast) -> None:
    answer = coordinator(cast).post(
        at("mentor_hours", cast.fatima), {"minutes_per_week": "22,5", "valid_from": "01-12-2026"}
    )
    assert answer.url == at("mentor", cast.fatima)
    assert cast.fatima.hours.latest("valid_from").minutes_per_week == 1_350
    for wrong, said in (("mange", "fx 22,5"), ("169", "168 timer"), ("-1", "under 0"), ("", "Skal udfyldes")):
        page = coordinator(cast).post(
            at("mentor_hours", cast.fatima), {"minutes_per_week": wrong, "valid_from": "02-12-2026"}
        )
        assert said in body(page)
    assert cast.fatima.hours.count() == 2


CONTRACT = {
    "contract_minutes": "37", "meeting_minutes": "3,5", "training_minutes": "1,5", "valid_from": "01-11-2026",
}  # fmt: skip


def test_a_contract_is_typed_and_shown_with_its_working(cast: Cast) -> None:
    client = coordinator(cast)
    assert client.post(at("mentor_contract", cast.fatima), CONTRACT).url == at("mentor", cast.fatima)
    page = body(client.get(at("mentor", cast.fatima)))
    assert "kontrakt 37\u00a0t. − møder 3\u00a0t.\u00a030\u00a0min." in page
    assert "rejse og forberedelse mangler" in page
    assert "Rejse og forberedelse mangler." in body(client.get(reverse("corps")))
    form = {"percent": "25", "valid_from": "01-01-2026", "source": "Ledermøde 3. december 2025"}
    assert client.post(reverse("preparation"), form).url == reverse("preparation")
    page = body(client.get(at("mentor", cast.fatima)))
    assert "rejse og forberedelse 25\u00a0%, 8\u00a0t." in page and "24\u00a0t." in page
    assert "Ledermøde 3. december 2025" in body(client.get(reverse("corps")))


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("mentor_contract", CONTRACT | {"meeting_minutes": "36"}, "tilsammen mere end kontrakten"),
        ("mentor_contract", CONTRACT | {"training_minutes": ""}, "Skal udfyldes"),
        ("preparation", {"percent": "100", "valid_from": "01-01-2026", "source": "x"}, "fra 0 til 99"),
        ("preparation", {"percent": "20", "valid_from": "01-01-2026", "source": " "}, "Skal udfyldes"),
    ],
)
def test_what_cannot_be_counted_with_is_refused(
    cast: Cast, name: str, wrong: dict[str, str], said: str
) -> None:
    place = reverse(name) if name == "preparation" else at(name, cast.fatima)
    assert said in body(coordinator(cast).post(place, wrong))
    assert cast.fatima.hours.get().minutes_per_week == 1_200
    assert not PreparationShare.objects.exists()


def test_the_list_as_a_file(cast: Cast) -> None:
    Mentor.objects.filter(pk=cast.fatima.pk).update(name="=Fatima Eksempel")
    page = coordinator(cast).get(f"{reverse('corps')}?som=csv&sprog=ar")
    head, row = page.content.decode("utf-8-sig").splitlines()
    cells = next(csv.DictReader([head, row], delimiter=";"))
    assert cells["Mentor"] == "'=Fatima Eksempel"
    assert (cells["Timer med borgere"], cells["Bevilget"], cells["Kontrakt, timer"]) == ("20,00", "2,00", "")
    book = coordinator(cast).get(f"{reverse('corps')}?som=xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="korps.xlsx"'
    assert Entry.objects.filter(kind="export", verb="korps").count() == 2


def test_an_absence_lists_whom_it_leaves_without_a_contact(cast: Cast) -> None:
    data = {"first": "20-11-2026", "reason": "sick"}
    page = coordinator(cast).post(at("mentor_absence", cast.fatima), data, follow=True)
    assert page.context["at_risk"] == [cast.course]
    assert reverse("assign_substitute", args=[cast.course.id]) in body(page)
    assert "Syg siden 20.\u00a0november\u00a02026" in body(page)
    CourseTally.objects.filter(course=cast.course).update(last_met_on=date(2026, 11, 17))
    assert coordinator(cast).get(at("mentor", cast.fatima)).context["at_risk"] == []


def test_an_absence_to_come_is_weighed_in_its_own_week(cast: Cast) -> None:
    CourseTally.objects.filter(course=cast.course).update(last_met_on=date(2026, 11, 17))
    MentorAbsence.objects.create(mentor=cast.fatima, first=date(2026, 11, 24), reason="holiday")
    assert coordinator(cast).get(at("mentor", cast.fatima)).context["at_risk"] == [cast.course]


def test_what_the_law_binds_most_comes_first(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(obligation="may")
    bound = course_for(cast.karla, cast.fatima, cast.helle, obligation="must")
    MentorAbsence.objects.create(mentor=cast.fatima, first=date(2026, 11, 20), reason="sick")
    assert coordinator(cast).get(at("mentor", cast.fatima)).context["at_risk"] == [bound, cast.course]


def test_the_same_absence_twice_is_one(cast: Cast) -> None:
    for _ in range(2):
        page = coordinator(cast).post(
            at("mentor_absence", cast.fatima), {"first": "20-11-2026", "reason": "sick"}
        )
    assert "allerede væk fra 20-11-2026" in body(page)
    assert cast.fatima.absences.count() == 1


def test_an_absence_is_ended(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=date(2026, 11, 9), reason="sick")
    client = coordinator(cast)
    assert "begynder 09-11-2026" in body(
        client.post(at("end_mentor_absence", cast.fatima), {"last": "1-11-2026"}, follow=True)
    )
    assert "ikke en dato" in body(
        client.post(at("end_mentor_absence", cast.fatima), {"last": "i morgen"}, follow=True)
    )
    client.post(at("end_mentor_absence", cast.fatima), {"last": "20-11-2026"})
    assert cast.fatima.absences.get().last == date(2026, 11, 20)
    client.post(at("end_mentor_absence", cast.fatima), {"last": "21-11-2026"})
    assert cast.fatima.absences.get().last == date(2026, 11, 21)


def test_training_is_added(cast: Cast) -> None:
    place, given = at("mentor_training", cast.fatima), {"title": "Mentoruddannelse"}
    for _ in range(2):
        coordinator(cast).post(place, given | {"completed_on": "1-5-2024"})
    assert "ligger i fremtiden" in body(coordinator(cast).post(place, given | {"completed_on": "21-11-2026"}))
    assert cast.fatima.training.get().title == "Mentoruddannelse"
    assert "Mentoruddannelse" in body(signed_in(cast.helle).get(at("mentor", cast.fatima)))
