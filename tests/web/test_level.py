"""The service level and granted hours: versions, adoption, København's figures on the page, and who sees names."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries.hours import NO_GRANT, NO_LEVEL
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Municipality, Role, ServiceLevel
from mentorkorps.municipality.queries import forget_municipality, level_in_force
from tests.cast import Cast, signed_in
from tests.ledger.test_hours import build_koebenhavn, grant

ADOPTION = {
    "committee": "Arbejdsmarkedsudvalget",
    "case_number": "999-2026-7",
    "adopted_on": "04-12-2025",
    "in_force_from": "01-01-2026",
}


def body(response: HttpResponse) -> str:
    return response.content.decode()


def as_role(cast: Cast, role: Role) -> Any:
    return signed_in(cast.people[role])


def level_page(level: ServiceLevel) -> str:
    return reverse("service_level", args=[level.id])


@pytest.fixture
def example(cast: Cast) -> ServiceLevel:
    """The example level, in force through 2026."""
    level = load_level("eksempel-2026", by=None)
    first = date(2026, 1, 1)
    adopt_level(level, committee="AU", case_number="1", adopted_on=first, in_force_from=first, by=None)
    return level


# Versions


@pytest.mark.parametrize("role", [Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER])
def test_mentors_do_not_open_the_level(cast: Cast, example: ServiceLevel, role: Role) -> None:
    for place in (reverse("service_levels"), level_page(example), reverse("hours_on_day")):
        assert as_role(cast, role).get(place).status_code == 404
    assert Entry.objects.filter(refused=True, actor_role=role).count() == 3


@pytest.mark.parametrize(
    "role", [Role.CASEWORKER, Role.COORDINATOR, Role.CONTROLLER, Role.DPO, Role.ADMINISTRATOR]
)
def test_only_leader_and_secretary_adopt(cast: Cast, role: Role) -> None:
    level = load_level("slagelse-2015", by=None)
    client = as_role(cast, role)
    assert client.post(reverse("adopt_level", args=[level.id]), ADOPTION).status_code == 404
    assert client.post(reverse("load_level"), {"name": "eksempel-2026"}).status_code == 404
    assert "Skriv vedtagelsen på" not in body(client.get(level_page(level)))
    level.refresh_from_db()
    assert level.in_force_from is None


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECRETARY])
def test_a_level_is_loaded_and_adopted(cast: Cast, role: Role) -> None:
    client = as_role(cast, role)
    client.post(reverse("load_level"), {"name": "eksempel-2026"})
    level = ServiceLevel.objects.get()
    assert level_in_force(date(2026, 11, 20)) is None
    assert client.post(reverse("adopt_level", args=[level.id]), ADOPTION).url == level_page(level)
    assert level_in_force(date(2026, 11, 20)) == level
    assert "Gælder nu" in body(client.get(level_page(level)))
    assert Entry.objects.get(verb="sat serviceniveau i kraft").actor_role == role


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"committee": ""}, "Skal udfyldes"),
        ({"in_force_from": "31-02-2026"}, "findes ikke i kalenderen"),
        ({"case_number": "x" * 10_000}, "40 tegn"),
    ],
)
def test_an_adoption_that_is_filled_in_wrongly(cast: Cast, wrong: dict[str, str], said: str) -> None:
    level = load_level("slagelse-2015", by=None)
    page = as_role(cast, Role.LEADER).post(reverse("adopt_level", args=[level.id]), ADOPTION | wrong)
    assert said in body(page)
    assert level_in_force(date(2026, 11, 20)) is None


def test_a_level_is_adopted_once(cast: Cast, example: ServiceLevel) -> None:
    page = as_role(cast, Role.LEADER).post(reverse("adopt_level", args=[example.id]), ADOPTION)
    assert "allerede sat i kraft fra 01-01-2026" in body(page)


def test_a_level_is_loaded_once(cast: Cast, example: ServiceLevel) -> None:
    for name in ("eksempel-2026", "findes-ikke", ""):
        as_role(cast, Role.LEADER).post(reverse("load_level"), {"name": name})
    assert ServiceLevel.objects.count() == 1


def test_example_data_says_so(cast: Cast, example: ServiceLevel) -> None:
    for place in (reverse("service_levels"), level_page(example)):
        assert "eksempeldata" in body(as_role(cast, Role.LEADER).get(place))


def test_example_data_cannot_be_adopted_for_real(cast: Cast) -> None:
    level = load_level("eksempel-2026", by=None)
    Municipality.objects.update(synthetic=False, world_date=None)
    forget_municipality()
    page = as_role(cast, Role.LEADER).post(reverse("adopt_level", args=[level.id]), ADOPTION)
    assert "Eksempeldata kan ikke sættes i kraft" in body(page)


def test_open_hours_are_said_and_never_zero(cast: Cast) -> None:
    page = body(as_role(cast, Role.LEADER).get(level_page(load_level("slagelse-2015", by=None))))
    assert page.count("Timer ikke fastsat") == 7


def test_law_and_level_are_set_beside_each_other_on_a_date(cast: Cast) -> None:
    level = load_level("slagelse-2015", by=None)
    client = as_role(cast, Role.SECRETARY)
    then = body(client.get(f"{level_page(level)}?lov=03-11-2015"))
    assert "LAB § 31 b" in then
    assert "Loven har ikke opgaven" not in then
    now = body(client.get(f"{level_page(level)}?lov=20-11-2026"))
    assert "LAB § 167, stk. 2" in now
    assert "Loven har ikke opgaven 20.\u00a0november\u00a02026" in now
    assert "ikke en dato" in body(client.get(f"{level_page(level)}?lov=vrøvl"))


def test_no_levels_yet(cast: Cast) -> None:
    assert "Her kommer kommunens serviceniveauer" in body(
        as_role(cast, Role.LEADER).get(reverse("service_levels"))
    )


# Hours


def test_koebenhavns_figures_stand_on_the_page(cast: Cast, django_assert_max_num_queries: Any) -> None:
    build_koebenhavn(cast.helle)
    client = as_role(cast, Role.CONTROLLER)
    with django_assert_max_num_queries(10):
        page = body(client.get(f"{reverse('hours_on_day')}?dato=27-08-2014"))
    for figure in ("4.450 borgere", "4.425\u00a0t.", "140 borgere", "700\u00a0t.", "2.700\u00a0t."):
        assert figure in page, figure


def test_hours_without_a_level_or_without_courses(cast: Cast) -> None:
    client = as_role(cast, Role.CONTROLLER)
    page = body(client.get(reverse("hours_on_day")))
    assert "Intet serviceniveau gjaldt den dag" in page
    assert "Uden bevilling, der gælder den dag" in page
    assert "Ingen forløb løb" in body(client.get(f"{reverse('hours_on_day')}?dato=01-01-2020"))
    assert "ikke en dato" in body(client.get(f"{reverse('hours_on_day')}?dato=i+går"))


def test_every_figure_opens_its_courses(cast: Cast, example: ServiceLevel) -> None:
    row = example.rows.get(key="aktivitetsparate-fra-30")
    grant(cast.course, cast.helle, level_row=row, level_minutes=150, deviation_reason="Kort vej til målet")
    client = as_role(cast, Role.LEADER)
    place = reverse("hours_row", args=[example.id, row.key])
    assert place in body(client.get(reverse("hours_on_day")))
    page = body(client.get(f"{place}?dato=20-11-2026"))
    assert "Jens Eksempel" in page and "Kort vej til målet" in page and "−30\u00a0min." in page
    assert str(cast.jens.id) in Entry.objects.filter(verb="timer, forløb").latest("id").shown


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.SECRETARY])
def test_who_does_not_work_with_citizens_sees_no_names(cast: Cast, role: Role) -> None:
    page = body(as_role(cast, role).get(reverse("hours_row", args=[NO_LEVEL, NO_GRANT])))
    assert "FJ-0400" in page
    assert "Jens" not in page and "forloeb/" not in page


def test_social_and_company_mentors_are_opened_apart(cast: Cast) -> None:
    place = reverse("hours_row", args=[NO_LEVEL, NO_GRANT])
    client = as_role(cast, Role.LEADER)
    assert client.get(place).context["page"].paginator.count == 3
    assert client.get(f"{place}?mentor=faglig").context["page"].paginator.count == 1


def test_a_row_that_is_not_there(cast: Cast, example: ServiceLevel) -> None:
    client = as_role(cast, Role.LEADER)
    for key, row in ((example.id, "findes-ikke"), (NO_LEVEL, "findes-ikke"), (cast.jens.id, NO_GRANT)):
        assert client.get(reverse("hours_row", args=[key, row])).status_code == 404
    assert Entry.objects.filter(refused=True, verb="timer, forløb").count() == 3


def test_the_spreadsheet_has_the_same_figures_and_is_journalled(cast: Cast, example: ServiceLevel) -> None:
    grant(cast.course, cast.helle, level_row=example.rows.get(key="oevrige"), level_minutes=90)
    answer = as_role(cast, Role.CONTROLLER).get(f"{reverse('hours_on_day')}?som=xlsx")
    assert "timer-2026-11-20.xlsx" in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(answer.content)) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<v>120</v>" in cells and "<f>" not in cells
    assert "Øvrige målgrupper" in words
    assert Entry.objects.get(kind="export").detail == {"on": "2026-11-20"}
