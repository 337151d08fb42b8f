"""Hvad nu hvis in a real browser: a slider moved by keys is answered, kept in the address, saved and made again."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]

ANSWER = re.compile(r"/hvad-nu-hvis/\?")
PICTURES = re.compile(r"/hvad-nu-hvis/diagrammer/")
ROW = "aktivitetsparate-under-30"


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def test_a_slider_moved_by_keys_is_answered_kept_and_saved(as_role: Callable[..., Reader]) -> None:
    reader = as_role("secretary")
    page = reader.page
    reader.go("/hvad-nu-hvis/")
    assert "ændrer ingenting endnu" in page.locator("#answer").inner_text()
    number, slider = page.locator(f"#id_a-{ROW}"), page.locator(f"[data-for='id_a-{ROW}']")
    before = int(number.input_value())
    with page.expect_response(PICTURES), page.expect_response(ANSWER):
        slider.press("ArrowRight")
    assert number.input_value() == str(before + 5)
    page.locator("#answer .lead").get_by_text("flere om ugen").wait_for()
    assert page.evaluate("document.activeElement.dataset.for") == f"id_a-{ROW}"
    assert f"a-{ROW}={before + 5}" in page.url
    assert page.locator("tr.changed").count() == 1
    page.locator("#charts svg[role=img]").first.wait_for()

    with page.expect_response(ANSWER):
        number.fill("mange")
    page.locator(f"#id_a-{ROW}_error").get_by_text("er ikke et tal").wait_for()
    with page.expect_response(ANSWER):
        number.fill(str(before + 60))
    page.locator("#answer .lead").get_by_text("flere om ugen").wait_for()
    said = plain(page.locator("#answer .lead").inner_text())
    page.reload()
    assert plain(page.locator("#answer .lead").inner_text()) == said

    reader.type("title", "En time mere til de unge")
    reader.click("button", "Gem", exact=True)
    assert "Den ændrer sig ikke mere" in reader.text()
    reader.click("link", "Regn igen")
    assert "Samme cifre." in reader.text()
    assert not reader.complaints


def test_the_page_answers_without_a_script(as_role: Callable[..., Reader]) -> None:
    reader = as_role("leader")
    bare = reader.page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=reader.page.context.storage_state()
    )
    page = bare.new_page()
    page.goto(f"{reader.house.address}/hvad-nu-hvis/")
    assert page.locator("input[type=range]").first.is_hidden()
    page.locator(f"#id_a-{ROW}").fill("180")
    page.locator("noscript button, button:has-text('Regn')").last.click()
    assert "flere om ugen" in page.locator("#answer").inner_text()
    assert page.locator("#charts svg[role=img]").count() >= 1
    bare.close()
