"""The dated tables around a decision: no gap, no default, and an error that names what and when."""

from datetime import date

import pytest

from mentorkorps.domain import law

FIRST_2014 = date(2014, 1, 1)
ON = date(2026, 11, 22)
GROUP = "kontanthjaelp_aktivitetsparat"


@pytest.mark.parametrize("group", law.TARGET_GROUPS)
@pytest.mark.parametrize("function", [*law.FUNCTIONS, None])
def test_every_group_has_a_row_on_every_day(group, function):
    for year in range(2003, 2031):
        for on in (date(year, 1, 1), date(year, 6, 30), date(year, 7, 1), date(year, 12, 31)):
            said = law.reimbursement(group, function, on, on)
            assert said.percent in (None, 0, 50)
            assert (said.percent is None) <= (said.certainty == "uncertain")
            assert said.source


def test_reimbursement_before_the_table():
    with pytest.raises(law.MissingRule, match=r"refusion den 31-12-2002"):
        law.reimbursement(GROUP, None, ON, date(2002, 12, 31))


def test_reimbursement_that_hangs_on_an_unknown_group():
    with pytest.raises(law.MissingRule, match="målgruppe ukendt"):
        law.reimbursement(None, None, FIRST_2014, FIRST_2014)
    assert law.reimbursement(None, None, ON, ON).percent == 0


def test_an_unknown_group_never_gets_the_row_of_some_group():
    with pytest.raises(law.MissingRule):
        law.reimbursement(None, "discharge_coordinator", date(2019, 3, 1), date(2019, 3, 1))
    assert law.reimbursement(None, "integration_mentor", date(2015, 1, 1), date(2015, 1, 1)).percent == 50


def test_a_missing_amount_is_not_zero():
    said = law.reimbursement(GROUP, None, date(2015, 1, 1), date(2015, 1, 1))
    assert said.ceiling_missing
    assert said.as_json()["ceiling_amount"] == "missing"
    known = law.reimbursement(GROUP, None, date(2018, 1, 1), date(2018, 1, 1))
    assert (known.ceiling_amount, known.as_json()["ceiling_amount"]) == (1_141_400, 11_414)
    none = law.reimbursement(GROUP, None, ON, ON)
    assert (none.ceiling, none.as_json()["ceiling_amount"], none.ceiling_missing) == (None, None, False)


@pytest.mark.parametrize(
    ("group", "on", "function", "number", "grouping"),
    [
        ("dagpenge", date(2015, 12, 31), None, "5.68.98", "019"),
        (GROUP, date(2015, 12, 31), None, "5.68.98", None),
        (GROUP, date(2016, 1, 1), None, "5.68.90", "017"),
        ("sygedagpenge", date(2017, 1, 1), None, "5.68.90", "019"),
        ("kontanthjaelp_jobparat", date(2018, 12, 31), None, "5.68.90", "018"),
        (GROUP, date(2019, 1, 1), None, "5.68.90", None),
        ("ressourceforloeb", date(2021, 12, 31), None, "5.68.90", "095"),
        ("ressourceforloeb", date(2022, 1, 1), None, "5.68.90", "114"),
        (None, date(2022, 1, 1), "integration_mentor", "5.46.60 / 5.57.74", None),
    ],
)
def test_account(group, on, function, number, grouping):
    account = law.account(group, on, function)
    assert (account.number, account.grouping) == (number, grouping)


@pytest.mark.parametrize(
    ("group", "on"),
    [(GROUP, date(2013, 12, 31)), ("jobafklaring", date(2017, 1, 1)), (None, date(2022, 1, 1))],
)
def test_no_account_is_an_error(group, on):
    with pytest.raises(law.MissingRule, match="konto"):
        law.account(group, on)


def test_agreement():
    first, now = law.agreement_rule(FIRST_2014), law.agreement_rule(ON)
    assert (first.citation, first.rule, len(first.demands)) == ("LAB § 31 c, stk. 1-2", "R1-12", 6)
    assert law.agreement_rule(date(2019, 12, 31)) == first
    assert law.agreement_rule(date(2020, 1, 1)) == now
    assert (now.rule, now.at_most.months) == ("R3-10", 6)
    assert "klagevejledning" in first.demands
    assert "vises i Min Plan" in now.demands
    with pytest.raises(law.MissingRule, match="mentoraftalen den 31-12-2013"):
        law.agreement_rule(date(2013, 12, 31))


def test_complaint():
    before, after = law.complaint_rule(date(2013, 6, 30)), law.complaint_rule(date(2013, 7, 1))
    assert (before.appeal_body, after.appeal_body) == ("beskæftigelsesankenævnet", "Ankestyrelsen")
    assert (after.weeks, after.reassess_weeks, after.citation) == (4, 4, "RSL §§ 66 og 67")
    with pytest.raises(law.MissingRule):
        law.complaint_rule(date(2002, 12, 31))


def test_authority_word():
    assert law.authority_word(date(2026, 1, 31)) == "jobcenteret"
    assert law.authority_word(date(2026, 2, 1)) == "kommunen"
    with pytest.raises(law.MissingRule):
        law.authority_word(date(2002, 12, 31))


def test_target_groups_by_the_law_of_their_day():
    assert "uddannelseshjaelp_aktivitetsparat" not in law.target_groups(date(2013, 12, 31))
    assert "jobafklaring" not in law.target_groups(date(2014, 6, 30))
    assert law.target_groups(date(2014, 7, 1))["jobafklaring"].endswith("(LAB § 2, nr. 14)")
    assert (
        law.target_groups(date(2019, 12, 31))[GROUP]
        == "kontanthjælpsmodtager, aktivitetsparat (LAB § 2, nr. 3)"
    )
    assert law.target_groups(date(2020, 1, 1))["fleksjob"] == "visiteret til fleksjob (LAB § 6, nr. 9)"
    assert law.target_groups(date(2025, 6, 30))["uddannelseshjaelp_uddannelsesparat"].startswith(
        "uddannelseshjælps"
    )
    assert law.target_groups(date(2025, 7, 1))["uddannelseshjaelp_uddannelsesparat"].startswith(
        "kontanthjælps"
    )
    assert set(law.target_groups(ON)) == set(law.TARGET_GROUPS)
    assert "(uden for LAB § 6)" in law.target_groups(ON)["ordinaert_beskaeftiget"]
    with pytest.raises(law.MissingRule):
        law.target_groups(date(2002, 12, 31))


def test_no_number_is_used_twice():
    for on in (FIRST_2014, date(2020, 1, 1), date(2025, 7, 1), ON):
        labels = [label.rsplit("(", 1)[1] for label in law.target_groups(on).values() if "nr." in label]
        assert len(labels) == len(set(labels))


def test_every_shift_says_what_happens_to_running_agreements():
    starts = [r.valid_from for r in law.regimes() if not r.overlay and not r.expected and r.code != "R0"]
    assert [transition.shift for transition in law.transitions()] == starts
    assert {transition.certainty for transition in law.transitions()} == {"uncertain"}


def test_retention():
    assert {row.code: row.years for row in law.retention_classes(ON)} == {
        "P1825D": 5,
        "P2190D": 6,
        "P3650D": 10,
    }
    with pytest.raises(law.MissingRule):
        law.retention_classes(date(2002, 12, 31))
