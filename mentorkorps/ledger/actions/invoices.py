"""From control to payment: differences are settled one by one, and two people stand behind every payment.

Each verb locks the invoice and asks anew what its lines are held against, so that nothing that has changed since
somebody looked is paid by mistake.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mentorkorps.domain.invoice import CANNOT_ACCEPT, share_of_vat
from mentorkorps.domain.money import write_kroner
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Invoice, InvoiceLine, PaidInvoice, Payment, Settlement
from mentorkorps.ledger.queries.controlled import ControlledLine
from mentorkorps.ledger.queries.crediting import APPROVED, vat_left
from mentorkorps.ledger.queries.invoices import owed_by
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.models import Municipality, User

State, Way = Invoice.State, Settlement.Way
FOUR_EYES = "Fire øjne: to personer står bag hver betaling"


@transaction.atomic
def settle(
    line: InvoiceLine, *, code: str, way: str, reason: str, by: User, pay_ore: int | None = None
) -> Settlement:
    """Settles one difference of a line: accept, reduce to `pay_ore` øre without VAT, or dispute.

    A settlement that stands is undone by the new one, and a checked invoice goes back to control. Raises
    ValidationError by field, and Refusal where nothing may be paid (LAB: the agreement is signed first).
    """
    invoice = _open(line.invoice_id)
    said, most = _difference(invoice, line, code)
    _check_settlement(code, way, reason, pay_ore, min(most, line.amount_ore - 1))
    standing = line.settlements.filter(code=code, undone_at__isnull=True)
    standing.update(undone_by=by, undone_at=timezone.now())
    made = Settlement.objects.create(
        line=line, code=code, said=said, way=way, reason=reason.strip(), settled_by=by,
        pay_ore=pay_ore if way == Way.REDUCE else None,
    )  # fmt: skip
    _back_to_control(invoice)
    changed(
        "afklaret faktura",
        by=by,
        about=invoice,
        citizen_id=_citizen(line),
        line=line.position,
        code=code,
        way=way,
    )
    return made


@transaction.atomic
def undo_settlement(settlement: Settlement, *, by: User) -> None:
    """Takes a settlement back while the invoice is not approved; the difference waits again."""
    line = settlement.line
    invoice = _open(line.invoice_id)
    standing = Settlement.objects.filter(pk=settlement.pk, undone_at__isnull=True)
    if not standing.update(undone_by=by, undone_at=timezone.now()):
        raise ValidationError("Afklaringen er allerede fortrudt.")
    _back_to_control(invoice)
    changed("fortrudt afklaring", by=by, about=invoice, citizen_id=_citizen(line), line=line.position)


@transaction.atomic
def answer_dispute(settlement: Settlement, *, text: str, by: User) -> None:
    """The supplier's answer to what was asked about a line; it can be answered once. Raises ValidationError."""
    if not text.strip():
        raise ValidationError({"answer": "Skriv dit svar."})
    waiting = Settlement.objects.filter(
        pk=settlement.pk, way=Way.DISPUTE, undone_at__isnull=True, answered_at__isnull=True
    )
    if not waiting.update(answer=text.strip(), answered_by=by, answered_at=timezone.now()):
        raise ValidationError("Der er allerede svaret, eller spørgsmålet er trukket tilbage.")
    changed("svaret på faktura", by=by, about=settlement.line.invoice, line=settlement.line.position)


@transaction.atomic
def check_invoice(invoice: Invoice, *, by: User, today: date) -> None:
    """The controller has settled everything: the invoice waits for another person's approval."""
    invoice = _locked(invoice.pk)
    if invoice.state != State.READ:
        raise ValidationError(f"Fakturaen er i mellemtiden: {invoice.get_state_display()}.")
    _check_credited(invoice)
    _check_settled(controlled_invoice(invoice))
    invoice.state, invoice.checked_by, invoice.checked_on = State.CHECKED, by, today
    invoice.save(update_fields=["state", "checked_by", "checked_on"])
    changed("kontrolleret faktura", by=by, about=invoice)


@transaction.atomic
def approve_invoice(invoice: Invoice, *, by: User, today: date) -> None:
    """Approves a checked invoice for payment and freezes what is paid for each line.

    Refusal to whoever has read, checked or settled anything on it. ValidationError when something waits anew.
    """
    invoice = _locked(invoice.pk)
    if invoice.state != State.CHECKED:
        raise ValidationError(f"Fakturaen er i mellemtiden: {invoice.get_state_display()}.")
    if by.pk in _hands_on(invoice):
        raise Refusal("Du har selv haft fakturaen i hånden. En anden person skal godkende den.", FOUR_EYES)
    if invoice.is_credit:
        _locked(invoice.credits_id)  # so that two notes of one invoice are approved one after the other
    lines = controlled_invoice(invoice)
    _check_settled(lines)
    for each in lines:
        each.line.approved_ore = each.pays
    InvoiceLine.objects.bulk_update([each.line for each in lines], ["approved_ore"])
    invoice.approved_net_ore = sum(each.pays for each in lines)
    most_vat = min(invoice.vat_ore, vat_left(invoice)) if invoice.is_credit else invoice.vat_ore
    invoice.approved_vat_ore = share_of_vat([(each.pays, each.line.vat_percent) for each in lines], most_vat)
    invoice.state, invoice.approved_by, invoice.approved_on = State.APPROVED, by, today
    invoice.save(
        update_fields=["state", "approved_by", "approved_on", "approved_net_ore", "approved_vat_ore"]
    )
    changed("godkendt faktura", by=by, about=invoice, ore=invoice.pays_ore)


@transaction.atomic
def return_to_control(invoice: Invoice, *, by: User) -> None:
    """The second person sends a checked invoice back to the controller."""
    invoice = _locked(invoice.pk)
    if invoice.state != State.CHECKED:
        raise ValidationError(f"Fakturaen er i mellemtiden: {invoice.get_state_display()}.")
    _back_to_control(invoice)
    changed("sendt faktura tilbage til kontrol", by=by, about=invoice)


@transaction.atomic
def return_invoice(invoice: Invoice, *, reason: str, by: User, today: date) -> None:
    """Sends an invoice that is not approved back to the supplier, who may send another under the same number.

    Raises ValidationError while a credit note credits it.
    """
    Municipality.objects.select_for_update().first()  # no credit note is taken in meanwhile
    invoice = _open(invoice.pk)
    note = invoice.credit_notes.exclude(state=State.RETURNED).first()
    if note is not None:
        raise ValidationError(f"{note} krediterer den. Send den tilbage først.")
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor fakturaen sendes tilbage."})
    invoice.state, invoice.returned_by, invoice.returned_on = State.RETURNED, by, today
    invoice.returned_reason = reason.strip()
    invoice.save(update_fields=["state", "returned_by", "returned_on", "returned_reason"])
    changed("sendt faktura tilbage", by=by, about=invoice)


@transaction.atomic
def hand_over(keys: Sequence[UUID], *, by: User, today: date, below_zero: bool = False) -> Payment:
    """Hands approved invoices and credit notes over to payment, all of them or none, and each of them once.

    Raises ValidationError when none is chosen, one is not ready any longer, a credit note comes before its invoice, or
    a supplier ends below zero and nobody has said (`below_zero`) that the money is to be claimed.
    """
    if not keys:
        raise ValidationError("Vælg mindst én faktura.")
    Municipality.objects.select_for_update().first()
    ready = list(
        Invoice.objects.filter(pk__in=keys, state=State.APPROVED)
        .select_related("provider", "credits")
        .order_by("issued_on", "number")
    )
    moved = Invoice.objects.filter(pk__in=keys, state=State.APPROVED).update(state=State.HANDED_OVER)
    if moved != len(set(keys)) or len(ready) != moved:
        raise ValidationError(
            "En af fakturaerne er allerede overdraget eller ikke længere klar. Se listen igen."
        )
    _check_order(ready)
    if not below_zero:
        _check_above_zero(ready)
    number = (Payment.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    payment = Payment.objects.create(number=number, made_by=by, made_on=today)
    PaidInvoice.objects.bulk_create(
        PaidInvoice(invoice=invoice, payment=payment, ore=invoice.pays_ore) for invoice in ready
    )
    for invoice in ready:
        changed("overdraget faktura til betaling", by=by, about=invoice, payment=number, ore=invoice.pays_ore)
    return payment


@transaction.atomic
def fetch_payment(payment: Payment, *, by: User) -> bool:
    """Notes that the file of a payment is fetched; returns whether it is the first time. The next is a copy."""
    first = Payment.objects.filter(pk=payment.pk, fetched_at__isnull=True).update(fetched_at=timezone.now())
    changed("hentet betalingsfil", by=by, about=payment, copy=not first)
    return bool(first)


def _locked(key: UUID) -> Invoice:
    return Invoice.objects.select_for_update().get(pk=key)


def _open(key: UUID) -> Invoice:
    """The invoice, locked, while it can still be settled."""
    invoice = _locked(key)
    if invoice.state not in (State.READ, State.CHECKED):
        raise ValidationError(f"Fakturaen er {invoice.get_state_display()} og kan ikke ændres.")
    return invoice


def _back_to_control(invoice: Invoice) -> None:
    invoice.state, invoice.checked_by, invoice.checked_on = State.READ, None, None
    invoice.save(update_fields=["state", "checked_by", "checked_on"])


def _difference(invoice: Invoice, line: InvoiceLine, code: str) -> tuple[str, int]:
    """What the difference says now, and what the line may pay at most in øre.

    Raises ValidationError when the difference is there no longer.
    """
    for each in controlled_invoice(invoice):
        if each.line.pk == line.pk:
            for found in each.found:
                if found.difference.code == code:
                    return found.difference.says, each.most
    raise ValidationError("Afvigelsen er der ikke længere. Se linjen igen.")


def _check_settlement(code: str, way: str, reason: str, pay_ore: int | None, most: int) -> None:
    if way not in Way.values:
        raise ValidationError({"way": "Vælg, hvordan afvigelsen afklares."})
    if not reason.strip():
        raise ValidationError({"reason": "Skriv hvorfor. Den, der godkender, skal kunne følge dig."})
    if way == Way.ACCEPT and code in CANNOT_ACCEPT:
        raise Refusal(*CANNOT_ACCEPT[code])
    if way == Way.REDUCE and (pay_ore is None or not 0 <= pay_ore <= most):
        raise ValidationError({"pay": f"Skriv et beløb fra 0 kr. og højst {write_kroner(most)}"})


def _check_settled(lines: Iterable[ControlledLine]) -> None:
    rows = list(lines)
    waiting = sum(each.waiting for each in rows)
    if waiting:
        raise ValidationError(
            f"Der er {waiting} afvigelse{'r' if waiting > 1 else ''}, som ikke er afklaret."
        )
    if any(each.disputed for each in rows):
        raise ValidationError("Leverandøren er spurgt om en linje. Afklar den, når svaret er kommet.")


def _check_credited(note: Invoice) -> None:
    if note.is_credit and note.credits.state not in APPROVED:
        raise ValidationError(
            f"{note.credits} skal være godkendt først. Så vides det, hvad der betales, og hvad der kan trækkes fra."
        )


def _check_order(ready: Sequence[Invoice]) -> None:
    chosen = {invoice.pk for invoice in ready}
    for note in ready:
        if note.is_credit and note.credits_id not in chosen and note.credits.state != State.HANDED_OVER:
            raise ValidationError(
                f"{note} krediterer {note.credits}. Overdrag dem sammen, eller fakturaen først."
            )


def _check_above_zero(ready: Sequence[Invoice]) -> None:
    for provider, ore in owed_by(ready).items():
        raise ValidationError(
            f"{provider} har krediteret {write_kroner(ore)} mere, end der betales nu. Vælg flere af leverandørens "
            "fakturaer, vent med kreditnotaen, eller sæt kryds ved, at beløbet skal kræves ind."
        )


def _hands_on(invoice: Invoice) -> set[UUID | None]:
    """Who has read, checked or settled anything on an invoice."""
    settlers = Settlement.objects.filter(line__invoice=invoice, undone_at__isnull=True)
    return {invoice.read_by_id, invoice.checked_by_id, *settlers.values_list("settled_by", flat=True)}


def _citizen(line: InvoiceLine) -> UUID | None:
    return line.course.citizen_id if line.course else None
