"""Cases a jurist can read: facts, a day, and what law.md gives by reasoning. Each is one sentence."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from mentorkorps.domain import law

KEYS = {
    "says", "on", "facts", "regime", "obligation", "met", "open", "closed", "absent", "asks", "citation",
    "duration", "contact", "other_readings", "demands", "second_person", "reimbursement", "latest_end",
    "earliest_end",
}  # fmt: skip
FILES = sorted(Path(__file__).parent.glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in FILES
    for number, case in enumerate(tomllib.loads(file.read_text("utf-8"))["case"], 1)
]
ROWS = {rule.id for rule in law.rules() if rule.kind == "gives"}


def answer_to(case):
    written = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in case["facts"].items()
    }
    return law.visitate(law.Facts.from_json(written), on=case["on"])


@pytest.mark.parametrize("case", CASES)
def test_obligation_and_rules(case):
    assert case.keys() <= KEYS
    answer = answer_to(case)
    assert answer.obligation == case["obligation"]
    assert {finding.rule for finding in answer.findings if finding.met} == set(case["met"])
    standing = {finding.rule for finding in answer.findings if finding.met is None}
    assert set(case.get("open", ())) <= standing
    assert set(case.get("closed", ())) <= {finding.rule for finding in answer.unmet}
    in_force = {finding.rule for finding in (*answer.findings, *answer.unmet)}
    assert not in_force & set(case.get("absent", ()))
    assert {tuple(question) for question in case.get("asks", ())} <= {tuple(q) for q in answer.open_questions}
    assert answer.regime == case.get("regime", answer.regime)


@pytest.mark.parametrize("case", CASES)
def test_what_a_finding_says(case):
    answer = answer_to(case)
    for rule, citation in case.get("citation", {}).items():
        assert answer.finding(rule).citation == citation
    for rule, duration in case.get("duration", {}).items():
        assert answer.finding(rule).duration == law.DurationRule.from_json(duration)
    for rule, contact in case.get("contact", {}).items():
        held = answer.finding(rule).contact
        assert (f"{held.at_least} {held.every}" if held else "none") == contact
    for rule, source in case.get("other_readings", {}).items():
        assert source in [reading.source for reading in answer.finding(rule).other_readings]
    for rule, demands in case.get("demands", {}).items():
        assert list(answer.finding(rule).demands) == demands
    for rule in case.get("second_person", ()):
        assert answer.finding(rule).refusal_needs_second


@pytest.mark.parametrize("case", [case for case in CASES if "reimbursement" in case.values[0]])
def test_reimbursement(case):
    answer = answer_to(case)
    if case["reimbursement"] == "unknown":
        assert answer.reimbursement is None
        return
    said = answer.reimbursement.as_json()
    expected = {key: None if value == "unknown" else value for key, value in case["reimbursement"].items()}
    assert {key: said[key] for key in expected} == expected
    if expected["percent"] == 0:
        assert said["ceiling"] is None


@pytest.mark.parametrize("case", [c for c in CASES if {"latest_end", "earliest_end"} & c.values[0].keys()])
def test_first_and_last_days(case):
    answer = answer_to(case)
    if "latest_end" in case:
        asked = case["latest_end"]
        finding = answer.finding(asked["rule"])
        assert law.latest_end(finding, asked["start"]) == asked.get("end")
        assert [end for end, _ in law.other_ends(finding, asked["start"])] == [
            day for day in [asked.get("other")] if day
        ]
    if "earliest_end" in case:
        asked = case["earliest_end"]
        finding = answer.finding(asked["rule"])
        assert law.earliest_end(finding, asked["start"], asked["discharge"]) == asked["end"]


def test_every_rule_is_met_in_a_case_and_just_not_met_in_another():
    cases = [case.values[0] for case in CASES]
    met = {rule for case in cases for rule in case["met"]}
    closed = {rule for case in cases for rule in case.get("closed", ())}
    assert met == ROWS
    assert closed == ROWS


def test_every_condition_of_every_rule_is_alone_in_closing_it_in_some_case():
    alone = set()
    for case in (case.values[0] for case in CASES):
        for finding in answer_to(case).unmet:
            missing = [
                place for place, condition in enumerate(finding.conditions) if condition.met is not True
            ]
            if len(missing) == 1:
                alone.add((finding.rule, missing[0]))
    wanted = {
        (rule.id, place)
        for rule in law.rules()
        for place, name in enumerate(rule.conditions)
        if name != "prison_release"
    }
    assert wanted - alone == set()


def test_every_case_has_a_sentence_and_both_sides_of_every_shift_are_there():
    cases = [case.values[0] for case in CASES]
    assert all(case["says"].endswith(".") for case in cases)
    days = {case["on"] for case in cases}
    for regime in law.regimes():
        if regime.expected or regime.overlay or regime.code == "R0":
            continue
        assert {regime.valid_from, date.fromordinal(regime.valid_from.toordinal() - 1)} <= days


def test_there_are_many_cases():
    assert len(CASES) >= 150
