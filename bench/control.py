"""Walks a whole delivery control in a browser: thirty drawn, every citizen asked, one discrepancy followed to its end.

`make demo`, and then `python -m bench.control http://127.0.0.1:8000/`. It draws the newest month that is not drawn yet,
and writes in the demo; the pictures are put in the folder that `--pictures` names.
"""

import argparse
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
MONTHS = [f"{month:02}-{year}" for year in (2026, 2025, 2014) for month in range(12, 0, -1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        walk(browser, asked.address.rstrip("/"), asked.pictures)


def walk(browser: Browser, address: str, pictures: Path | None) -> None:
    """The leader draws, the coordinator asks all of them and closes the one that differs, the leader finishes."""
    lene, bodil = (_as(browser, address, role) for role in ("leader", "coordinator"))
    clock = time.perf_counter()
    cases = _draw(lene, address)
    control = lene.url
    print(f"{len(cases)} drawn: {time.perf_counter() - clock:.1f} s")
    clock = time.perf_counter()
    for place, (case, meetings) in enumerate(cases):
        bodil.goto(address + case)
        _ask(bodil, meetings if place else 0, answers=place % 9 != 8)
    print(f"{len(cases)} asked: {time.perf_counter() - clock:.1f} s")
    bodil.goto(address + cases[0][0])
    _follow(bodil)
    lene.goto(control)
    _picture(lene, pictures, "control")
    lene.get_by_role("button", name="Afslut kontrollen").click()
    print(lene.locator("main .lede").first.inner_text())
    lene.goto(address + cases[0][0])
    _picture(lene, pictures, "case")


def _as(browser: Browser, address: str, role: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK").new_page()
    page.goto(address)
    page.locator(f'form[action="/proev/{role}/"] button').first.click()
    page.wait_for_load_state()
    return page


def _draw(page: Page, address: str) -> list[tuple[str, int]]:
    """Thirty cases of the newest month that can be drawn: the address, and the meetings that are registered."""
    for month in MONTHS:
        page.goto(f"{address}/tilsyn/leverancekontrol/")
        page.locator("[name=month]").fill(month)
        page.get_by_role("button", name="Træk sager").click()
        page.wait_for_load_state()
        if "/kontrol/" in page.url:
            rows = page.locator("main table tbody tr").all()
            return [(row.locator("th a").get_attribute("href") or "", _meetings(row)) for row in rows]
    raise SystemExit("no month can be drawn")


def _meetings(row: Locator) -> int:
    return int(row.locator("[data-t=Registreret] .sub").inner_text().split()[0])


def _ask(page: Page, times: int, *, answers: bool) -> None:
    """The citizen remembers so many meetings, or cannot be reached. Stops where the answer was not saved."""
    page.get_by_label("borgeren svarede" if answers else "kunne ikke træffes").check()
    if answers:
        page.locator("[name=times]").fill(str(times))
    page.get_by_role("button", name="Gem svaret").click()
    page.wait_for_load_state()
    problems = page.locator(".note-err").all_inner_texts()
    if problems:
        raise SystemExit(f"{page.url}: {problems}")


def _follow(page: Page) -> None:
    """The discrepancy is written down, and closed with an explanation."""
    page.get_by_role("button", name="Opret afvigelsen").click()
    page.get_by_label("Luk afvigelsen").check()
    page.locator("main [name=text]").first.fill("Mødet blev flyttet. Borger og mentor er enige.")
    page.locator("[name=outcome]").select_option("explained")
    page.get_by_role("button", name="Gem skridtet").click()
    page.wait_for_load_state()


def _picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


if __name__ == "__main__":
    main()
