"""Answers to follow-ups by file: what is read, refused, corrected and never taken in twice or by half."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.domain.follow_up_file import COLUMNS, MOST_ROWS, read_answers
from mentorkorps.domain.given import BadInput
from mentorkorps.followup.actions.course import answer_follow_up
from mentorkorps.followup.actions.follow_up_import import bad_in, read_file, take_in
from mentorkorps.followup.models import FollowUp, FollowUpFile, Whereabouts
from mentorkorps.followup.queries.follow_ups import answers_at, due_follow_ups
from mentorkorps.journal.models import Entry
from tests.cast import TODAY, Cast, course_for, signed_in

HEAD = ";".join(COLUMNS)
JOB = "FJ-0400;6;i job;19-11-2026;Fagsystem"


def csv(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


def workbook(*rows: tuple[Any, ...], head: tuple[str, ...] = tuple(COLUMNS)) -> bytes:
    book, made = Workbook(), BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


@pytest.fixture
def ended(cast: Cast) -> Cast:
    """Jens' course has ended long enough ago to be asked about after 6 months, and not yet after 12."""
    Course.objects.filter(pk=cast.course.pk).update(
        start=date(2025, 11, 3), end=date(2026, 5, 3), ended_on=date(2026, 5, 3), end_reason="wish"
    )
    for months, due in ((6, date(2026, 11, 3)), (12, date(2027, 5, 3))):
        FollowUp.objects.create(course=cast.course, months=months, due=due)
    return cast


def read(cast: Cast, data: bytes, courses: Any = None) -> FollowUpFile:
    mine = Course.objects.all() if courses is None else courses
    return read_file(data, courses=mine, today=TODAY, by=cast.helle)


def take(cast: Cast, file: FollowUpFile) -> int:
    return take_in(file, courses=Course.objects.all(), today=TODAY, by=cast.helle)


def test_a_workbook_and_a_csv_say_the_same() -> None:
    row = ("FJ-0400", 6, "I job", date(2026, 11, 19), "Fagsystem")
    assert read_answers(workbook(row)) == read_answers(csv(JOB))
    assert read_answers(workbook(row, head=tuple(name.capitalize() for name in COLUMNS)))[0].on == row[3]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tom"),
        (b"PK\x03\x04nonsense", "regneark"),
        (HEAD.encode(), "kun overskrifter"),
        (b"a;b\n1;2", "sagsnummer"),
        (workbook(head=("sagsnummer", "status")), "måneder"),
        (csv(*[JOB] * (MOST_ROWS + 1)), "20.000"),
    ],
    ids=["empty", "broken", "only-head", "columns", "sheet-columns", "too-many"],
)
def test_a_bad_file_is_refused_whole(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_answers(data)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("FJ-0400", 7, "job", "19-11-2026", "x"), "måneder"),
        (("FJ-0400", 6, "rig", "19-11-2026", "x"), "status"),
        (("FJ-0400", 6, "job", "31-02-2026", "x"), "dato"),
        (("FJ-0400", 6, "job", "19-11-2026", None), "kilde: mangler"),
        (("FJ-0400", "=3+3", "job", "19-11-2026", "x"), "formel"),
        (("9" * 41, 6, "job", "19-11-2026", "x"), "40 tegn"),
    ],
)
def test_a_bad_row_says_why(row: tuple[Any, ...], says: str) -> None:
    [answer] = read_answers(workbook(row))
    assert says in " ".join(answer.bad)


def test_a_file_is_taken_in_once(ended: Cast) -> None:
    file = read(ended, csv(JOB))
    assert not Whereabouts.objects.exists()
    assert take(ended, file) == 1
    follow_up = FollowUp.objects.get(months=6)
    assert (follow_up.outcome, follow_up.asked_on, follow_up.asked_by) == (
        "job",
        date(2026, 11, 19),
        ended.helle,
    )
    with pytest.raises(ValidationError, match="allerede"):
        take(ended, file)
    again = read(ended, csv(JOB))
    assert [row["state"] for row in again.found] == ["known"]
    assert take(ended, again) == 0
    assert Whereabouts.objects.count() == 1
    entry = Entry.objects.filter(verb="taget svar på opfølgninger ind").order_by("id").first()
    assert entry is not None
    assert entry.shown == str(ended.jens.id)


def test_a_correction_keeps_what_it_corrects(ended: Cast) -> None:
    answer_follow_up(FollowUp.objects.get(months=6), outcome="lost", on=date(2026, 11, 10), by=ended.helle)
    file = read(ended, csv(JOB))
    assert [row["state"] for row in file.found] == ["correction"]
    take(ended, file)
    assert list(Whereabouts.objects.values_list("outcome", flat=True)) == ["job", "lost"]
    older = read(ended, csv("FJ-0400;6;ydelse;15-11-2026;Fagsystem"))
    assert "nyere svar fra 19-11-2026" in bad_in(older)[0]["bad"][0]


def test_one_bad_row_stops_the_whole_file(ended: Cast) -> None:
    file = read(ended, csv(JOB, "FJ-9999;6;job;19-11-2026;Fagsystem"))
    assert [row["number"] for row in bad_in(file)] == [3]
    with pytest.raises(ValidationError, match="Ret dem"):
        take(ended, file)
    assert not FollowUp.objects.exclude(outcome="").exists()
    assert not Whereabouts.objects.exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("FJ-0400;12;job;19-11-2026;x", "først spørges 03-05-2027"),
        ("FJ-0400;18;job;19-11-2026;x", "ikke efter 18"),
        ("FJ-0400;6;job;21-11-2026;x", "fremtiden"),
        ("FJ-0400;6;job;02-11-2026;x", "først spørges 03-11-2026"),
        ("FJ-0402;6;job;19-11-2026;x", "ingen af dine"),
    ],
)
def test_a_row_that_answers_nothing_says_why(ended: Cast, row: str, says: str) -> None:
    assert says in bad_in(read(ended, csv(row)))[0]["bad"][0]


def test_a_citizen_twice_in_a_file_is_said(ended: Cast) -> None:
    file = read(ended, csv(JOB, "FJ-0400;6;ydelse;20-11-2026;Fagsystem"))
    assert "række 2" in bad_in(file)[0]["bad"][0]


def test_the_number_of_the_case_system_finds_the_citizen_unless_two_have_it(ended: Cast) -> None:
    Citizen.objects.filter(pk=ended.jens.pk).update(external_case_number="ks-77")
    row = "KS-77;6;job;19-11-2026;Fagsystem"
    assert not bad_in(read(ended, csv(row)))
    Citizen.objects.filter(pk=ended.karla.pk).update(external_case_number="KS-77")
    other = course_for(ended.karla, ended.peter, ended.helle, ended_on=date(2026, 5, 3), end_reason="wish")
    FollowUp.objects.create(course=other, months=6, due=date(2026, 11, 3))
    assert "flere borgere" in bad_in(read(ended, csv(row)))[0]["bad"][0]


def test_what_one_may_not_see_is_not_there(ended: Cast) -> None:
    others = Course.objects.exclude(pk=ended.course.pk)
    assert "ingen af dine" in bad_in(read(ended, csv(JOB), courses=others))[0]["bad"][0]


def test_the_newest_course_that_was_due_is_meant(ended: Cast) -> None:
    older = course_for(
        ended.jens, ended.peter, ended.helle, start=date(2024, 1, 1), end=date(2024, 6, 1),
        ended_on=date(2024, 6, 1), end_reason="wish",
    )  # fmt: skip
    FollowUp.objects.create(course=older, months=6, due=date(2024, 12, 1))
    take(ended, read(ended, csv("FJ-0400;6;tilbud;02-11-2026;Fagsystem")))
    assert FollowUp.objects.get(outcome="offer").course == older


def test_large_files_take_a_fixed_number_of_queries(ended: Cast, django_assert_max_num_queries: Any) -> None:
    rows = [f"FJ-{place:05};6;job;19-11-2026;Fagsystem" for place in range(2_000)]
    with django_assert_max_num_queries(6):
        assert len(bad_in(read(ended, csv(JOB, *rows)))) == 2_000


def test_answers_are_counted_and_the_lost_are_not_hidden(ended: Cast) -> None:
    FollowUp.objects.create(course=Course.objects.exclude(pk=ended.course.pk)[0], months=6, due=TODAY)
    answer_follow_up(
        FollowUp.objects.filter(course=ended.course)[0], outcome="lost", on=TODAY, by=ended.helle
    )
    [six, twelve, _] = answers_at(Course.objects.all(), TODAY)
    assert (six.due, six.found, six.unanswered, dict(six.outcomes)["kan ikke findes"]) == (2, 0, 1, 1)
    assert twelve.due == 0
    assert due_follow_ups(Course.objects.all(), TODAY).count() == 1


def test_the_pages_lead_from_the_list_to_a_taken_file(
    ended: Cast, django_assert_max_num_queries: Any
) -> None:
    helle = signed_in(ended.helle)
    with django_assert_max_num_queries(14):
        assert "Jens Eksempel" in helle.get(reverse("follow_ups")).content.decode()
    listed = helle.get(reverse("follow_ups_export")).content
    assert read_answers(listed)[0].bad == ("status: mangler.", "dato: mangler.", "kilde: mangler.")
    refused = helle.post(reverse("upload_answers"), {"file": SimpleUploadedFile("svar.csv", b"a;b\n1;2")})
    assert "sagsnummer" in refused.content.decode()
    page = helle.post(
        reverse("upload_answers"), {"file": SimpleUploadedFile("svar.csv", csv(JOB))}, follow=True
    )
    assert "1 nye svar" in page.content.decode()
    done = helle.post(page.request["PATH_INFO"], follow=True)
    assert "1 svar er taget ind." in done.content.decode()
    shown = helle.get(reverse("follow_up", args=[FollowUp.objects.get(months=6).id])).content.decode()
    assert "fra en fil" in shown
    assert TODAY - timedelta(days=1) == FollowUp.objects.get(months=6).asked_on
