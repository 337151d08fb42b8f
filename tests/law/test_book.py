"""Corrections of the rows: what they change, from when, and what they never touch."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain import law
from mentorkorps.domain.dates import Duration
from mentorkorps.domain.law.corrections import FIELDS
from tests.law.strategies import PROPERTY, days, facts_on

ONE_DAY = timedelta(days=1)
GIVING = [row for row in law.rules() if row.kind == "gives"]
ROWS = [row for row in law.rules() if not row.expected]


def correction(rule="R3-01", row_from=date(2020, 1, 1), on=date(2026, 12, 1), **changes):
    return law.Correction(rule, row_from, changes, on, "Læst i lovens tekst", "LBK 280/2024")


@st.composite
def corrections(draw):
    """Corrections of giving rows that fit: citation, certainty, durations, an earlier end, a contact."""
    row = draw(st.sampled_from(GIVING))
    last = row.valid_to or date(2028, 1, 1)
    on = draw(st.dates(max(row.valid_from - timedelta(days=40), date(2003, 1, 1)), last))
    kinds = {
        "citation": st.sampled_from(["LAB § 999", "LAB § 1, stk. 2"]),
        "certainty": st.sampled_from(["found", "known", "uncertain"]),
        "at_most": st.sampled_from([None, Duration(months=3), Duration(weeks=26)]),
        "at_least": st.sampled_from([None, Duration(months=4)]),
        "valid_to": st.dates(max(on, row.valid_from), last),
        "contact": st.sampled_from([law.ContactRule("week", 2), law.ContactRule("fortnight", 1)]),
    }
    names = draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, max_size=3, unique=True))
    return correction(row.id, row.valid_from, on, **{name: draw(kinds[name]) for name in names})


@given(corrections(), st.data())
@PROPERTY
def test_no_answer_before_its_day_is_touched(made, data):
    book = law.SHIPPED.corrected([made])
    on = data.draw(days.filter(lambda day: day < made.in_force_from))
    facts = data.draw(facts_on(on))
    before, after = law.visitate(facts, on), law.visitate(facts, on, book=book)
    assert _without_ends(after, made) == _without_ends(before, made)


def _without_ends(answer, made):
    """The row that a correction took over ends the day before; that is all an earlier answer may show of it."""
    told = answer.as_json()
    for finding in (*told["findings"], *told["unmet"]):
        if finding["rule"] == made.rule:
            finding["valid_to"] = None
    return told


@given(corrections(), st.data())
@PROPERTY
def test_from_its_day_the_row_reads_as_corrected_and_all_others_as_before(made, data):
    book = law.SHIPPED.corrected([made])
    on = data.draw(st.dates(made.in_force_from, made.in_force_from + timedelta(days=900)))
    old = {row.id: row for row in law.rules_on(on)}
    for row in law.rules_on(on, book=book):
        if (row.id, old[row.id].valid_from) != (made.rule, made.row_from):
            assert row == old[row.id]
            continue
        for name in made.changes.keys() - {"contact", "valid_to"}:
            assert law.value_in(row, None, name) == made.changes[name]
        assert row.source == made.source
    ended = made.changes.get("valid_to")
    if ended and ended < on and (made.rule in old and old[made.rule].valid_from == made.row_from):
        assert made.rule not in {row.id for row in law.rules_on(on, book=book)}


@given(st.lists(corrections(), max_size=4), st.data())
@PROPERTY
def test_taking_one_out_is_as_if_it_had_never_been(made, data):
    try:
        law.SHIPPED.corrected(made)
    except law.BadCorrection:
        return
    out = data.draw(st.integers(0, max(len(made) - 1, 0)))
    rest = made[:out] + made[out + 1 :]
    try:
        book = law.SHIPPED.corrected(rest)
    except law.BadCorrection:
        return
    touched = {each.rule for each in rest}
    for row in law.SHIPPED.rules:
        if row.id not in touched:
            assert row in book.rules
    if not rest:
        assert book is law.SHIPPED


@given(corrections())
@PROPERTY
def test_changes_survive_json(made):
    assert law.changes_from_json(made.changes_as_json()) == dict(made.changes)


def test_no_corrections_are_the_same_book():
    assert law.SHIPPED.corrected([]) is law.SHIPPED


def test_a_new_dated_row_begins_and_the_old_one_ends_the_day_before():
    book = law.SHIPPED.corrected([correction(citation="LAB § 167 a")])
    old, new = book.wordings("R3-01")
    assert (old.citation, old.valid_to) == ("LAB § 167, stk. 1", date(2026, 11, 30))
    assert (new.citation, new.valid_from, new.valid_to) == ("LAB § 167 a", date(2026, 12, 1), None)
    assert book.replaced_by(old) == (new,)
    assert book.replaces(new) == (old,)


def test_two_corrections_of_one_row_lie_over_each_other():
    later = correction(on=date(2027, 3, 1), citation="LAB § 200")
    book = law.SHIPPED.corrected([later, correction(citation="LAB § 167 a", certainty="uncertain")])
    read = [(row.valid_from, row.citation, row.certainty) for row in book.wordings("R3-01")]
    assert read == [
        (date(2020, 1, 1), "LAB § 167, stk. 1", "found"),
        (date(2026, 12, 1), "LAB § 167 a", "uncertain"),
        (date(2027, 3, 1), "LAB § 200", "uncertain"),
    ]


def test_of_two_from_the_same_day_the_last_given_holds():
    book = law.SHIPPED.corrected([correction(citation="LAB § 1"), correction(citation="LAB § 2")])
    assert book.rule("R3-01").citation == "LAB § 2"


def test_the_shift_of_2023_can_be_moved():
    """Its day rests on one secondary source: both rows are corrected, and no day is left without a right."""
    from_day, shift = date(2020, 1, 1), date(2023, 3, 22)
    book = law.SHIPPED.corrected(
        [
            correction("R3-02a", from_day, shift, valid_to=date(2023, 3, 31)),
            correction("R3-02b", shift, shift, valid_from=date(2023, 4, 1)),
        ]
    )
    discharge = [
        {row.id for row in law.rules_on(day, book=book) if row.function == "discharge_coordinator"}
        for day in (date(2023, 3, 21), shift, date(2023, 3, 31), date(2023, 4, 1))
    ]
    assert discharge == [{"R3-02a"}, {"R3-02a"}, {"R3-02a"}, {"R3-02b"}]


def test_a_row_that_ended_can_go_on():
    book = law.SHIPPED.corrected([correction("R3-14", on=date(2026, 2, 1), valid_to=None)])
    assert law.rule("R3-14", date(2026, 11, 22), book=book).valid_to is None
    assert law.rule("R3-14", date(2026, 1, 31), book=book).valid_to == date(2026, 1, 31)


def test_contact_changes_from_its_day_to_the_next_shift_and_for_one_rule():
    twice = law.ContactRule("week", 2)
    book = law.SHIPPED.corrected([correction("R1-05", date(2014, 1, 1), date(2015, 6, 1), contact=twice)])
    asked = [
        (rule, law.contact_rule(rule, day, book=book))
        for rule in ("R1-05", "R1-06")
        for day in (date(2015, 5, 31), date(2015, 6, 1), date(2015, 12, 31), date(2016, 1, 1))
    ]
    week, fortnight = law.ContactRule("week", 1), law.ContactRule("fortnight", 1)
    assert [rule for _, rule in asked] == [week, twice, twice, fortnight, week, week, week, fortnight]


def test_a_rule_without_contact_can_be_given_one():
    asked = law.ContactRule("week", 1)
    book = law.SHIPPED.corrected([correction(contact=asked)])
    assert law.contact_rule("R3-01", date(2026, 11, 30), book=book) is None
    assert law.contact_rule("R3-01", date(2026, 12, 1), book=book) == asked
    assert [(c.valid_from, c.valid_to) for c in book.contacts_of("R3-01")] == [(date(2026, 12, 1), None)]


def test_a_reading_that_the_row_names_can_be_chosen_and_binds():
    made = correction("R1-04b", date(2014, 1, 1), date(2014, 1, 1), obligation="must")
    row = law.rule("R1-04b", date(2015, 1, 1), book=law.SHIPPED.corrected([made]))
    assert (row.obligation, row.refusal_needs_second) == ("must", True)


def test_who_checked_a_verified_row_stands_on_it():
    checked = law.Correction(
        "R3-01", date(2020, 1, 1), {"certainty": "verified"}, date(2026, 12, 1), "Læst", "LBK 280/2024 § 167",
        checked_by="Anna Prøve", checked_on=date(2026, 11, 20),
    )  # fmt: skip
    row = law.rule("R3-01", book=law.SHIPPED.corrected([checked]))
    assert (row.verified_by, row.verified_on, row.source) == (
        "Anna Prøve",
        date(2026, 11, 20),
        "LBK 280/2024 § 167",
    )


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (correction("R9-99", citation="x"), "rule"),
        (correction(row_from=date(2021, 1, 1), citation="x"), "rule"),
        (correction("R5-01", date(2027, 1, 1), citation="x"), "rule"),
        (correction(), "changes"),
        (correction(conditions=()), "changes"),
        (correction("R3-10", at_most=Duration(months=3)), "changes"),
        (correction(citation="  "), "citation"),
        (correction(certainty="sure"), "certainty"),
        (correction(obligation="must"), "obligation"),
        (correction(contact=law.ContactRule("week", 0)), "contact"),
        (correction(on=date(2002, 12, 31), citation="x"), "in_force_from"),
        (correction(on=date(2200, 1, 1), citation="x"), "in_force_from"),
        (correction(valid_to=date(2019, 1, 1)), "valid_to"),
        (correction("R1-05", date(2014, 1, 1), date(2020, 1, 1), citation="x"), "in_force_from"),
        (correction("R1-03", date(2014, 1, 1), date(2019, 1, 1), valid_to=date(2020, 5, 1)), "valid_to"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(made, field):
    with pytest.raises(law.BadCorrection) as wrong:
        law.SHIPPED.corrected([made])
    assert wrong.value.field == field
    assert wrong.value.message.endswith(".")


def test_fields_that_may_be_corrected_have_a_value_in_every_giving_row():
    for row in GIVING:
        assert [law.value_in(row, None, name) for name in FIELDS]


def test_every_row_that_ended_and_gave_something_names_what_took_over():
    for row in GIVING:
        if row.valid_to is None:
            assert law.SHIPPED.replaced_by(row) == ()
            continue
        after = law.SHIPPED.replaced_by(row)
        assert after, row.id
        assert all(new.valid_from <= row.valid_to + ONE_DAY for new in after)
        assert all(row in law.SHIPPED.replaces(new) for new in after)


def test_names_of_what_took_over_are_rules():
    ids = {row.id for row in law.rules()}
    assert all(set(row.replaced_by) <= ids for row in ROWS)


@pytest.mark.parametrize(
    ("rule", "on", "after"),
    [
        ("R1-05", None, ["R3-01"]),
        ("R1-02", None, ["R3-02a"]),
        ("R3-02a", None, ["R3-02b"]),
        ("R1-07", None, ["R2-01"]),
        ("R1-09", None, ["R3-05"]),
        ("R1-03", date(2015, 5, 5), ["R1-03"]),
        ("R3-01", None, []),
    ],
)
def test_what_took_over_from_a_rule(rule, on, after):
    assert [row.id for row in law.replaced_by(rule, on)] == after
