"""Two people stand behind each payment, what is approved cannot be changed, and nothing is handed over twice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.invoices import (
    approve_invoice,
    check_invoice,
    fetch_payment,
    hand_over,
    return_invoice,
    return_to_control,
    settle,
    undo_settlement,
)
from mentorkorps.ledger.models import Invoice, PaidInvoice, Payment
from tests.cast import TODAY, Cast
from tests.ledger.invoice_scene import Scene, invoice_scene
from tests.ledger.paper_invoices import Paper, PaperLine


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def test_who_has_had_a_hand_in_it_cannot_approve(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    check_invoice(invoice, by=scene.controller, today=TODAY)
    with pytest.raises(Refusal, match="En anden person"):
        approve_invoice(invoice, by=scene.controller, today=TODAY)
    approve_invoice(invoice, by=scene.leader, today=TODAY)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.approved_ore) == (Invoice.State.APPROVED, 336_000)


def test_the_reader_cannot_approve_what_another_checked(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    check_invoice(invoice, by=scene.leader, today=TODAY)
    with pytest.raises(Refusal):
        approve_invoice(invoice, by=scene.controller, today=TODAY)


def test_what_changed_after_the_control_is_not_approved(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    check_invoice(invoice, by=scene.controller, today=TODAY)
    scene.course.contacts.filter(day=date(2026, 10, 1)).update(held=False)
    with pytest.raises(ValidationError, match="ikke er afklaret"):
        approve_invoice(invoice, by=scene.leader, today=TODAY)
    return_to_control(invoice, by=scene.leader)
    assert scene.codes(invoice) == ["delivered"]


def test_a_line_that_is_reduced_takes_its_vat_with_it(scene: Scene) -> None:
    (invoice,) = scene.take(Paper(vat_percent=25))
    settle(
        invoice.lines.get(), code="vat", way="reduce", pay_ore=100_001, reason="Aftalt", by=scene.controller
    )
    check_invoice(invoice, by=scene.controller, today=TODAY)
    approve_invoice(invoice, by=scene.leader, today=TODAY)
    invoice.refresh_from_db()
    assert (invoice.approved_net_ore, invoice.approved_vat_ore) == (100_001, 25_000)


def approved(scene: Scene, *papers: Paper) -> list[Invoice]:
    invoices = scene.take(*papers)
    for invoice in invoices:
        check_invoice(invoice, by=scene.controller, today=TODAY)
        approve_invoice(invoice, by=scene.leader, today=TODAY)
    return invoices


def test_an_invoice_is_handed_over_once(scene: Scene) -> None:
    (invoice,) = approved(scene, Paper())
    payment = hand_over([invoice.pk], by=scene.controller, today=TODAY)
    assert payment.number == 1
    with pytest.raises(ValidationError, match="allerede overdraget"):
        hand_over([invoice.pk], by=scene.controller, today=TODAY)
    assert PaidInvoice.objects.get().ore == 336_000
    assert [fetch_payment(payment, by=scene.controller) for _ in range(2)] == [True, False]
    assert Entry.objects.filter(verb="overdraget faktura til betaling", object_id=invoice.pk).count() == 1


def test_all_or_none_are_handed_over(scene: Scene) -> None:
    (ready,) = approved(scene, Paper())
    (waiting,) = scene.take(Paper(number="2", lines=(PaperLine(hours="1"),)))
    with pytest.raises(ValidationError):
        hand_over([ready.pk, waiting.pk], by=scene.controller, today=TODAY)
    ready.refresh_from_db()
    assert ready.state == Invoice.State.APPROVED
    assert not Payment.objects.exists()


@pytest.mark.parametrize("verb", ["settle", "undo", "return", "check", "approve"])
def test_what_is_approved_can_no_longer_be_changed(scene: Scene, verb: str) -> None:
    (invoice,) = scene.take(Paper(lines=(PaperLine(price=43_000),)))
    row = invoice.lines.get()
    made = settle(row, code="price", way="accept", reason="Aftalt", by=scene.controller)
    check_invoice(invoice, by=scene.controller, today=TODAY)
    approve_invoice(invoice, by=scene.leader, today=TODAY)
    acts = {
        "settle": lambda: settle(row, code="price", way="accept", reason="x", by=scene.controller),
        "undo": lambda: undo_settlement(made, by=scene.controller),
        "return": lambda: return_invoice(invoice, reason="x", by=scene.controller, today=TODAY),
        "check": lambda: check_invoice(invoice, by=scene.controller, today=TODAY),
        "approve": lambda: approve_invoice(invoice, by=scene.leader, today=TODAY),
    }
    with pytest.raises(ValidationError):
        acts[verb]()
