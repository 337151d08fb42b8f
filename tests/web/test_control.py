"""The pages of delivery control: whose cases one sees, what the mentor never sees, and the sheet in three forms."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from mentorkorps.cases.models import Course
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.control import raise_discrepancy, record_answer, take_step
from mentorkorps.ledger.models import ControlCase, ControlDraw
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, signed_in
from tests.ledger.control_scene import a_case
from tests.ledger.invoice_scene import meet

DAYS_OF_OCTOBER = tuple(date(2026, 10, day) for day in (1, 8, 15, 22))
WORDS = "Det har jeg ikke lyst til at sige til mentor"


@pytest.fixture
def case(cast: Cast) -> ControlCase:
    return a_case(cast.course, cast.helle)


def test_a_caseworker_calls_own_citizens_alone(cast: Cast, case: ControlCase) -> None:
    a_case(Course.objects.get(citizen__first_name="Olga"), cast.karl)
    calls = {
        who.name: signed_in(who).get(reverse("control_calls")).content.decode()
        for who in (cast.helle, cast.karl, cast.people[Role.COORDINATOR])
    }
    assert "Jens Eksempel" in calls["Helle Prøve"] and "Olga Prøve" not in calls["Helle Prøve"]
    assert "Olga Prøve" in calls["Karl Eksempel"] and "Jens Eksempel" not in calls["Karl Eksempel"]
    assert "Jens Eksempel" in calls["Bodil Eksempel"] and "Olga Prøve" in calls["Bodil Eksempel"]


def test_drawing_twice_tells_why_it_cannot(cast: Cast) -> None:
    meet(cast.course, *DAYS_OF_OCTOBER, minutes=60)
    bodil = signed_in(cast.people[Role.COORDINATOR])
    first = bodil.post(reverse("controls"), {"month": "10-2026", "size": "30"})
    assert first.status_code == 302
    again = bodil.post(reverse("controls"), {"month": "10-2026", "size": "30"}).content.decode()
    assert "kun én gang" in again and ControlDraw.objects.count() == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(cast: Cast, case: ControlCase) -> None:
    page = signed_in(cast.helle).post(
        reverse("control_case", args=[case.pk]), {"reached": "not_reached", "times": "3", "words": WORDS}
    )
    text = page.content.decode()
    assert "Vælg “borgeren svarede”" in text and WORDS in text
    assert not case.answers.exists()


def test_finishing_asks_first_about_what_nobody_opened(cast: Cast, case: ControlCase) -> None:
    record_answer(case, reached="answered", times=1, today=TODAY, by=cast.helle)
    lene = signed_in(cast.people[Role.LEADER])
    page, finish = (reverse(name, args=[case.draw_id]) for name in ("control", "finish_control"))
    assert "1 sag stemmer ikke" in lene.get(page).content.decode()
    asked = lene.post(finish).content.decode()
    assert (
        "Hvorfor bliver det ikke fulgt?: " in asked
        and "Jens Eksempel" in asked
        and not ControlDraw.objects.get().finished_on
    )
    assert lene.post(finish, {"because": "Borgeren forvekslede to måneder."}).status_code == 302
    shown = lene.get(page).content.decode()
    assert "Grunden: Borgeren forvekslede to måneder." in shown and "Afslut kontrollen" not in shown
    assert Entry.objects.get(verb="afsluttet kontrol").detail["left"] == 1


def test_the_mentor_sees_the_question_and_never_the_citizens_words(cast: Cast, case: ControlCase) -> None:
    bodil, fatima = cast.people[Role.COORDINATOR], cast.people[Role.MENTOR]
    record_answer(case, reached="answered", times=1, words=WORDS, today=TODAY, by=bodil)
    found = raise_discrepancy(case, what="Tre møder færre", today=TODAY, by=bodil)
    place = reverse("control_questions")
    assert "Ingen spørgsmål" in signed_in(fatima).get(place).content.decode()
    take_step(found, kind="asked", text="Hvad blev det til?", today=TODAY, by=bodil)
    page = signed_in(fatima).get(place).content.decode()
    assert "Hvad blev det til?" in page and "Jens E." in page
    assert not [each for each in (WORDS, "Tre møder færre", "Jens Eksempel", "1403769995") if each in page]
    answer = reverse("answer_control_question", args=[found.pk])
    assert "Skal udfyldes" in signed_in(fatima).post(answer, {f"{found.pk}-text": " "}).content.decode()
    assert signed_in(fatima).post(answer, {f"{found.pk}-text": "Et møde"}).status_code == 302
    assert found.steps.last().kind == "answered"
    assert signed_in(cast.peter.user).post(answer, {f"{found.pk}-text": "Ikke min"}).status_code == 404


def test_the_sheet_as_page_pdf_and_workbook(cast: Cast, case: ControlCase) -> None:
    bodil = signed_in(cast.people[Role.COORDINATOR])
    page = bodil.get(reverse("case_sheet", args=[cast.course.pk])).content.decode()
    assert page.count('class="v state state-') == 12 and reverse("mentor", args=[cast.fatima.pk]) not in page
    pdf = bodil.get(reverse("case_sheet_pdf", args=[cast.course.pk]))
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Disposition"].endswith('kontrolark-FJ-0400.pdf"')
    book = openpyxl.load_workbook(BytesIO(bodil.get(reverse("control_sheet", args=[case.draw_id])).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 13 and rows[1][0] == "FJ-0400" and rows[12][4] == 12
    exported = Entry.objects.filter(kind="export", verb="de 12 punkter").get()
    assert str(cast.jens.id) in exported.shown


def test_a_link_is_shown_to_whom_it_opens(cast: Cast) -> None:
    page = reverse("case_sheet", args=[cast.course.pk])
    agreement = cast.course.agreements.create(
        goal="Et sted at bo", start=cast.course.start, end=cast.course.end, minutes_per_week=120, mentor=cast.fatima,
        drafted_by=cast.helle, drafted_on=TODAY,
    )  # fmt: skip
    shown = signed_in(cast.helle).get(page).content.decode()
    assert reverse("agreement_pdf", args=[agreement.pk]) in shown
    assert reverse("mentor", args=[cast.fatima.pk]) in shown


def test_shares_by_month_of_draw(cast: Cast, case: ControlCase) -> None:
    ControlCase.objects.filter(pk=case.pk).update(states={"1": "met", "2": "unmet", "3": "unknown"})
    text = signed_in(cast.people[Role.LEADER]).get(reverse("control_points")).content.decode()
    assert "50,0\u00a0%" in text and "1 vides ikke" in text
