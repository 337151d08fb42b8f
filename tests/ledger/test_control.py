"""Delivery control over rows: the draw, the talk, a discrepancy to its end, and the sheets that a draw keeps."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorkorps.cases.models import Course
from mentorkorps.domain.audit import digest
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.control import (
    draw_month,
    finish_control,
    raise_discrepancy,
    record_answer,
    take_step,
)
from mentorkorps.ledger.models import ControlCase, ControlDraw, Discrepancy
from mentorkorps.ledger.queries.case_sheet import case_points
from mentorkorps.ledger.queries.control import (
    cases_now,
    drawable,
    draws,
    questions_to_mentors,
    shares_of_draws,
    to_ask,
    unfollowed,
    waits_for_mentor,
)
from mentorkorps.municipality.models import MentorAbsence, Role
from tests.cast import TODAY, Cast, citizen, course_for
from tests.ledger.control_scene import OCTOBER, a_case
from tests.ledger.invoice_scene import Scene, a_course, grant_and_agree, invoice_scene, meet
from tests.ledger.paper_invoices import Paper, PaperLine

DAYS = tuple(date(2026, 10, day) for day in (1, 8, 15, 22))


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def drawn(cast: Cast, **other: Any) -> ControlDraw:
    return draw_month(OCTOBER, today=TODAY, by=cast.people[Role.COORDINATOR], **other)


def states(course: Course, on: date = TODAY) -> dict[int, str]:
    return {point.number: point.state for point in case_points([course], on)[course.id]}


def test_a_month_is_drawn_once_and_the_seed_is_kept(scene: Scene) -> None:
    a_course(scene.cast, "Ulla", "0505901238")
    made = drawn(scene.cast, seed="frø")
    assert (made.rows, made.size, made.cases.count(), made.seed) == (2, 30, 2, "frø")
    assert made.rows_digest == digest(drawable(OCTOBER))
    with pytest.raises(ValidationError, match="kun én gang"):
        drawn(scene.cast, seed="et bedre frø")
    assert ControlCase.objects.count() == 2


def test_the_program_finds_the_seed_itself(scene: Scene) -> None:
    assert len(drawn(scene.cast).seed) == 32


def test_what_cannot_be_drawn_is_said_at_the_field(scene: Scene) -> None:
    by = scene.cast.people[Role.COORDINATOR]
    for month, size, field in (
        (date(2026, 11, 1), 30, "month"),
        (OCTOBER, 0, "size"),
        (date(2026, 8, 1), 30, "month"),
    ):
        with pytest.raises(ValidationError) as wrong:
            draw_month(month, size=size, today=TODAY, by=by)
        assert list(wrong.value.error_dict) == [field]
    assert not ControlDraw.objects.exists()


def test_a_case_keeps_the_figures_of_the_draw(scene: Scene) -> None:
    scene.take(Paper(lines=(PaperLine(reference=scene.course.citizen.case_number, hours="9"),)))
    case = drawn(scene.cast).cases.get()
    assert (case.logged_meetings, case.logged_minutes, case.invoiced_minutes) == (4, 480, 540)
    meet(scene.course, date(2026, 10, 29))
    now = cases_now(ControlCase.objects.all())[0]
    assert now.corrected and now.now.minutes == 600
    assert "faktureret 9" in " ".join(now.differs)


def test_an_invoice_without_a_meeting_can_be_drawn(scene: Scene) -> None:
    scene.course.contacts.all().delete()
    scene.take(Paper(lines=(PaperLine(reference=scene.course.citizen.case_number, hours="1"),)))
    case = drawn(scene.cast).cases.get()
    assert (case.logged_meetings, case.invoiced_minutes) == (0, 60)


def test_a_new_supplier_weighs_more(scene: Scene) -> None:
    rows = {row.key: row for row in drawable(OCTOBER)}
    assert rows[str(scene.course.id)].new_supplier  # its first citizen came on 22 June
    scene.course.assignments.update(first=date(2026, 4, 1))
    assert not drawable(OCTOBER)[0].new_supplier


def ask(case: ControlCase, by: Any, **said: Any) -> Any:
    return record_answer(
        case, today=TODAY, by=by, **{"reached": "answered", "times": 4, "minutes_each": 120} | said
    )


def test_a_talk_is_set_beside_what_is_registered(cast: Cast) -> None:
    case = a_case(cast.course, cast.helle)
    ask(case, cast.helle, reached="not_reached", times=None, minutes_each=None)
    assert cases_now(ControlCase.objects.all())[0].state == "1 forsøg"
    assert list(to_ask(Course.objects.all())) == [case]
    ask(case, cast.helle, times=3, minutes_each=60)
    now = cases_now(ControlCase.objects.all())[0]
    assert (now.state, now.told_minutes, len(now.differs)) == ("spurgt", 180, 1)
    assert not to_ask(Course.objects.all())
    assert (draws().get().talked, draws().get().tried) == (1, 0)


def test_the_same_talk_sent_twice_is_one(cast: Cast) -> None:
    case = a_case(cast.course, cast.helle)
    assert ask(case, cast.helle) == ask(case, cast.helle)
    assert case.answers.count() == 1


def test_what_a_talk_lacks_is_said(cast: Cast) -> None:
    case = a_case(cast.course, cast.helle)
    for said, field in (({"times": None}, "times"), ({"reached": "declined", "times": 1}, "reached")):
        with pytest.raises(ValidationError) as wrong:
            ask(case, cast.helle, **said)
        assert list(wrong.value.error_dict) == [field]
    ask(case, cast.helle, times=None, minutes_each=None, words="Det kan jeg ikke huske.")
    assert cases_now(ControlCase.objects.all())[0].differs == ()


def test_a_discrepancy_is_followed_to_its_end(cast: Cast) -> None:
    case, bodil, fatima = (
        a_case(cast.course, cast.helle),
        cast.people[Role.COORDINATOR],
        cast.people[Role.MENTOR],
    )
    ask(case, cast.helle, times=3, minutes_each=60)
    found = raise_discrepancy(case, what="Et møde færre", today=TODAY, by=cast.helle)
    assert raise_discrepancy(case, what="Sendt to gange", today=TODAY, by=cast.helle) == found

    def step(kind: str, by: Any, text: str = "Tekst", **other: Any) -> Any:
        return take_step(found, kind=kind, text=text, today=TODAY, by=by, **other)

    with pytest.raises(ValidationError, match="venter ikke"):
        step("answered", fatima)
    asked = step("asked", bodil)
    assert step("asked", bodil) == asked
    assert waits_for_mentor(questions_to_mentors(Course.objects.filter(mentor=cast.fatima))[0])
    assert not questions_to_mentors(Course.objects.filter(mentor=cast.peter))
    step("answered", fatima, "Det blev aflyst.")
    step("corrected", bodil)
    step("claim", bodil, claim_ore=41_500)
    with pytest.raises(ValidationError) as wrong:
        step("closed", bodil)
    assert list(wrong.value.error_dict) == ["outcome"]
    step("closed", bodil, outcome="repaid")
    found.refresh_from_db()
    assert found.outcome == "repaid"
    assert [(each.kind, each.taken_by) for each in found.steps.all()] == [
        ("asked", bodil), ("answered", fatima), ("corrected", bodil), ("claim", bodil), ("closed", bodil),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="lukket"):
        step("asked", bodil, "Endnu et spørgsmål")
    journalled = Entry.objects.filter(object_id=found.pk, citizen_id=cast.jens.id)
    assert journalled.count() == 6 and not journalled.filter(detail__icontains="aflyst").exists()


def test_a_control_is_finished_when_nothing_waits(scene: Scene) -> None:
    made, lene = drawn(scene.cast), scene.leader
    case = made.cases.get()
    with pytest.raises(ValidationError, match="ingen har prøvet"):
        finish_control(made, today=TODAY, by=lene)
    ask(case, scene.cast.helle)
    found = raise_discrepancy(case, what="Noget", today=TODAY, by=lene)
    with pytest.raises(ValidationError, match="åbne afvigelser"):
        finish_control(made, today=TODAY, by=lene)
    take_step(found, kind="closed", text="Forklaret", outcome="explained", today=TODAY, by=lene)
    assert case.states["12"] == "unmet"
    finish_control(made, today=TODAY, by=lene)
    case.refresh_from_db()
    assert case.states["12"] == "met"
    assert finish_control(made, today=TODAY, by=scene.cast.helle).finished_by == lene
    with pytest.raises(ValidationError, match="afsluttet"):
        ask(case, lene, times=1)
    shown = shares_of_draws(OCTOBER)[0]
    assert (shown.points[11].met, shown.points[11].tenths) == (1, 1_000)


def test_what_does_not_agree_is_opened_or_left_with_a_reason(scene: Scene) -> None:
    case, lene = a_case(scene.course, scene.leader), scene.leader
    made = case.draw
    ask(case, lene, times=1)
    assert [each.case for each in unfollowed(made)] == [case]
    with pytest.raises(ValidationError) as wrong:
        finish_control(made, because="  ", today=TODAY, by=lene)
    assert str(case.course.citizen) in wrong.value.message_dict["because"][0]
    found = raise_discrepancy(case, what="Flere møder", today=TODAY, by=lene)
    assert unfollowed(made) == []
    take_step(found, kind="closed", text="Forklaret", outcome="explained", today=TODAY, by=lene)
    assert finish_control(made, because="Ikke brugt", today=TODAY, by=lene).left_because == ""


def test_an_invoice_that_does_not_agree_is_asked_about_without_a_talk(scene: Scene) -> None:
    case = a_case(scene.course, scene.leader)
    ControlCase.objects.update(invoiced_minutes=case.logged_minutes + 60)
    ask(case, scene.leader, reached="not_reached", times=None, minutes_each=None)
    with pytest.raises(ValidationError, match="stemmer ikke"):
        finish_control(case.draw, today=TODAY, by=scene.leader)
    left = finish_control(case.draw, because="Aftalt med firmaet", today=TODAY, by=scene.leader)
    assert left.left_because == "Aftalt med firmaet"


def test_the_sheet_of_a_supplier_in_order(scene: Scene) -> None:
    scene.take(Paper(lines=(PaperLine(reference=scene.course.citizen.case_number),)))
    found = states(scene.course)
    assert [found[number] for number in (2, 3, 5, 7, 8, 10)] == [
        "met",
        "unmet",
        "met",
        "met",
        "met",
        "irrelevant",
    ]
    assert found[6] == "unmet"  # met in four weeks of twenty-one
    scene.take(Paper(number="2", lines=(PaperLine(reference=scene.course.citizen.case_number, hours="1"),)))
    assert states(scene.course)[7] == "unmet"


def test_hours_before_the_signature_and_on_a_sick_day(cast: Cast) -> None:
    agreement = grant_and_agree(cast.course, cast, signed_on=date(2026, 10, 5))
    meet(cast.course, *DAYS, minutes=60)
    assert states(cast.course)[5] == "unmet"
    agreement.signed_on = date(2026, 10, 1)
    agreement.save()
    assert states(cast.course)[5] == "met"
    MentorAbsence.objects.create(
        mentor=cast.fatima, first=date(2026, 10, 8), last=date(2026, 10, 8), reason="sick"
    )
    assert states(cast.course)[8] == "unmet"


def test_a_change_of_hours_is_no_extension_and_owes_no_status(cast: Cast) -> None:
    """A change cuts the grant short; nothing ran out, and nothing was prolonged."""
    grant_and_agree(cast.course, cast)
    first = cast.course.grants.get()
    decision = first.decision
    decision.pk, decision.kind, decision.minutes_per_week = uuid.uuid4(), "change", 60
    decision.decided_on, decision._state.adding = date(2026, 10, 26), True
    decision.save()
    cast.course.grants.create(
        decision=decision, start=date(2026, 11, 2), end=first.end, minutes_per_week=60, rule="R3-01",
        obligation="may", target_group=first.target_group,
    )  # fmt: skip
    cast.course.grants.filter(pk=first.pk).update(end=date(2026, 11, 1))
    points = {point.number: point for point in case_points([cast.course], TODAY)[cast.course.id]}
    assert points[10].state == "irrelevant"
    assert [check.asks for check in points[9].checks] == []
    assert "Partshøring: ændring" in [
        check.asks for check in points[4].checks
    ]  # fewer hours, and nobody was heard


def test_a_course_that_has_not_begun_has_a_sheet_too(cast: Cast) -> None:
    later = course_for(
        citizen("Ulla", "Prøve", "0505901238", cast.unit, caseworker=cast.helle),
        None,
        cast.helle,
        start=date(2027, 1, 4),
        end=date(2027, 6, 30),
    )
    found = states(later)
    assert {number for number, state in found.items() if state == "irrelevant"} == {
        3,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
    }
    assert found[1] == "unmet"  # it has no grant


def test_sheets_and_cases_read_a_fixed_number_of_queries(scene: Scene) -> None:
    def queries(read: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            read()
        return len(captured)

    def sheets() -> Any:
        return case_points(list(Course.objects.select_related("mentor__provider")), TODAY)

    a_case(scene.course, scene.cast.helle)
    few = queries(sheets)
    for number in ("0505901238", "0606901239", "0707901230"):
        course = a_course(scene.cast, "Ulla", number)
        meet(course, *DAYS)
        a_case(course, scene.cast.helle)
    assert queries(sheets) == few <= 32
    many = queries(lambda: cases_now(ControlCase.objects.all()))
    assert queries(lambda: cases_now(ControlCase.objects.all()[:1])) == many <= 10


def test_two_citizens_at_once_is_a_sign(cast: Cast) -> None:
    other = course_for(
        citizen("Ulla", "Prøve", "0505901238", cast.unit, caseworker=cast.helle), cast.fatima, cast.helle
    )
    for course in (cast.course, other):
        meet(course, *DAYS, minutes=50)
        course.contacts.update(start="10:00")
    a_case(cast.course, cast.helle)
    found = [sign.code for sign in cases_now(ControlCase.objects.all())[0].signs]
    assert found == ["two_at_once", "logged_at_once", "one_hour", "unconfirmed"]


def test_the_database_holds_one_open_discrepancy(cast: Cast) -> None:
    case = a_case(cast.course, cast.helle)
    found = raise_discrepancy(case, what="Noget", today=TODAY, by=cast.helle)
    take_step(found, kind="closed", text="Forklaret", outcome="explained", today=TODAY, by=cast.helle)
    again = raise_discrepancy(case, what="Noget andet", today=TODAY, by=cast.helle)
    assert again != found and Discrepancy.objects.count() == 2
