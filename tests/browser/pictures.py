"""The handbook's pictures: one of each kind of page, taken as the role that uses it. Run by `make shots`.

A picture is named by the page's address name, fx `week_board.png`, and `my_week-390.png` for a phone. The handbook
shows it where its text names it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Reader
from tests.browser.test_every_page import kind_of, walk

HANDBOOK = Path(ROOT / "mentorkorps/web/static/handbook")
# (role, width of the browser, the address names it takes pictures of)
PICTURES = (
    ("caseworker", 1280, ("my_day", "new_referral", "visitation")),
    ("mentor", 390, ("my_week", "log_contact")),
    ("coordinator", 1280, ("week_board", "corps")),
    ("leader", 1280, ("service_level", "hours")),
    ("dpo", 1280, ("journal",)),
    ("administrator", 1280, ("people",)),
)
TALLEST = 1600  # pixels; the top of a page is what a reader looks for


@pytest.mark.parametrize(("role", "width", "names"), PICTURES, ids=[role for role, _, _ in PICTURES])
def test_take(role: str, width: int, names: tuple[str, ...], as_role: Callable[..., Reader]) -> None:
    HANDBOOK.mkdir(parents=True, exist_ok=True)
    reader = as_role(role, width=width)
    taken: set[str] = set()

    def take(path: str) -> None:
        name = kind_of(path)
        if name not in names:
            return
        height = min(reader.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        place = HANDBOOK / f"{name}{'-390' if width == 390 else ''}.png"
        reader.page.screenshot(
            path=place, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}
        )
        taken.add(name)

    walk(reader, take)
    assert taken == set(names), f"no picture of {set(names) - taken}"
