"""Fravær and Lige vilkår as pages: the phone's word, one press, reasons, the pack of hand-overs, and hidden counts."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.course import add_task
from mentorkorps.cases.models import (
    Course,
    MentorAssignment,
    SubstituteChoice,
)
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours, Role
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.web.pages import absences
from tests.cast import TODAY, Cast, citizen, course_for, signed_in
from tests.ledger.test_equal_treatment import answered

pytestmark = pytest.mark.once


@pytest.fixture
def ill(cast: Cast) -> MentorAbsence:
    """Fatima is ill since yesterday."""
    return MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY - timedelta(days=1), reason="sick")


@pytest.fixture
def bodil(cast: Cast) -> Client:
    return signed_in(cast.people[Role.COORDINATOR])


def post(browser: Client, name: str, key: Any = None, **fields: Any) -> str:
    place = reverse(name, args=[key] if key else [])
    return str(browser.post(place, {k: str(v) for k, v in fields.items()}, follow=True).content.decode())


def page(browser: Client, **asked: Any) -> str:
    return str(browser.get(reverse("absences"), asked).content.decode())


def test_a_mentor_says_ill_and_back_in_own_words(cast: Cast) -> None:
    phone = signed_in(cast.fatima.user)
    assert "Meld mig syg" in phone.get(reverse("my_week")).content.decode()
    said = post(phone, "report_ill", first="20-11-2026")
    assert "Du er meldt syg fra i dag. Fagkoordinatoren ser det nu og finder en vikar til den borger" in said
    assert said.index("Jeg er tilbage</button>") < said.index("Mangler endnu")
    assert "Du stod allerede som syg" in post(phone, "report_ill", first="20-11-2026")
    assert MentorAbsence.objects.get().mentor == cast.fatima
    assert "Velkommen tilbage" in post(phone, "own_return")
    assert "Du står ikke som syg" in post(phone, "own_return")
    assert not MentorAbsence.objects.exists()


def test_a_mentor_comes_on_another_day_and_undoes_it(cast: Cast, bodil: Client) -> None:
    phone, tomorrow = signed_in(cast.fatima.user), TODAY + timedelta(days=1)
    assert "Du står ikke som syg" in post(phone, "own_last_day", last=tomorrow)
    post(phone, "report_ill", first=TODAY, last=TODAY)
    assert "Dagen er gået. Er du tilbage" in post(phone, "own_last_day", last=TODAY - timedelta(days=1))
    post(bodil, "put_in_substitute", cast.course.id, mentor=cast.ditte.id)
    said = post(phone, "own_last_day", last=tomorrow)
    assert (
        "Du er meldt syg til og med 21.\xa0november\xa02026. Fagkoordinatoren ser det nu. 1 vikar står ind"
        in said
    )
    assert MentorAssignment.objects.get(substitute=True).last == tomorrow
    assert "Fortryd: til og med 20-11-2026 igen" in said
    assert "Fortryd" not in post(phone, "own_last_day", last="20-11-2026")
    assert MentorAssignment.objects.get(substitute=True).last == MentorAbsence.objects.get().last == TODAY
    assert "Du er meldt syg indtil videre." in post(phone, "own_last_day", last="")


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"first": ""}, "Skal udfyldes."), ({"first": "1-1-2026"}, "Ellers ring."),
     ({"first": "20-11-2026", "last": "19-11-2026"}, "Dagen er gået.")],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(cast: Cast, fields: dict[str, str], said: str) -> None:
    assert said in post(signed_in(cast.fatima.user), "report_ill", **fields)
    assert not MentorAbsence.objects.exists()


def test_a_holiday_is_not_ended_from_the_phone(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, last=TODAY, reason="holiday")
    assert "Du står ikke som syg" in post(signed_in(cast.fatima.user), "own_return")
    assert MentorAbsence.objects.exists()


def test_nobody_is_away(bodil: Client) -> None:
    assert "Alle er her" in page(bodil)


def test_one_press_puts_in_and_undoes(cast: Cast, ill: MentorAbsence, bodil: Client) -> None:
    text = page(bodil)
    assert "<b>1 borger</b> mangler en vikar." in text
    assert "Sæt ind: Ditte Eksempel for Jens Eksempel" in text
    said = post(bodil, "put_in_substitute", cast.course.id, mentor=cast.ditte.id)
    assert "Ditte Eksempel er vikar for Jens." in said
    assert "Ingen borger mangler en vikar." in said
    covered = page(bodil, vis="vikar")
    assert "til Fatima Eksempel er tilbage" in covered
    assert "er fortrudt" in post(bodil, "undo_cover", cast.course.id)
    assert "ikke noget valg" in post(bodil, "undo_cover", cast.course.id)
    assert not MentorAssignment.objects.filter(substitute=True).exists()
    looks = Entry.objects.filter(verb="fravær i korpset").last()
    assert looks is not None and str(cast.jens.id) in looks.shown


def test_the_mentors_page_ends_an_absence_with_its_substitutes(
    cast: Cast, ill: MentorAbsence, bodil: Client
) -> None:
    post(bodil, "put_in_substitute", cast.course.id, mentor=cast.ditte.id)
    assert "Sidste dag væk: “x” er ikke en dato." in post(
        bodil, "end_mentor_absence", cast.fatima.id, last="x"
    )
    said = post(bodil, "end_mentor_absence", cast.fatima.id, last=TODAY - timedelta(days=1))
    assert "Sidste dag væk er 19-11-2026. 1 vikar stopper i dag og kan ikke se borgerne fra i morgen." in said
    assert MentorAssignment.objects.get(substitute=True).last == TODAY
    assert "står ikke som væk" in post(bodil, "end_mentor_absence", cast.fatima.id, last=TODAY)


def test_another_than_the_suggested_needs_a_reason(cast: Cast, ill: MentorAbsence, bodil: Client) -> None:
    said = post(bodil, "put_in_substitute", cast.course.id, mentor=cast.peter.id)
    assert "Forslaget er Ditte Eksempel. Skriv, hvorfor det skal være Peter Prøve." in said
    said = post(bodil, "cover_course", cast.course.id, mentor=cast.peter.id)
    assert "Skriv, hvorfor det skal være Peter Prøve." in said
    assert "Vælg en mentor, eller tryk" in post(bodil, "cover_course", cast.course.id, reason="x")
    said = post(bodil, "cover_course", cast.course.id, mentor=cast.peter.id, reason="Har mødt Jens før")
    assert "Peter Prøve er vikar for Jens." in said
    assert "Forslaget var Ditte Eksempel: Har mødt Jens før" in page(bodil, vis="vikar")


def test_the_suggested_stands_first_and_the_rest_can_be_asked_for(
    cast: Cast, ill: MentorAbsence, bodil: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absences, "SHOWN", 1)
    place = reverse("cover_course", args=[cast.course.id])
    few = bodil.get(place + "?vis=alle")
    assert [choice.mentor for choice in few.context["choices"]] == [cast.ditte]
    assert f'href="?vis=alle&amp;mentorer=alle">Vis {few.context["hidden"]} mere' in few.content.decode()
    assert len(bodil.get(place + "?mentorer=alle").context["choices"]) == few.context["hidden"] + 1


def test_nobody_with_a_reason_stays_on_the_list_where_the_law_binds(
    cast: Cast, ill: MentorAbsence, bodil: Client
) -> None:
    assert "Skriv, hvorfor der ingen vikar er." in post(bodil, "cover_course", cast.course.id, nobody=1)
    post(bodil, "cover_course", cast.course.id, nobody=1, reason="Vil vente på Fatima")
    assert "Vil vente på Fatima" in page(bodil, vis="uden")
    assert "Vil vente på Fatima" not in page(bodil)
    Course.objects.update(obligation="must")
    assert "▲ Ikke dækket" in page(bodil)


def test_the_substitute_sees_the_citizen_while_it_lasts(
    cast: Cast, ill: MentorAbsence, bodil: Client
) -> None:
    peter, place = signed_in(cast.peter.user), reverse("course", args=[cast.course.id])
    assert peter.get(place).status_code == 404
    post(bodil, "cover_course", cast.course.id, mentor=cast.peter.id, reason="x")
    assert peter.get(place).status_code == 200
    assert "Fatima Eksempel er tilbage. 1 vikar er ikke vikar længere end i dag" in post(
        bodil, "mentor_is_back", cast.fatima.id, fravaer=ill.id
    )
    assert "Peter Prøve er ikke vikar længere" in page(bodil)
    assert str(cast.jens.id) in Entry.objects.filter(verb="fravær i korpset").latest("id").shown
    cast.municipality.world_date = TODAY + timedelta(days=1)
    cast.municipality.save()
    forget_municipality()
    assert peter.get(place).status_code == 404
    assert "står ikke som væk" in post(bodil, "mentor_is_back", cast.fatima.id, fravaer=ill.id)


def test_a_caseworker_sees_and_covers_own_citizens_alone(cast: Cast, ill: MentorAbsence) -> None:
    karl, helle = signed_in(cast.karl), signed_in(cast.helle)
    assert "Jens" not in page(karl)
    assert karl.post(reverse("put_in_substitute", args=[cast.course.id])).status_code == 404
    assert "Er tilbage" not in page(helle)
    post(helle, "put_in_substitute", cast.course.id, mentor=cast.ditte.id)
    assert SubstituteChoice.objects.get().chosen_by == cast.helle


def test_the_pack_is_one_tagged_pdf_with_what_is_missing(
    cast: Cast, ill: MentorAbsence, bodil: Client
) -> None:
    place = reverse("handover_pack", args=[cast.fatima.id])
    assert "Sæt en vikar ind først" in bodil.get(place, follow=True).content.decode()
    post(bodil, "put_in_substitute", cast.course.id, mentor=cast.ditte.id)
    assert len(pikepdf.open(BytesIO(bodil.get(place).content)).pages) == 1, "no tasks: only the front page"
    add_task(cast.course, title="Følge til læge", mine=True, on=TODAY, by=cast.helle)
    printed = pikepdf.open(BytesIO(bodil.get(place, {"vikar": cast.ditte.id}).content))
    assert (len(printed.pages), str(printed.Root.Lang)) == (2, "da")
    assert printed.Root.MarkInfo.Marked
    entry = Entry.objects.filter(verb="overleveringer", kind="print").latest("id")
    assert entry.shown == str(cast.jens.id)


@pytest.mark.parametrize("more", [0, 6])
def test_the_list_takes_as_few_queries_for_many(
    cast: Cast, ill: MentorAbsence, bodil: Client, more: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(more):
        who = citizen(f"Borger{number}", "Prøve", f"{number + 1:02}0391999{number}", cast.unit)
        course_for(who, cast.fatima, cast.helle)
    MentorHours.objects.exclude(mentor=cast.fatima).update(minutes_per_week=240)
    with django_assert_max_num_queries(29):
        text = page(bodil)
    assert text.count("Sæt ind: ") == min(1 + more, 2)
    assert (
        "Timerne rækker ikke til alle.</b> Den ledige tid hos Ditte Eksempel og 1 anden er" in text
    ) == bool(more)


def test_equal_treatment_shows_two_places_and_hides_the_small(cast: Cast, bodil: Client) -> None:
    assert "Ikke nok svar endnu" in bodil.get(reverse("equal_treatment")).content.decode()
    answered(cast, 6, unit=cast.unit, district="By")
    answered(cast, 5, unit=cast.other_unit, district="By")
    text = bodil.get(reverse("equal_treatment")).content.decode()
    assert "Jobindsats Nord og Jobindsats Syd bevilger det samme om ugen: 2\u00a0t." in text
    answered(cast, 2, unit=cast.unit, district="Havn")
    text = bodil.get(reverse("equal_treatment"), {"efter": "omraade"}).content.decode()
    assert "skjult" in text
    assert Entry.objects.filter(verb="lige vilkår", kind="list").count() == 3
    export = bodil.get(reverse("equal_treatment_export"), {"efter": "omraade"})
    assert export.headers["Content-Disposition"] == 'attachment; filename="lige-vilkaar-2026-09-30.xlsx"'
    assert Entry.objects.filter(verb="lige vilkår", kind="export").count() == 1


def test_no_mentor_row_is_no_absence(cast: Cast) -> None:
    Mentor.objects.filter(pk=cast.fatima.pk).update(user=None)
    said = post(signed_in(cast.people[Role.MENTOR]), "report_ill", first="20-11-2026")
    assert "Du har ingen selv." in said
    assert not MentorAbsence.objects.exists()
