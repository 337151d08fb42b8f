"""One citizen from referral to a kept week and a letter, as caseworker, coordinator and mentor, in a real browser."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

NEW_CITIZENS = iter(("030391-9993", "040391-9992"))  # a test may be tried twice
MOST_CLICKS = 25  # from referral to signed-off letter, beyond typing
MOST_TAPS = 10  # to log a contact
TODAY = date.today()  # noqa: DTZ011 - the demo world lives on the real day
MONDAY = TODAY - timedelta(days=TODAY.weekday())


def field(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def answer(caseworker: Reader, fact: str, said: str) -> None:
    """Answers a yes-or-no fact of the visitation and waits for the law to answer."""
    group = caseworker.page.locator(f"#id_{fact}")
    with caseworker.page.expect_response(re.compile("/gem/")):
        group.get_by_label(said, exact=True).check()
    caseworker.clicks += 1


def refer(caseworker: Reader) -> None:
    caseworker.click("link", "Ny henvisning")
    caseworker.type("cpr", next(NEW_CITIZENS))
    caseworker.type("first_name", "Sofie")
    caseworker.type("last_name", "Prøve")
    caseworker.type("purpose", "At komme ud ad døren og i praktik")
    caseworker.type("address", "Prøvegade 3, 9999 Fjordby")
    caseworker.page.locator("select[name=target_group]").select_option("kontanthjaelp_aktivitetsparat")
    caseworker.click("button", "Gem henvisning")


def visitate(caseworker: Reader) -> None:
    caseworker.click("button", "Begynd visitation")
    answer(caseworker, "purpose_work_or_education", "Ja")
    answer(caseworker, "wants_mentor", "Ja")
    answer(caseworker, "psychiatric_admission", "Nej")
    assert "Sofie kan få mentorstøtte" in caseworker.text()
    caseworker.type("situation", "Du kommer sjældent ud og mangler en fast rytme.")
    caseworker.type("prospect", "Du vil gerne i praktik, og en fast person gør det realistisk.")
    caseworker.type("citizens_view", "Du siger, at det er svært at komme ud ad døren alene.")
    caseworker.click("button", "Videre til afgørelse")


def decide(caseworker: Reader) -> None:
    caseworker.page.get_by_label("Bevilg", exact=True).first.check()
    caseworker.clicks += 1
    caseworker.type("start", field(MONDAY))
    caseworker.type("end", field(MONDAY + timedelta(weeks=25, days=-1)))
    caseworker.type("more_tasks", "at komme ud ad døren om morgenen")
    caseworker.click("button", "Se brevet")
    assert "Du får en mentor" in caseworker.text()
    caseworker.click("button", "Træf afgørelse")
    assert "Sofie får en mentor" in caseworker.text()
    caseworker.click("button", "Brevet er sendt")


def test_from_referral_to_a_kept_week(as_role: Callable[..., Reader]) -> None:
    caseworker, coordinator, mentor = (
        as_role("caseworker"),
        as_role("coordinator"),
        as_role("mentor", width=390),
    )
    mentors_name = str(mentor.page.locator(".who a").first.text_content()).split(",")[0]
    caseworker.clicks = 0
    refer(caseworker)
    visitate(caseworker)
    decide(caseworker)
    assert caseworker.clicks <= MOST_CLICKS, caseworker.clicks

    course = caseworker.page.locator("main a[href^='/forloeb/']").first.get_attribute("href")
    key = str(course).split("/")[2]
    coordinator.go(f"/forloeb/{key}/mentor/")
    coordinator.page.get_by_label(mentors_name).first.check()
    coordinator.type("first", field(MONDAY))
    coordinator.type("reason", "Kender området")
    coordinator.click("button", "Vælg mentor")

    caseworker.go(f"/forloeb/{key}/aftale/")
    caseworker.type("goal", "At komme i praktik to dage om ugen")
    caseworker.type("place", "Biblioteket")
    caseworker.type("not_tasks", "at give behandling og medicin")
    caseworker.click("button", "Gem og se aftalen")
    caseworker.type("on", field(TODAY))
    caseworker.page.get_by_label("på papir ved et møde").check()
    caseworker.click("button", "Aftalen er underskrevet")
    assert "Underskrevet" in caseworker.text()

    mentor.go("/min-uge/")
    mentor.clicks = 0
    mentor.page.locator(f"main a[href^='/forloeb/{key}/kontakt/']").first.click()
    mentor.page.get_by_label("Mødt", exact=True).check()
    mentor.page.get_by_label("45 min.").check()
    mentor.clicks += 3
    mentor.click("button", "Gem kontakt")
    assert mentor.clicks <= MOST_TAPS
    assert "Sofie" in mentor.text()

    caseworker.go(f"/forloeb/{key}/")
    assert caseworker.page.locator(".weeks .now .cell-k").count() == 1
    for reader in (caseworker, coordinator, mentor):
        assert not reader.complaints


def test_a_letter_of_the_demo_is_a_pdf(as_role: Callable[..., Reader]) -> None:
    caseworker = as_role("caseworker")
    caseworker.go("/borgere/")
    to_citizens, addresses = "main a[href^='/borger/']", "all => all.map(a => a.getAttribute('href'))"
    links = caseworker.page.eval_on_selector_all(to_citizens, addresses)
    for link in links[:20]:
        caseworker.go(link)
        letters = caseworker.page.locator("a[href$='brev.pdf'], a[href$='/brev/']")
        if letters.count():
            break
    place = str(letters.first.get_attribute("href")).replace("/brev/", "/brev.pdf")
    answer = caseworker.page.request.get(caseworker.house.address + place)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body()[:5] == b"%PDF-"
