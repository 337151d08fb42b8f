"""A pile as it comes: each bad invoice is named with why, and the good ones go through to payment."""

from random import Random

import pytest

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


def test_the_pile_is_sorted_and_each_bad_one_is_named_with_why(scene: Scene) -> None:
    files = pile(good_papers(scene), BAD, Random(7))
    again = as_xml(Paper(number="1000"))
    upload = read_files(
        [(name, data) for name, data, _ in files] + [("igen.xml", again)], by=scene.controller
    )
    said = {row["file"]: " ".join(row["bad"]) for row in upload.found}
    assert "1000" in said.pop("igen.xml")
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
