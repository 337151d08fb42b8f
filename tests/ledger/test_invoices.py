"""Invoices from a file to a payment: what is taken in, what is asked about, and that two people stand behind it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.domain.refusal import Refusal
from mentorkorps.ledger.actions.intake import enter_invoice, read_files, take_in
from mentorkorps.ledger.actions.invoices import (
    answer_dispute,
    check_invoice,
    return_invoice,
    settle,
    undo_settlement,
)
from mentorkorps.ledger.models import Invoice
from mentorkorps.ledger.queries.invoices import invoiced_minutes
from mentorkorps.ledger.queries.references import short_number
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.models import Provider, Role
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import Scene, a_course, invoice_scene, meet
from tests.ledger.paper_invoices import Paper, PaperLine, as_csv, as_xml

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def bad_of(scene: Scene, *files: tuple[str, bytes]) -> list[str]:
    upload = read_files(files, by=scene.controller)
    return [" ".join(row["bad"]) for row in upload.found]


def line(**changes: object) -> Paper:
    return Paper(lines=(PaperLine(**changes),))  # type: ignore[arg-type]


# Taking in


def test_what_is_in_order_waits_for_nothing(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    assert scene.codes(invoice) == []
    (row,) = invoice.lines.all()
    assert (row.course, row.minutes, row.amount_ore) == (scene.course, 480, 336_000)
    assert invoiced_minutes(OCTOBER, OCTOBER) == {(scene.course.pk, OCTOBER): 480}


def test_the_short_number_of_a_course_is_read_too(scene: Scene) -> None:
    (invoice,) = scene.take(line(reference=f"Forløb {short_number(scene.course)}, oktober"))
    assert invoice.lines.get().course == scene.course


def test_a_table_with_semicolons_is_read(scene: Scene) -> None:
    upload = read_files([("liste.csv", as_csv([Paper(), line(hours="2.5")]))], by=scene.controller)
    # The same number stands for one invoice: its head must then say the same on each row.
    assert "skal være det samme" in upload.found[0]["bad"][0]
    taken = scene.take(Paper(number="7", vat_percent=25))
    assert taken[0].vat_ore == 84_000


def test_the_same_number_or_the_same_content_is_named(scene: Scene) -> None:
    scene.take(Paper())
    again = as_xml(Paper(issued=date(2026, 11, 5)))
    renumbered = as_xml(Paper(number="1002", issued=date(2026, 11, 9)))
    assert bad_of(scene, ("a.xml", again)) == ["Nummer 1001 fra leverandøren er allerede taget ind."]
    assert "det samme som på faktura 1001" in bad_of(scene, ("b.xml", renumbered))[0]
    twice = as_xml(Paper(number="9", lines=(PaperLine(hours="1"),)))
    assert "også i en anden" in bad_of(scene, ("c.xml", twice), ("d.xml", twice))[1]


def test_the_same_month_and_hours_on_another_invoice_is_asked_about(scene: Scene) -> None:
    scene.take(Paper())
    (again,) = scene.take(Paper(number="1002", lines=(PaperLine(price=41_000),)))
    assert "twice" in scene.codes(again)
    (found,) = controlled_invoice(again)
    assert "faktura 1001" in found.found[0].difference.says


def test_files_are_taken_in_once_and_only_what_is_good(scene: Scene) -> None:
    files = [("god.xml", as_xml(Paper())), ("daarlig.xml", b"<Invoice"), ("tom.csv", b"")]
    upload = read_files(files, by=scene.controller)
    assert not Invoice.objects.exists()
    assert len(take_in(upload, by=scene.controller, today=TODAY)) == 1
    with pytest.raises(ValidationError, match="allerede taget ind"):
        take_in(upload, by=scene.controller, today=TODAY)
    assert Invoice.objects.count() == 1


def test_what_was_taken_in_meanwhile_is_left_out(scene: Scene) -> None:
    upload = read_files([("a.xml", as_xml(Paper()))], by=scene.controller)
    scene.take(Paper())
    assert take_in(upload, by=scene.controller, today=TODAY) == []
    upload.refresh_from_db()
    assert "allerede taget ind" in upload.found[0]["bad"][0]


def test_an_invoice_by_hand_is_judged_like_the_others(scene: Scene) -> None:
    from mentorkorps.domain.invoice import read_ubl

    read = read_ubl(as_xml(Paper(extra=5)))
    with pytest.raises(ValidationError, match="men fakturaen siger"):
        enter_invoice(read, by=scene.controller, today=TODAY)


def test_a_returned_number_may_come_again(scene: Scene) -> None:
    (first,) = scene.take(Paper())
    return_invoice(first, reason="Forkert måned", by=scene.controller, today=TODAY)
    (second,) = scene.take(Paper())
    assert scene.codes(second) == []
    assert invoiced_minutes(OCTOBER, OCTOBER) == {(scene.course.pk, OCTOBER): 480}


# Three ways


def test_more_than_delivered_is_said_with_its_figures(scene: Scene) -> None:
    meet(scene.course, date(2026, 10, 29), minutes=90)
    (invoice,) = scene.take(line(hours="12"))
    sentences = [each.difference.says for each in controlled_invoice(invoice)[0].found]
    assert "Faktureret 12 t., leveret 9 t. 30 min.: 2 t. 30 min. for meget." in [
        said.replace("\xa0", " ") for said in sentences
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reference": "FJ-9999"}, "course"),
        ({"reference": "FJ-0400"}, "supplier"),
        ({"month": date(2026, 11, 1)}, "delivered"),
        ({"price": 43_000}, "price"),
        ({"hours": None, "price": 500_000}, "price"),
    ],
)
def test_each_way_a_line_can_be_off_has_its_name(scene: Scene, changes: dict, code: str) -> None:
    (invoice,) = scene.take(line(**changes))
    assert code in scene.codes(invoice)


def test_vat_that_is_not_agreed_is_asked_about(scene: Scene) -> None:
    (invoice,) = scene.take(Paper(vat_percent=25))
    assert scene.codes(invoice) == ["vat"]


def test_two_invoices_of_a_month_are_held_against_its_hours_together(scene: Scene) -> None:
    scene.take(line(hours="5"))
    (second,) = scene.take(Paper(number="1002", lines=(PaperLine(hours="4"),)))
    (found,) = controlled_invoice(second)
    assert "5 t. på tidligere linjer" in found.found[-1].difference.says.replace("\xa0", " ")
    assert found.found[-1].difference.pays == 3 * 42_000


def test_a_missing_price_is_said_and_never_nothing(scene: Scene) -> None:
    scene.cast.provider.prices.all().delete()
    (invoice,) = scene.take(Paper())
    (found,) = controlled_invoice(invoice)[0].found
    assert "mangler" in found.difference.says
    assert found.difference.pays is None


def test_nothing_is_paid_before_the_agreement_is_signed(scene: Scene) -> None:
    scene.course.agreements.update(signed_on=date(2026, 10, 10))
    (invoice,) = scene.take(Paper())
    assert scene.codes(invoice) == ["unsigned"]
    row = invoice.lines.get()
    with pytest.raises(Refusal):
        settle(row, code="unsigned", way="accept", reason="Går nok", by=scene.controller)
    settle(row, code="unsigned", way="reduce", pay_ore=168_000, reason="To møder", by=scene.controller)
    check_invoice(invoice, by=scene.controller, today=TODAY)


def test_control_of_many_lines_reads_a_fixed_number_of_times(
    scene: Scene, django_assert_max_num_queries
) -> None:
    others = [a_course(scene.cast, name, f"040{n}80999{n}") for n, name in enumerate(("Ida", "Bo", "Per"), 1)]
    references = [scene.course, *others]
    (invoice,) = scene.take(
        Paper(lines=tuple(PaperLine(reference=course.citizen.case_number) for course in references))
    )
    with django_assert_max_num_queries(14):
        lines = controlled_invoice(invoice)
    assert [each.waiting for each in lines] == [0, 0, 0, 0]


# Settling


def test_a_difference_is_settled_undone_and_settled_anew(scene: Scene) -> None:
    (invoice,) = scene.take(line(hours="10"))
    row = invoice.lines.get()
    with pytest.raises(ValidationError, match="ikke er afklaret"):
        check_invoice(invoice, by=scene.controller, today=TODAY)
    codes = scene.codes(invoice)
    assert codes == ["granted", "delivered"]
    for code in codes:
        made = settle(row, code=code, way="accept", reason="To timer er aftalt", by=scene.controller)
    undo_settlement(made, by=scene.controller)
    assert scene.codes(invoice) == ["delivered"]
    settle(row, code="delivered", way="reduce", pay_ore=336_000, reason="Kun otte timer", by=scene.controller)
    assert controlled_invoice(invoice)[0].pays == 336_000
    assert row.settlements.count() == 3


def test_a_settlement_holds_only_for_what_it_was_made_on(scene: Scene) -> None:
    (invoice,) = scene.take(line(hours="9", price=42_000))
    row = invoice.lines.get()
    settle(row, code="delivered", way="accept", reason="Aftalt", by=scene.controller)
    scene.course.contacts.filter(day=date(2026, 10, 1)).update(held=False)
    assert "delivered" in scene.codes(invoice)


def test_a_question_to_the_supplier_stops_the_control_until_it_is_settled(scene: Scene) -> None:
    (invoice,) = scene.take(line(price=43_000))
    row = invoice.lines.get()
    asked = settle(row, code="price", way="dispute", reason="Hvorfor 430 kr.?", by=scene.controller)
    with pytest.raises(ValidationError, match="spurgt"):
        check_invoice(invoice, by=scene.controller, today=TODAY)
    provider = scene.cast.people[Role.PROVIDER]
    answer_dispute(asked, text="En fejl hos os", by=provider)
    with pytest.raises(ValidationError, match="allerede svaret"):
        answer_dispute(asked, text="Igen", by=provider)
    settle(
        row, code="price", way="reduce", pay_ore=336_000, reason="Leverandøren er enig", by=scene.controller
    )
    check_invoice(invoice, by=scene.controller, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"), [({"reason": " "}, "reason"), ({"way": "no"}, "way"), ({"pay_ore": 10**9}, "pay")]
)
def test_a_settlement_without_what_it_takes_is_refused_at_its_field(
    scene: Scene, changes: dict, field: str
) -> None:
    (invoice,) = scene.take(line(price=43_000))
    given = {"code": "price", "way": "reduce", "pay_ore": 100, "reason": "Aftalt"} | changes
    with pytest.raises(ValidationError) as wrong:
        settle(invoice.lines.get(), by=scene.controller, **given)
    assert field in wrong.value.error_dict


def test_a_supplier_without_a_cvr_number_is_never_meant(scene: Scene) -> None:
    Provider.objects.create(name="Uden nummer", kind="supplier", cvr="")
    assert "CVR" in bad_of(scene, ("x.xml", as_xml(Paper(cvr=""))))[0]
