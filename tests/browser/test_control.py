"""Delivery control by three roles: the leader draws, the coordinator asks and follows, and the mentor answers."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from mentorkorps.domain.dates import add_months
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
EVERY_CASE = "500"  # so that the mentor of the demo is surely among them


def test_a_discrepancy_is_drawn_asked_answered_and_closed(as_role: Callable[..., Reader]) -> None:
    lene, bodil, fatima = as_role("leader"), as_role("coordinator"), as_role("mentor", width=390)
    name = fatima.page.locator(".who a").first.text_content().split(",")[0].strip()
    lene.go("/tilsyn/leverancekontrol/")
    newest = lene.page.locator("table tbody tr").count()
    lene.type("month", _month_before_the_drawn(newest))
    lene.type("size", EVERY_CASE)
    lene.click("button", "Træk sager")
    assert "sager er trukket" in lene.text()

    case = _case_of(name, lene)
    bodil.go(case)
    bodil.page.get_by_label("borgeren svarede").check()
    bodil.type("times", "0")
    bodil.click("button", "Gem svaret")
    assert "Det stemmer ikke." in bodil.text()
    bodil.click("button", "Opret afvigelsen")
    bodil.page.get_by_label("Spørg mentor").check()
    bodil.type("text", "Hvad blev det til i den måned?")
    bodil.click("button", "Gem skridtet")

    fatima.go("/kontrolspoergsmaal/")
    asked = fatima.page.locator("section.sec", has_text="Hvad blev det til i den måned?")
    asked.locator("textarea").fill("Vi mødtes som aftalt. Borgeren husker det i dag.")
    asked.get_by_role("button", name="Send svaret").click()
    fatima.page.wait_for_load_state()
    assert "Dit svar er sendt" in fatima.text()

    lene.go(case)
    assert "Vi mødtes som aftalt." in lene.text()
    lene.page.get_by_label("Luk afvigelsen").check()
    lene.type("text", "Borger og mentor er enige.")
    lene.page.locator("[name=outcome]").select_option("explained")
    lene.click("button", "Gem skridtet")
    assert "Lukket: forklaret, intet skal rettes." in lene.text()
    assert not lene.complaints + bodil.complaints + fatima.complaints


def _month_before_the_drawn(drawn: int) -> str:
    """The demo has drawn the last months; the one before them is free."""
    return f"{add_months(timezone.localdate().replace(day=1), -drawn - 1):%m-%Y}"


def _case_of(mentor: str, reader: Reader) -> str:
    """The address of a drawn case that is running and whose mentor it is."""
    control = reader.page.url.removeprefix(reader.house.address)
    for side in range(1, 12):
        reader.go(f"{control}?side={side}")
        rows = reader.page.locator("table tbody tr", has_text=mentor)
        for case in [row.locator("th a").get_attribute("href") for row in rows.all()]:
            reader.go(case or "")
            reader.click("link", "Åbn forløbet")
            if "afsluttet" not in reader.text().lower():
                return case or ""
            reader.go(f"{control}?side={side}")
    raise AssertionError(f"{mentor} has no running course in the sample")
