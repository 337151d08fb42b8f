"""A missed week becomes an alert, the coordinator takes it, and a contact that is logged late closes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from mentorkorps.domain.dates import field_date, long_date, short_date
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


def test_a_missed_week_is_taken_and_closed_by_a_late_contact(as_role: Callable[..., Reader]) -> None:
    bodil, today = as_role("coordinator"), timezone.localdate()
    page, sunday = bodil.page, today - timedelta(days=today.isoweekday())
    bodil.house.command("worker", "--once")
    bodil.go("/ugetavle/advarsler/?art=mangler")
    row = page.locator("table.alerts tbody tr", has_text=f"til {short_date(sunday)}").first
    alert = f"#{row.get_attribute('id')}"
    course = row.locator("th a").get_attribute("href")
    for press in ("Tag den", "Fortryd", "Tag den"):
        page.locator(alert).get_by_role("button", name=press).click()
    page.locator(alert).get_by_role("button", name="Fortryd").wait_for()

    bodil.go(f"{course}kontakt/")
    for choice in ("Anden dag", "Mødt", "45 min."):
        page.locator(".pick label", has_text=choice).first.click()
    bodil.type("day", field_date(sunday))
    page.locator(".bottom button").click()
    receipt = page.locator(".receipt")
    receipt.wait_for()
    assert "Gemt:" in receipt.inner_text() and long_date(sunday) in receipt.inner_text()

    bodil.house.command("worker", "--once")
    bodil.go("/ugetavle/advarsler/?art=alle")
    assert page.locator(alert).count() == 0
    bodil.go("/ugetavle/advarsler/?vis=lukkede&art=alle")
    closed = page.locator(alert).inner_text()
    assert "Mødt" in closed and "tog den" in closed
    assert not bodil.complaints
