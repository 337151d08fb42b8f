"""A pile as it comes, in a zip file: each bad invoice is named with why, and the good ones go through to payment."""

from io import BytesIO
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from mentorkorps.domain.invoice import BadInvoice, unzipped
from mentorkorps.ledger.actions.intake import read_files, take_in
from mentorkorps.ledger.models import InvoiceLine
from mentorkorps.ledger.queries.three_way import controlled
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import Scene, a_course, invoice_scene
from tests.ledger.paper_invoices import CASES, Case, Paper, PaperLine, as_xml, pile

GOOD, BAD = 16, 2 * len(CASES)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def good_papers(scene: Scene) -> list[Paper]:
    """Invoices of half an hour for each of four citizens, alike in nothing, so that none is asked about."""
    courses = [
        scene.course,
        *(a_course(scene.cast, name, f"040{n}80999{n}") for n, name in enumerate("ABC", 1)),
    ]
    return [
        Paper(
            number=str(1000 + place),
            lines=(
                PaperLine(
                    reference=courses[place % 4].citizen.case_number,
                    hours=("0.5", "0.75", "1", "1.25")[place // 4],
                    name=f"Besøg {place}",
                ),
            ),
        )
        for place in range(GOOD)
    ]


def zipped(files: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.once
@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (zipped({}), "er tom"),
        (zipped({"a.xml": b"x" * 1_000})[:60], "kan ikke åbnes"),
        (zipped({"a.xml": b"<" * 4_000_000}), "svulmer"),
        (zipped({"a.xml": b"<" * 5_000_001}), "fylder for meget"),
        (zipped({f"{n}.xml": b"" for n in range(1_001)}), "har 1001 filer"),
        (zipped({"a.xml": b"<Invoice>"}, ZIP_BZIP2), "almindelig zip"),
        (
            zipped({"a.xml": b"<Invoice>" * 9}, ZIP_STORED).replace(b"<Invoice>" * 9, b"<Invoice " * 9),
            "ødelagt",
        ),
    ],
    ids=["empty", "cut", "swells", "large", "many", "method", "broken"],
)
def test_a_zip_file_that_is_not_read_says_why(packed: bytes, says: str) -> None:
    try:
        said = " ".join(str(held) for _, held in unzipped(packed))
    except BadInvoice as bad:
        said = str(bad)
    assert says in said


def test_the_pile_is_sorted_and_each_bad_one_is_named_with_why(scene: Scene) -> None:
    files = pile(good_papers(scene), BAD, Random(7))
    again = as_xml(Paper(number="1000"))
    packed = zipped(
        {f"../{name}": data for name, data, _ in files} | {"__MACOSX/._x": b"x", "i.zip": zipped({})}
    )
    upload = read_files([("bunke.zip", packed), ("igen.xml", again)], by=scene.controller)
    said = {row["file"]: " ".join(row["bad"]) for row in upload.found}
    assert "1000" in said.pop("igen.xml")
    assert "selv en zip-fil" in said.pop("i.zip")
    assert set(said) == {name for name, _, _ in files}
    for name, _, case in files:
        if case is None or case.taken_in:
            assert said[name] == "", name
        else:
            assert case.says in said[name], name
    assert len(take_in(upload, by=scene.controller, today=TODAY)) == sum(
        1 for _, _, case in files if case is None or case.taken_in
    )
    _each_taken_in_is_asked_about_as_it_should(files)


def _each_taken_in_is_asked_about_as_it_should(files: list[tuple[str, bytes, Case | None]]) -> None:
    lines = list(InvoiceLine.objects.select_related("invoice", "course"))
    by_number = {each.line.invoice.number: each for each in controlled(lines)}
    cases = [case for _, _, case in files if case]
    for number, each in by_number.items():
        sentences = " ".join(found.difference.says for found in each.found)
        if number.startswith("B"):
            assert any(case.says in sentences for case in cases if case.taken_in), (number, sentences)
            assert each.waiting
    said = " ".join(found.difference.says for each in by_number.values() for found in each.found)
    for case in CASES:
        assert not case.taken_in or case.says in said, case.name
