"""Decisions: what the law carries, what must be said, who must agree, and that each is taken once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.course import follow_grants
from mentorkorps.cases.actions.decision import (
    approve,
    ask_second_person,
    decide,
    draft_decision,
    draft_on_course,
    drop_draft,
    record_answer,
    send_back,
    send_hearing,
    send_letter,
    waive_hearing,
)
from mentorkorps.cases.actions.visitation import reassess, save_visitation
from mentorkorps.cases.facts import needs_second_person, withheld
from mentorkorps.cases.models import CaseNote, Citizen, Course, Decision, Grant, Hearing
from mentorkorps.domain import letter
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.models import Entry
from tests.cases.scenes import (
    MAY,
    PERIOD,
    RIGHT,
    WORDS,
    grant_draft,
    level,
    refusal_draft,
    running_course,
    visitation_of,
)
from tests.cast import TODAY, Cast


def errors_of(raised: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(raised.value.error_dict)


def text_of(decision: Decision) -> str:
    return letter.Document.from_json(decision.letter).as_text()


# --- Grants ---


def test_a_grant_begins_a_course(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decision = decide(grant_draft(cast, visitation, tasks=["at komme til læge"]), on=TODAY, by=cast.helle)
    course = decision.course
    assert (course.start, course.end) == (PERIOD["start"], PERIOD["end"])
    assert (course.rule, course.obligation, course.citation) == ("R3-01", "may", "LAB § 167, stk. 1")
    assert course.grants.get().decision == decision
    assert [task.title for task in course.tasks.all()] == ["at komme til læge"]
    assert decision.letter["title"] == "Du får en mentor"
    visitation.refresh_from_db()
    cast.referral.refresh_from_db()
    assert visitation.locked
    assert cast.referral.state == "visitated"


def test_everything_it_rests_on_is_frozen(cast: Cast) -> None:
    row = level(minutes=120)
    decision = grant_draft(cast, visitation_of(cast))
    assert decision.facts["wants_mentor"] is True
    assert decision.answer["regime"] == "R4"
    assert (decision.level_row, decision.level_minutes, decision.law_on) == (row, 120, TODAY)


def test_a_rule_that_is_not_met_carries_nothing(cast: Cast) -> None:
    visitation = visitation_of(cast)
    with pytest.raises(Refusal, match="ikke opfyldt") as refused:
        grant_draft(cast, visitation, rule="R3-02b")
    assert refused.value.provision == "LAB § 167, stk. 2"
    assert not Decision.objects.exists()


def test_a_rule_that_unknown_facts_hold_open_carries_nothing_yet(cast: Cast) -> None:
    visitation = visitation_of(cast, facts=MAY | {"psychiatric_admission": True})
    with pytest.raises(Refusal, match="udskrives inden for 3 måneder.*Ukendt er ikke nej"):
        grant_draft(cast, visitation, rule="R3-02b")


def test_a_rule_of_another_time_is_not_a_choice(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        grant_draft(cast, visitation_of(cast), rule="R1-05")
    assert errors_of(error) == {"rule"}


def test_the_law_of_another_time_does_not_decide_today(cast: Cast) -> None:
    visitation = visitation_of(cast, law_on=date(2015, 3, 2))
    with pytest.raises(Refusal, match="loven i dag"):
        grant_draft(cast, visitation, rule="R1-01")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": date(2027, 5, 23)}, "end"),  # six months from 23 November end on 22 May
        ({"end": date(2026, 11, 22)}, "end"),
        ({"end": None}, "end"),
        ({"start": None}, "start"),
        ({"start": date(2062, 11, 23), "end": date(2063, 1, 1)}, "start"),
        ({"end": date(2126, 5, 22)}, "end"),
        ({"minutes_per_week": None}, "minutes_per_week"),
        ({"minutes_per_week": 0}, "minutes_per_week"),
        ({"minutes_per_week": 9_999_999}, "minutes_per_week"),
        ({"situation": "  "}, "situation"),
        ({"prospect": ""}, "prospect"),
        ({"in_full": False}, "reasons"),
        ({"kind": "non_extension"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"facts": {"target_group": None}}, "target_group"),
    ],
)  # fmt: skip
def test_what_is_missing_or_impossible_stands_at_its_field(cast: Cast, changes: dict, field: str) -> None:
    visitation = visitation_of(cast)
    before = Entry.objects.count()
    with pytest.raises(ValidationError) as error:
        grant_draft(cast, visitation, **changes)
    assert field in errors_of(error)
    assert not Decision.objects.exists()
    assert Entry.objects.count() == before
    visitation.refresh_from_db()
    assert visitation.situation == WORDS["situation"], "nothing is half written"


def test_the_last_day_the_law_allows_is_allowed(cast: Cast) -> None:
    assert grant_draft(cast, visitation_of(cast), end=date(2027, 5, 22)).end == date(2027, 5, 22)


def test_a_guaranteed_minimum_is_not_a_maximum(cast: Cast) -> None:
    visitation = visitation_of(cast, facts=RIGHT)
    decision = grant_draft(cast, visitation, rule="R3-02b", end=date(2027, 8, 31))
    assert (decision.obligation, decision.end) == ("right", date(2027, 8, 31))


def test_departing_from_the_level_needs_a_reason_and_nothing_more(cast: Cast) -> None:
    level(minutes=90)
    visitation = visitation_of(cast)
    with pytest.raises(ValidationError) as error:
        grant_draft(cast, visitation)
    assert errors_of(error) == {"deviation_reason"}
    decision = grant_draft(cast, visitation, deviation_reason="Du skal følges ofte den første tid.")
    assert (decision.level_minutes, decision.minutes_per_week) == (90, 120)


def test_open_hours_ask_for_no_reason(cast: Cast) -> None:
    level(minutes=None)
    assert grant_draft(cast, visitation_of(cast)).level_minutes is None


def test_two_courses_of_one_kind_do_not_overlap(cast: Cast) -> None:
    running_course(cast)
    cast.referral.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        grant_draft(cast, visitation_of(cast))
    assert errors_of(error) == {"start"}


def test_an_overlap_that_came_after_the_draft_stops_it_too(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    running_course(cast)
    with pytest.raises(ValidationError) as error:
        decide(draft, on=TODAY, by=cast.helle)
    assert errors_of(error) == {"start"}
    assert Grant.objects.filter(course__citizen=cast.karla).count() == 1


def test_two_submits_are_one_draft(cast: Cast) -> None:
    visitation = visitation_of(cast)
    first = grant_draft(cast, visitation)
    assert grant_draft(cast, visitation).pk == first.pk
    assert Decision.objects.count() == 1


def test_another_outcome_takes_the_place_of_the_draft(cast: Cast) -> None:
    visitation = visitation_of(cast)
    first, second = grant_draft(cast, visitation), refusal_draft(cast, visitation)
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "draft")


def test_a_decision_is_taken_once_and_keeps_where_the_citizen_belonged(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.karla.pk).update(district="Havn")
    draft = grant_draft(cast, visitation_of(cast))
    decide(draft, on=TODAY, by=cast.helle)
    Citizen.objects.filter(pk=cast.karla.pk).update(district="By", unit=cast.other_unit)
    draft.refresh_from_db()
    assert (draft.unit, draft.district) == (cast.karla.unit, "Havn") != (cast.other_unit, "By")
    with pytest.raises(ValidationError, match="afgjort"):
        decide(draft, on=TODAY, by=cast.helle)
    assert Course.objects.filter(citizen=cast.karla).count() == 1


def test_facts_changed_after_the_draft_stop_it(cast: Cast) -> None:
    visitation = visitation_of(cast)
    draft = grant_draft(cast, visitation)
    save_visitation(visitation, by=cast.helle, on=TODAY, facts={"purpose_work_or_education": False})
    with pytest.raises(ValidationError, match="ændret efter kladden"):
        decide(draft, on=TODAY, by=cast.helle)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_locked_visitation_carries_no_other_decision(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decide(grant_draft(cast, visitation), on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="låst"):
        refusal_draft(cast, visitation)


def test_a_grant_in_part_is_heard_first(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast), in_full=False, reasons="Du klarer resten selv.")
    with pytest.raises(Refusal, match="høres"):
        decide(draft, on=TODAY, by=cast.helle)
    hearing = send_hearing(draft, on=TODAY, by=cast.helle)
    assert "mindre, end du har bedt om" in hearing.letter["title"]


# --- Refusals ---


def test_a_refusal_needs_a_hearing_or_a_reason_for_none(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    with pytest.raises(Refusal) as refused:
        decide(draft, on=TODAY, by=cast.helle)
    assert refused.value.provision == "FVL § 19"
    waive_hearing(draft, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    decision = decide(draft, on=TODAY, by=cast.helle)
    assert decision.letter["title"] == "Du får ikke en mentor"
    assert "alle oplysningerne" in str(decision.letter)
    assert decision.course is None


@pytest.mark.parametrize(
    ("changes", "field"), [({"reasons": " "}, "reasons"), ({"other_help": ""}, "other_help")]
)
def test_a_refusal_says_why_and_what_else_was_considered(cast: Cast, changes: dict, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        refusal_draft(cast, visitation_of(cast), **changes)
    assert errors_of(error) == {field}


def test_the_hearing_waits_for_its_answer(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    hearing = send_hearing(draft, on=TODAY, by=cast.helle)
    assert hearing.answer_by == TODAY + timedelta(days=14)
    with pytest.raises(ValidationError, match="i partshøring"):
        decide(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError) as error:
        record_answer(draft, answer="", on=TODAY, by=cast.helle)
    assert errors_of(error) == {"answer"}
    record_answer(draft, answer="Du er ikke enig.", on=TODAY, by=cast.helle)
    assert "Du er ikke enig." in str(decide(draft, on=TODAY, by=cast.helle).letter)


def test_silence_after_the_deadline_is_an_answer(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    hearing = send_hearing(draft, on=TODAY, by=cast.helle)
    record_answer(draft, answer="", on=hearing.answer_by + timedelta(days=1), by=cast.helle)
    assert "Du har ikke svaret." in str(decide(draft, on=TODAY + timedelta(days=16), by=cast.helle).letter)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_term_nobody_can_answer_within(cast: Cast, days: int) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError) as error:
        send_hearing(draft, on=TODAY, by=cast.helle, answer_by=TODAY + timedelta(days=days))
    assert errors_of(error) == {"answer_by"}
    assert not Hearing.objects.exists()


def test_a_draft_mended_after_the_hearing_keeps_the_answer(cast: Cast) -> None:
    visitation = visitation_of(cast)
    draft = refusal_draft(cast, visitation)
    send_hearing(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="i partshøring"):
        refusal_draft(cast, visitation)
    record_answer(draft, answer="Du er ikke enig.", on=TODAY, by=cast.helle)
    mended = refusal_draft(cast, visitation, reasons="Du har fortalt, at du er flyttet.")
    assert mended.pk == draft.pk
    assert mended.hearing.answer == "Du er ikke enig."


def test_nobody_is_heard_on_good_news(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError, match="ikke borgeren imod"):
        send_hearing(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="ikke borgeren imod"):
        waive_hearing(draft, reason="x", on=TODAY, by=cast.helle)


# --- Four eyes ---


def heard_refusal_of_a_right(cast: Cast) -> Decision:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    waive_hearing(draft, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    return draft


def test_a_right_is_not_refused_by_one_person(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    with pytest.raises(Refusal, match="En anden") as refused:
        decide(draft, on=TODAY, by=cast.helle)
    assert refused.value.provision == "LAB § 167, stk. 2"
    ask_second_person(draft, reason="Du er allerede i et andet forløb.", by=cast.helle)
    approve(draft, by=cast.people["leader"])
    assert decide(draft, on=TODAY, by=cast.helle).second_by == cast.people["leader"]


def test_a_right_is_not_refused_under_the_name_of_a_weaker_rule(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-01")
    assert [finding.rule for finding in withheld(draft)] == ["R3-02b"]


def test_a_right_that_is_only_open_is_not_refused_by_one_person(cast: Cast) -> None:
    draft = refusal_draft(
        cast, visitation_of(cast, facts=MAY | {"psychiatric_admission": None}), rule="R3-01"
    )
    assert needs_second_person(draft)


def test_a_may_alone_needs_no_second_person(cast: Cast) -> None:
    assert not needs_second_person(refusal_draft(cast, visitation_of(cast)))


def test_nobody_approves_their_own(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    with pytest.raises(Refusal, match="selv skrevet"):
        approve(draft, by=cast.helle)
    with pytest.raises(Refusal, match="selv skrevet"):
        send_back(draft, reason="x", by=cast.helle)


def test_the_second_person_can_send_it_back_with_a_reason(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    with pytest.raises(ValidationError) as error:
        send_back(draft, reason=" ", by=cast.people["leader"])
    assert errors_of(error) == {"reason"}
    send_back(draft, reason="Se på udskrivningen igen.", by=cast.people["leader"])
    draft.refresh_from_db()
    assert (draft.state, draft.second_by) == ("draft", None)
    assert "udskrivningen" in CaseNote.objects.get().text


def test_the_second_person_reads_the_answer_first(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    with pytest.raises(Refusal, match="Hør borgeren først"):
        ask_second_person(draft, reason="Grund", by=cast.helle)


def test_words_changed_after_the_approval_are_approved_anew(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    approve(draft, by=cast.people["leader"])
    mended = refusal_draft(cast, draft.visitation, rule="R3-02b", reasons="Noget andet")
    with pytest.raises(Refusal, match="En anden"):
        decide(mended, on=TODAY, by=cast.helle)


def test_only_what_needs_it_is_sent_to_another(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError, match="kræver ikke"):
        ask_second_person(draft, reason="Grund", by=cast.helle)


# --- On a running course ---


def change(cast: Cast, course: Course, minutes: int, **given: object) -> Decision:
    words = {"reasons": "Du klarer mere selv.", "citizens_view": "Du er enig.", "start": date(2026, 11, 30)}
    return draft_on_course(course, kind="change", on=TODAY, by=cast.helle, minutes=minutes, **(words | given))


def test_more_time_is_given_from_its_day(cast: Cast) -> None:
    course = running_course(cast)
    decision = decide(change(cast, course, 180), on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert course.minutes_per_week == 120, "the change begins on 30 November"
    follow_grants(on=date(2026, 11, 30))
    course.refresh_from_db()
    assert course.minutes_per_week == 180
    assert [(g.start, g.end, g.minutes_per_week) for g in course.grants.all()] == [
        (date(2026, 6, 22), date(2026, 11, 29), 120), (date(2026, 11, 30), date(2026, 12, 20), 180),
    ]  # fmt: skip
    assert decision.letter["title"] == "Du får mere tid med en mentor"


def test_less_time_is_heard_first(cast: Cast) -> None:
    draft = change(cast, running_course(cast), 60)
    with pytest.raises(Refusal, match="høres"):
        decide(draft, on=TODAY, by=cast.helle)


def test_a_hearing_about_less_does_not_cover_still_less(cast: Cast) -> None:
    course = running_course(cast)
    draft = change(cast, course, 60)
    send_hearing(draft, on=TODAY, by=cast.helle)
    record_answer(draft, answer="Du er enig.", on=TODAY, by=cast.helle)
    assert change(cast, course, 90).pk == draft.pk
    harder = change(cast, course, 30)
    draft.refresh_from_db()
    assert (harder.pk != draft.pk, draft.state) == (True, "withdrawn")
    with pytest.raises(Refusal, match="høres"):
        decide(harder, on=TODAY, by=cast.helle)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"minutes": 0}, "minutes_per_week"),
        ({"minutes": 120}, "minutes_per_week"),
        ({"minutes": 9_999_999}, "minutes_per_week"),
        ({"reasons": ""}, "reasons"),
        ({"start": None}, "start"),
        ({"start": date(2026, 6, 22)}, "start"),
        ({"start": date(2026, 11, 19)}, "start"),
        ({"start": date(2026, 12, 21)}, "start"),
    ],
)
def test_a_change_that_cannot_be(cast: Cast, given: dict, field: str) -> None:
    course = running_course(cast)
    with pytest.raises(ValidationError) as error:
        change(cast, course, **({"minutes": 60} | given))
    assert errors_of(error) == {field}
    assert course.decisions.count() == 1


def test_a_stop_before_time_ends_the_grant(cast: Cast) -> None:
    course = running_course(cast)
    draft = draft_on_course(
        course,
        kind="early_stop",
        on=TODAY,
        by=cast.helle,
        end=date(2026, 11, 30),
        reasons="Du er begyndt i job.",
    )
    waive_hearing(draft, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    decision = decide(draft, on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert course.end == course.grants.get().end == date(2026, 11, 30)
    assert "stopper den 30. november 2026" in text_of(decision)
    assert "skulle den vare til og med 20. december 2026" in text_of(decision)


@pytest.mark.parametrize("end", [None, TODAY - timedelta(days=1), date(2026, 12, 20)])
def test_a_stop_lies_ahead_and_before_the_end(cast: Cast, end: date | None) -> None:
    course = running_course(cast)
    with pytest.raises(ValidationError) as error:
        draft_on_course(course, kind="early_stop", on=TODAY, by=cast.helle, end=end, reasons="Du er i job.")
    assert errors_of(error) == {"end"}


def test_a_hearing_that_took_too_long_asks_for_a_new_day(cast: Cast) -> None:
    draft = change(cast, running_course(cast), 60)
    send_hearing(draft, on=TODAY, by=cast.helle)
    late = date(2026, 12, 5)
    record_answer(draft, answer="", on=late, by=cast.helle)
    with pytest.raises(ValidationError) as error:
        decide(draft, on=late, by=cast.helle)
    assert errors_of(error) == {"start"}, "time already given is not taken back"


def test_a_course_without_a_grant_has_nothing_to_change(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="ingen bevilling"):
        change(cast, cast.course, 60)


def test_an_ended_course_is_not_changed(cast: Cast) -> None:
    course = running_course(cast)
    course.ended_on, course.end_reason = TODAY, "job"
    course.save()
    with pytest.raises(ValidationError, match="afsluttet"):
        change(cast, course, 60)


def test_a_new_period_follows_the_last(cast: Cast) -> None:
    course = running_course(cast)
    visitation = reassess(course, on=TODAY, by=cast.helle)
    period = {"start": date(2026, 12, 21), "end": date(2027, 6, 20)}
    with pytest.raises(ValidationError) as error:
        draft_decision(
            visitation, kind="grant", rule="R3-01", on=TODAY, by=cast.helle, start=date(2026, 12, 20),
            end=date(2027, 6, 19), **WORDS,
        )  # fmt: skip
    assert errors_of(error) == {"start"}
    draft = draft_decision(visitation, kind="grant", rule="R3-01", on=TODAY, by=cast.helle, **period, **WORDS)
    decide(draft, on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert (course.end, course.grants.count()) == (period["end"], 2)


def test_no_new_period_is_a_decision_with_a_letter(cast: Cast) -> None:
    visitation = reassess(running_course(cast), on=TODAY, by=cast.helle)
    draft = draft_decision(
        visitation,
        kind="non_extension",
        rule="R3-01",
        on=TODAY,
        by=cast.helle,
        reasons="Målene er nået.",
        **WORDS,
    )
    waive_hearing(draft, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    assert decide(draft, on=TODAY, by=cast.helle).letter["title"] == "Du får ikke en ny periode med mentor"


# --- Letters and drafts given up ---


def test_the_complaint_term_runs_from_the_letter(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    assert decision.complain_by is None
    send_letter(decision, on=TODAY + timedelta(days=3), by=cast.helle)
    assert decision.complain_by == TODAY + timedelta(days=31)
    with pytest.raises(ValidationError, match="allerede sendt"):
        send_letter(decision, on=TODAY + timedelta(days=4), by=cast.helle)


def test_no_letter_before_the_decision(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="ikke truffet"):
        send_letter(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)


def test_a_draft_can_be_given_up_and_a_decision_cannot(cast: Cast) -> None:
    visitation = visitation_of(cast)
    draft = refusal_draft(cast, visitation)
    send_hearing(draft, on=TODAY, by=cast.helle)
    drop_draft(draft, by=cast.helle)
    assert Hearing.objects.get().decision == draft, "what was sent stays in the case"
    decision = decide(grant_draft(cast, visitation), on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="kan ikke slettes"):
        drop_draft(decision, by=cast.helle)
