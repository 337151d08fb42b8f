"""The journal page: for the data protection officer alone, searchable, sampled with a kept seed, checked in words."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorkorps.journal.actions import SEAL_LAG, seal_all, write
from mentorkorps.journal.models import Entry, Kind, Seal
from mentorkorps.municipality.models import Role, User
from mentorkorps.web.access import May
from mentorkorps.web.pages.journal import DOORS
from tests.cast import Cast, signed_in

PLACES = ("journal", "journal_sample", "journal_check", "journal_export")


def body(response: HttpResponse) -> str:
    return response.content.decode()


def dpo(cast: Cast) -> Client:
    return signed_in(cast.people[Role.DPO])


def look(cast: Cast, verb: str = "borger", **fields: Any) -> Entry:
    return write(Kind.LOOK, verb, by=cast.helle, citizen_id=cast.jens.id, **fields)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DPO}))
def test_nobody_else_reads_the_journal(cast: Cast, role: Role) -> None:
    entry = look(cast)
    client = signed_in(cast.people[role])
    for place in (*map(reverse, PLACES), reverse("journal_entry", args=[entry.id])):
        assert client.get(place).status_code == 404
    assert client.post(reverse("journal_check")).status_code == 404
    assert Entry.objects.filter(refused=True, actor_role=role).count() == 6


def test_entries_are_shown_in_words(cast: Cast) -> None:
    look(cast)
    write(Kind.LOOK, "see_corps", by=cast.karl, refused=True)
    write(Kind.CHANGE, "indlæst serviceniveau", by=None)
    page = body(dpo(cast).get(reverse("journal")))
    for said in (
        "Helle Prøve",
        "sagsbehandler",
        "Set: borger",
        "FJ-0400",
        "Afvist",
        "Set: korps",
        "Programmet",
    ):
        assert said in page
    assert "Jens" not in page, "a case is named by its number"


def test_every_door_has_its_word() -> None:
    assert set(DOORS) == set(May)


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("person={helle}", ["borger"]),
        ("art=export", ["borgere"]),
        ("afvist=on", ["see_corps"]),
        ("borger={jens}", ["borgere", "borger"]),
        ("person={helle}&art=export", []),
        ("fra=01-01-2020&til=02-01-2020", []),
    ],
)
def test_filters_live_in_the_address(cast: Cast, query: str, verbs: list[str]) -> None:
    look(cast)
    write(Kind.EXPORT, "borgere", by=cast.karl, shown=[cast.jens.id, cast.karla.id])
    write(Kind.LOOK, "see_corps", by=cast.karl, refused=True)
    asked = query.format(helle=cast.helle.id, jens=cast.jens.id)
    page = dpo(cast).get(f"{reverse('journal')}?{asked}")
    assert [line["entry"].verb for line in page.context["lines"]] == verbs


def test_a_date_that_cannot_be_read_is_said(cast: Cast) -> None:
    assert "ikke en dato" in body(dpo(cast).get(f"{reverse('journal')}?fra=i+går"))


def test_a_citizen_is_found_by_case_number_without_leaving_it_in_the_address(cast: Cast) -> None:
    look(cast)
    answer = dpo(cast).post(reverse("journal"), {"sagsnummer": " fj-0400 "})
    assert answer.url == f"{reverse('journal')}?borger={cast.jens.id}"
    for unknown in ("FJ-9999", "FJ\x00", "x" * 100_000):
        missing = dpo(cast).post(reverse("journal"), {"sagsnummer": unknown}, follow=True)
        assert "ingen sag med det nummer" in body(missing)


def test_reading_the_journal_is_journalled(cast: Cast) -> None:
    dpo(cast).get(f"{reverse('journal')}?borger={cast.jens.id}")
    mine = Entry.objects.get(actor_id=cast.people[Role.DPO].id)
    assert (mine.kind, mine.verb, mine.shown) == ("search", "journal", str(cast.jens.id))


def test_long_journals_come_a_page_at_a_time(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(250):
        look(cast)
    client = dpo(cast)
    with django_assert_max_num_queries(12):
        first = client.get(reverse("journal"))
    seen = [line["entry"].id for line in first.context["lines"]]
    second = client.get(f"{reverse('journal')}?foer={first.context['older']}")
    seen += [line["entry"].id for line in second.context["lines"]]
    assert len(seen) == len(set(seen)) == 200
    assert seen == sorted(seen, reverse=True)


def test_one_entry_with_what_it_holds(cast: Cast) -> None:
    entry = write(
        Kind.LIST, "borgere", by=cast.helle, shown=[cast.jens.id, cast.karla.id], detail={"filter": "alle"}
    )
    page = body(dpo(cast).get(reverse("journal_entry", args=[entry.id])))
    assert "FJ-0400, FJ-0401" in page and "alle" in page
    assert dpo(cast).get(reverse("journal_entry", args=[999_999])).status_code == 404


def test_a_sample_can_be_drawn_again(cast: Cast) -> None:
    for _ in range(60):
        look(cast)
    today = timezone.localdate()
    asked = {"antal": "20", "fra": f"{today:%d-%m-%Y}", "til": f"{today:%d-%m-%Y}"}
    answer = dpo(cast).post(reverse("journal_sample"), asked)
    drawn = Entry.objects.get(verb="stikprøve")
    assert str(drawn.detail["froe"]) in answer.url
    first = dpo(cast).get(answer.url).context["lines"]
    again = dpo(cast).get(answer.url).context["lines"]
    assert len(first) == 20
    assert {line["entry"].id for line in first} <= set(Entry.objects.values_list("id", flat=True))
    assert len(again) == 20


def test_the_same_seed_over_a_closed_period_draws_the_same(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        for _ in range(60):
            look(cast)
    day = f"{timezone.localdate() - timedelta(days=3):%d-%m-%Y}"
    asked = f"{reverse('journal_sample')}?froe=7&antal=10&fra={day}&til={day}"
    draws = [[line["entry"].id for line in dpo(cast).get(asked).context["lines"]] for _ in range(2)]
    assert draws[0] == draws[1] and len(draws[0]) == 10
    other = dpo(cast).get(asked.replace("froe=7", "froe=8")).context["lines"]
    assert [line["entry"].id for line in other] != draws[0]


@pytest.mark.parametrize("wrong", [{"antal": "0"}, {"antal": "201"}, {"antal": "mange"}, {"fra": "vrøvl"}])
def test_a_sample_that_cannot_be_drawn(cast: Cast, wrong: dict[str, str]) -> None:
    asked = {"antal": "20", "fra": "01-11-2026", "til": "30-11-2026"} | wrong
    assert dpo(cast).post(reverse("journal_sample"), asked).status_code == 200
    assert not Entry.objects.filter(verb="stikprøve").exists()


def test_a_whole_journal_is_said_to_be_whole(cast: Cast) -> None:
    look(cast)
    with time_machine.travel(timezone.now() + 2 * SEAL_LAG):
        assert seal_all() == 1
    page = body(dpo(cast).post(reverse("journal_check"), follow=True))
    assert "Journalen er hel: 1 forseglede linjer" in page
    assert Entry.objects.get(verb="efterprøvet journal").detail == {"sealed": 1, "fault": None}


def test_a_broken_journal_names_the_line(cast: Cast) -> None:
    entry = look(cast)
    Seal.objects.create(sealed_at=timezone.now(), first_id=entry.id, last_id=entry.id, digests=b"", chain="x")
    page = body(dpo(cast).post(reverse("journal_check"), follow=True))
    assert f"Journalen er ikke hel. Linje {entry.id} er skudt ind" in page


def test_the_file_runs_no_formula_and_is_journalled(cast: Cast) -> None:
    User.objects.filter(pk=cast.helle.pk).update(name="=CMD()")
    look(cast)
    answer = dpo(cast).get(f"{reverse('journal_export')}?person={cast.helle.id}")
    assert "'=CMD()" in body(answer) and ";=CMD()" not in body(answer)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal.csv"'
    assert Entry.objects.get(kind="export").verb == "journal"
