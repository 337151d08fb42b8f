"""The compliance figure has one definition: the course, the audit, the board and the added-up weeks say the same."""

from datetime import timedelta

import pytest

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import iso_week, week_number
from mentorkorps.followup.actions import correct_contact, log_contact, record_absence, retract_contact
from mentorkorps.followup.queries.week_groups import grouped_weeks
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, new_key, signed_in
from tests.web.test_my_day import cells

MONDAY = TODAY - timedelta(days=TODAY.weekday())
WEEK = week_number(TODAY)


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """Jens has kept, missed and excused weeks, a correction and a retraction; Viktor has kept one week."""
    by = cast.people[Role.COORDINATOR]
    made = [meet(cast, cast.course, MONDAY - timedelta(weeks=back), by) for back in (1, 2, 3, 5, 8, 9)]
    correct_contact(made[1], key=new_key(), today=TODAY, by=by, minutes=45)
    retract_contact(made[2], key=new_key(), by=by)
    away = MONDAY - timedelta(weeks=6)
    record_absence(cast.course, first=away, last=away + timedelta(days=6), reason="sick", note="", by=by)
    meet(cast, cast.ditte.courses.get(), MONDAY - timedelta(weeks=2), by)
    return cast


def meet(cast: Cast, course: Course, day, by):
    return log_contact(course, key=new_key(), day=day, outcome="met", minutes=60, today=TODAY, by=by)


def test_every_page_gives_a_course_the_same_figure(lived: Cast) -> None:
    bodil, course = signed_in(lived.people[Role.COORDINATOR]), lived.course
    shown = bodil.get(f"/forloeb/{course.id}/").context["view"].kept
    found = bodil.get(f"/forloeb/{course.id}/uger/").context["found"]
    assert found.kept == shown and shown.kept == 5 and shown.excused == 1 and shown.missed > 5
    board = bodil.get("/ugetavle/", {"uger": 26, "uge": "{}-{:02}".format(*iso_week(WEEK))})
    row = next(r for g in board.context["groups"] for r in g.rows if r.course == course)
    assert row.compliance[:4] == shown[:4]
    mine = grouped_weeks(Course.objects.filter(pk=course.pk), range(WEEK - 25, WEEK + 1), TODAY, "mentor")
    assert mine.whole.total == shown == mine.groups[0].total


@pytest.mark.parametrize("back", [0, 2, 3, 6])
def test_a_week_of_everybody_is_the_board_of_that_week(lived: Cast, back: int) -> None:
    bodil = signed_in(lived.people[Role.COORDINATOR])
    page = bodil.get("/ugetavle/uger/", {"efter": "mentor"})
    week, word, added = page.context["rows"][-1 - back]
    assert week == WEEK - back
    assert bodil.get("/ugetavle/", {"uge": word}).context["figures"].week == added
    for group in page.context["page"]:
        of_group = bodil.get("/ugetavle/", {"uge": word, "mentor": group.key}).context["figures"].week
        assert of_group == group.weeks[-1 - back], group.name


def test_providers_lead_down_to_their_own_courses(lived: Cast) -> None:
    bodil = signed_in(lived.people[Role.COORDINATOR])
    groups = bodil.get("/ugetavle/uger/", {"efter": "leverandoer", "uger": "26"}).context["page"]
    assert {group.name for group in groups} == {"Prøvehuset A/S", "Prøvetræ ApS", "Kommunens egne"}
    for group in groups:
        board = bodil.get("/ugetavle/", {"leverandoer": group.key})
        assert board.context["figures"].running == group.courses


def test_the_added_up_weeks_take_few_queries(lived: Cast, django_assert_max_num_queries) -> None:
    bodil = signed_in(lived.people[Role.COORDINATOR])
    bodil.get("/ugetavle/uger/")
    with django_assert_max_num_queries(10):
        bodil.get("/ugetavle/uger/", {"uger": "26"})


def test_the_audit_shows_corrections_and_is_journalled(lived: Cast) -> None:
    helle, course = signed_in(lived.helle), lived.course
    text = helle.get(f"/forloeb/{course.id}/uger/").content.decode().replace("\xa0", " ")
    assert (
        "Før: 1 t." in text
        and "Rettet senere, tæller ikke" in text
        and "Trækker en registrering tilbage" in text
    )
    assert "Kommunens egen rytme" in text
    rows = cells(helle.get(f"/forloeb/{course.id}/uger.xlsx").content)
    assert {"Rytme", "Uge", "Kontakt", "Fravær"} <= set(rows)
    paper = helle.get(f"/forloeb/{course.id}/uger.pdf")
    assert paper.content.startswith(b"%PDF") and "1403" not in paper.headers["Content-Disposition"]
    exports = Entry.objects.filter(kind="export", verb="ugerne til tilsyn")
    assert [entry.shown for entry in exports] == [str(lived.jens.id)] * 2
