"""A grant and its letter: what the law carries, what must be said, and that it is decided once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.decision import (
    decide,
    drop_draft,
    send_hearing,
    send_letter,
)
from mentorkorps.cases.actions.visitation import save_visitation
from mentorkorps.cases.models import Citizen, Course, Decision, Grant, Hearing
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.models import Entry
from tests.cases.problems import fields_of
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
    assert fields_of(error) == {"rule"}


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
    assert field in fields_of(error)
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
    assert fields_of(error) == {"deviation_reason"}
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
    assert fields_of(error) == {"start"}


def test_an_overlap_that_came_after_the_draft_stops_it_too(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    running_course(cast)
    with pytest.raises(ValidationError) as error:
        decide(draft, on=TODAY, by=cast.helle)
    assert fields_of(error) == {"start"}
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
