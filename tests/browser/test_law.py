"""The law in a real browser: moved in time, corrected by two people and back again, and found from an old letter."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]

OLD, NEW = "LAB § 167, stk. 1", "LAB § 168, stk. 1"
MOST_CLICKS = 3  # from a letter to the rule, its source and what replaced it


def ask(reader: Reader, act: Callable[[], object], *answers: str) -> None:
    """Does something that asks the law; the answers are swapped into the page a moment after they have come."""
    with reader.page.expect_response(re.compile("/lov/$")) as answer:
        act()
    assert answer.value.status == 200
    for said in answers:
        expect(reader.page.locator("main")).to_contain_text(said)


def test_moving_the_day_shows_rules_come_change_and_go(as_role: Callable[..., Reader]) -> None:
    reader = as_role("caseworker")
    page = reader.page
    reader.click("link", "Lov", exact=True)
    page.select_option("#id_target_group", "kontanthjaelp_aktivitetsparat")
    page.locator("#id_can_take_part_in_offers").get_by_label("Nej", exact=True).check()
    page.locator("#id_first_right_and_duty_offer").get_by_label("Ja", exact=True).check()
    page.locator("#id_on").fill("02-03-2015")
    ask(reader, lambda: page.locator("#id_on").blur(), "Personen skal have mentor som ret og pligt")
    next_shift = page.get_by_role("button", name="Næste skift 1. januar 2016")
    ask(reader, next_shift.click, "kontakt mindst hver 14. dag")
    page.locator("#id_move").focus()
    last = ("Ny hovedlov (ventet)", "Svaret gælder 1. december 2027")
    ask(reader, lambda: page.keyboard.press("End"), *last)
    expect(page.locator("#id_move")).to_be_focused()
    assert "?" not in page.url and not reader.complaints


def propose(reader: Reader) -> None:
    reader.click("link", "Lov", exact=True)
    reader.click("link", "Reglerne over tid")
    reader.page.locator("table a", has_text="R3-01").first.click()
    reader.click("link", "Foreslå en rettelse")
    reader.type("citation", NEW)
    reader.type("source", "LBK 280/2024, læst i dag")
    reader.type("reason", "Paragraffen er flyttet")
    reader.click("button", "Foreslå rettelsen")
    assert "Rettelsen er foreslået" in reader.text()


def begin_visitation(reader: Reader) -> str:
    """A new visitation of a new citizen; returns its address."""
    reader.click("link", "Ny henvisning")
    reader.type("cpr", "120590-9994")
    reader.type("first_name", "Lova")
    reader.type("last_name", "Prøve")
    reader.type("purpose", "At komme i praktik")
    reader.page.locator("select[name=target_group]").select_option("kontanthjaelp_aktivitetsparat")
    reader.click("button", "Gem henvisning")
    reader.click("button", "Begynd visitation")
    with reader.page.expect_response(re.compile("/gem/")):
        reader.page.locator("#id_purpose_work_or_education").get_by_label("Ja", exact=True).check()
    return reader.page.url.removeprefix(reader.house.address)


A_DECISION = """
from mentorkorps.cases.models import Decision
print(Decision.objects.filter(state="decided", rule="R3-01")[0].pk)
"""


def stored_letter(reader: Reader) -> Callable[[], str]:
    """Reads the words of one decision that is taken, again and again."""
    key = reader.house.command("shell", "--no-imports", "-c", A_DECISION).split()[-1]

    def read() -> str:
        reader.go(f"/afgoerelse/{uuid.UUID(key)}/brev/")
        return reader.page.locator(".sheet").inner_text()

    return read


def test_a_correction_changes_new_visitations_and_can_be_undone(as_role: Callable[..., Reader]) -> None:
    administrator, leader, caseworker = as_role("administrator"), as_role("leader"), as_role("caseworker")
    letter = stored_letter(leader)
    before = letter()
    assert "§ 167" in before.replace("\xa0", " ")
    propose(administrator)
    visitation = begin_visitation(caseworker)
    caseworker.go(visitation)
    assert OLD in caseworker.text() and NEW not in caseworker.text()

    leader.click("link", "Lov", exact=True)
    leader.click("link", "Rettelser")
    leader.click("link", "R3-01")
    assert re.search(r"Løbende forløb, hvis de blev vurderet igen\s+[1-9]", leader.text())
    leader.click("button", "Godkend rettelsen")
    assert "Rettelsen gælder" in leader.text()
    caseworker.go(visitation)
    assert NEW in caseworker.text()
    assert letter() == before

    administrator.page.reload()
    administrator.type("withdrawn_reason", "Læst forkert")
    administrator.click("button", "Træk rettelsen tilbage")
    assert "Læst forkert" in administrator.text()
    caseworker.go(visitation)
    assert OLD in caseworker.text() and NEW not in caseworker.text()
    assert letter() == before
    assert not (administrator.complaints or leader.complaints or caseworker.complaints)


# A decision of 2015, as it would have been moved in from another system: with its facts, its answer and its letter.
DECISION_OF_2015 = """
import datetime, uuid
from mentorkorps.cases.models import Decision
from mentorkorps.domain import law
on = datetime.date(2015, 3, 2)
facts = {"target_group": "kontanthjaelp_aktivitetsparat", "can_take_part_in_offers": False,
         "first_right_and_duty_offer": True, "birth_date": "1976-03-14"}
old = Decision.objects.filter(state="decided", kind="grant")[0]
old.pk, old.course, old.visitation, old._state.adding = uuid.uuid4(), None, None, True
old.law_on = old.decided_on = on
old.facts, old.rule, old.obligation = facts, "R1-05", "must"
old.answer = law.visitate(law.Facts.from_json(facts), on).as_json()
old.save(force_insert=True)
print(old.pk)
"""


def test_from_a_letter_of_2015_in_three_clicks(as_role: Callable[..., Reader]) -> None:
    reader = as_role("leader")
    key = reader.house.command("shell", "--no-imports", "-c", DECISION_OF_2015).split()[-1]
    reader.go(f"/afgoerelse/{uuid.UUID(key)}/brev/")
    reader.clicks = 0
    reader.click("link", "Reglen, som den gjaldt 2. marts 2015")
    told = reader.text().replace("\xa0", " ")
    assert "LAB § 93" in told and "København 2014; Ankestyrelsen 2015" in told and "Afløst af" in told
    reader.click("link", OLD)
    assert "LAB § 93" in reader.text() and "Afløste" in reader.text()
    assert reader.clicks <= MOST_CLICKS
