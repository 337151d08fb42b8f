"""The effect page: one publication, nothing small in it, nothing called an effect that is none, and no way around."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorkorps.domain.evidence.published import publish
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.steering.actions.evidence import evidence_title, publish_evidence
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Run
from mentorkorps.web.pages.effect import CUTS, PROGRESS
from tests.cast import TODAY, Cast, signed_in
from tests.domain.evidence.test_published import person

PAGE = reverse("effect")


def body(response: HttpResponse) -> str:
    return response.content.decode()


def main_of(page: str) -> str:
    """What the page says, from its heading on: the tab above it is its name."""
    return page[page.index("<h1") : page.index("</main")]


def text_of(page: str) -> str:
    """What a reader sees: no tags, and no addresses."""
    return re.sub(r"<[^>]*>", " ", main_of(page))


def published(rows: list[list[Any]]) -> Run:
    inputs = {"status_on": "2026-06-30", "people": rows, "earlier": {}}
    title = evidence_title(date(2026, 6, 30))
    return make_run(kind="evidence", title=title, inputs=inputs, by=None, result=publish(inputs))


@pytest.fixture
def many(cast: Cast) -> Run:
    """480 citizens, and three with a function of their own."""
    return published(
        [person(n, function="release_coordinator" if n < 3 else "social_mentor") for n in range(480)]
    )


@pytest.fixture
def leader(cast: Cast) -> Any:
    return signed_in(cast.people[Role.LEADER])


def test_three_questions_and_two_views(many: Run, leader: Any) -> None:
    page = body(leader.get(PAGE))
    heads = ["Det vi ser", "Det vi tør sige", "Det der ikke kan siges", "Fremgang, set fra to sider"]
    assert [page.index(f">{head}</h2>") for head in heads] == sorted(
        page.index(f">{head}</h2>") for head in heads
    )
    assert "480 borgere" in page and "81 %" in page and "37 %" in page
    assert "SFI" in page and "Rosholm" in page


@pytest.mark.parametrize("word", sorted(CUTS))
def test_effekt_stands_only_beside_an_adjusted_difference(many: Run, leader: Any, word: str) -> None:
    for weeks in ("13", "26", "52", "78"):
        page = body(leader.get(PAGE, {"del": word, "uger": weeks}))
        text = text_of(page)
        said = [line for line in re.split(r"(?<=[.:])\s", text) if "effekt" in line.lower()]
        assert all("hverken vist eller udelukket" in each or "tyder på en effekt" in each for each in said)
        dare = page[page.index('id="h-dare"') : page.index('id="h-not"')]
        assert text.lower().count("effekt") == text_of(f"<h1>{dare}</main>").lower().count("effekt")


def test_without_an_adjusted_difference_the_word_does_not_stand(cast: Cast, leader: Any) -> None:
    published([person(n, age=None, target_group="x") for n in range(60)])
    assert "effekt" not in text_of(body(leader.get(PAGE))).lower()


def test_no_page_and_no_file_shows_a_small_count(many: Run, leader: Any) -> None:
    for word in CUTS:
        for weeks in ("13", "26", "52", "78"):
            found = leader.get(PAGE, {"del": word, "uger": weeks})
            for row in found.context["rows"]:
                assert not {"1", "2", "3", "4"} & {row["n"], row["goal"], row["other"], row["lost"]}
    file = openpyxl.load_workbook(BytesIO(leader.get(PAGE, {"som": "xlsx"}).content)).active
    lines = list(file.iter_rows(min_row=2, values_only=True))
    counts = [
        line
        for line in lines
        if line[2] in ("Borgere", "Pension eller død", "Tabt af syne") or "borgere" in line[2]
    ]
    assert len(counts) == 7 * len(many.result["rows"])
    assert {line[3] for line in counts}.isdisjoint({1, 2, 3, 4})
    shown = [count for row in many.result["rows"] for count in row["people"].values()]
    assert sorted(map(str, (line[3] for line in counts))) == sorted(
        "skjult" if count is None else str(count) for count in shown
    ), "the file gives what the page gives, no more"


def test_the_rows_behind_cannot_be_fetched(many: Run, leader: Any) -> None:
    for form in ("", "?som=grundlag", "?som=json", "?som=xlsx", "?igen=1"):
        answer = leader.get(reverse("run", args=[many.pk]) + form)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            reverse("earlier_effect", args=[many.pk]),
        )


def test_an_earlier_page_is_of_a_publication_only(many: Run, leader: Any, cast: Cast) -> None:
    assert leader.get(reverse("earlier_effect", args=[many.pk])).status_code == 200
    assert leader.get(reverse("earlier_effect", args=[cast.course.pk])).status_code == 404


def test_the_page_waits_and_says_how_far_the_work_is(cast: Cast, leader: Any) -> None:
    cache.set(PROGRESS, (1, 4))
    page = body(leader.get(PAGE))
    assert "Trin 1 af 4" in page and 'hx-trigger="every 5s"' in page
    looks = Entry.objects.count()
    leader.get(PAGE, headers={"HX-Request": "true"})
    assert Entry.objects.count() == looks, "a page that asks by itself is not looked at anew"
    call_command("worker", once=True)
    assert "Ingen aftaler at gøre op" in body(leader.get(PAGE))
    cache.delete(PROGRESS)


def test_a_half_year_is_published_once(cast: Cast) -> None:
    assert publish_evidence(today=TODAY, by=None) is not None
    assert publish_evidence(today=TODAY, by=None) is None
    assert Run.objects.filter(kind="evidence").count() == 1


def test_looks_and_files_are_journalled_and_few_queries_are_made(many: Run, leader: Any) -> None:
    leader.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        leader.get(PAGE)
    assert len(asked) <= 16
    leader.get(PAGE, {"som": "xlsx"})
    assert list(Entry.objects.order_by("-id").values_list("kind", flat=True)[:2]) == ["export", "list"]


def test_an_address_with_nonsense_shows_the_usual(many: Run, leader: Any) -> None:
    page = leader.get(PAGE, {"del": "cpr", "uger": "1"})
    assert (page.context["cut"], page.context["weeks"]) == ("pligt", 52)
