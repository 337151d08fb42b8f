"""The handbook and the accessibility statement: whole, open to all, and true to the addresses they name."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from mentorkorps.municipality.models import Role
from mentorkorps.web.pages.help import CHAPTERS, FOR_ROLE, HANDBOOK, chapter_html
from tests.cast import Cast, signed_in

SLUGS = [slug for slug, _, _ in CHAPTERS]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chapter_opens_for_whoever_comes(cast: Cast, slug: str) -> None:
    page = signed_in(None).get(reverse("help_page", args=[slug]))
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


def test_every_file_is_a_chapter_and_every_role_has_one() -> None:
    assert sorted(file.name for file in HANDBOOK.iterdir()) == sorted(f"{slug}.md" for slug in SLUGS)
    assert set(FOR_ROLE) == set(Role)


@pytest.mark.parametrize("slug", SLUGS)
def test_links_within_the_handbook_lead_somewhere(cast: Cast, slug: str) -> None:
    for target in re.findall(r'href="(/[^"#]*)', str(chapter_html(slug))):
        assert signed_in(None).get(target).status_code in (200, 302), target


@pytest.mark.parametrize("slug", SLUGS)
def test_a_picture_that_is_not_there_is_left_out(slug: str) -> None:
    for source in re.findall(r'<img src="/static/([^"]+)"', str(chapter_html(slug))):
        assert finders.find(source)


def test_ones_own_chapter_comes_first(cast: Cast) -> None:
    page = signed_in(cast.people[Role.DPO]).get(reverse("help"))
    assert page.context["chapters"][0][0] == "databeskyttelse-og-administrator"


def test_a_chapter_that_is_not_there(cast: Cast) -> None:
    assert signed_in(None).get(reverse("help_page", args=["findes-ikke"])).status_code == 404


def test_the_statement_says_what_was_not_tested(cast: Cast) -> None:
    page = signed_in(None).get(reverse("accessibility")).content.decode()
    assert "Hvad vi ikke har prøvet" in page
    assert "12 34 56 78" in page
