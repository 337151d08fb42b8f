"""From a wave that is missing to a picture with two views, and from the network to a step that is done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_mentor_reads_aloud_and_says_that_a_step_is_done(as_role: Callable[..., Reader]) -> None:
    mentor = as_role("mentor", width=390)
    mentor.go("/min-uge/")
    address = mentor.page.locator("section[aria-labelledby=h-maalinger] a").first.get_attribute("href")
    mentor.go(address or "")
    mentor.page.locator("a[href$='/citizen/']").last.click()
    # The questions are only counted once they are all there, and the button comes after them.
    expect(mentor.page.get_by_role("button", name="Gem svarene")).to_be_visible()
    for question in mentor.page.locator("form.rate fieldset[id^=id_q_]").all():
        question.locator("input").nth(3).check()
    mentor.click("button", "Gem svarene")
    expect(mentor.page.locator("main")).to_contain_text("er gemt")
    expect(mentor.page.locator(".panel").nth(5)).to_be_visible()
    expect(mentor.page.locator("path.by-citizen").nth(6)).to_be_attached()
    assert not mentor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not mentor.complaints


def test_a_caseworker_finishes_a_step_and_makes_a_sheet(as_role: Callable[..., Reader]) -> None:
    helle = as_role("caseworker")
    helle.go("/borgere/")
    helle.page.locator("main [name=q]").fill("Karla Prøve")
    helle.page.get_by_role("button", name="Søg").first.click()
    helle.page.locator("main a[href^='/borger/']", has_text="Karla").first.click()
    helle.page.locator("ul.courses a[href^='/forloeb/']").first.click()
    helle.page.locator("a[href$='/netvaerk/']").first.click()
    expect(helle.page.locator("main")).to_contain_text("del ikke")
    helle.page.locator("tr", has_text="Torsdagscafé").get_by_role("link", name="Det er gjort").click()
    helle.page.get_by_label("Det er gjort").check()
    helle.type("next_step", "Hjælpe i caféen")
    helle.click("button", "Gem")
    expect(helle.page.locator("main")).to_contain_text("Hjælpe i caféen")
    expect(helle.page.locator("main")).to_contain_text("Det er gjort")
    helle.click("link", "Lav koordineringsark")
    expect(helle.page.locator("main")).to_contain_text("ADHD-forening (samtykke mangler)")
    assert helle.page.get_by_label("ADHD-forening").count() == 0
    assert not helle.complaints
