"""What is published, from the rows of a municipality: nothing where too little is known, and fates by hand."""

import json
from datetime import date
from typing import Any

import pytest

from mentorkorps.domain.evidence.fate import Asked, Fate, fate
from mentorkorps.domain.evidence.published import FIELDS, half_year_before, publish, shown_cells, wilson
from mentorkorps.domain.evidence.references import studies
from mentorkorps.domain.given import BadInput

START, DAY = date(2024, 1, 1), date(2026, 6, 30)


def person(number: int, **known: Any) -> list[Any]:
    row = {
        "obligation": "must" if number % 2 else "may",
        "function": "social_mentor",
        "provider": f"Firma {number // 2 % 12}",
        "target_group": "sygedagpenge" if number % 3 else "jobafklaring",
        "week": 5 + number % 60 if number // 2 % 2 else 90,
        "event": 1 if number // 2 % 2 else 0,
        "lost": False,
        "age": 20 + number * 7 % 40,
        "unit": "Nord",
        "started": "2024-1",
        "team": f"Firma {number // 2 % 12}",
        "minutes": 600,
        "ore": 400_000,
        "mentor_up": number % 4 > 0,
        "citizen_up": None if number % 3 else number % 2 == 0,
    } | known
    return [row[field] for field in FIELDS]


def published(rows: list[list[Any]]) -> dict[str, Any]:
    return publish({"status_on": "2026-06-30", "people": rows, "earlier": {}})


def test_many_citizens_give_tables_and_a_difference_with_its_interval() -> None:
    told: list[tuple[int, int]] = []
    rows = [person(number) for number in range(480)]
    found = publish({"status_on": "2026-06-30", "people": rows}, lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert json.loads(json.dumps(found)) == found
    whole = found["rows"][0]
    assert whole["people"]["n"] == 480 and whole["people"]["goal_78"] == 240
    share, low, high = whole["shares"]["78"]
    assert low < share < high and share == 50
    assert (whole["hours"], whole["ore"]) == (100, 400_000)
    year = next(each for each in found["compared"] if each["weeks"] == 52)
    assert year["low"] < year["value"] < year["high"]
    assert year["used"] == ["alder", "målgruppe"]
    assert found["views"] == {"mentor": {"answered": 100, "up": 75}, "citizen": {"answered": 33, "up": 50}}


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("nobody", []),
        ("a few", [person(number) for number in range(4)]),
        ("one group", [person(number, obligation="may") for number in range(60)]),
        ("all alike", [person(1, obligation=o, age=30, target_group="x") for o in ("must", "may")] * 40),
        ("all censored", [person(number, week=9, event=0) for number in range(60)]),
        ("ages unknown", [person(number, age=None, target_group="x") for number in range(60)]),
    ],
)
def test_where_too_little_is_known_no_difference_is_given_and_it_is_said_why(
    what: str, rows: list[list[Any]]
) -> None:
    found = published(rows)
    for each in found["compared"]:
        assert each["value"] is None or each["low"] is None
        assert each["why"]
    for row in found["rows"]:
        assert row["people"]["n"] is None or row["people"]["n"] >= 5


def test_one_provider_is_said() -> None:
    found = published([person(number, provider="Én", team="Én") for number in range(480)])
    assert all(each["few_providers"] for each in found["compared"] if each["value"] is not None)


def test_a_missing_price_is_missing_and_not_zero() -> None:
    for without, said in ((10, 400_000), (11, None), (100, None)):
        rows = [person(number, ore=None if number < without else 400_000) for number in range(100)]
        assert published(rows)["rows"][0]["ore"] == said


def test_the_width_of_an_interval_tells_of_nobody() -> None:
    # of twenty, 0 to 4 are not followed for a year: the interval is the same
    def among(unknown: int) -> Any:
        rows = [person(n, week=20, event=1) for n in range(8)]
        rows += [person(n, week=90, event=0) for n in range(12 - unknown)]
        return published(rows + [person(n, week=51, event=0) for n in range(unknown)])["rows"][0]["shares"]

    assert among(0)["52"] != among(5)["52"]
    assert {tuple(among(unknown)["52"]) for unknown in range(1, 5)} == {tuple(among(5)["52"])}


def test_a_hidden_count_has_no_share_beside_it() -> None:
    rows = [person(number, event=0, week=90) for number in range(60)]
    rows += [person(number, week=10, event=1) for number in range(3)]
    for row in published(rows)["rows"]:
        for weeks, share in row["shares"].items():
            assert share is None or row["people"][f"goal_{weeks}"] is not None


@pytest.mark.parametrize(
    ("field", "value"), [("week", "tolv"), ("week", -1), ("event", 1.5), ("obligation", "måske")]
)
def test_a_row_that_cannot_be_used_is_named(field: str, value: Any) -> None:
    with pytest.raises(BadInput) as wrong:
        published([person(0), person(1, **{field: value})])
    assert (wrong.value.row, wrong.value.field) == ("2", field)


def test_what_was_shown_is_handed_to_the_next() -> None:
    found = published([person(number) for number in range(480)])
    assert shown_cells(found)["all//n"] == 480


def test_fates() -> None:
    over = date(2024, 7, 1)
    half, year, later = date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
    assert fate(START, None, "", [], DAY) == Fate(130, 0)
    assert fate(START, over, "job", [], DAY) == Fate(26, 1)
    assert fate(START, over, "death", [], DAY) == Fate(26, 2)
    assert fate(START, over, "job", [], date(2024, 6, 1)) == Fate(21, 0), "not known on that day"
    assert fate(START, over, "moved", [], DAY) == Fate(26, 0, lost=True)
    found = [Asked(half, "benefit"), Asked(year, "education"), Asked(later, "benefit")]
    assert fate(START, over, "expired", found, DAY) == Fate(79, 1)
    assert fate(START, over, "expired", [Asked(half, "benefit"), Asked(year, "lost")], DAY) == Fate(
        53, 0, lost=True
    )
    assert fate(START, over, "expired", [Asked(half, ""), Asked(year, "job")], DAY) == Fate(26, 0, lost=True)
    assert fate(START, over, "expired", [Asked(half, "")], over) == Fate(26, 0), "it is not time to ask yet"
    assert fate(START, over, "goals_met", [Asked(half, "pension")], DAY) == Fate(53, 2)


def test_a_share_of_less_than_half_is_not_shown() -> None:
    # 20 in work and 70 who left for other reasons after ten weeks, not asked yet: 20 of 20 is no answer
    rows = [person(n, week=12, event=1) for n in range(20)] + [person(n, week=10, event=0) for n in range(70)]
    whole = published(rows)["rows"][0]
    assert whole["people"]["goal_13"] == 20
    assert whole["shares"]["13"] is None


def test_a_half_year_is_over_before_it_is_told_of() -> None:
    assert half_year_before(date(2026, 11, 22)) == date(2026, 6, 30)
    assert half_year_before(date(2026, 7, 1)) == date(2026, 6, 30)
    assert half_year_before(date(2026, 6, 30)) == date(2025, 12, 31)


def test_wilson_by_hand() -> None:
    # 10 of 40: (0.25 + 0.048) / 1.096 ± …, as Wilson's own table has it
    assert wilson(0.25, 40) == pytest.approx((0.1419, 0.4019), abs=5e-4)
    assert (wilson(0.0, 10)[0], wilson(1.0, 10)[1]) == pytest.approx((0, 1))


def test_studies_have_dates_and_sources() -> None:
    assert [study.key for study in studies()] == ["sfi-2015", "unge-2014"]
    assert (studies()[0].mentor_up, studies()[0].citizen_up) == (81, 37)
    assert all(study.source and study.published_on.year in (2014, 2015) for study in studies())
