"""A proposal in a real browser: from a changed row to a paper, postponed with questions, read again and adopted."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]

TODAY = f"{date.today():%d-%m-%Y}"  # noqa: DTZ011 the demo lives on the real day
NAME = "Prøveniveau i browseren"


def propose(reader: Reader) -> None:
    """A proposal that changes one row of the level in force."""
    reader.go("/forslag/nyt/")
    reader.type("name", NAME)
    reader.type("purpose", "Mere tid til dem, der er sygemeldt")
    reader.type("in_force_from", "01-03-2027")
    reader.click("button", "Begynd forslaget")
    reader.click("link", "Redigér Sygedagpenge")
    reader.type("minutes_per_week", "150")
    reader.type("reason", "De bruger mere tid i dag")
    reader.click("button", "Gem rækken")
    assert "1 ændring" in reader.text()


def begin_paper(reader: Reader) -> str:
    """The proposal's paper for a meeting today; its address."""
    reader.click("link", "Skriv sagen")
    for field, text in (
        ("title", "Mere tid ved sygdom"), ("committee", "Prøveudvalget"), ("meeting_on", TODAY), ("case_number", "7"),
    ):  # fmt: skip
        reader.type(field, text)
    reader.click("button", "Begynd sagen")
    return reader.page.url


def write(reader: Reader, paper: str, heading: str, text: str) -> None:
    """Types into a text, and waits until it has saved itself."""
    reader.page.goto(paper)
    reader.page.get_by_role("link", name=re.compile(f"^Skriv {heading}")).last.click()
    reader.page.locator("#id_text").fill(text)
    reader.page.get_by_text("Gemt kl.").wait_for()
    reader.page.goto(paper)
    assert text.removeprefix("1. ") in reader.text()


def fetch_figure(reader: Reader, paper: str) -> None:
    """A figure of the demo's run, put where the cursor stands with a button."""
    reader.page.goto(paper)
    reader.click("link", "Hent tal fra en beregning")
    runs = reader.page.get_by_label("Beregning")
    runs.select_option(value=runs.locator("option", has_text="to timer om ugen").first.get_attribute("value"))
    reader.click("button", "Vis tallene")
    reader.type("name", "borgere")
    reader.page.get_by_label(re.compile("^I alt: borgere ")).check()
    reader.click("button", "Hent tallet")
    reader.click("link", "Skriv Baggrund")
    reader.click("button", "Sæt ind borgere")
    reader.page.get_by_text("Gemt kl.").wait_for()
    reader.click("button", "Gem og vis")
    assert reader.page.locator(".paper-sheet a.fig").inner_text().endswith("borgere")


def send(reader: Reader) -> None:
    reader.click("link", "Lås og send")
    reader.click("button", "Lås og send")
    assert "Sagen er låst som version" in reader.text()


def test_from_proposal_to_adoption(as_role: Callable[..., Reader]) -> None:
    reader = as_role("secretary")
    propose(reader)
    paper = begin_paper(reader)
    write(reader, paper, "Indstilling", "1. at udvalget godkender forslaget.")
    fetch_figure(reader, paper)
    send(reader)
    reader.click("link", "Skriv beslutningen på")
    reader.page.get_by_label("Udsat", exact=True).check()
    reader.type("decision", "Sagen udsættes.")
    reader.type("questions", "Hvad koster det?\nKan andre?")
    reader.click("button", "Skriv beslutningen på")
    reader.click("link", "Tag sagen op igen")
    reader.type("meeting_on", TODAY)
    reader.click("button", "Åbn sagen igen")
    write(reader, paper, "Svar: Hvad koster det", "Det kan holdes inden for rammen.")
    send(reader)
    reader.click("link", "Skriv beslutningen på")
    reader.page.get_by_label("Godkendt", exact=True).check()
    reader.type("decision", "Forslaget er vedtaget.")
    reader.click("button", "Skriv beslutningen på")
    assert "stemmer med dokumentet" in reader.text()
    assert "Version 4" in reader.text()
    reader.go("/forslag/historie/")
    told = reader.text().replace("\xa0", " ")
    assert "Fra 1. marts 2027: " + NAME in told
    assert "De bruger mere tid i dag" in told
    assert not reader.complaints
