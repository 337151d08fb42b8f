"""Persons with a mentor in a month, and that nobody can work a hidden cell out."""

from collections import defaultdict
from datetime import date
from itertools import product

from mentorkorps.domain.public_figures import (
    UNKNOWN,
    Spell,
    age_band,
    count_months,
    shown_cells,
    shown_total,
)

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def spell(citizen: str, mentor: str = "Fatima", **said: object) -> Spell:
    return Spell(
        **{
            "citizen": citizen, "mentor": mentor, "first": date(2026, 5, 20), "last": date(2026, 6, 3),
            "at_place": False, "target_group": "fleksjob", "sex": "k", "birth": date(1996, 6, 15),
        }
        | said
    )  # fmt: skip


def test_a_person_counts_once_in_each_month_with_a_mentor_on_any_day() -> None:
    twice = [spell("Jens"), spell("Jens", "Peter", first=date(2026, 5, 31), last=date(2026, 5, 31))]
    may, june = count_months(twice, {}, [MAY, JUNE])
    assert (may.persons, june.persons) == (1, 1)
    [gone] = count_months([spell("Jens", last=date(2026, 5, 31))], {}, [JUNE])
    assert gone.persons == 0


def test_age_is_of_the_months_last_day_and_the_group_of_the_newest_spell() -> None:
    later = spell("Jens", first=date(2026, 5, 25), target_group="dagpenge")
    may, june = count_months([spell("Jens"), later], {}, [MAY, JUNE])
    assert (dict(may.cells["age"]), dict(june.cells["age"])) == ({"25–29 år": 1}, {"30–39 år": 1})
    assert dict(may.cells["group"]) == {"dagpenge": 1}
    assert [age_band(age) for age in (17, 18, 59, 60)] == [
        "Under 18 år",
        "18–24 år",
        "50–59 år",
        "60 år og over",
    ]


def test_only_offer_is_what_was_told_and_never_guessed() -> None:
    told = {"Jens": [(date(2026, 5, 31), False), (date(2026, 6, 30), True)], "Nadia": [(JUNE, False)]}
    may, june = count_months([spell("Jens"), spell("Nadia"), spell("Olga")], told, [MAY, JUNE])
    assert dict(may.cells["offer"]) == {"only": 1, UNKNOWN: 2}
    assert dict(june.cells["offer"]) == {"beside": 1, "only": 1, UNKNOWN: 1}


def test_a_place_mentor_has_two_citizens_at_the_place_in_the_month() -> None:
    people = [
        spell("Jens", "Torben", at_place=True), spell("Nadia", "Torben", at_place=True, first=JUNE),
        spell("Olga", "Ditte", at_place=True), spell("Karla", "Fatima"), spell("Viktor", "Fatima"),
    ]  # fmt: skip
    may, june = count_months(people, {}, [MAY, JUNE])
    assert dict(may.cells["kind"]) == {"individual": 4}
    assert dict(june.cells["kind"]) == {"individual": 3, "place": 2}


def test_an_unknown_sex_is_a_cell_of_its_own() -> None:
    [may] = count_months([spell("Jens", sex=""), spell("Nadia")], {}, [MAY])
    assert dict(may.cells["sex"]) == {UNKNOWN: 1, "k": 1}


def test_one_to_four_are_hidden_and_zero_is_not() -> None:
    assert [shown_total(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]
    cells = {"a": 3, "b": 0, "c": 40, "d": 7}
    assert shown_cells(cells, 50) == {"a": None, "b": 0, "c": None, "d": 7}
    assert shown_cells({"a": 9, "b": 0}, 9) == {"a": 9, "b": 0}
    assert shown_cells({"a": 2, "b": 1}, 3) == {"a": None, "b": None}


def test_no_hidden_small_cell_can_be_worked_out_by_one_who_knows_the_rule() -> None:
    """Every table of 2, 3 and 4 cells: what is shown, with the total, always leaves two numbers or more."""
    for cells, top in ((2, 14), (3, 18), (4, 10)):
        worlds = defaultdict(list)
        for numbers in product(range(top), repeat=cells):
            table = dict(zip("abcd", numbers, strict=False))
            shown = tuple(shown_cells(table, sum(numbers)).values())
            worlds[shown_total(sum(numbers)), shown].append(numbers)
        for (total, shown), tables in worlds.items():
            hidden_sum = (total or 0) - sum(number or 0 for number in shown)
            if hidden_sum >= top:
                continue  # some of the worlds that look the same lie beyond the tables tried
            for place in range(cells):
                possible = {numbers[place] for numbers in tables}
                small = any(0 < number < 5 for number in possible)
                assert shown[place] is not None or not small or len(possible) > 1, (total, shown)
