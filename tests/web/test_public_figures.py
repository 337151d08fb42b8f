"""The page of the public figures: no total, breakdown, chart or file gives a hidden cell back."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mentorkorps.cases.models import OtherOffer
from mentorkorps.followup.models import BaseFigure
from mentorkorps.municipality.models import Role
from mentorkorps.web.pages.public_figures import BY
from tests.cast import Cast, citizen, course_for, signed_in


@pytest.fixture
def town(cast: Cast) -> Cast:
    """Sixteen persons with a mentor, of whom three are men and three are in another offer."""
    for place in range(12):
        sex = "m" if place < 3 else "k"
        who = citizen("Prøve", f"Prøve {place}", f"010190{9900 + place}", cast.unit, gender=sex)
        course_for(who, cast.fatima, cast.helle)
        kind = "trainee" if place < 3 else "none"
        OtherOffer.objects.create(citizen=who, since="2026-01-01", kind=kind, source="x", noted_by=cast.helle)
    return cast


def sheet_rows(client: Any, word: str) -> list[tuple[Any, ...]]:
    made = client.get(reverse("public_figures_export"), {"efter": word})
    return list(load_workbook(BytesIO(made.content)).active.iter_rows(min_row=2, values_only=True))


def test_no_file_gives_a_hidden_cell_back(town: Cast) -> None:
    leader = signed_in(town.people[Role.LEADER])
    for word in BY:
        rows = sheet_rows(leader, word)
        for month in {row[0] for row in rows}:
            [total] = [row[3] for row in rows if row[0] == month and row[2] == "I alt"]
            cells = [row[3] for row in rows if row[0] == month and row[2] != "I alt"]
            hidden = [cell for cell in cells if cell == "skjult"]
            shown = [cell for cell in cells if cell != "skjult"]
            assert all(cell == 0 or cell >= 5 for cell in shown)
            assert len(hidden) != 1
            if hidden and total != "skjult":
                assert total - sum(shown) >= 5, (word, month)


def test_three_men_are_hidden_with_others_everywhere(town: Cast) -> None:
    leader = signed_in(town.people[Role.LEADER])
    newest = {row[2]: row[3] for row in sheet_rows(leader, "koen")[-4:]}
    assert newest == {"I alt": 16, "Kvinder": 9, "Mænd": "skjult", "Køn ikke oplyst": "skjult"}
    page = leader.get(reverse("public_figures"), {"efter": "koen"}).content.decode()
    assert page.count("skjult") >= 2
    newest = {row[2]: row[3] for row in sheet_rows(leader, "tilbud")[-4:]}
    assert [newest[name] for name in ("I alt", "Kun mentor")] == [16, 9]
    assert newest["Mentor og andet tilbud"] == newest["Ved ikke, om der er andet"] == "skjult"


def test_a_base_is_written_and_gives_a_share_but_never_of_a_hidden_cell(town: Cast) -> None:
    leader = signed_in(town.people[Role.LEADER])
    assert "mangler" in leader.get(reverse("public_figures")).content.decode()
    place = reverse("base_figures")
    wrong = leader.post(place, {"month": "13-2026", "persons": "0", "source": ""}).content.decode()
    assert "er ikke en måned" in wrong
    assert "Skriv 1 eller mere" in wrong
    for group, persons in (("", "160"), ("kontanthjaelp_aktivitetsparat", "80")):
        said = {"month": "10-2026", "target_group": group, "persons": persons, "source": "Jobindsats"}
        assert leader.post(place, said).status_code == 302
    assert BaseFigure.objects.count() == 2
    assert "10,0\xa0%" in leader.get(reverse("public_figures")).content.decode().replace("&nbsp;", "\xa0")
    for row in sheet_rows(leader, "maalgruppe"):
        assert (row[3] == "skjult") <= (row[5] in ("skjult", "mangler", None))


def test_the_page_takes_few_queries(town: Cast, django_assert_max_num_queries: Any) -> None:
    leader = signed_in(town.people[Role.LEADER])
    with django_assert_max_num_queries(10):
        leader.get(reverse("public_figures"))
    assert leader.get(reverse("public_figures"), {"efter": "<b>"}).status_code == 200
    assert (
        "Skriv grundlag"
        not in signed_in(town.people[Role.COORDINATOR]).get(reverse("public_figures")).content.decode()
    )


def test_an_offer_is_noted_on_the_citizen(town: Cast) -> None:
    place = reverse("other_offers", args=[town.jens.id])
    helle = signed_in(town.helle)
    assert "Vi ved det ikke endnu" in helle.get(place).content.decode()
    assert "Vælg et tilbud" in helle.post(place, {"since": "1-9-2026", "source": "x"}).content.decode()
    said = {"kind": "none", "since": "01-09-2026", "source": "Samtale"}
    assert "Intet andet tilbud" in helle.post(place, said, follow=True).content.decode()
