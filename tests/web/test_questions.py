"""The pages of the five questions: a sentence each, figures that open what they count, and the way into a paper."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from mentorkorps.cases.models import Party
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import Role
from mentorkorps.steering.models import Run
from mentorkorps.web.pages.questions import QUESTIONS
from tests.cast import TODAY, Cast, signed_in


def body(response: HttpResponse) -> str:
    return response.content.decode()


def at(question: str) -> str:
    return reverse("question", args=[question])


@pytest.fixture
def leader(cast: Cast) -> Any:
    Party.objects.create(citizen=cast.jens, name="Bostøtten", kind="home_support", minutes_per_week=60)
    return signed_in(cast.people[Role.LEADER])


def test_styring_begins_with_the_five(leader: Any) -> None:
    page = body(leader.get(reverse("questions")))
    assert f'<a href="{reverse("questions")}" aria-current="page">Styring</a>' in page
    for question in QUESTIONS.values():
        assert question.asked in page


def test_all_five_are_read_in_a_fixed_number_of_queries(
    leader: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(130):
        leader.get(reverse("questions"))


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_each_has_its_answer_limits_and_a_sheet(leader: Any, question: str) -> None:
    page = body(leader.get(at(question)))
    assert "Det, svaret ikke kan sige" in page
    assert "Tag med i en sag" in page
    sheet = leader.get(f"{at(question)}?som=xlsx")
    assert f'filename="{question}-' in sheet["Content-Disposition"]
    assert Entry.objects.filter(kind=Kind.EXPORT, verb="spørgsmål").count() == 1


def test_a_question_that_is_none_is_not_there(leader: Any) -> None:
    assert leader.get(at("vejret")).status_code == 404
    assert leader.get(reverse("question_rows", args=["budget"])).status_code == 404


def test_a_figure_opens_the_courses_behind_it_for_who_may_see_them(cast: Cast, leader: Any) -> None:
    rows = f"{reverse('question_rows', args=['samarbejde'])}?bag=home%3A"
    assert rows in body(leader.get(at("samarbejde")))
    page = body(leader.get(rows))
    assert reverse("course", args=[cast.course.pk]) in page
    entry = Entry.objects.filter(verb="spørgsmål", kind=Kind.LIST).latest("id")
    assert entry.detail["behind"] == "home:"
    stine = signed_in(cast.people[Role.SECRETARY])
    assert rows not in body(stine.get(at("samarbejde")))
    assert stine.get(rows).status_code == 404
    elsewhere = body(signed_in(cast.karl).get(rows))
    assert str(cast.jens) not in elsewhere


def test_an_answer_goes_into_a_paper_as_a_run_and_twice_is_once(leader: Any) -> None:
    take = reverse("take_question", args=["samarbejde"])
    place = leader.post(take).url
    assert leader.post(take).url == place
    run = Run.objects.get()
    assert run.kind == "answer"
    assert "Svar på et spørgsmål" in body(leader.get(place))
    assert run.result["figures"][1]["shown"] == "skjult"
    for kind in ("grundlag", "json", "xlsx"):
        assert leader.get(f"{place}?som={kind}").status_code == 200
    assert set(run.inputs["counts"].values()) == {None}


@pytest.mark.parametrize(
    "inputs",
    [{"question": "samarbejde", "citizens": 41, "shared": 3},
     {"question": "andre", "who": {"internal": {"price": 1, "courses": 3}}}],
)  # fmt: skip
def test_an_answer_kept_before_hiding_shows_and_gives_no_figure(leader: Any, inputs: dict[str, Any]) -> None:
    run = Run.objects.create(
        kind="answer", title="x", inputs=inputs, result={"figures": [{"key": "shared", "value": 3}]}, made_on=TODAY,
        made_at=timezone.now(),
    )  # fmt: skip
    place = reverse("run", args=[run.pk])
    for asked in ("", "?igen", "?som=grundlag", "?som=json", "?som=xlsx"):
        assert leader.get(place + asked).url == at(inputs["question"])
    assert "dets tal vises ikke" in body(leader.get(place, follow=True))
    take = leader.post(reverse("take_question", args=[inputs["question"]])).url
    assert leader.get(take).status_code == 200


def test_a_coordinator_reads_and_takes_nothing_along(cast: Cast) -> None:
    client = signed_in(cast.people[Role.COORDINATOR])
    assert "Tag med i en sag" not in body(client.get(at("effekt")))
    assert client.post(reverse("take_question", args=["effekt"])).status_code == 404
