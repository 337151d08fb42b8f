"""The week board: figures that add up, the work list with why and what to do, filters, export, and who may see it."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from mentorkorps.cases.models import MentorAssignment
from mentorkorps.followup.actions import book_appointment, log_contact, record_absence
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import MentorAbsence, Role
from tests.cast import TODAY, Cast, citizen, course_for, new_key, signed_in

MAY_SEE = {Role.COORDINATOR, Role.LEADER, Role.PROVIDER}
MONDAY = TODAY - timedelta(days=TODAY.weekday())
BOARD = "/ugetavle/"


@pytest.fixture
def bodil(cast: Cast):
    return signed_in(cast.people[Role.COORDINATOR])


def meet(cast: Cast, course=None, day=TODAY, outcome: str = "met"):
    return log_contact(
        course or cast.course, key=new_key(), day=day, outcome=outcome, minutes=60, today=TODAY,
        by=cast.people[Role.COORDINATOR],
    )  # fmt: skip


def crowd(cast: Cast, size: int, mentor=None):
    who = [citizen("Bo", "Prøve", f"05057{n:05}", cast.unit) for n in range(size)]
    return [course_for(one, mentor or cast.fatima, cast.helle) for one in who]


def lack_of(page, course):
    return next(lack for lack in page.context["lacking"] if lack.row.course == course)


def test_the_figures_of_the_cast(cast: Cast, bodil) -> None:
    meet(cast)
    meet(cast, day=TODAY - timedelta(days=7))
    nadia = cast.people[Role.COMPANY_MENTOR].mentor.courses.get()
    book_appointment(nadia, day=TODAY + timedelta(days=1), today=TODAY, by=cast.helle)
    record_absence(cast.ditte.courses.get(), first=MONDAY, last=None, reason="sick", note="", by=cast.helle)
    page = bodil.get(BOARD)
    figures = page.context["figures"]
    assert (figures.running, figures.week.kept, figures.week.excused) == (4, 1, 1)
    assert (figures.open_with_appointment, figures.open_without_appointment) == (1, 1)
    text = page.content.decode()
    assert "33,3\xa0%" in text.replace("&nbsp;", "\xa0") and "samme dag sidste uge" in text
    assert "Uge\xa047, fredag 20.\xa0november\xa02026" in text


def test_the_longest_unseen_comes_first_with_days_in_words(cast: Cast, bodil) -> None:
    meet(cast, day=TODAY - timedelta(days=7))
    viktor = cast.ditte.courses.get()
    meet(cast, viktor, day=TODAY - timedelta(days=16))
    page = bodil.get(BOARD)
    order = [lack.row.course for lack in page.context["lacking"]]
    assert order.index(viktor) < order.index(cast.course)
    assert (lack_of(page, viktor).days, lack_of(page, cast.course).days) == (16, 7)
    assert "Aldrig" in page.content.decode()


def test_a_sick_mentor_leads_to_a_substitute_until_one_stands_in(cast: Cast, bodil) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY - timedelta(days=11), reason="sick")
    lack = lack_of(bodil.get(BOARD), cast.course)
    assert lack.why == "Mentor syg siden 9.\xa0nov."
    assert (lack.act.label, lack.act.address) == (
        "Vælg vikar",
        reverse("assign_substitute", args=[cast.course.id]),
    )
    MentorAssignment.objects.create(
        course=cast.course, mentor=cast.peter, first=TODAY, substitute=True, assigned_by=cast.helle
    )
    page = bodil.get(BOARD)
    assert lack_of(page, cast.course).why == "Vikar har ikke registreret noget i ugen"
    assert "Vikar: Peter Prøve" in page.content.decode()
    assert "syg siden 9.\xa0nov." in page.content.decode(), "the group still says that the mentor is away"


def test_a_course_without_a_mentor_leads_to_one(cast: Cast, bodil) -> None:
    cast.course.mentor = None
    cast.course.save()
    page = bodil.get(BOARD)
    lack = lack_of(page, cast.course)
    assert (lack.why, lack.act.label) == ("Ingen mentor endnu", "Vælg mentor")
    assert page.context["groups"][0].mentor is None


@pytest.mark.parametrize(
    ("outcomes", "why", "label"),
    [
        (["no_show"], "Udeblev torsdag", "Bed om nyt forsøg"),
        (["attempt", "no_show"], "Udeblev torsdag. 2 forsøg i ugen", "Bed om nyt forsøg"),
        (["cancelled_citizen"], "Aflyst af borger torsdag", "Bed om ny tid"),
        (["cancelled_mentor"], "Aflyst af mentor torsdag", "Bed om ny tid"),
        ([], "Mentor har ikke registreret noget i ugen", "Spørg mentor"),
    ],
)
def test_why_is_said_in_words_with_a_number_to_ring(cast: Cast, bodil, outcomes, why, label) -> None:
    for days, outcome in zip((2, 1)[-len(outcomes) :], outcomes, strict=False):
        meet(cast, day=TODAY - timedelta(days=days), outcome=outcome)
    lack = lack_of(bodil.get(BOARD), cast.course)
    assert (lack.why, lack.act.label, lack.act.address) == (why, label, "tel:12345678")


def test_a_supplier_that_has_logged_nothing_is_named(cast: Cast, bodil) -> None:
    assert (
        lack_of(bodil.get(BOARD), cast.ditte.courses.get()).why
        == "Leverandør har ikke registreret noget i ugen"
    )


def test_a_meeting_or_an_appointment_takes_a_course_off_the_list(cast: Cast, bodil) -> None:
    book_appointment(cast.course, day=TODAY, today=TODAY, by=cast.helle)
    assert cast.course not in [lack.row.course for lack in bodil.get(BOARD).context["lacking"]]


def test_everyone_met_is_said_too(cast: Cast, bodil) -> None:
    for course in {cast.course, *cast.peter.courses.all(), *cast.ditte.courses.all()}:
        meet(cast, course)
    meet(cast, cast.people[Role.COMPANY_MENTOR].mentor.courses.get())
    assert "Alle er mødt eller har en aftale." in bodil.get(BOARD).content.decode()


def test_the_list_shows_ten_and_all_when_asked(cast: Cast, bodil) -> None:
    crowd(cast, 12)
    page = bodil.get(BOARD)
    assert (len(page.context["lacking"]), page.context["unmet"]) == (10, 16)
    assert "Vis de 6 næste" in page.content.decode()
    assert len(bodil.get(BOARD, {"liste": "alle"}).context["lacking"]) == 16


def shown(page) -> set:
    return {row.course for group in page.context["groups"] for row in group.rows}


def test_filters_are_in_the_address_and_the_figures_follow(cast: Cast, bodil) -> None:
    meet(cast)
    cast.course.obligation = "must"
    cast.course.save()
    everyone = shown(bodil.get(BOARD))
    assert len(everyone) == 4
    assert shown(bodil.get(BOARD, {"team": "Jobindsats Syd"})) == set(cast.peter.courses.all())
    assert shown(bodil.get(BOARD, {"mentor": str(cast.fatima.id)})) == {cast.course}
    only_must = bodil.get(BOARD, {"hjemmel": "must"})
    assert shown(only_must) == {cast.course} and only_must.context["figures"].running == 1
    assert shown(bodil.get(BOARD, {"vis": "mangler"})) == everyone - {cast.course}
    assert shown(bodil.get(BOARD, {"vis": "holdt"})) == {cast.course}
    assert shown(bodil.get(BOARD, {"vis": "to"})) == everyone - {cast.course}
    assert shown(bodil.get(BOARD, {"vis": "udloeber"})) == set()
    counts = {word: count for word, _, count in bodil.get(BOARD).context["filters"]}
    assert counts == {"": 4, "mangler": 3, "to": 3, "udloeber": 0}


def test_what_runs_out_within_four_weeks_is_found(cast: Cast, bodil) -> None:
    cast.course.end = TODAY + timedelta(weeks=4)
    cast.course.save()
    assert shown(bodil.get(BOARD, {"vis": "udloeber"})) == {cast.course}


@pytest.mark.parametrize(
    "query",
    [
        {"uge": "2026-99"},
        {"uge": "i dag"},
        {"uge": "0000-01"},
        {"uge": "0001-01"},
        {"uge": "9999-52"},
        {"uger": "900"},
        {"vis": "x"},
        {"hjemmel": "x"},
        {"side": "x"},
    ],
)
def test_what_an_address_cannot_mean_is_left_out(cast: Cast, bodil, query) -> None:
    page = bodil.get(BOARD, query)
    assert page.status_code == 200
    assert (page.context["asked"].week, page.context["asked"].length, len(shown(page))) == (
        page.context["now"],
        12,
        4,
    )


def test_filters_that_keep_nothing_say_so_and_offer_the_way_out(cast: Cast, bodil) -> None:
    assert "Fjern filtrene" in bodil.get(BOARD, {"team": "Findes ikke"}).content.decode()
    assert "Vis alle 4" in bodil.get(BOARD, {"vis": "udloeber"}).content.decode()


def test_earlier_and_later_weeks(cast: Cast, bodil) -> None:
    meet(cast, day=TODAY - timedelta(days=7))
    before = bodil.get(BOARD, {"uge": "2026-46"})
    assert before.context["figures"].week[:2] == (1, 3)
    text = before.content.decode()
    assert (
        "Ugen er lukket." in text
        and "Manglede i uge\xa046" in text
        and "uge=2026-45" in text
        and "Denne uge" in text
    )
    ahead = bodil.get(BOARD, {"uge": "2026-48"}).content.decode()
    assert "Ugen er ikke begyndt." in ahead and "Mangler inden søndag" not in ahead


@pytest.mark.parametrize(("length", "first"), [("12", 37), ("26", 23)])
def test_twelve_or_twenty_six_weeks_end_with_the_next(cast: Cast, bodil, length: str, first: int) -> None:
    page = bodil.get(BOARD, {"uger": length})
    weeks = [week for week, _ in page.context["columns"]]
    assert len(weeks) == int(length)
    assert f'<span class="hide">Uge </span>{first}</th>' in page.content.decode()
    assert all(len(row.weeks) == int(length) for group in page.context["groups"] for row in group.rows)


def test_hours_count_the_weeks_shown_that_have_begun(cast: Cast, bodil) -> None:
    meet(cast, day=TODAY - timedelta(weeks=20))
    meet(cast)
    rows = {row.course: row for group in bodil.get(BOARD).context["groups"] for row in group.rows}
    row = rows[cast.course]
    assert (row.delivered, row.granted, row.level, row.weeks_left) == (60, 11 * 120, None, 4)
    cast.course.start = MONDAY
    cast.course.save()
    rows = {row.course: row for group in bodil.get(BOARD).context["groups"] for row in group.rows}
    assert rows[cast.course].granted == 120


def test_fifty_courses_a_page_under_their_mentor(cast: Cast, bodil) -> None:
    crowd(cast, 60)
    page = bodil.get(BOARD)
    assert len(shown(page)) == 50
    assert "1–50 af 64" in page.content.decode()
    fatima = next(group for group in page.context["groups"] if group.mentor == cast.fatima)
    assert fatima.total == 61
    assert len(shown(bodil.get(BOARD, {"side": "2"}))) == 14


@pytest.mark.parametrize("size", [3, 70])
def test_the_board_takes_at_most_fourteen_queries_for_any_number(
    cast: Cast, bodil, django_assert_max_num_queries, size: int
) -> None:
    for course in crowd(cast, size)[::2]:
        meet(cast, course)
    bodil.get(BOARD)
    with django_assert_max_num_queries(14):
        bodil.get(BOARD, {"uger": "26"})


def test_what_was_shown_is_journalled(cast: Cast, bodil) -> None:
    bodil.get(BOARD)
    entry = Entry.objects.get(verb="ugetavle")
    assert (entry.kind, entry.detail) == (Kind.LIST, {"week": "2026-47"})
    assert str(cast.jens.id) in entry.shown and len(entry.shown.splitlines()) == 4


def test_the_export_has_every_course_as_text_and_is_journalled(cast: Cast, bodil) -> None:
    cast.jens.last_name = "=HYPERLINK(1)"
    cast.jens.save()
    meet(cast)
    answer = bodil.get(reverse("board_export"), {"uger": "12"})
    assert "ugetavle-2026-47.xlsx" in answer["Content-Disposition"]
    book = ZipFile(BytesIO(answer.content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "Jens =HYPERLINK(1)" in words and "Uge 47" in words and "holdt" in words
    page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page and page.count("<row ") == 5
    entry = Entry.objects.get(verb="ugetavle", kind=Kind.EXPORT)
    assert len(entry.shown.splitlines()) == 4
    only = bodil.get(reverse("board_export"), {"mentor": str(cast.fatima.id)})
    assert ZipFile(BytesIO(only.content)).read("xl/worksheets/sheet1.xml").decode().count("<row ") == 2


def test_a_provider_sees_own_courses_by_first_name_and_cannot_assign(cast: Cast) -> None:
    viggo = signed_in(cast.people[Role.PROVIDER])
    MentorAbsence.objects.create(mentor=cast.ditte, first=TODAY - timedelta(days=2), reason="sick")
    page = viggo.get(BOARD)
    text = page.content.decode()
    assert shown(page) == set(cast.ditte.courses.all())
    assert "Viktor E." in text and "Viktor Eksempel" not in text
    assert "Jens" not in text and "Fatima" not in text
    assert lack_of(page, cast.ditte.courses.get()).act is None and "Se forløbet" in text
    words = ZipFile(BytesIO(viggo.get(reverse("board_export")).content)).read("xl/sharedStrings.xml").decode()
    assert "Viktor E." in words and "Viktor Eksempel" not in words and "Jens" not in words


def test_a_leader_looks_and_leaves_assigning_and_logging_to_others(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    text = signed_in(cast.people[Role.LEADER]).get(BOARD).content.decode()
    assert "Jens Eksempel" in text
    assert "Vælg vikar" not in text and "Registrér" not in text


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_SEE))
@pytest.mark.parametrize("name", ["week_board", "board_export"])
def test_other_roles_find_no_board_and_the_journal_knows(cast: Cast, role: Role, name: str) -> None:
    assert signed_in(cast.people[role]).get(reverse(name)).status_code == 404
    assert Entry.objects.filter(refused=True, detail__page=name, actor_role=role).count() == 1


@pytest.mark.parametrize("name", ["week_board", "board_export"])
def test_nobody_is_sent_to_sign_in(cast: Cast, name: str) -> None:
    answer = signed_in(None).get(reverse(name))
    assert answer.status_code == 302 and "/konto/login/" in answer.url
