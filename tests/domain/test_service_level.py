"""Service levels: which row fits a citizen, what a file must hold, and the levels that come along."""

import pytest

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.service_level import (
    Level,
    LevelRow,
    parse_level,
    shipped_level,
    shipped_levels,
    suggest,
)

ACTIVITY_READY = "kontanthjaelp_aktivitetsparat"


def row(key, **changes) -> LevelRow:
    given = {
        "functions": ("social_mentor",),
        "obligation": "may",
        "minutes_per_week": 60,
        "weeks": 26,
    } | changes
    return LevelRow(key=key, label=key, **given)


def suggested(*rows, function="social_mentor", target_group=ACTIVITY_READY, obligation="may", age=40):
    found = suggest(Level("Prøve", "", False, rows), function, target_group, obligation, age)
    return found and found.key


def test_the_most_specific_row_goes_first_whatever_the_order():
    anyone = row("alle")
    group = row("gruppe", target_groups=(ACTIVITY_READY,))
    wide = row("to-grupper", target_groups=(ACTIVITY_READY, "sygedagpenge"), age_from=40, age_to=40)
    aged = row("alder", target_groups=(ACTIVITY_READY,), age_from=30)
    for rows in ([anyone, wide, group, aged], [aged, group, wide, anyone]):
        assert suggested(*rows) == "alder"
        assert suggested(*rows, age=29) == "gruppe"
        assert suggested(*rows, target_group="fleksjob") == "alle"
    assert suggested(row("bred", functions=("social_mentor", "company_mentor")), anyone) == "alle"
    assert suggested(row("første"), row("anden")) == "første"


def test_what_is_unknown_fits_only_a_row_that_does_not_ask():
    group, aged = row("gruppe", target_groups=(ACTIVITY_READY,)), row("alder", age_to=29)
    assert suggested(group, target_group=None) is None
    assert suggested(aged, age=None) is None
    assert suggested(group, aged, row("alle"), target_group=None, age=None) == "alle"


@pytest.mark.parametrize(("age", "fits"), [(17, False), (18, True), (29, True), (30, False)])
def test_both_ends_of_an_age_range_are_inside(age, fits):
    assert (suggested(row("unge", age_from=18, age_to=29), age=age) is not None) is fits


def test_a_row_for_may_is_not_offered_for_a_duty_and_a_row_without_functions_never():
    assert suggested(row("kan"), obligation="must") is None
    assert suggested(row("tavs", functions=())) is None
    assert suggested(row("kan"), function="company_mentor") is None


def test_open_hours_stay_open():
    found = suggest(shipped_level("slagelse-2015"), "discharge_coordinator", None, "right", None)
    assert found is not None
    assert (found.minutes_per_week, found.weeks) == (None, None)


def test_koebenhavns_level_of_2014():
    level = shipped_level("koebenhavn-2014")
    assert [row.minutes_per_week for row in level.rows] == [45, 90, 150, 90, 120, 120, 300]
    duty = suggest(level, "right_and_duty_mentor", ACTIVITY_READY, "must", 50)
    assert duty is not None
    assert (duty.minutes_per_week, duty.weeks) == (45, 26)
    ages = {
        age: suggest(level, "social_mentor", ACTIVITY_READY, "may", age).minutes_per_week for age in (29, 30)
    }
    assert ages == {29: 90, 30: 150}
    assert suggest(level, "company_mentor", "fleksjob", "may", None).weeks == 13


def test_slagelses_level_fixes_no_hours_and_the_example_says_that_it_is_one():
    assert {row.minutes_per_week for row in shipped_level("slagelse-2015").rows} == {None}
    assert {name: shipped_level(name).example for name in shipped_levels()} == {
        "eksempel-2026": True,
        "koebenhavn-2014": False,
        "slagelse-2015": False,
    }
    assert "330-2015-63716" in shipped_level("slagelse-2015").source


def test_the_example_has_no_duty_that_the_law_of_2026_does_not_know():
    rows = shipped_level("eksempel-2026").rows
    assert not [
        row.key for row in rows if row.obligation == "must" or "right_and_duty_mentor" in row.functions
    ]
    assert all(row.minutes_per_week and row.weeks for row in rows)


ROW = '[[row]]\nkey = "a"\nlabel = "A"\nobligation = "may"\nminutes_per_week = 60\nweeks = 26\n'


def test_a_plain_level_is_enough_and_other_keys_are_let_through():
    level = parse_level(f'name = "Prøve"\ndecided = 2014-11-03\n{ROW}note = "x"\n')
    assert level == Level(
        "Prøve", "", False, (LevelRow(key="a", label="A", obligation="may", minutes_per_week=60, weeks=26),)
    )


@pytest.mark.parametrize(
    ("old", "new", "row", "field"),
    [
        ('name = "Prøve"', "", "", "name"),
        ('name = "Prøve"', "name = 7", "", "name"),
        ('name = "Prøve"', 'name = "Prøve"\nexample = "ja"', "", "example"),
        (ROW, "", "", "row"),
        (ROW, '[row]\nkey = "a"', "", "row"),
        (ROW, "row = [1]", "1", "row"),
        ('key = "a"', "", "1", "key"),
        ('key = "a"', 'key = " "', "1", "key"),
        ('label = "A"', "", "1 (a)", "label"),
        ('obligation = "may"', 'obligation = "kan"', "1 (a)", "obligation"),
        ('obligation = "may"', 'obligation = "none"', "1 (a)", "obligation"),
        ('obligation = "may"', 'obligation = ["may"]', "1 (a)", "obligation"),
        ("= 60", "= -1", "1 (a)", "minutes_per_week"),
        ("= 60", "= 60.5", "1 (a)", "minutes_per_week"),
        ("= 60", '= "60"', "1 (a)", "minutes_per_week"),
        ("= 60", "= true", "1 (a)", "minutes_per_week"),
        ("= 60", "= 10081", "1 (a)", "minutes_per_week"),
        ("= 26", "= 0", "1 (a)", "weeks"),
        (ROW, ROW + ROW, "2 (a)", "key"),
        ("= 26", '= 26\nfunctions = ["mentor"]', "1 (a)", "functions"),
        ("= 26", '= 26\ntarget_groups = "fleksjob"', "1 (a)", "target_groups"),
        ("= 26", "= 26\nage_from = 30\nage_to = 29", "1 (a)", "age_to"),
        ("= 26", "= 26\nwho_may = 3", "1 (a)", "who_may"),
    ],
)
def test_an_error_names_the_row_and_the_field(old, new, row, field):
    text = f'name = "Prøve"\n{ROW}'
    assert old in text
    with pytest.raises(BadInput) as error:
        parse_level(text.replace(old, new))
    assert (error.value.row, error.value.field) == (row, field)
    assert field in str(error.value)


@pytest.mark.parametrize("text", ['name = "x', "name = 1.2.3", "name = 2014-13-01", "a = " + "[" * 5000])
def test_a_broken_file_is_said_in_one_line(text):
    with pytest.raises(BadInput, match="kan ikke læses som TOML") as error:
        parse_level(text)
    assert "\n" not in str(error.value)
