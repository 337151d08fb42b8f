"""What holds for every citizen on every day, drawn at random around the law's shifts."""

import ast
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain import law
from mentorkorps.domain.dates import add_months, age_on
from mentorkorps.domain.law import conditions
from mentorkorps.domain.law.truth import Many, ManyDays, One, Truth
from tests.law.strategies import (
    EDGES,
    PROPERTY,
    citizens_and_day,
    facts_and_day,
    facts_before_and_after_a_question,
    random_citizen,
)

PACKAGE = Path(law.__file__).parent
STRENGTH = ["must", "right", "may", "none"]
MET = {1: True, 0: False, -1: None}
TRUTHS = {True: Truth(True, False), False: Truth(False, True), None: Truth(False, False)}


@given(citizens_and_day())
@PROPERTY
def test_one_citizen_and_columns_give_the_same(drawn):
    citizens, on = drawn
    columns = law.decide_columns(law.columns_of(citizens), on)
    for place, facts in enumerate(citizens):
        answer = law.visitate(facts, on)
        assert columns["obligation"][place] == answer.obligation
        met = {finding.rule: finding.met for finding in (*answer.findings, *answer.unmet)}
        assert {
            rule: MET[int(column[place])] for rule, column in columns.items() if rule != "obligation"
        } == met


@pytest.mark.parametrize("on", sorted(set(EDGES)), ids=str)
def test_one_citizen_and_columns_give_the_same_at_every_edge(on):
    citizens = [random_citizen(Random(seed), on) for seed in range(60)]
    columns = law.decide_columns(law.columns_of(citizens), on)
    for place, facts in enumerate(citizens):
        answer = law.visitate(facts, on)
        assert columns["obligation"][place] == answer.obligation
        for finding in (*answer.findings, *answer.unmet):
            assert MET[int(columns[finding.rule][place])] is finding.met


@given(facts_before_and_after_a_question())
@PROPERTY
def test_finding_a_fact_out_never_takes_away_what_was_certain(drawn):
    before, after, on, found_out = drawn
    # An admission date says that the no to being on the way was wrong: a correction and not a discovery.
    if found_out == "education_admission_date" and before.starting_or_in_education is False:
        return
    known, more = law.visitate(before, on), law.visitate(after, on)
    still = {finding.rule: finding.met for finding in (*more.findings, *more.unmet)}
    for finding in known.unmet:
        assert still[finding.rule] is False
    # A first use that is planned too late gives the right up; that is a choice and not a discovery.
    if found_out == "right_first_used_date":
        return
    for finding in known.findings:
        assert finding.met is None or still[finding.rule] is True
    assert STRENGTH.index(more.obligation) <= STRENGTH.index(known.obligation)


@given(facts_and_day())
@PROPERTY
def test_a_rule_outside_its_dates_never_answers_and_every_citation_is_in_force(drawn):
    facts, on = drawn
    answer = law.visitate(facts, on)
    in_force = {(rule.id, rule.citation) for rule in law.rules_on(on) if rule.kind == "gives"}
    answered = {(finding.rule, finding.citation) for finding in (*answer.findings, *answer.unmet)}
    assert answered == in_force
    for finding in (*answer.findings, *answer.unmet):
        assert finding.valid_from <= on
        assert finding.valid_to is None or on <= finding.valid_to
        assert finding.contact == law.contact_rule(finding.rule, on)


@given(facts_and_day())
@PROPERTY
def test_the_answer_is_in_order_and_adds_up(drawn):
    facts, on = drawn
    answer = law.visitate(facts, on)
    strengths = [STRENGTH.index(finding.obligation) for finding in answer.findings]
    assert strengths == sorted(strengths)
    met = [finding.obligation for finding in answer.findings if finding.met]
    assert answer.obligation == min(met, key=STRENGTH.index, default="none")
    for finding in (*answer.findings, *answer.unmet):
        mets = [condition.met for condition in finding.conditions]
        assert finding.met is (False if False in mets else None if None in mets else True)


@given(facts_and_day())
@PROPERTY
def test_a_question_is_about_an_unknown_fact_of_an_open_rule(drawn):
    facts, on = drawn
    answer = law.visitate(facts, on)
    for question in answer.open_questions:
        assert getattr(facts, question.fact) is None
        finding = answer.finding(question.rule)
        assert finding.met is None
        assert finding.obligation == question.could_give
    stronger = STRENGTH[: STRENGTH.index(answer.obligation)]
    for finding in answer.findings:
        if finding.met is None and finding.obligation in stronger:
            assert finding.rule in {question.rule for question in answer.open_questions}


@given(facts_and_day())
@PROPERTY
def test_an_answer_and_its_facts_survive_json(drawn):
    facts, on = drawn
    answer = law.visitate(facts, on)
    assert law.Answer.from_json(json.loads(json.dumps(answer.as_json()))) == answer
    assert law.Facts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


@given(st.dates(date(1960, 1, 1), date(2020, 12, 31)), st.dates(date(2003, 1, 1), date(2030, 12, 31)))
@PROPERTY
def test_under_thirty_is_the_age_that_people_count(birth, on):
    yes, no = conditions.TESTS["under_30"].check(One(law.Facts(birth_date=birth), on))
    assert (yes, no) == (age_on(birth, on) < 30, age_on(birth, on) >= 30)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(-400, 400))
@PROPERTY
def test_columns_count_months_as_dates_do(day, months):
    moved = ManyDays(np.array([day, "NaT"], dtype="datetime64[D]")).plus_months(months).value
    assert moved[0].item() == add_months(day, months)
    assert np.isnat(moved[1])


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_kleenes_tables(left, right):
    both, either = TRUTHS[left] & TRUTHS[right], TRUTHS[left] | TRUTHS[right]
    assert both == TRUTHS[False if False in (left, right) else None if None in (left, right) else True]
    assert either == TRUTHS[True if True in (left, right) else None if None in (left, right) else False]
    assert ~TRUTHS[left] == TRUTHS[None if left is None else not left]


def test_conditions_never_use_and_or_not():
    """Those break on columns in silence; `&`, `|` and `~` mean the same for one and for many."""
    tree = ast.parse((PACKAGE / "conditions.py").read_text("utf-8"))
    broken = [node for node in ast.walk(tree) if isinstance(node, ast.BoolOp | ast.IfExp | ast.If)]
    broken += [
        node for node in ast.walk(tree) if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    ]
    assert not broken


def test_the_law_knows_no_service_level_and_no_budget():
    allowed = ("mentorkorps.domain.law", "mentorkorps.domain.dates", "mentorkorps.domain.codes")
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                [f"{node.module}.{a.name}" for a in node.names] if isinstance(node, ast.ImportFrom) else []
            )
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert all(name.startswith(allowed) for name in names if name.startswith("mentorkorps")), file


def test_absent_columns_are_unknown():
    nothing = law.decide_columns({"wants_mentor": np.array([1, 0, -1], dtype=np.int8)}, date(2026, 11, 22))
    assert list(nothing["obligation"]) == ["none"] * 3
    assert list(nothing["R3-02b"]) == [-1, 0, -1]
    assert list(nothing["R3-01"]) == [-1, -1, -1]


@pytest.mark.parametrize(
    "columns",
    [{}, {"wants_mentor": np.zeros(2), "decisive": np.zeros(3)}, {"wish": np.zeros(2)}],
    ids=["none", "lengths", "names"],
)
def test_columns_that_do_not_fit(columns):
    with pytest.raises(ValueError, match="columns"):
        law.decide_columns(columns, date(2026, 11, 22))


def test_many_looks_like_one_at_the_edge_of_a_month():
    on = date(2015, 2, 28)
    facts = law.Facts(discharge_date=on + timedelta(days=92))
    check = conditions.TESTS["within_three_months_of_discharge"].check
    one, many = check(One(facts, on)), check(Many(law.columns_of([facts]), on, 1))
    assert one == Truth(True, False)
    assert (many.yes[0], many.no[0]) == (True, False)
