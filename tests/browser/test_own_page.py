"""A mentor makes a link, the citizen opens it once and answers, and the caseworker finds the “no”."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import House, Reader
from tests.browser.test_every_page import AXE, RUN

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def citizen(chromium: Browser, house: House) -> object:
    """The citizen's own telephone, which nobody has signed in on."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
    context.set_default_timeout(30_000)
    yield Reader(context.new_page(), house)
    context.close()


def test_the_whole_way_round(citizen: Reader, as_role: Callable[..., Reader]) -> None:
    worker = as_role("caseworker")
    worker.go("/borgersvar/")
    waiting = worker.page.locator("main section").count()
    link = _link_from(worker)
    citizen.page.goto(link)
    citizen.click("button", "Åbn min side")
    assert citizen.page.url == f"{citizen.house.address}/min-side/"
    assert "Din mentor er" in citizen.text() and "Det har du ret til" in citizen.text()
    citizen.page.evaluate(AXE.read_text())
    assert citizen.page.evaluate(RUN) == []
    assert not citizen.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    citizen.page.locator("form.asked").nth(1).get_by_role("button", name="Nej").click()
    assert "Du har svaret nej" in citizen.text()
    citizen.page.get_by_label("Hvad er vigtigt for dig?").fill("En der har tid om aftenen")
    citizen.click("button", "Gem mit ønske")
    assert "Vi har gemt dit ønske" in citizen.text()
    citizen.click("link", "English")
    assert "Your mentor is" in citizen.text()
    assert citizen.page.evaluate("document.documentElement.lang") == "en"
    assert not citizen.complaints

    worker.go("/borgersvar/")
    assert worker.page.locator("main section").count() == waiting + 1
    _refused_the_second_time(citizen, link)


def _link_from(worker: Reader) -> str:
    """The link of the citizen who has said “no” before, from the course's page."""
    worker.page.locator("main section h2 a").first.click()
    worker.click("link", "Borgerens egen side")
    worker.click("button", "Lav link")
    assert worker.page.locator("svg.qr").is_visible()
    return worker.page.get_by_label("Eller skriv linket af").input_value()


def _refused_the_second_time(citizen: Reader, link: str) -> None:
    cookies = citizen.page.context.cookies()
    visit = next(each for each in cookies if each["name"] == "mk_borger")
    assert (visit["path"], visit["httpOnly"]) == ("/min-side/", True)
    citizen.page.context.clear_cookies()
    citizen.page.goto(link)
    citizen.click("button", "Åbn min side")
    assert "Du kan ikke komme ind nu" in citizen.text()
