"""The public figures from real rows: periods, groups, other offers and bases."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.offers import note_offer
from mentorkorps.cases.actions.referral import register_citizen
from mentorkorps.cases.models import Course, OtherOffer
from mentorkorps.followup.actions.base_figures import write_base
from mentorkorps.followup.models import BaseFigure
from mentorkorps.followup.queries.public_figures import PublicFigures, public_figures
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Mentor
from tests.cast import TODAY, Cast, citizen, course_for
from tests.web.stage import decision_for

OCTOBER = date(2026, 10, 1)


def a_city(cast: Cast) -> None:
    """Eight more citizens with Fatima, so that there is something to show."""
    for place in range(8):
        who = citizen("Prøve", f"Prøve {place}", f"010190{9900 + place}", cast.unit, gender="km"[place % 2])
        course_for(who, cast.fatima, cast.helle)


def october(found: PublicFigures) -> dict[str, int | None]:
    row = found.rows[-1]
    assert row.first == OCTOBER
    return dict(zip(found.columns, (cell.persons for cell in row.cells), strict=True))


def test_the_months_are_whole_and_count_those_with_a_mentor(
    cast: Cast, django_assert_num_queries: object
) -> None:
    a_city(cast)
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = public_figures("kind", TODAY)
    assert [row.first for row in (found.rows[0], found.rows[-1])] == [date(2024, 11, 1), OCTOBER]
    assert found.rows[-1].total.persons == 12
    assert found.rows[0].total.persons == 0
    Course.objects.update(ended_on=date(2026, 9, 30), end_reason="wish")
    assert public_figures("kind", TODAY).rows[-1].total.persons == 0


def test_a_course_without_a_mentor_does_not_count(cast: Cast) -> None:
    a_city(cast)
    course_for(citizen("Uden", "Prøve", "0101919990", cast.unit), None, cast.helle)
    assert public_figures("kind", TODAY).rows[-1].total.persons == 12


def test_the_group_is_that_of_the_grant_of_the_time(cast: Cast) -> None:
    a_city(cast)
    decided = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    cast.course.grants.create(
        decision=decided, start=cast.course.start, end=date(2026, 9, 30), minutes_per_week=60, rule="R3-01",
        obligation="may", target_group="dagpenge",
    )  # fmt: skip
    found = public_figures("group", TODAY)
    assert found.rows[-1].total.persons == 11
    assert "dagpenge" in found.columns


def test_only_offer_is_noted_dated_and_never_guessed(cast: Cast) -> None:
    a_city(cast)
    assert october(public_figures("offer", TODAY)) == {"only": 0, "beside": 0, "unknown": 12}
    for course in Course.objects.filter(mentor=cast.fatima)[:6]:
        note_offer(
            course.citizen, since=date(2026, 9, 1), kind="none", source="Samtale", today=TODAY, by=cast.helle
        )
    assert october(public_figures("offer", TODAY)) == {"only": 6, "beside": 0, "unknown": 6}


def test_an_offer_is_noted_once_and_corrected_by_a_new_row(cast: Cast) -> None:
    said = {"since": date(2026, 9, 1), "kind": "none", "source": "Samtale", "today": TODAY, "by": cast.helle}
    assert note_offer(cast.jens, **said) == note_offer(cast.jens, **said)
    note_offer(cast.jens, **said | {"kind": "trainee"})
    assert list(cast.jens.other_offers.values_list("kind", flat=True)) == ["trainee", "none"]
    assert Entry.objects.filter(verb="noteret andet tilbud", citizen_id=cast.jens.id).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("since", date(2026, 11, 21)), ("since", date(1950, 1, 1)), ("kind", "alt"), ("source", "  ")],
)
def test_a_note_says_what_is_wrong_at_the_field(cast: Cast, field: str, value: object) -> None:
    said = {"since": date(2026, 9, 1), "kind": "none", "source": "Samtale", "today": TODAY, "by": cast.helle}
    with pytest.raises(ValidationError) as wrong:
        note_offer(cast.jens, **said | {field: value})
    assert list(wrong.value.message_dict) == [field]
    assert not OtherOffer.objects.exists()


def test_a_share_needs_a_base_and_the_newest_counts(cast: Cast) -> None:
    a_city(cast)
    assert public_figures("group", TODAY).rows[-1].total.percent is None
    said = {"month": OCTOBER, "target_group": "", "source": "Jobindsats", "today": TODAY, "by": cast.helle}
    write_base(persons=100, **said)
    assert write_base(persons=120, **said) == write_base(persons=120, **said)
    assert BaseFigure.objects.count() == 2
    assert public_figures("group", TODAY).rows[-1].total.percent == Decimal("10.0")


@pytest.mark.parametrize(
    ("field", "value"),
    [("month", date(2026, 10, 2)), ("month", date(2027, 1, 1)), ("persons", 0), ("source", " ")],
)
def test_a_base_says_what_is_wrong_at_the_field(cast: Cast, field: str, value: object) -> None:
    said = {"month": OCTOBER, "target_group": "", "persons": 10, "source": "Jobindsats"}
    with pytest.raises(ValidationError) as wrong:
        write_base(**said | {field: value}, today=TODAY, by=cast.helle)
    assert list(wrong.value.message_dict) == [field]


def test_the_cpr_number_tells_the_gender_that_nobody_did(cast: Cast) -> None:
    said = {"by": cast.helle, "last_name": "Prøve"}
    assert register_citizen(cpr="0101959991", first_name="Ole", **said).gender == "m"
    assert register_citizen(cpr="0101959992", first_name="Ida", **said).gender == "k"
    assert register_citizen(cpr="0101959994", first_name="Bo", gender="m", **said).gender == "m"


def test_a_firms_mentor_with_several_citizens_is_a_place_mentor(cast: Cast) -> None:
    a_city(cast)
    torben = Mentor.objects.get(name="Torben Prøve")
    for place in range(5):
        who = citizen("Plads", f"Prøve {place}", f"010190{9920 + place}", cast.unit)
        course_for(who, torben, cast.helle)
    assert october(public_figures("kind", TODAY)) == {"individual": 11, "place": 6}
