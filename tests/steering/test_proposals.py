"""Proposals: differences with reasons, what a meeting may do with them, and an adoption that touches no grant."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Grant
from mentorkorps.domain.level_changes import Change, Pair, applied, with_change
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.models import Role, ServiceLevel, User
from mentorkorps.municipality.queries import level_in_force
from mentorkorps.steering.actions.proposals import (
    adopt_proposal,
    begin_second_reading,
    bind_run,
    change_row,
    propose,
    put_forward,
    record_outcome,
    remove_row,
    undo_row,
)
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Proposal
from mentorkorps.steering.queries.proposals import (
    base_rows,
    changes_of,
    current_version,
    level_story,
    pairs_of,
    proposed_level,
)
from tests.cast import TODAY, Cast
from tests.web.stage import own_and_foreign

FIRST = date(2027, 2, 1)
ROW = LevelRow("ny", "Ny opgave", "may", 60, 26, functions=("social_mentor",))


@pytest.fixture
def stine(cast: Cast) -> User:
    return cast.people[Role.SECRETARY]


@pytest.fixture
def level(cast: Cast) -> ServiceLevel:
    """The example level, in force through 2026."""
    made = load_level("eksempel-2026", by=None)
    first = date(2026, 1, 1)
    adopt_level(made, committee="AU", case_number="1", adopted_on=first, in_force_from=first, by=None)
    return made


@pytest.fixture
def proposal(level: ServiceLevel, stine: User) -> Proposal:
    return propose(
        name="Niveau 2027", purpose="Mere tid", base=level, in_force_from=FIRST, on=TODAY, by=stine
    )


def give_more(proposal: Proposal, by: User, minutes: int = 150) -> LevelRow:
    """The first row with other minutes."""
    row = replace(base_rows(proposal)[0], minutes_per_week=minutes)
    change_row(proposal, row, reason="Flere er syge længere", by=by)
    return row


def reload(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


# Differences


def test_a_proposal_is_the_level_with_its_differences(proposal: Proposal, stine: User) -> None:
    before = base_rows(proposal)
    changed = give_more(proposal, stine)
    change_row(proposal, ROW, reason="Mangler i dag", by=stine)
    remove_row(proposal, before[-1].key, reason="Bruges ikke", by=stine)
    rows = proposed_level(current_version(proposal)).rows
    assert rows == (changed, *before[1:-1], ROW)
    kinds = {pair.row.key: (pair.kind, pair.reason) for pair in pairs_of(current_version(proposal))}
    assert kinds["ny"] == ("added", "Mangler i dag")
    assert kinds[before[-1].key] == ("removed", "Bruges ikke")
    assert kinds[before[1].key] == ("kept", "")


def test_a_row_changed_back_is_no_difference(proposal: Proposal, stine: User) -> None:
    give_more(proposal, stine)
    change_row(proposal, base_rows(proposal)[0], reason="Nej alligevel", by=stine)
    change_row(proposal, ROW, reason="Ny", by=stine)
    remove_row(proposal, "ny", reason="Nej alligevel", by=stine)
    assert current_version(proposal).changes == []


def test_a_difference_is_undone(proposal: Proposal, stine: User) -> None:
    give_more(proposal, stine)
    undo_row(proposal, base_rows(proposal)[0].key, by=stine)
    assert current_version(proposal).changes == []
    before = Entry.objects.count()
    undo_row(proposal, "findes\x00ikke", by=stine)
    assert Entry.objects.count() == before, "what did not happen is not journalled"


def test_a_new_row_sent_twice_is_one(proposal: Proposal, stine: User) -> None:
    change_row(proposal, ROW, reason="Ny", by=stine)
    change_row(proposal, replace(ROW, key="ny-2"), reason="Ny", by=stine)
    assert [each["row"]["key"] for each in current_version(proposal).changes] == [ROW.key]


def test_every_difference_has_a_reason(proposal: Proposal, stine: User) -> None:
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        change_row(proposal, ROW, reason="  ", by=stine)
    with pytest.raises(ValidationError, match="lavere end"):
        change_row(proposal, replace(ROW, age_from=30, age_to=20), reason="x", by=stine)


def test_a_level_is_written_from_nothing(cast: Cast, stine: User) -> None:
    proposal = propose(
        name="Vores første", purpose="Et niveau", base=None, in_force_from=FIRST, on=TODAY, by=stine
    )
    with pytest.raises(ValidationError, match="ændrer intet"):
        put_forward(proposal, on=TODAY, by=stine)
    change_row(proposal, ROW, reason="Første række", by=stine)
    put_forward(proposal, on=TODAY, by=stine)
    adopt_proposal(proposal, on=TODAY, committee="AU", case_number="7", in_force_from=FIRST, by=stine)
    level = level_in_force(FIRST)
    assert level is not None
    assert [row_facts(row) for row in level.rows.all()] == [ROW]


def test_names_are_not_used_twice(proposal: Proposal, stine: User) -> None:
    for taken in ("Niveau 2027", "Eksempel 2026"):
        with pytest.raises(ValidationError, match="Vælg et andet navn"):
            propose(name=taken, purpose="", base=None, in_force_from=FIRST, on=TODAY, by=stine)


def test_lowering_what_the_law_demands_is_told() -> None:
    must = replace(ROW, obligation="must")
    lower = replace(must, minutes_per_week=30)
    assert Pair(must, lower).lowers_a_duty
    assert Pair(must, None).lowers_a_duty
    assert Pair(must, replace(must, obligation="may")).lowers_a_duty
    assert not Pair(lower, must).lowers_a_duty
    assert not Pair(ROW, replace(ROW, minutes_per_week=30)).lowers_a_duty


def test_changes_survive_json_and_keep_the_order() -> None:
    changes = with_change((), Change("added", ROW, "a"), ())
    changes = with_change(changes, Change("added", replace(ROW, key="to"), "b"), ())
    back = tuple(Change.from_json(change.as_json()) for change in changes)
    assert back == changes
    assert [row.key for row in applied((), back)] == ["ny", "to"]


# The way through the committee


def test_postponed_then_another_version_and_both_are_kept(proposal: Proposal, stine: User) -> None:
    give_more(proposal, stine, 150)
    put_forward(proposal, on=TODAY, by=stine)
    with pytest.raises(ValidationError, match="er fremlagt"):
        give_more(proposal, stine, 160)
    record_outcome(proposal, outcome="postponed", on=TODAY, questions=["Hvad koster det?", " "], by=stine)
    begin_second_reading(proposal, by=stine)
    give_more(proposal, stine, 135)
    first, second = proposal.versions.all()
    assert [changes_of(each)[0].row.minutes_per_week for each in (first, second)] == [150, 135]
    assert first.questions == ["Hvad koster det?"]
    assert (first.outcome, second.outcome) == ("postponed", "")


@pytest.mark.parametrize("outcome", ["rejected", "noted"])
def test_a_closed_proposal_stays_closed(proposal: Proposal, stine: User, outcome: str) -> None:
    give_more(proposal, stine)
    put_forward(proposal, on=TODAY, by=stine)
    record_outcome(proposal, outcome=outcome, on=TODAY, by=stine)
    assert reload(proposal).state == outcome
    for act in (
        lambda: give_more(proposal, stine),
        lambda: put_forward(proposal, on=TODAY, by=stine),
        lambda: record_outcome(proposal, outcome="noted", on=TODAY, by=stine),
        lambda: begin_second_reading(proposal, by=stine),
        lambda: adopt_proposal(
            proposal, on=TODAY, committee="AU", case_number="7", in_force_from=FIRST, by=stine
        ),
    ):
        with pytest.raises(ValidationError):
            act()
    assert ServiceLevel.objects.count() == 1


def test_a_draft_is_not_decided_and_no_outcome_is_made_up(proposal: Proposal, stine: User) -> None:
    with pytest.raises(ValidationError, match="ligger ikke hos udvalget"):
        record_outcome(proposal, outcome="noted", on=TODAY, by=stine)
    give_more(proposal, stine)
    put_forward(proposal, on=TODAY, by=stine)
    for outcome in ("adopted", "draft", "hvad som helst"):
        with pytest.raises(ValidationError, match="Vælg, hvad udvalget gjorde"):
            record_outcome(proposal, outcome=outcome, on=TODAY, by=stine)
    with pytest.raises(ValidationError, match="først fremlagt"):
        record_outcome(proposal, outcome="noted", on=date(2026, 1, 1), by=stine)


def test_runs_follow_the_version(proposal: Proposal, stine: User) -> None:
    rows = [{"key": "a", "label": "A", "obligation": "may", "minutes_per_week": 60, "weeks": 26}]
    inputs = {"level": {"name": "Prøve", "row": rows}, "population": {"a": 4}}
    run = make_run(kind="simulation", title="Prøve", inputs=inputs, by=stine)
    bind_run(proposal, run, by=stine)
    bind_run(proposal, run, by=stine)
    give_more(proposal, stine)
    put_forward(proposal, on=TODAY, by=stine)
    record_outcome(proposal, outcome="postponed", on=TODAY, by=stine)
    begin_second_reading(proposal, by=stine)
    assert [list(version.runs.all()) for version in proposal.versions.all()] == [[run], [run]]


# Adoption


def test_adoption_puts_a_new_level_in_force_and_running_grants_keep_theirs(cast: Cast, stine: User) -> None:
    own_and_foreign(cast)
    old = ServiceLevel.objects.get()
    proposal = propose(
        name="Niveau 2027", purpose="Mere tid", base=old, in_force_from=FIRST, on=TODAY, by=stine
    )
    give_more(proposal, stine, 150)
    put_forward(proposal, on=TODAY, by=stine)
    grants = list(Grant.objects.order_by("pk").values())
    course = type(cast.course).objects.select_related("level_row").get(pk=cast.course.pk)
    level = adopt_proposal(
        proposal, on=TODAY, committee="AU", case_number="2026-7", in_force_from=FIRST, by=stine
    )
    assert level_in_force(date(2027, 1, 31)) == old
    assert level_in_force(FIRST) == level
    assert [row.minutes_per_week for row in level.rows.all()] == [150]
    assert list(Grant.objects.order_by("pk").values()) == grants
    after = type(cast.course).objects.select_related("level_row").get(pk=cast.course.pk)
    assert (after.level_row, after.minutes_per_week) == (course.level_row, course.minutes_per_week)
    assert after.level_row.level == old
    assert reload(proposal).level == level


def test_an_adoption_in_the_way_of_another_writes_nothing(proposal: Proposal, stine: User) -> None:
    give_more(proposal, stine)
    put_forward(proposal, on=TODAY, by=stine)
    with pytest.raises(ValidationError, match="gælder allerede fra den dag"):
        adopt_proposal(
            proposal, on=TODAY, committee="AU", case_number="7", in_force_from=date(2026, 1, 1), by=stine
        )
    assert reload(proposal).state == "put_forward"
    assert ServiceLevel.objects.count() == 1


def test_the_story_tells_what_changed_when_and_why(
    proposal: Proposal, level: ServiceLevel, stine: User
) -> None:
    changed = give_more(proposal, stine)
    put_forward(proposal, on=TODAY, by=stine)
    adopt_proposal(proposal, on=TODAY, committee="AU", case_number="2026-7", in_force_from=FIRST, by=stine)
    newest, first = level_story()
    assert (newest.level.name, newest.before, newest.proposal) == ("Niveau 2027", level, proposal)
    assert [(pair.row.key, pair.reason) for pair in newest.changes] == [
        (changed.key, "Flere er syge længere")
    ]
    assert newest.kept == len(base_rows(proposal)) - 1
    assert first.before is None
    assert all(pair.kind == "added" for pair in first.pairs)
