"""A server of the demo world in a database of its own, and a browser in which a role has been picked."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None
)
PATIENCE = 60  # seconds for the server to answer
expect.set_options(timeout=20_000)  # milliseconds; only a test that fails waits so long


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A busy machine can let a page miss its moment: a test here gets a second try, and the summary counts it."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class House:
    """A running server; `environment` is what its commands run with."""

    address: str
    environment: dict[str, str]
    log: Path

    def command(self, *arguments: str) -> str:
        """Runs a mentorkorps command on the same database and returns what it printed."""
        command = [BIN / "mentorkorps", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


URL = os.environ.get("DATABASE_URL", "sqlite:///:memory:")


def _database(tmp: Path) -> str:
    """A database beside the suite's own: a file, or a new one on the same PostgreSQL server."""
    if URL.startswith("sqlite"):
        return f"sqlite:///{tmp / 'browser.sqlite3'}"
    import psycopg

    server, name = URL.rsplit("/", 1)
    folder = server.split("@/", 1)[1]
    with psycopg.connect(host=folder, user="test", dbname=name, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS browser_{os.getpid()}")
        connection.execute(f"CREATE DATABASE browser_{os.getpid()}")
    return f"{server}/browser_{os.getpid()}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[House]:
    """The demo world, built or copied once, and served by gunicorn on a free loopback port."""
    tmp = tmp_path_factory.mktemp("house")
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MENTORKORPS_")} | {
        "DJANGO_SETTINGS_MODULE": "mentorkorps.settings_demo",
        "DATABASE_URL": _database(tmp),
        "MENTORKORPS_STATIC": str(tmp / "static"),
    }
    running = House(f"http://127.0.0.1:{port}", environment, tmp / "server.log")
    if URL.startswith("sqlite"):
        shutil.copy(request.getfixturevalue("demo_file").file, tmp / "browser.sqlite3")
    else:
        running.command("demo")
    running.command("collectstatic", "--no-input", "--verbosity", "0")
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    with running.log.open("w") as log:
        command = [BIN / "gunicorn", *options, "mentorkorps.wsgi"]
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait_for(running)
            yield running
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_for(house: House) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{house.address}/hjaelp/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not answer:\n{house.log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    assert CHROMIUM, "Chromium is not installed: apt-get install chromium"
    # Playwright leaves its loop running in this worker, where the tests that follow ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    switches = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=switches)


@dataclass
class Reader:
    """A person at a browser. `clicks` counts clicks, not typing; `complaints` are console and CSP errors."""

    page: Page
    house: House
    clicks: int = 0
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.house.address + path)

    def click(self, role: str, name: str, *, exact: bool = False) -> None:
        """Clicks a button, link, radio or box by what it is called, and waits for the page that follows."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self.clicks += 1
        # A form with a draft saves it before it is sent, and says that it is busy until the next page comes.
        self.page.locator("form[aria-busy]").wait_for(state="detached")
        self.page.wait_for_load_state()

    def type(self, field: str, text: str) -> None:
        """Types into the field with this name."""
        self.page.locator(f"main [name={field}]").first.fill(text)

    def text(self) -> str:
        """What the page says, once all of it has come."""
        self.page.wait_for_load_state()
        return self.page.locator("main").inner_text()


@pytest.fixture
def as_role(house: House, chromium: Browser) -> Iterator[Callable[..., Reader]]:
    """Opens a browser in which a role of the demo has been picked: `as_role("caseworker", width=390)`."""
    contexts = []

    def open_as(role: str, *, width: int = 1280) -> Reader:
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, locale="da-DK", timezone_id="Europe/Copenhagen")  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        contexts.append(context)
        reader = Reader(context.new_page(), house)
        reader.page.on("console", lambda m: reader.complaints.append(m.text) if m.type == "error" else None)
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.go("/")
        reader.page.locator(f'form[action="/proev/{role}/"] button').first.click()
        reader.page.wait_for_load_state()
        return reader

    yield open_as
    for context in contexts:
        context.close()
