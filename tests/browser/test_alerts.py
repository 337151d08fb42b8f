"""A missed week becomes an alert, the coordinator takes it, and a contact that is logged late closes it."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_missed_week_is_taken_and_closed_by_a_late_contact(as_role: Callable[..., Reader]) -> None:
    bodil = as_role("coordinator")
    page = bodil.page
    bodil.house.command("worker", "--once")
    bodil.go("/ugetavle/advarsler/?art=mangler")
    row = page.locator("table.alerts tbody tr").first
    alert = f"#{row.get_attribute('id')}"
    course = row.locator("th a").get_attribute("href")
    row.get_by_role("button", name="Tag den").click()
    page.wait_for_load_state()
    assert page.locator(alert).get_by_role("button", name="Fortryd").is_visible()

    bodil.go(f"{course}kontakt/")
    page.locator(".pick label:has-text('Mødt')").first.click()
    page.locator(".pick label:has-text('45 min.')").first.click()
    page.locator(".bottom button").first.click()
    page.locator(".receipt").wait_for()
    assert "Gemt:" in page.locator(".receipt").inner_text()

    bodil.house.command("worker", "--once")
    bodil.go("/ugetavle/advarsler/?art=alle")
    assert page.locator(alert).count() == 0
    bodil.go("/ugetavle/advarsler/?vis=lukkede&art=alle")
    assert "Mødt" in page.locator(alert).inner_text()
    assert "tog den" in page.locator(alert).inner_text()
    assert not bodil.complaints
