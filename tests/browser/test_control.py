"""Delivery control by three roles: the leader draws thirty, the coordinator asks and follows, the mentor answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from mentorkorps.domain.dates import add_months
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
# Draws again with the seed that is kept, and signs in as the mentor of a case of the sample that is running.
AGAIN = """
import json
from django.contrib.sessions.backends.db import SessionStore
from mentorkorps.domain.audit import draw
from mentorkorps.ledger.models import ControlDraw
from mentorkorps.ledger.queries.control import drawable
drawn = ControlDraw.objects.get(pk="{key}")
again = [each.key for each in draw(drawn.seed, drawn.size, drawable(drawn.month))]
running = drawn.cases.filter(mentor__user__role="mentor", course__ended_on__isnull=True, logged_meetings__gt=0)
case = running.order_by("place").select_related("mentor__user")[0]
mentor, session = case.mentor.user, SessionStore()
session["_auth_user_id"], session["second_factor"] = str(mentor.pk), True
session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
session["_auth_user_hash"] = mentor.get_session_auth_hash()
session.create()
cases = list(map(str, drawn.cases.order_by("place").values_list("course_id", flat=True)))
print(json.dumps({{"again": again, "cases": cases, "case": str(case.pk), "session": session.session_key}}))
"""


def test_of_thirty_drawn_a_discrepancy_is_asked_answered_and_closed(as_role: Callable[..., Reader]) -> None:
    lene, bodil, mentor = as_role("leader"), as_role("coordinator"), as_role("mentor", width=390)
    lene.go("/tilsyn/leverancekontrol/")
    newest = lene.page.locator("table tbody tr").count()
    lene.type("month", _month_before_the_drawn(newest))
    lene.click("button", "Træk sager")
    assert "30 sager er trukket" in lene.text()
    assert lene.page.locator("table tbody tr").count() == 30
    lene.click("link", "Er sagerne, der blev trukket blandt, de samme endnu?")
    assert "frøet giver det samme udtræk igen" in lene.text()

    found = _again(lene)
    assert found["again"] == found["cases"], "the same seed gives the same sample"
    case = f"/kontrolsag/{found['case']}/"
    cookie = {"name": "mk_session", "value": found["session"], "url": mentor.house.address}
    mentor.page.context.add_cookies([cookie])  # type: ignore[list-item]
    bodil.go(case)
    bodil.page.get_by_label("borgeren svarede").check()
    bodil.type("times", "0")
    bodil.click("button", "Gem svaret")
    assert "Det stemmer ikke." in bodil.text()
    bodil.click("button", "Opret afvigelsen")
    bodil.page.get_by_label("Spørg mentor").check()
    bodil.type("text", "Hvad blev det til i den måned?")
    bodil.click("button", "Gem skridtet")

    mentor.go("/kontrolspoergsmaal/")
    asked = mentor.page.locator("section.sec", has_text="Hvad blev det til i den måned?")
    asked.locator("textarea").fill("Vi mødtes som aftalt. Borgeren husker det i dag.")
    asked.get_by_role("button", name="Send svaret").click()
    mentor.page.wait_for_load_state()
    assert "Dit svar er sendt" in mentor.text()

    lene.go(case)
    assert "Vi mødtes som aftalt." in lene.text()
    lene.page.get_by_label("Luk afvigelsen").check()
    lene.type("text", "Borger og mentor er enige.")
    lene.page.locator("[name=outcome]").select_option("explained")
    lene.click("button", "Gem skridtet")
    assert "Lukket: forklaret, intet skal rettes." in lene.text()
    assert not lene.complaints + bodil.complaints + mentor.complaints


def _month_before_the_drawn(drawn: int) -> str:
    """The demo has drawn the last months; the one before them is free."""
    return f"{add_months(timezone.localdate().replace(day=1), -drawn - 1):%m-%Y}"


def _again(reader: Reader) -> dict[str, Any]:
    """What a draw from the kept seed gives, beside the sample that stands, and a session of a mentor in it."""
    key = reader.page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
    said = reader.house.command("shell", "--verbosity", "0", "--command", AGAIN.format(key=key))
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found
