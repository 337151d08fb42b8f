"""The coordinator takes an alert in the browser, and gives it back."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_an_alert_is_taken_and_given_back(as_role: Callable[..., Reader]) -> None:
    bodil = as_role("coordinator")
    page = bodil.page
    bodil.go("/ugetavle/advarsler/?art=mangler")
    alert = f"#{page.locator('table.alerts tbody tr').first.get_attribute('id')}"
    page.locator(alert).get_by_role("button", name="Tag den").click()
    page.locator(alert).get_by_role("button", name="Fortryd").click()
    page.locator(alert).get_by_role("button", name="Tag den").wait_for()
    assert not bodil.complaints
