"""The pages of files: from an upload to rows taken in, to be mended and taken out; and the worker that helps."""

import re
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bench.intake import as_csv, rows
from mentorkorps.cases.models import Citizen, Intake
from mentorkorps.domain.intake import KINDS, LARGEST_FILE
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.web.pages import intake as pages
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.once
START = reverse("intakes")
SECRET = re.compile(r"(?<![\w-])\d{6}-?\d{4}(?![\w-])")  # alone, not a part of a key


@pytest.fixture
def bodil(cast: Cast) -> Client:
    return signed_in(cast.people[Role.COORDINATOR])


def upload(client: Client, data: bytes, kind: str = "borgere", key: uuid.UUID | None = None) -> Any:
    file = SimpleUploadedFile("borgere.csv", data)
    return client.post(START, {"key": key or uuid.uuid4(), "kind": kind, "file": file})


def columns_of(client: Client, address: str) -> dict[str, Any]:
    """What the form of columns would post as it stands."""
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def previewed(client: Client, data: bytes) -> str:
    """The address of the page that shows what a file holds."""
    columns = upload(client, data).url
    return str(client.post(columns, columns_of(client, columns)).url)


def test_a_file_goes_from_upload_to_citizens_and_a_file_to_mend(cast: Cast, bodil: Client) -> None:
    place = previewed(bodil, as_csv(rows(40, 15, "Jobindsats Nord", cast.helle.email)))
    page = bodil.get(place).content.decode()
    assert "Tag 25 rækker ind" in page
    assert "Fejlene efter slags" in page
    assert not SECRET.search(page.replace("010190-1234", ""))
    before = Citizen.objects.count()
    assert "taget ind: 25 nye" in bodil.post(place, follow=True).content.decode()
    assert "allerede taget ind" in bodil.post(place, follow=True).content.decode()
    assert Citizen.objects.count() == before + 25
    for form in ("csv", "xlsx"):
        mend = bodil.get(f"{place}til-rettelse.{form}")
        assert f"borgere-til-rettelse.{form}" in mend["Content-Disposition"]
    lines = bodil.get(f"{place}til-rettelse.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 16
    assert lines[0].endswith(";Fejl")
    assert Entry.objects.filter(verb="hentet rækker til rettelse", kind="export").count() == 3
    assert "rækkerne er slettet" in bodil.post(f"{place}fortryd/", follow=True).content.decode().lower()
    assert bodil.get(f"{place}til-rettelse.csv").status_code == 302


def test_changes_are_shown_by_case_number_and_journalled(cast: Cast, bodil: Client) -> None:
    place = previewed(bodil, b"Sagsnummer;Telefon\nFJ-0400;11 22 33 44\n")
    page = bodil.get(place).content.decode()
    assert "FJ-0400" in page
    assert "11 22 33 44" not in page
    entry = Entry.objects.filter(verb="indlæsning", kind="list").latest("id")
    assert entry.shown == str(cast.jens.pk)
    bodil.post(place)
    again = bodil.get(previewed(bodil, b"Sagsnummer;Telefon\nFJ-0400;11 22 33 44\n")).content.decode()
    assert "Alt i filen stod der i forvejen" in again
    assert "Tag " not in again


def test_the_same_upload_sent_twice_is_one_file(cast: Cast, bodil: Client) -> None:
    key = uuid.uuid4()
    assert upload(bodil, b"CPR\n1\n", key=key).url == upload(bodil, b"CPR\n1\n", key=key).url
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"", "borgere", "Filen er tom"),
        (b"CPR\n", "borgere", "kun overskrifter"),
        (b"CPR\n1\n", "", "Skal udfyldes"),
        (b"x" * (LARGEST_FILE + 1), "borgere", "større end 10 MB"),
        (b"E-mail\n" + b"a@b.dk\n" * 2_001, "mentorer", "mere end 2.000"),
    ],
    ids=["empty", "headings", "no-kind", "large", "many"],
)
def test_a_file_that_cannot_be_used_is_told_at_its_field(
    cast: Cast, bodil: Client, data: bytes, kind: str, says: str
) -> None:
    assert says in upload(bodil, data, kind).content.decode()
    assert not Intake.objects.exists()


def test_columns_that_were_not_found_are_chosen_by_hand(cast: Cast, bodil: Client) -> None:
    place = upload(bodil, b"Id;Hvad\n010190-1234;Ane\n").url
    page = bodil.get(place).content.decode()
    assert "Id, her: 10 cifre" in page
    assert "Læses ikke: Id, Hvad" in page
    assert "rækkerne kendes på dem" in bodil.post(place, {"first_name": "1"}).content.decode()
    assert "valgt to gange" in bodil.post(place, {"cpr": "0", "first_name": "0"}).content.decode()
    assert "Vælg en kolonne på listen" in bodil.post(place, {"cpr": "7"}).content.decode()
    assert bodil.post(place, {"cpr": "0", "first_name": "1"}).status_code == 302


def test_a_large_file_is_left_to_the_worker(
    cast: Cast, bodil: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_AT_ONCE", 3)
    place = previewed(bodil, as_csv(rows(4, 0, "Jobindsats Nord", cast.helle.email)))
    assert "i baggrunden" in bodil.get(place).content.decode()
    page = bodil.post(place, follow=True).content.decode()
    assert 'hx-trigger="every 5s"' in page
    old = previewed(bodil, b"Sagsnummer;Telefon\nFJ-0400;11223344\n")
    Intake.objects.filter(pk=old.split("/")[2]).update(read_at=timezone.now() - timedelta(hours=25))
    call_command("worker", "--once")
    assert "Borgere er taget ind" in bodil.get(place).content.decode()
    assert "Filen er slettet" in bodil.get(old).content.decode()


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_empty_file_has_our_headings_and_a_line_of_help_for_each(
    cast: Cast, bodil: Client, kind: str
) -> None:
    book = load_workbook(BytesIO(bodil.get(reverse("intake_template", args=[kind])).content))
    columns = KINDS[kind].columns
    assert [cell.value for cell in book.worksheets[0][1]] == [column.heading for column in columns]
    assert book.worksheets[0].column_dimensions["A"].number_format == "@"
    help_lines = [tuple(cell.value for cell in row[:2]) for row in book["Hjælp"].iter_rows(min_row=2)]
    assert help_lines == [(column.heading, column.help) for column in columns]


def test_what_is_taken_out_is_journalled_with_or_without_cpr_numbers(cast: Cast, bodil: Client) -> None:
    place = reverse("intake_export", args=["borgere", "csv"])
    assert not SECRET.search(bodil.get(place).content.decode())
    assert "140376-9995" in bodil.get(place, {"cpr": "ja"}).content.decode()
    without, with_cpr = Entry.objects.filter(verb="udlæst fil", kind="export").order_by("id")
    assert (without.detail["cpr"], with_cpr.detail["cpr"]) == (False, True)
    assert len(with_cpr.shown.split()) == Citizen.objects.count()
    for kind in KINDS:
        answer = bodil.get(reverse("intake_export", args=[kind, "xlsx"]))
        assert (
            load_workbook(BytesIO(answer.content)).worksheets[0]["A1"].value == KINDS[kind].columns[0].heading
        )


def test_words_that_are_no_kind_or_form_are_not_found(cast: Cast, bodil: Client) -> None:
    for place in ("skabelon/andet.xlsx", "udlaes/andet.csv", "udlaes/borgere.pdf"):
        assert bodil.get(f"{START}{place}").status_code == 404


def test_the_pages_cost_few_queries(cast: Cast, bodil: Client, django_assert_max_num_queries: Any) -> None:
    places = [previewed(bodil, as_csv(rows(30, 15, "Jobindsats Nord", cast.helle.email))) for _ in range(3)]
    for place in (START, places[0]):
        with django_assert_max_num_queries(12):
            bodil.get(place)
