"""Who has neither a mentor nor another offer, since when, and what to do next."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.models import Citizen, Course, OtherOffer, Referral
from mentorkorps.followup.models import CourseTally
from mentorkorps.followup.queries.passive import (
    Passive,
    counts_by_weeks,
    for_weeks,
    passive,
    with_next_step,
)
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, citizen, signed_in

LONG_AGO = date(2026, 3, 2)


def referred(cast: Cast, who: Citizen, on: date = LONG_AGO, state: str = "visitated") -> Referral:
    return Referral.objects.create(
        citizen=who, received_on=on, visitate_by=on, purpose="Prøve", state=state, created_by=cast.helle
    )


def offer(cast: Cast, who: Citizen, since: date, kind: str) -> None:
    OtherOffer.objects.create(citizen=who, since=since, kind=kind, source="Fagsystem", noted_by=cast.helle)


def found(weeks: int = 8) -> dict[str, Passive]:
    rows = for_weeks(passive(Citizen.objects.all(), TODAY), weeks, TODAY)
    return {row.citizen.first_name: row for row in with_next_step(rows, TODAY)}


@pytest.fixture
def waiting(cast: Cast) -> Citizen:
    """A citizen who was referred long ago and got nothing."""
    who = citizen("Wanda", "Prøve", "0505859991", cast.unit, caseworker=cast.helle)
    referred(cast, who)
    return who


def test_one_who_was_referred_and_got_nothing_is_passive(waiting: Citizen) -> None:
    row = found()["Wanda"]
    assert (row.since, row.last_met_on, row.step, row.key) == (LONG_AGO, None, "offer", waiting.id)
    assert row.days(TODAY) == (TODAY - LONG_AGO).days


def test_a_running_mentor_or_another_offer_is_something(cast: Cast, waiting: Citizen) -> None:
    referred(cast, cast.jens)
    assert set(found()) == {"Wanda"}
    offer(cast, waiting, date(2026, 4, 1), "trainee")
    assert found() == {}


def test_a_course_without_a_mentor_is_nothing(cast: Cast) -> None:
    referred(cast, cast.jens)
    cast.course.assignments.all().delete()
    Course.objects.filter(pk=cast.course.pk).update(mentor=None)
    row = found()["Jens"]
    assert (row.step, row.key) == ("mentor", cast.course.id)


def test_time_begins_when_the_last_of_all_stopped(cast: Cast, waiting: Citizen) -> None:
    offer(cast, waiting, date(2026, 4, 1), "trainee")
    offer(cast, waiting, date(2026, 6, 1), "none")
    assert found()["Wanda"].since == date(2026, 6, 1)
    assert found()["Wanda"].step == "talk"
    referred(cast, cast.jens)
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 7, 31), end_reason="wish")
    CourseTally.objects.filter(course=cast.course).update(last_met_on=date(2026, 7, 20))
    row = found()["Jens"]
    assert (row.since, row.last_met_on) == (date(2026, 7, 31), date(2026, 7, 20))


def test_none_noted_for_the_first_time_does_not_shorten_the_wait(cast: Cast, waiting: Citizen) -> None:
    offer(cast, waiting, TODAY, "none")
    assert found()["Wanda"].since == LONG_AGO


@pytest.mark.parametrize(("reason", "is_there"), [("job", False), ("death", False), ("goals_met", True)])
def test_one_who_is_somewhere_else_is_not_passive_until_a_new_referral(
    cast: Cast, reason: str, is_there: bool
) -> None:
    referred(cast, cast.jens)
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 7, 31), end_reason=reason)
    assert ("Jens" in found()) is is_there
    referred(cast, cast.jens, on=date(2026, 8, 3))
    assert found()["Jens"].since == date(2026, 8, 3)


def test_a_withdrawn_referral_asks_for_nothing(cast: Cast, waiting: Citizen) -> None:
    waiting.referrals.update(state="withdrawn")
    assert found() == {}


def test_the_next_step_is_the_nearest(cast: Cast, waiting: Citizen) -> None:
    new = referred(cast, waiting, on=date(2026, 8, 3), state="new")
    assert (found()["Wanda"].step, found()["Wanda"].key) == ("referral", new.id)
    referred(cast, cast.jens)
    Course.objects.filter(pk=cast.course.pk).update(start=date(2026, 1, 5), end=date(2026, 6, 5))
    assert found()["Jens"].step == "period"


def test_weeks_are_counted_with_the_day_itself(cast: Cast, waiting: Citizen) -> None:
    waiting.referrals.update(received_on=TODAY - timedelta(weeks=8))
    rows = passive(Citizen.objects.all(), TODAY)
    assert counts_by_weeks(rows, TODAY) == {4: 1, 8: 1, 13: 0, 26: 0, 52: 0}


def test_the_page_keeps_to_ones_own_and_counts_its_queries(
    cast: Cast, waiting: Citizen, django_assert_max_num_queries: Any
) -> None:
    other = citizen("Vera", "Prøve", "0606859993", cast.other_unit, caseworker=cast.karl)
    referred(cast, other)
    for place in range(60):
        referred(cast, citizen("Flere", f"Prøve {place}", f"010180{9900 + place}", cast.unit))
    helle = signed_in(cast.helle)
    with django_assert_max_num_queries(9):
        text = helle.get(reverse("passive_list")).content.decode()
    assert "Wanda Prøve" in text
    assert "Vera" not in text
    assert "Viser 1–50 af 61" in text
    assert str(waiting.id) in Entry.objects.filter(verb="uden tilbud").latest("id").shown
    mine = signed_in(cast.helle).get(reverse("passive_list"), {"vis": "mine"}).content.decode()
    assert "Wanda Prøve" in mine
    assert "Flere" not in mine
    everybody = signed_in(cast.people[Role.LEADER]).get(reverse("passive_list"), {"antal": "100"})
    assert "Vera" in everybody.content.decode()
    assert reverse("other_offers", args=[other.id]) not in everybody.content.decode()
