"""Credit notes: matched to their invoice, settled, approved by two people, and never more than is paid of it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.domain.refusal import Refusal
from mentorkorps.ledger.actions.intake import read_files, take_in
from mentorkorps.ledger.actions.invoices import (
    approve_invoice,
    check_invoice,
    hand_over,
    return_invoice,
    settle,
)
from mentorkorps.ledger.models import Invoice, PaidInvoice
from mentorkorps.ledger.queries.invoices import invoiced_minutes
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.actions.providers import save_provider
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import Scene, invoice_scene
from tests.ledger.paper_invoices import OCTOBER, OIOUBL, PEPPOL, Paper, PaperLine, as_csv, as_xml

HOUR = 42_000


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def note_of(hours: str | None = "2", number: str = "K1", **changes: object) -> Paper:
    return Paper(number=number, credits="1001", lines=(PaperLine(hours=hours, **changes),))  # type: ignore[arg-type]


def approved(scene: Scene, invoice: Invoice) -> Invoice:
    check_invoice(invoice, by=scene.controller, today=TODAY)
    approve_invoice(invoice, by=scene.leader, today=TODAY)
    invoice.refresh_from_db()
    return invoice


def settle_as_proposed(scene: Scene, invoice: Invoice) -> list[str]:
    """Reduces each difference that waits to what is right, and returns their names."""
    codes = scene.codes(invoice)
    for line in controlled_invoice(invoice):
        for each in line.found:
            settle(
                line.line, code=each.difference.code, way="reduce", pay_ore=each.difference.pays, reason="Prøve",
                by=scene.controller,
            )  # fmt: skip
    return codes


@pytest.mark.parametrize("form", [PEPPOL, OIOUBL, "csv", "below zero"])
def test_every_way_to_credit_takes_the_hours_off_and_lowers_the_payment(scene: Scene, form: str) -> None:
    note = note_of()
    ways = {
        "csv": ("k.csv", as_csv([note])),
        "below zero": (
            "k.csv",
            as_csv([replace(note, lines=(PaperLine(hours="-2"),))]).replace(b";84", b";-84"),
        ),
    }
    file = ways.get(form, ("k.xml", as_xml(note, form)))
    files = [file, ("1001.xml", as_xml(Paper()))]  # the note comes before what it credits
    made = take_in(read_files(files, by=scene.controller), by=scene.controller, today=TODAY)
    note_row, invoice = sorted(made, key=lambda each: each.number, reverse=True)
    assert (note_row.is_credit, note_row.credits, note_row.asks_ore) == (True, invoice, -2 * HOUR)
    assert invoiced_minutes(OCTOBER, OCTOBER) == {(scene.course.pk, OCTOBER): 360}
    approved(scene, invoice)
    approved(scene, note_row)
    payment = hand_over([invoice.pk, note_row.pk], by=scene.controller, today=TODAY)
    assert sorted(payment.invoices.values_list("ore", flat=True)) == [-2 * HOUR, 8 * HOUR]


def test_a_note_waits_for_its_invoice_at_each_step(scene: Scene) -> None:
    invoice, note = scene.take(Paper(), note_of())
    with pytest.raises(ValidationError, match="skal være godkendt først"):
        check_invoice(note, by=scene.controller, today=TODAY)
    with pytest.raises(ValidationError, match="Kreditnota K1 krediterer den"):
        return_invoice(invoice, reason="Forkert", by=scene.controller, today=TODAY)
    approved(scene, invoice)
    check_invoice(note, by=scene.controller, today=TODAY)
    with pytest.raises(Refusal, match="En anden person"):
        approve_invoice(note, by=scene.controller, today=TODAY)
    approve_invoice(note, by=scene.leader, today=TODAY)
    with pytest.raises(ValidationError, match="Overdrag dem sammen"):
        hand_over([note.pk], by=scene.controller, today=TODAY)
    hand_over([invoice.pk], by=scene.controller, today=TODAY)
    with pytest.raises(ValidationError, match="har krediteret 840,00"):
        hand_over([note.pk], by=scene.controller, today=TODAY)
    hand_over([note.pk], by=scene.controller, today=TODAY, below_zero=True)
    with pytest.raises(ValidationError, match="allerede overdraget"):
        hand_over([note.pk], by=scene.controller, today=TODAY, below_zero=True)
    assert sum(PaidInvoice.objects.values_list("ore", flat=True)) == 6 * HOUR


def test_what_was_taken_off_the_invoice_is_not_taken_off_again(scene: Scene) -> None:
    invoice, note = scene.take(Paper(lines=(PaperLine(hours="10"),)), note_of())
    assert settle_as_proposed(scene, invoice) == ["granted", "delivered"]
    assert approved(scene, invoice).approved_ore == 8 * HOUR
    (found,) = controlled_invoice(note)[0].found
    assert "er linjen nedsat med 840,00" in found.difference.says
    assert settle_as_proposed(scene, note) == ["unpaid"]
    assert approved(scene, note).approved_ore == 0
    (other,) = scene.take(note_of("3", "K2"))
    assert scene.codes(other) == [], "the two hours are credited now"


def test_no_more_is_taken_off_than_is_paid(scene: Scene) -> None:
    invoice, first, second = scene.take(Paper(), note_of("6"), note_of("7", "K2"))
    approved(scene, invoice)
    check_invoice(second, by=scene.controller, today=TODAY)
    approved(scene, first)
    with pytest.raises(ValidationError, match="ikke er afklaret"):
        approve_invoice(second, by=scene.leader, today=TODAY)
    line = second.lines.get()
    with pytest.raises(Refusal, match="ikke trækkes mere fra"):
        settle(line, code="below", way="accept", reason="Aftalt", by=scene.controller)
    with pytest.raises(ValidationError, match="højst 840,00"):
        settle(line, code="below", way="reduce", pay_ore=3 * HOUR, reason="Aftalt", by=scene.controller)
    second.state = Invoice.State.READ
    second.save(update_fields=["state"])
    assert settle_as_proposed(scene, second) == ["below"]
    assert approved(scene, second).approved_ore == 2 * HOUR


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reference": "FJ-9999"}, "line"),
        ({"hours": "9"}, "below"),
        ({"hours": "9", "price": 40_000, "amount": 360_000}, "below"),
    ],
)
def test_each_way_a_note_can_be_off_has_its_name(scene: Scene, changes: dict, code: str) -> None:
    invoice, note = scene.take(Paper(), note_of(**changes))
    approved(scene, invoice)
    assert code in scene.codes(note)


def test_vat_is_never_taken_off_where_none_is_paid(scene: Scene) -> None:
    invoice, note = scene.take(Paper(), replace(note_of(), vat_percent=25))
    approved(scene, invoice)
    assert scene.codes(note) == ["vat"]
    settle(note.lines.get(), code="vat", way="accept", reason="Fejl hos dem", by=scene.controller)
    assert approved(scene, note).approved_ore == 2 * HOUR


def test_a_price_put_right_credits_no_hours(scene: Scene) -> None:
    invoice, note = scene.take(Paper(lines=(PaperLine(price=43_000),)), note_of("8", price=1_000))
    line = invoice.lines.get()
    settle(line, code="price", way="accept", reason="De krediterer", by=scene.controller)
    approved(scene, invoice)
    assert approved(scene, note).approved_ore == 8_000
    assert invoiced_minutes(OCTOBER, OCTOBER) == {(scene.course.pk, OCTOBER): 480}
    (again,) = scene.take(Paper(number="1002"))
    assert {"twice", "delivered"} <= set(scene.codes(again)), "the hours are still paid"


def test_what_is_credited_in_full_may_be_invoiced_again(scene: Scene) -> None:
    invoice, note = scene.take(Paper(), note_of("8"))
    approved(scene, invoice)
    (early,) = scene.take(Paper(number="1002", lines=(PaperLine(name="Rettet"),)))
    assert {"twice", "delivered"} <= set(scene.codes(early)), (
        "a note that nobody has approved takes nothing off"
    )
    approved(scene, note)
    assert scene.codes(early) == []


def test_a_note_is_read_once_and_may_share_its_number_with_an_invoice(scene: Scene) -> None:
    scene.take(Paper(), note_of(number="1001"))
    upload = read_files([("igen.xml", as_xml(note_of("3", "1001")))], by=scene.controller)
    assert "allerede taget ind" in upload.found[0]["bad"][0]
    two = as_xml(note_of(number="K9")).replace(b"</cac:BillingReference>", b"</cac:BillingReference>" * 1)
    other = b"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>7</cbc:ID></cac:InvoiceDocumentReference>"
    two = two.replace(
        b"<cac:AccountingSupplierParty>", other + b"</cac:BillingReference><cac:AccountingSupplierParty>"
    )
    upload = read_files([("to.xml", two)], by=scene.controller)
    assert "Faktura 1001 og 7" in upload.found[0]["bad"][0]


@pytest.mark.parametrize("form", [PEPPOL, OIOUBL])
def test_a_supplier_known_by_gln_alone_is_found_once_it_is_written(scene: Scene, form: str) -> None:
    file = ("gln.xml", as_xml(Paper(gln="5790000000005"), form))
    upload = read_files([file], by=scene.controller)
    assert "ingen leverandør har det. Skriv det på leverandøren" in upload.found[0]["bad"][0]
    known = scene.cast.provider
    save_provider(
        known, name=known.name, kind=known.kind, cvr=known.cvr, gln="5790000000005", by=scene.controller
    )
    (made,) = take_in(read_files([file], by=scene.controller), by=scene.controller, today=TODAY)
    assert made.provider == known
    again = read_files([("cvr.xml", as_xml(Paper()))], by=scene.controller)
    assert "allerede taget ind" in again.found[0]["bad"][0]
