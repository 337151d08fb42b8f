"""An invoice from its file to a payment, by two people: read, a difference settled, approved, and handed over once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import Reader
from tests.ledger.paper_invoices import Paper, PaperLine, as_xml

pytestmark = pytest.mark.browser

MOST_DIFFERENCES = 6
PROVIDER = "10000000"  # the first of the demo's suppliers


def a_line_of_before(controller: Reader) -> PaperLine:
    """An hour more for a citizen and a month that the supplier has been paid for already."""
    controller.go("/fakturaer/?vis=overdraget")
    controller.page.locator("tr:has-text('Prøvehuset') th a").first.click()
    controller.page.wait_for_load_state()
    cells = controller.page.locator("table.three-way tbody tr").first.inner_text()
    number = re.search(r"[A-Z]{2}-\d+", cells)
    month = re.search(r"(\d\d)-(20\d\d)", cells)
    assert number and month, cells
    return PaperLine(
        reference=number[0], hours="1", month=date(int(month[2]), int(month[1]), 1), price=99_900
    )


def settle_all(controller: Reader) -> int:
    """Reduces every difference of the invoice to what there is ground for; returns how many there were."""
    for settled in range(MOST_DIFFERENCES):
        waiting = controller.page.locator(".offs li:has(.say.open) .do a")
        if not waiting.count():
            return settled
        waiting.first.click()
        controller.page.wait_for_load_state()
        controller.page.locator("input[name=way][value=reduce]").check()
        controller.type("pay", "0")
        controller.type("reason", "Timen er betalt før.")
        controller.click("button", "Gem afklaringen")
    raise AssertionError(controller.text())


def hand_over_twice_at_once(controller: Reader) -> list[str]:
    """Two requests at the same moment for everything that is ready; returns the page that each of them ends on."""
    page = controller.page
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    keys = page.locator("input[name=faktura]").evaluate_all("boxes => boxes.map(box => box.value)")
    token = page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
    data = urlencode({"csrfmiddlewaretoken": token, "faktura": keys}, doseq=True).encode()
    together = Barrier(2)

    def post(_: int) -> str:
        together.wait()
        request = Request(f"{controller.house.address}/betalinger/", data, {"Cookie": cookies})
        with urlopen(request, timeout=30) as answer:
            return answer.geturl().removeprefix(controller.house.address)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(post, range(2)))


def test_an_invoice_is_read_settled_approved_and_handed_over(as_role: Callable[..., Reader]) -> None:
    controller = as_role("controller")
    line = a_line_of_before(controller)
    other = PaperLine(reference="FJ-9999", hours="2", price=41_500, month=line.month)
    file = as_xml(Paper(number="TEST-1", cvr=PROVIDER, lines=(line, other)))
    controller.go("/fakturaer/hent-ind/")
    controller.page.set_input_files(
        "input[name=files]",
        [
            {"name": "faktura.xml", "mimeType": "text/xml", "buffer": file},
            {"name": "itu.xml", "mimeType": "text/xml", "buffer": file[:500]},
        ],
    )
    controller.click("button", "Læs filerne")
    assert "ikke gyldig XML" in controller.text()
    controller.click("button", "Tag 1 ind")
    controller.click("link", "TEST-1")
    address = controller.page.url.removeprefix(controller.house.address)
    assert settle_all(controller) >= 2
    controller.click("button", "Kontrollen er færdig")
    controller.click("button", "Godkend til betaling")
    assert "En anden person skal godkende" in controller.text()

    leader = as_role("leader", width=390)
    leader.go(address)
    leader.click("button", "Godkend til betaling")
    assert "klar til betaling" in leader.text()

    controller.go("/betalinger/")
    places = hand_over_twice_at_once(controller)
    assert places.count("/betalinger/") == 1, "one of two who press at once is told that it is done already"
    controller.go(max(places, key=len))
    assert "TEST-1" in controller.text()
    with controller.page.expect_download() as file_of_postings:
        controller.page.get_by_role("button", name="(CSV)").click()
    assert re.fullmatch(r"betaling-\d+\.csv", file_of_postings.value.suggested_filename)
    controller.go(address)
    assert "Overdraget" in controller.text()
    assert not controller.complaints and not leader.complaints
