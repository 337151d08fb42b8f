"""A note that is typed is safe: while one types, when the session ends, and when one comes back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]
NOTE = "Jens ringede i dag og vil gerne flytte mødet til fredag."


@pytest.fixture
def worker(as_role: Callable[..., Reader]) -> Reader:
    reader = as_role("caseworker")
    reader.go("/borgere/")
    reader.page.locator("main table a[href^='/borger/']").first.click()
    reader.page.locator("a[href$='/notat/']").first.click()
    reader.page.wait_for_load_state()
    return reader


def test_what_is_typed_is_put_back_until_it_is_thrown_away(worker: Reader) -> None:
    worker.type("text", NOTE)
    worker.page.get_by_text("Gemt som kladde kl.").wait_for()
    worker.page.reload()
    assert worker.page.locator("[name=text]").input_value() == NOTE
    assert "er sat ind" in worker.text()
    worker.page.get_by_role("button", name="Smid kladden væk").click()
    worker.page.get_by_text("er sat ind").wait_for(state="detached")
    assert worker.page.locator("[name=text]").input_value() == ""
    assert not worker.complaints


def test_what_is_typed_before_the_script_has_come_is_kept_too(worker: Reader) -> None:
    held: list[Route] = []
    script = re.compile(r"/js/draft\b")
    worker.page.route(script, lambda route: held.append(route), times=1)
    with worker.page.expect_request(script):
        worker.page.reload(wait_until="commit")
    worker.type("text", NOTE)
    held[0].continue_()
    worker.page.get_by_text("Gemt som kladde kl.").wait_for()
    worker.page.reload()
    assert worker.page.locator("[name=text]").input_value() == NOTE


def test_a_session_that_ends_costs_no_word(worker: Reader) -> None:
    page, kept = worker.page, worker.page.context.cookies()
    worker.type("text", NOTE[:20])
    page.get_by_text("Gemt som kladde kl.").wait_for()
    page.context.clear_cookies(name="mk_session")
    worker.type("text", NOTE)
    page.get_by_role("button", name="Gem notat").click()
    page.get_by_text("Du er logget af.").wait_for()
    assert page.locator("[name=text]").input_value() == NOTE, "the page stays as it is"
    page.context.add_cookies(kept)  # signed in again in another window
    page.get_by_role("button", name="Gem notat").click()
    page.get_by_text("Notatet er gemt i sagen.").wait_for()
    assert NOTE in worker.text()


def test_signing_in_again_brings_the_text_back(worker: Reader) -> None:
    page, kept, place = worker.page, worker.page.context.cookies(), worker.page.url
    worker.type("text", NOTE)
    page.get_by_text("Gemt som kladde kl.").wait_for()
    page.context.clear_cookies()
    page.goto(place)
    assert "/konto/login/" in page.url
    page.context.add_cookies(kept)
    page.goto(place)
    assert page.locator("[name=text]").input_value() == NOTE


def test_a_draft_that_gets_no_answer_does_not_hold_back_the_form(worker: Reader) -> None:
    page, sent = worker.page, []
    page.route("**/notat/", lambda route: None if route.request.headers.get("x-draft") else route.continue_())
    page.on("request", lambda each: sent.append(each.method) if not each.headers.get("x-draft") else None)
    worker.type("text", NOTE)
    page.get_by_role("button", name="Gem notat").dblclick()
    page.get_by_text("Notatet er gemt i sagen.").wait_for()
    assert sent.count("POST") == 1
