"""A mentor falls ill, by three roles: the mentor tells, the coordinator covers, and the journal has each step."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
WHY = "Borgeren vil hellere vente."


def test_an_illness_is_told_covered_and_over(as_role: Callable[..., Reader]) -> None:
    fatima, bodil, dan = as_role("mentor", width=390), as_role("coordinator"), as_role("dpo")
    name = (fatima.page.locator(".who a").first.text_content() or "").split(",")[0].strip()
    fatima.go("/min-uge/")
    fatima.page.get_by_text("Jeg er syg", exact=True).click()
    fatima.page.get_by_role("button", name="Meld mig syg").click()
    expect(fatima.page.get_by_text("Du er meldt syg fra i dag.")).to_be_visible()

    bodil.go("/korps/fravaer/")
    away = bodil.page.locator("section", has=bodil.page.get_by_role("heading", name="Mentorer, der er væk"))
    of_fatima = away.locator("tr").filter(has=bodil.page.locator("th", has_text=name))
    of_fatima.locator("td a").first.click()
    expect(bodil.page).to_have_url(re.compile("mentor="))
    bodil.page.get_by_role("navigation", name="Vis").get_by_role("link", name="Alle").first.click()
    expect(bodil.page).to_have_url(re.compile("vis=alle"))
    for _ in range(2):
        _choose(bodil)
        bodil.page.locator("main input[name=mentor]").first.check()
        bodil.page.get_by_role("button", name="Sæt vikar ind").click()
        expect(bodil.page.get_by_text("Giv overleveringen videre, før de mødes.")).to_be_visible()
    _choose(bodil)
    bodil.page.get_by_role("button", name="Ingen vikar").click()
    expect(bodil.page.get_by_text("har ingen vikar nu. Grunden er gemt.")).to_be_visible()

    fatima.page.get_by_role("button", name="Jeg er tilbage").click()
    expect(fatima.page.get_by_text("Velkommen tilbage.")).to_be_visible()
    expect(fatima.page.get_by_text("Jeg er syg", exact=True)).to_be_visible()

    bodil.go("/korps/fravaer/")
    expect(of_fatima).to_have_count(0)
    restored = bodil.page.locator(
        "details", has=bodil.page.get_by_text(f"{name}, tilbage", exact=False)
    ).first
    expect(restored.get_by_text("er ikke vikar længere")).to_have_count(2)
    expect(restored.get_by_text(f"ingen vikar ({WHY})")).to_have_count(1)

    dan.go("/journal/?art=change")
    told = [line.split("\n")[0] for line in dan.page.locator("td[data-t=Hvad]").all_inner_texts()][:20]
    for step in ("Registreret mentors fravær", "Sat vikar ind", "Ladet forløb være uden vikar", "Afsluttet vikar",
                 "Mentor er tilbage"):  # fmt: skip
        assert step in told, f"{step} is not in the journal: {told}"
    assert not fatima.complaints + bodil.complaints + dan.complaints


def _choose(reader: Reader) -> None:
    """Opens the first citizen without a substitute or a reason, and writes the reason."""
    open_rows = reader.page.locator("table.away tr").filter(has_not_text=WHY)
    open_rows.get_by_role("link", name="Vælg en anden eller ingen").first.click()
    reader.type("reason", WHY)
