"""A mentor's phone in a basement: contacts wait on it, and are sent once, in order, for the one who wrote them."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import CHROMIUM, ROOT, House, Reader
from tests.browser.test_every_page import AXE, RUN

pytestmark = pytest.mark.browser
anywhere = pytest.mark.skipif(
    "postgres" in os.environ.get("DATABASE_URL", ""),
    reason="what a phone does does not depend on the database",
)

MOST_TAPS, MOST_SECONDS = 10, 30  # what is promised of logging a contact; seconds only written down
MEASURED = ROOT / "var" / "phone.txt"
TOO_SLOW = """async () => {
  const real = AbortSignal.timeout;
  AbortSignal.timeout = () => AbortSignal.abort(new DOMException("", "TimeoutError"));
  const { why } = await Sender.send();
  AbortSignal.timeout = real;
  return why;
}"""
LIST = "Outbox.here().then(async (someone) => (someone ? Outbox.listOf(someone) : []))"


@pytest.fixture
def mentor(as_role: Callable[..., Reader]) -> Reader:
    """A mentor who has had Min uge open on the phone."""
    reader = as_role("mentor", width=390)
    arrive(reader.page, reader.house)
    return reader


def arrive(page: Page, house: House) -> list[dict[str, str]]:
    """Opens Min uge and waits until the phone has what it needs without a network; returns its list of citizens."""
    page.goto(f"{house.address}/min-uge/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until = time.monotonic() + 30
    while not (known := page.evaluate(LIST)):
        assert time.monotonic() < until, "the phone got no list"
        page.wait_for_timeout(50)
    return list(known)


def cut(context: BrowserContext, page: Page) -> None:
    """Takes the network away and opens the house all the same.

    The worker hears that the network is gone a moment after the page does, and until then it still finds the house.
    """
    context.set_offline(True)
    until = time.monotonic() + 30
    page.reload()
    while not page.title().startswith("Kontakter på telefonen"):
        assert time.monotonic() < until, "the worker still has a network"
        page.reload()
    expect(page.get_by_role("heading", name="Registrér uden net")).to_be_visible()


def log(page: Page, note: str, *, minutes: str = "45 min.") -> None:
    """Logs a meeting with the first citizen on the page without a network."""
    rows = page.locator("[data-rows] > li").count()
    page.locator("[data-who] label").first.click()
    page.locator("form[data-offline] .pick label", has_text="Mødt").click()
    page.locator("form[data-offline] .pick label", has_text=minutes).click()
    page.locator("details.more > summary").click()
    page.locator("[name=note]").fill(note)
    page.get_by_role("button", name="Gem på telefonen").click()
    expect(page.locator("[data-rows] > li")).to_have_count(rows + 1)


TOLD = count(1)


def new(note: str) -> str:
    """A note that nobody has written before, also where a test is tried again."""
    return f"{note} ({next(TOLD)})"


def state(page: Page) -> Any:
    return page.locator("[data-state]")


def notes_of(reader: Reader, course: str, *notes: str) -> list[str]:
    """Those of `notes` that stand among the contacts of a course, as often as they stand there, the latest first."""
    reader.go(f"/forloeb/{course}/kontakter/")
    lines = reader.page.locator(".contacts > li").all_inner_texts()
    return [note for line in lines for note in notes if note in line]


def pick(page: Page, house: House, role: str) -> None:
    """Signs in as somebody on the same phone, once the sign-in before has ended."""
    page.context.clear_cookies()
    page.goto(f"{house.address}/")
    page.locator(f'form[action="/proev/{role}/"] button').first.click()
    page.wait_for_load_state()


@anywhere
def test_a_contact_in_few_taps_and_seconds(mentor: Reader) -> None:
    began, taps = time.monotonic(), 0
    for selector in (
        "a[href*='/kontakt/']:has-text('Registrér')",
        ".pick label:has-text('Mødt')",
        ".pick label:has-text('45 min.')",
        ".bottom button",
    ):
        mentor.page.locator(selector).first.click()
        taps += 1
    expect(mentor.page.locator(".receipt")).to_contain_text("Gemt")
    seconds = time.monotonic() - began
    assert taps <= MOST_TAPS
    MEASURED.parent.mkdir(exist_ok=True)
    with MEASURED.open("a") as lines:
        lines.write(
            f"{taps} taps, {seconds:.1f} s from Min uge to receipt (promised: {MOST_TAPS}, {MOST_SECONDS} s)\n"
        )
    assert mentor.page.evaluate("Outbox.here().then((someone) => Outbox.count(someone.user))") == 0
    assert not mentor.complaints


def test_no_network_then_two_tabs_send_once_in_order(mentor: Reader) -> None:
    page, context = mentor.page, mentor.page.context
    course, notes = page.evaluate(LIST)[0]["course"], [new(f"Kælder {place}") for place in (1, 2, 3)]
    sent: list[list[str]] = []
    context.on("request", lambda r: sent.append([c["note"] for c in r.post_data_json["contacts"]])
               if r.url.endswith("/telefon/kontakter/") and r.post_data_json["contacts"] else None)  # fmt: skip
    page.goto(f"{mentor.house.address}/forloeb/{course}/kontakt/")
    page.locator(".pick label", has_text="Udeblevet").click()
    page.locator("details.more > summary").click()
    page.locator("[name=note]").fill(notes[0])
    context.set_offline(True)
    page.locator(".bottom button").click()
    expect(state(page)).to_contain_text("1 kontakt ligger kun på denne telefon")
    log(page, notes[1])
    log(page, notes[2])
    page.reload()
    expect(page.locator("[data-rows] > li")).to_have_count(3)
    other = context.new_page()
    other.goto(f"{mentor.house.address}/min-uge/")
    expect(state(other)).to_contain_text("3 kontakter ligger kun på denne telefon")
    context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator("[data-rows] > li")).to_have_count(0)
    assert sent == [notes]
    assert notes_of(mentor, course, *notes) == notes[::-1]


@anywhere
def test_a_server_that_fails_twice_loses_nothing(mentor: Reader) -> None:
    page, context = mentor.page, mentor.page.context
    course, note = page.evaluate(LIST)[0]["course"], new("To fejl")
    refused: list[int] = []

    def refuse(route: Route) -> None:
        refused.append(500)
        route.fulfill(status=500)

    cut(context, page)
    log(page, note)
    context.route("**/telefon/kontakter/", refuse)
    context.set_offline(False)
    expect(state(page)).to_contain_text("Serveren svarer ikke lige nu")
    page.evaluate("Sender.send()")
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    assert page.evaluate(TOO_SLOW) == "not_now", "a server that is busy is not a network that is gone"
    assert len(refused) >= 2  # the phone tries by itself too, after five seconds
    context.unroute("**/telefon/kontakter/")
    page.evaluate("Sender.send()")
    expect(page.locator("[data-rows] > li")).to_have_count(0)
    assert notes_of(mentor, course, note) == [note]


def test_an_ended_sign_in_and_another_user_on_the_same_phone(mentor: Reader) -> None:
    page, house = mentor.page, mentor.house
    course, note = page.evaluate(LIST)[0]["course"], new("Fatimas egen")
    cut(page.context, page)
    log(page, note)
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("Du er logget af. Log ind")
    expect(page.get_by_role("link", name="Log ind")).to_be_visible()

    pick(page, house, "company_mentor")
    page.goto(f"{house.address}/min-uge/")
    expect(page.locator("[data-phone-note]")).to_be_hidden()
    page.goto(f"{house.address}/telefon/")
    expect(state(page)).to_contain_text("Der ligger ingen kontakter på telefonen")
    expect(page.locator("[data-rows] > li")).to_have_count(0)
    assert course not in [each["course"] for each in page.evaluate(LIST)]

    pick(page, house, "mentor")
    expect(page.locator("[data-phone-note]")).to_contain_text("1 kontakt fra telefonen er sendt")
    assert notes_of(mentor, course, note) == [note]


@anywhere
def test_signing_out_asks_before_anything_is_lost(mentor: Reader) -> None:
    page, house = mentor.page, mentor.house
    cut(page.context, page)
    log(page, "Ikke endnu")
    page.context.route("**/telefon/kontakter/", lambda route: route.fulfill(status=500))
    page.context.set_offline(False)
    page.goto(f"{house.address}/min-uge/")
    expect(page.locator("[data-phone-note]")).to_contain_text("1 kontakt ligger kun på denne telefon")
    leave = page.get_by_role("button", name="Log af", exact=True)
    page.get_by_role("button", name="Menu").click()
    leave.click()
    dialog = page.locator("[data-phone-leave]")
    expect(dialog).to_contain_text("ellers går de tabt")
    page.evaluate(AXE.read_text())
    assert page.evaluate(RUN) == []
    dialog.get_by_role("button", name="Send dem, og log af").click()
    expect(dialog).to_contain_text("Ikke sendt. Serveren svarer ikke")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    leave.click()
    expect(dialog).to_be_visible()
    page.context.unroute("**/telefon/kontakter/")
    dialog.get_by_role("button", name="Send dem, og log af").click()
    page.wait_for_url(f"{house.address}/")
    assert page.evaluate("Outbox.people()") == []


@anywhere
def test_a_form_that_needs_a_network_keeps_what_is_typed(mentor: Reader) -> None:
    page = mentor.page
    mentor.go("/min-uge/gruppe/")
    page.locator(".pick label", has_text="Kom").first.click()
    page.context.set_offline(True)
    page.locator(".bottom button").click()
    expect(page.locator("[data-phone-note]")).to_contain_text("Det, du har skrevet, står her stadig")
    expect(page.locator("[data-phone-note]")).to_be_in_viewport()
    assert page.locator("[name^=who_]:checked[value=met]").count() == 1


@anywhere
def test_a_rejected_contact_is_mended_or_thrown_away_on_purpose(mentor: Reader) -> None:
    page, context = mentor.page, mentor.page.context
    course, mended, thrown = page.evaluate(LIST)[0]["course"], new("Skal rettes"), new("Skal slettes")
    cut(context, page)
    log(page, mended)
    log(page, thrown)
    user = page.evaluate("Outbox.here().then((someone) => someone.user)")
    page.evaluate(
        """async (user) => { for (const row of await Outbox.rows(user)) {
            row.fields.day = "2001-01-01"; await Outbox.keep(user, row); } }""",
        user,
    )
    context.set_offline(False)
    expect(page.locator(".wrong").first).to_contain_text("Forløbet løber fra")
    expect(state(page)).to_contain_text("De skal rettes, før de kan sendes")
    page.get_by_role("button", name="Slet").nth(1).click()
    page.get_by_role("button", name="Behold den").click()
    expect(page.locator("[data-rows] > li")).to_have_count(2)
    page.get_by_role("button", name="Slet").nth(1).click()
    page.get_by_role("button", name="Slet den").click()
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    page.get_by_role("button", name="Ret").first.click()
    expect(page.locator("[data-wrong-box]")).to_be_focused()
    page.locator(".pick label", has_text="I dag").click()
    page.get_by_role("button", name="Gem på telefonen").click()
    expect(state(page)).to_contain_text("1 kontakt fra telefonen er sendt")
    assert notes_of(mentor, course, mended, thrown) == [mended]


def test_a_lost_phone_is_wiped_when_it_calls(mentor: Reader, as_role: Callable[..., Reader]) -> None:
    page = mentor.page
    cut(page.context, page)
    log(page, "Tabt i bussen")
    elsewhere = as_role("mentor")
    elsewhere.go("/telefoner/")
    phone = page.evaluate("Outbox.here().then((someone) => someone.phone)")
    section = elsewhere.page.locator("section.sec", has=elsewhere.page.locator(f'input[value="{phone}"]'))
    section.get_by_text("Telefonen er væk").click()
    section.get_by_role("button").click()
    assert "er meldt mistet" in elsewhere.text()
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("Telefonen er meldt mistet")
    assert page.evaluate("Outbox.people()") == []
    assert page.evaluate("Outbox.rows('x')") == []


def test_two_posts_at_once_with_one_key_are_one_contact(mentor: Reader) -> None:
    posts = """async ([course, key, note]) => {
      const someone = await Outbox.here(), { token } = await (await fetch("/telefon/hilsen/")).json();
      const day = new Date().toISOString().slice(0, 10);
      const contacts = [{ key, course, day, outcome: "no_show", how: "in_person", note }];
      const body = JSON.stringify({ phone: someone.phone, user: someone.user, name: "Prøve", contacts });
      const post = () => fetch("/telefon/kontakter/", { method: "POST", body, headers: { "X-CSRFToken": token } });
      const answers = await Promise.all([1, 2, 3, 4].map(post));
      return Promise.all(answers.map(async (answer) => (await answer.json()).results[0].state));
    }"""
    course = mentor.page.evaluate(LIST)[0]["course"]
    key = mentor.page.evaluate("crypto.randomUUID()")
    note = new("På én gang")
    states = mentor.page.evaluate(posts, [course, key, note])
    assert sorted(states) == ["known", "known", "known", "stored"]
    assert notes_of(mentor, course, note) == [note]


@pytest.fixture
def persistent(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """A browser on a profile of its own, which can be killed and opened again."""
    opened: list[BrowserContext] = []

    def launch() -> BrowserContext:
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path), executable_path=CHROMIUM, viewport={"width": 390, "height": 844}, locale="da-DK",
            timezone_id="Europe/Copenhagen", args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )  # fmt: skip
        opened.append(context)
        return context

    yield launch
    opened[-1].close()


def kill(profile: Path) -> None:
    """Ends the browser of a profile as a flat battery does."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)


@anywhere
def test_a_killed_browser_sends_when_it_is_opened_again(
    house: House, persistent: Callable[[], BrowserContext], tmp_path: Path
) -> None:
    context = persistent()
    page = context.pages[0]
    pick(page, house, "mentor")
    course, note = arrive(page, house)[0]["course"], new("Før batteriet døde")
    cut(context, page)
    log(page, note)
    page.wait_for_timeout(300)  # the disk has it
    kill(tmp_path)
    with suppress(Exception):
        context.close()

    page = persistent().pages[0]
    page.goto(f"{house.address}/telefon/")
    pick(page, house, "mentor")
    expect(page.locator("[data-phone-note]")).to_contain_text("1 kontakt fra telefonen er sendt")
    assert notes_of(Reader(page, house), course, note) == [note]


@anywhere
def test_the_page_without_a_network_is_for_everyone(mentor: Reader) -> None:
    """By keys alone, in light and dark, narrow and wide, with a contact that waits and a form that lacks something."""
    page = mentor.page
    cut(page.context, page)
    page.locator("[name=course]").first.focus()
    page.evaluate("Sender.send()")  # another try in the meantime takes no focus away
    expect(page.locator("[name=course]").first).to_be_focused()
    for key in ("Space", "Tab", "Tab", "ArrowDown"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Gem på telefonen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    expect(page.locator("[data-state]")).to_be_focused()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Gem på telefonen").press("Enter")
    expect(page.locator("[data-wrong-box]")).to_be_focused()
    page.evaluate(AXE.read_text())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(RUN) == [], (scheme, width)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
