"""The answer as others use it: a finding by its rule, errors with the field, days allowed."""

from datetime import date

import pytest

from mentorkorps.domain import law

ON = date(2026, 11, 22)


def test_a_finding_by_its_rule_is_found_met_or_not():
    answer = law.visitate(law.Facts(purpose_work_or_education=True, wants_mentor=False), on=ON)
    assert answer.finding("R3-01").met is True
    assert answer.finding("R3-03").met is False
    with pytest.raises(KeyError):
        answer.finding("R1-05")


def test_the_words_that_a_letter_needs():
    finding = law.visitate(law.Facts(purpose_work_or_education=True), on=ON).finding("R3-05")
    assert (finding.citation, finding.other_citations) == ("LAB § 169", ("LAB § 167, stk. 1",))
    assert finding.title == "faglig mentor på arbejdspladsen eller uddannelsesstedet"


def test_a_refusal_of_what_is_owed_needs_a_second_person():
    answer = law.visitate(law.Facts(), on=date(2015, 3, 2))
    second = {finding.rule for finding in (*answer.findings, *answer.unmet) if finding.refusal_needs_second}
    assert second == {"R1-05", "R1-06", "R1-02", "R1-04", "R1-04b"}


def test_a_bad_fact_names_its_field_in_danish():
    with pytest.raises(law.BadFact, match="hverken true eller false") as caught:
        law.Facts.from_json({"decisive": "ja"})
    assert caught.value.field == "decisive"
    with pytest.raises(law.BadFact, match="kendes ikke"):
        law.Facts.from_json({"id": "a"})


def test_a_long_value_is_cut_in_the_message():
    with pytest.raises(law.BadFact) as caught:
        law.Facts.from_json({"target_group": "x" * 500})
    assert len(caught.value.message.split(";")[0]) < 80


def test_facts_write_every_key():
    written = law.Facts(birth_date=date(1990, 2, 28)).as_json()
    assert len(written) == 18
    assert written["birth_date"] == "1990-02-28"
    assert written["wants_mentor"] is None


@pytest.mark.parametrize(
    ("start", "discharge", "end"),
    [
        (date(2024, 3, 1), date(2024, 6, 1), date(2024, 8, 31)),
        (date(2024, 2, 1), date(2024, 6, 1), date(2024, 8, 31)),
        (date(2024, 6, 10), date(2024, 6, 1), date(2024, 12, 9)),
        (date(2024, 8, 31), None, date(2025, 2, 27)),
    ],
)
def test_the_guaranteed_total_at_discharge(start, discharge, end):
    finding = law.visitate(law.Facts(), on=start).finding("R3-02b")
    assert law.earliest_end(finding, start, discharge) == end
    assert law.latest_end(finding, start) is None


def test_no_guarantee_and_no_bound():
    finding = law.visitate(law.Facts(), on=ON).finding("R3-01")
    assert law.earliest_end(finding, ON) is None
    bare = law.visitate(law.Facts(), on=ON).finding("R1-15")
    assert law.latest_end(bare, ON) is None
