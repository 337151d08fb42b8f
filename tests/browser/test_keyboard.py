"""Keys alone: a visitation answered, a contact logged on a narrow screen through the menu, a mentor chosen."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_TABS = 120  # no page of these has that many places to stop; more is a trap
SEEN = """() => {
  const drawn = (part) => part && getComputedStyle(part).outlineStyle !== "none";
  const here = document.activeElement;
  return drawn(here) || drawn(here.nextElementSibling);
}"""


def tab_to(reader: Reader, selector: str) -> None:
    """Presses Tab until what the selector names has focus; each stop on the way must show that it has it."""
    for _ in range(MOST_TABS):
        reader.page.keyboard.press("Tab")
        here = reader.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if reader.page.evaluate("document.activeElement !== document.body"):
            assert reader.page.evaluate(SEEN), f"no visible focus on {here}"
        if reader.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def press(reader: Reader, key: str) -> None:
    reader.page.keyboard.press(key)
    reader.page.wait_for_load_state()


def test_a_visitation_is_answered_with_keys(as_role: Callable[..., Reader]) -> None:
    caseworker = as_role("caseworker")
    caseworker.go("/min-dag/?vis=alt")
    tab_to(caseworker, ".skip")
    press(caseworker, "Enter")
    tab_to(caseworker, "main a[href^='/visitation/']")
    press(caseworker, "Enter")
    caseworker.page.wait_for_url("**/visitation/**")
    tab_to(caseworker, "#id_wants_mentor input")
    before = caseworker.page.evaluate("document.activeElement.id")
    with caseworker.page.expect_response(re.compile("/gem/")):
        press(caseworker, "ArrowRight")
    caseworker.page.locator("#saved").get_by_text("Kladde gemt").wait_for()
    after = caseworker.page.evaluate("[document.activeElement.id, document.activeElement.checked]")
    assert after[0].startswith("id_wants_mentor_") and after[0] != before and after[1]
    tab_to(caseworker, "button[value=decide]")
    assert not caseworker.complaints


def test_a_contact_is_logged_with_keys(as_role: Callable[..., Reader]) -> None:
    mentor = as_role("mentor", width=390)
    mentor.go("/min-konto/")
    tab_to(mentor, ".menu-btn[aria-expanded=false]")
    press(mentor, "Enter")
    assert mentor.page.locator(".menu-btn").get_attribute("aria-expanded") == "true"
    press(mentor, "Escape")
    assert mentor.page.evaluate("document.activeElement.matches('.menu-btn[aria-expanded=false]')")
    press(mentor, "Space")
    tab_to(mentor, "#menu a[href='/min-uge/']")
    press(mentor, "Enter")
    mentor.page.wait_for_url("**/min-uge/")
    tab_to(mentor, ".visit .big-btn")
    press(mentor, "Enter")
    mentor.page.wait_for_url("**/kontakt/")
    tab_to(mentor, ".bottom button")
    press(mentor, "Enter")
    mentor.page.locator("[data-focus]").wait_for()
    assert mentor.page.evaluate("document.activeElement.matches('.note-err[data-focus]')")
    tab_to(mentor, "main form input[name=outcome]")
    press(mentor, "Space")
    tab_to(mentor, "input[name=minutes_pick]")
    press(mentor, "Space")
    tab_to(mentor, ".bottom button")
    press(mentor, "Enter")
    mentor.page.wait_for_url("**gemt=**")
    assert "Gemt:" in mentor.page.locator(".receipt").inner_text()
    assert not mentor.complaints


def test_focus_is_not_lost_when_a_cpr_number_is_shown(as_role: Callable[..., Reader]) -> None:
    caseworker = as_role("caseworker")
    caseworker.go("/borgere/")
    tab_to(caseworker, "main a[href^='/borger/']")
    press(caseworker, "Enter")
    caseworker.page.wait_for_url("**/borger/*/")
    tab_to(caseworker, ".cpr-form button")
    press(caseworker, "Enter")
    caseworker.page.locator("#cpr [data-focus]:focus").wait_for()


def test_a_mentor_is_chosen_with_keys(as_role: Callable[..., Reader]) -> None:
    coordinator = as_role("coordinator")
    coordinator.go("/ugetavle/")
    # Courses without a mentor stand first on the board.
    coordinator.go(
        str(coordinator.page.locator("table.board a[href^='/forloeb/']").first.get_attribute("href"))
    )
    tab_to(coordinator, "main a[href$='/mentor/']")
    press(coordinator, "Enter")
    coordinator.page.wait_for_url("**/mentor/")
    tab_to(coordinator, "input[name=mentor]")
    press(coordinator, "Space")
    assert coordinator.page.evaluate("document.activeElement.checked")
    tab_to(coordinator, "textarea[name=reason]")
    coordinator.page.keyboard.type("Kender området")
    tab_to(coordinator, "main form button.button-primary")
    press(coordinator, "Enter")
    coordinator.page.wait_for_url(re.compile(r"/forloeb/[0-9a-f-]+/$"))
    assert "Forløbet har ingen mentor" not in coordinator.text()
    assert not coordinator.complaints
