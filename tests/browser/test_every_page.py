"""Every page that a role can reach, at 1280 and 390 px: axe finds nothing, nothing complains, nothing scrolls sideways.

Each role begins at its menu and follows links; one page of each kind of address is walked. A kind of page is drawn and
read by axe, in both widths, as the first role that meets it; of the roles after it, what they get is only asked for and
its links followed. The pages do not depend on the database, so this runs on SQLite only.
"""

import re
from collections.abc import Callable, Collection
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from mentorkorps.municipality.models import Role
from tests.browser.conftest import ROOT, Reader

AXE = Path(ROOT / "node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = f"{{runOnly: {TAGS}, resultTypes: ['violations']}}"
RUN = f"async () => (await axe.run({OPTIONS})).violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)])"
FILES = ("pdf", "xlsx", "csv", "word", "pptx", "ics", "json")

pytestmark = [pytest.mark.browser, pytest.mark.once]

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
READ: set[str] = set()  # kinds of page that were drawn without a fault


def kind_of(address: str) -> str | None:
    """The name of the page at an address, or None when it is no page of ours."""
    path = urlsplit(address).path
    if path.rstrip("/").endswith(FILES):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name


def walk(reader: Reader, check: Callable[[str], None], known: Collection[str] = ()) -> set[str]:
    """Follows links from where the reader stands, one page of each kind, and draws and checks those not known."""
    waiting, seen = [urlsplit(reader.page.url).path], set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        address = reader.house.address + path
        answer = reader.page.request.get(address) if kind in known else reader.page.goto(address)
        assert answer is not None and answer.status == 200, f"{path}: {answer and answer.status}"
        if kind not in known:
            check(path)
        waiting.extend(unescape(link) for link in LINK.findall(answer.text()))
    return seen


@pytest.mark.parametrize("role", Role.values)
def test_pages_of_a_role(role: str, as_role: Callable[..., Reader]) -> None:
    reader = as_role(role)
    problems: list[str] = []

    def check(path: str) -> None:
        reader.page.evaluate(AXE.read_text())
        for width in (1280, 390):
            reader.page.set_viewport_size({"width": width, "height": 900})
            problems.extend(f"{path} at {width}: {found}" for found in reader.page.evaluate(RUN))
            if reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append(f"{path} at {width}: scrolls sideways")

    seen = walk(reader, check, READ)
    assert len(seen) >= 3, f"{role} reaches only {seen}"
    assert not problems, "\n".join(problems)
    assert not reader.complaints, reader.complaints
    READ.update(seen)


def test_the_front_door(as_role: Callable[..., Reader]) -> None:
    reader = as_role("caseworker")
    reader.page.context.clear_cookies()
    for path in ("/", "/konto/login/", "/hjaelp/", "/tilgaengelighed/", "/findes-ikke/"):
        reader.go(path)
        reader.page.evaluate(AXE.read_text())
        assert reader.page.evaluate(RUN) == [], path
