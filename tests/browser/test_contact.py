"""Logging a contact on a phone: four taps from Min uge, what is not asked is not shown, and a slip is taken back."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


def tap(mentor: Reader, selector: str) -> None:
    """Taps the first of what stands there for the finger, which must be large enough to hit."""
    target = mentor.page.locator(selector).first
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box and box["height"] >= 44 and box["width"] >= 44, (selector, box)
    mentor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mentor.clicks += 1


@pytest.fixture
def mentor(as_role: Callable[..., Reader]) -> Reader:
    reader = as_role("mentor", width=390)
    reader.go("/min-uge/")
    reader.clicks = 0
    return reader


def test_four_taps_are_a_contact(mentor: Reader) -> None:
    tap(mentor, ".visit .big-btn")
    tap(mentor, ".pick label:has-text('Mødt')")
    tap(mentor, ".pick label:has-text('45 min.')")
    tap(mentor, ".bottom button")
    receipt = mentor.page.locator(".receipt").inner_text()
    assert "Gemt:" in receipt and "45" in receipt and "Fortryd" in receipt
    assert mentor.clicks == 4
    assert not mentor.complaints


def test_what_depends_on_an_answer_is_shown_with_it(mentor: Reader) -> None:
    tap(mentor, ".visit .big-btn")
    page = mentor.page
    page.locator("#id_minutes_pick_set").wait_for()
    tap(mentor, ".pick label:has-text('Udeblevet')")
    assert not page.locator("#id_minutes_pick_set").is_visible()
    tap(mentor, ".pick label:has-text('Anden dag')")
    assert page.locator("[name=day]").is_visible()
    page.locator("details.more > summary").click()
    assert not page.locator("[name=not_in_person_reason]").is_visible()
    tap(mentor, ".pick label:has-text('Telefon')")
    assert page.locator("[name=not_in_person_reason]").is_visible()


def test_a_slip_is_taken_back_from_the_receipt(mentor: Reader) -> None:
    missing = mentor.page.locator(".visit").count()
    for selector in (
        ".visit .big-btn",
        ".pick label:has-text('Mødt')",
        ".pick label:has-text('1 t.')",
        ".bottom button",
    ):
        tap(mentor, selector)
    mentor.page.locator(".receipt button").click()
    assert "trukket tilbage" in mentor.text()
    assert mentor.page.locator(".visit").count() == missing
