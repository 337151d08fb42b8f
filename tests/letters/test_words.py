"""Danish wording: amounts, periods, names, rhythms and citations."""

from datetime import date

import pytest

from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.letter.words import (
    Rhythm,
    amount,
    genitive,
    sentence,
    span,
    spelled_out,
)

LAB = "lov om en aktiv beskæftigelsesindsats"


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1, "1 minut"),
        (45, "45 minutter"),
        (60, "1 time"),
        (61, "1 time og 1 minut"),
        (90, "1 time og 30 minutter"),
        (120, "2 timer"),
    ],
)
def test_amount_is_singular_and_plural(minutes: int, text: str) -> None:
    assert plain(amount(minutes)) == text


def test_span_names_the_year_twice_only_where_it_changes() -> None:
    assert plain(span(date(2026, 6, 22), date(2026, 12, 20))) == "22. juni til og med 20. december 2026"
    assert plain(span(date(2026, 12, 1), date(2027, 5, 31))) == "1. december 2026 til og med 31. maj 2027"


@pytest.mark.parametrize(
    ("name", "owned"),
    [("Fatima", "Fatimas"), ("Jens", "Jens'"), ("Max", "Max'"), ("din mentor", "din mentors")],
)
def test_genitive_of_names(name: str, owned: str) -> None:
    assert genitive(name) == owned


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (" du mangler et sted at bo ", "Du mangler et sted at bo."),
        ("Kan du selv?", "Kan du selv?"),
        ("“Jeg kan selv.”", "“Jeg kan selv.”"),
        ("Hun sagde “ja”", "Hun sagde “ja”."),
    ],
)
def test_sentence_gets_its_capital_and_stop(typed: str, written: str) -> None:
    assert sentence(typed) == written


def test_joined_lists() -> None:
    assert [listed(("a",)), listed(("a", "b")), listed(("a", "b", "c"))] == ["a", "a og b", "a, b og c"]


@pytest.mark.parametrize(
    ("rhythm", "text"),
    [
        (Rhythm("week", 1, "law"), "én gang om ugen"),
        (Rhythm("week", 2, "law"), "to gange om ugen"),
        (Rhythm("fortnight", 1, "law"), "én gang hver anden uge"),
        (Rhythm("week", 9, "law"), "9 gange om ugen"),
    ],
)
def test_rhythm_in_words(rhythm: Rhythm, text: str) -> None:
    assert str(rhythm) == text


@pytest.mark.parametrize(
    ("citations", "text"),
    [
        (("LAB § 93",), f"§ 93 i {LAB}"),
        (("LAB § 167, stk. 1",), f"§ 167, stk. 1, i {LAB}"),
        (("LAB § 31 b, stk. 1", "LAB § 31 c"), f"§ 31 b, stk. 1, og § 31 c i {LAB}"),
        (("LAB § 1, stk. 1", "LAB § 2, stk. 2", "LAB § 3"), f"§ 1, stk. 1, § 2, stk. 2, og § 3 i {LAB}"),
        (("LAB § 93", "SEL § 85"), f"§ 93 i {LAB} og § 85 i lov om social service"),
        (("integrationsloven § 23 d",), "integrationsloven § 23 d"),
    ],
)
def test_citations_are_spelled_out_by_law(citations: tuple[str, ...], text: str) -> None:
    assert plain(spelled_out(citations)) == text


def test_a_law_already_named_is_the_same_law() -> None:
    assert plain(spelled_out(("LAB § 31 c",), named="LAB")) == "§ 31 c i samme lov"


def test_citation_does_not_break_inside() -> None:
    assert spelled_out(("LAB § 167, stk. 1",)).startswith(f"§{NBSP}167, stk.{NBSP}1")
