"""The rows themselves: complete, dated, sourced, and none that only is expected ever answers."""

import re
from datetime import date, timedelta

import pytest

from mentorkorps.domain import law
from mentorkorps.domain.law.conditions import TESTS
from mentorkorps.domain.law.rows import contacts

# Every row of the reference that the data must hold.
IDS = [
    "R0-01", "R0-02", "R0-03", "R0-04", "R0-05",
    "R1-01", "R1-02", "R1-03", "R1-04", "R1-04b", "R1-05", "R1-06", "R1-07", "R1-08",
    "R1-09", "R1-10", "R1-11", "R1-12", "R1-13", "R1-14", "R1-15", "R1-16",
    "R2-01", "R2-02", "R2-03",
    "R3-01", "R3-02a", "R3-02b", "R3-02c", "R3-03", "R3-04", "R3-05", "R3-06", "R3-07",
    "R3-08", "R3-09", "R3-10", "R3-11", "R3-12", "R3-13", "R3-14",
    "R4-01", "R4-02", "R4-03", "R4-04", "R5-01",
]  # fmt: skip
# The days on which something that decides, or demands contact, begins or has ended.
DECIDING_SHIFTS = [
    date(2003, 1, 1), date(2004, 1, 1), date(2009, 1, 1), date(2014, 1, 1), date(2014, 1, 15),
    date(2016, 1, 1), date(2017, 1, 1), date(2020, 1, 1), date(2023, 3, 22), date(2026, 2, 1),
]  # fmt: skip
GIVING = [rule for rule in law.rules() if rule.kind == "gives"]


def test_every_row_of_the_reference_is_here():
    assert {rule.id for rule in law.rules()} == set(IDS)


@pytest.mark.parametrize("rule", law.rules(), ids=lambda rule: f"{rule.id}-{rule.valid_from}")
def test_a_row_has_what_a_row_must_have(rule):
    assert rule.title and rule.citation and rule.source
    assert rule.certainty in ("verified", "found", "known", "uncertain")
    assert rule.valid_to is None or rule.valid_from <= rule.valid_to
    assert rule.certainty != "verified" or (rule.verified_by and rule.verified_on)


@pytest.mark.parametrize("rule", GIVING, ids=lambda rule: f"{rule.id}-{rule.valid_from}")
def test_a_rule_that_gives_something_can_be_explained(rule):
    assert rule.function in law.FUNCTIONS
    assert rule.obligation in ("must", "right", "may")
    assert rule.conditions and set(rule.conditions) <= TESTS.keys()
    assert set(rule.demands) <= law.DEMANDS.keys()
    assert rule.purpose.startswith("at ")
    assert re.fullmatch(r"Reglen siger, at .+\.", rule.rule_says)
    assert rule.refusal_needs_second == (rule.obligation in ("must", "right") or rule.id == "R1-04b")


@pytest.mark.parametrize("rule", [r for r in law.rules() if r.kind == "term"], ids=lambda rule: rule.id)
def test_a_row_that_gives_nothing_says_what_it_is(rule):
    assert rule.text and not rule.conditions and rule.obligation == "none"


def test_wordings_of_one_id_never_overlap():
    for rule in law.rules():
        for day in (rule.valid_from, rule.valid_to or date(2199, 1, 1)):
            in_force = [other for other in law.rules() if other.id == rule.id and other.valid_from <= day]
            assert len([other for other in in_force if other.valid_to is None or day <= other.valid_to]) == 1


def test_regimes_follow_each_other_without_a_gap():
    deciding = [regime for regime in law.regimes() if not regime.overlay and not regime.expected]
    for before, after in zip(deciding, deciding[1:], strict=False):
        assert before.valid_to + timedelta(days=1) == after.valid_from
    assert deciding[-1].valid_to is None
    assert [regime.code for regime in deciding] == ["R0", "R1", "R2", "R3", "R3b", "R3c", "R4"]


def test_the_law_shifts_on_these_days():
    assert set(DECIDING_SHIFTS) <= set(law.SHIPPED.shifts)


def test_an_expected_regime_can_be_seen_and_never_decides():
    assert [regime.code for regime in law.regimes() if regime.expected] == ["R5"]
    assert law.rule("R5-01").expected
    for day in (date(2027, 1, 1), date(2031, 5, 5)):
        assert law.regime_on(day).code == "R4"
        assert "R5-01" not in {rule.id for rule in law.rules_on(day)}


def test_no_law_before_the_first_day():
    with pytest.raises(law.MissingRule, match="31-12-2002"):
        law.regime_on(date(2002, 12, 31))
    with pytest.raises(law.MissingRule):
        law.visitate(law.Facts(), on=date(2002, 12, 31))


def test_a_rule_by_its_id_and_day():
    assert law.rule("R1-03", date(2015, 1, 1)).citation == "LAB § 31 b, stk. 1"
    assert law.rule("R1-03").citation == "LAB § 167, stk. 1"
    for missing in (("R9-99",), ("R1-05", date(2020, 1, 1))):
        with pytest.raises(KeyError):
            law.rule(*missing)


@pytest.mark.parametrize(
    ("rule", "on", "contact"),
    [
        ("R1-05", date(2015, 12, 31), ("week", 1)),
        ("R1-05", date(2016, 1, 1), ("fortnight", 1)),
        ("R1-05", date(2019, 12, 31), ("fortnight", 1)),
        ("R1-05", date(2020, 1, 1), None),
        ("R1-06", date(2014, 1, 1), ("week", 1)),
        ("R1-06", date(2016, 1, 1), ("fortnight", 1)),
        ("R2-03", date(2015, 12, 31), None),
        ("R2-03", date(2016, 1, 1), ("fortnight", 1)),
        ("R1-01", date(2015, 6, 1), None),
        ("R3-02b", date(2026, 6, 1), None),
    ],
)
def test_a_running_agreement_has_the_minimum_of_the_day(rule, on, contact):
    assert law.contact_rule(rule, on) == (law.ContactRule(*contact) if contact else None)


def test_contact_of_no_rule():
    with pytest.raises(KeyError):
        law.contact_rule("R9-99", date(2015, 1, 1))


def test_contacts_belong_to_rows():
    ids = {rule.id for rule in law.rules()}
    for contact in contacts():
        assert {contact.row, *contact.rules} <= ids
