"""Whatever is done in whatever order: nothing is paid twice, without two people, or for more than was invoiced."""

from datetime import date

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentorkorps.domain.invoice import ReadInvoice, problems, read_table, read_ubl, share_of_vat, vat_of
from mentorkorps.domain.refusal import Refusal
from mentorkorps.ledger.actions.invoices import (
    approve_invoice,
    check_invoice,
    hand_over,
    return_invoice,
    return_to_control,
    settle,
    undo_settlement,
)
from mentorkorps.ledger.models import Invoice, PaidInvoice, Settlement
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.queries import forget_municipality
from tests.cast import TODAY, set_the_stage
from tests.ledger.invoice_scene import Scene, invoice_scene
from tests.ledger.paper_invoices import Paper, PaperLine, as_csv, as_xml

# What brings an invoice on comes often, so that most orders reach a payment; the rest is thrown in between.
ON = ("reduce", "check", "approve", "hand_over")
ACTS = (*ON * 3, "settle", "dispute", "undo", "back", "return", "unmeet", "again")
Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 2)), min_size=12, max_size=24
)
# Whatever came before, a whole round for each invoice follows: it pays what can be paid, and never a second time.
ENDING = tuple((act, which, who) for which in range(4) for act, who in zip(ON, (0, 0, 1, 0), strict=True))
PAPERS = (
    Paper(vat_percent=25, lines=(PaperLine(hours="3.33", price=41_999), PaperLine(hours="2"))),
    Paper(number="1002", lines=(PaperLine(hours="40"),)),
    # Credit notes that are together more than the invoice: it would end below zero if nobody looked.
    Paper(number="2001", vat_percent=25, credits="1001", lines=(PaperLine(hours="3", price=41_999),)),
    Paper(number="2002", vat_percent=25, credits="1001", lines=(PaperLine(hours="5", price=41_999),)),
)


class AnyOrder(TestCase):
    """Every order of acts by three people on two invoices and two credit notes of the first."""

    @given(steps)
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    def test_the_rules_hold_in_every_order(self, acts: list[Step]) -> None:
        forget_municipality()
        cast = set_the_stage()
        scene = invoice_scene(cast)
        scene.take(*PAPERS)
        people = [scene.controller, scene.leader, cast.helle]
        for act, which, who in (*acts, *ENDING):
            invoice = Invoice.objects.order_by("read_on", "number")[which]
            try:
                _do(act, invoice, people[who], scene)
            except (ValidationError, Refusal):
                continue
        _check_everything()


def _do(act: str, invoice: Invoice, by: object, scene: Scene) -> None:
    waiting = [
        (line.line, found)
        for line in controlled_invoice(invoice)
        for found in line.found
        if found.settlement is None or act == "dispute"
    ]
    match act:
        case "settle" | "reduce" | "dispute":
            for line, found in waiting:
                way = {"settle": "accept"}.get(act, act)
                settle(
                    line,
                    code=found.difference.code,
                    way=way,
                    reason="Prøve",
                    by=by,
                    pay_ore=line.amount_ore // 3,
                )
        case "undo":
            for made in Settlement.objects.filter(line__invoice=invoice, undone_at=None)[:1]:
                undo_settlement(made, by=by)
        case "check":
            check_invoice(invoice, by=by, today=TODAY)
        case "back":
            return_to_control(invoice, by=by)
        case "approve":
            approve_invoice(invoice, by=by, today=TODAY)
        case "hand_over":
            hand_over([invoice.pk], by=by, today=TODAY, below_zero=True)
        case "return":
            return_invoice(invoice, reason="Prøve", by=by, today=TODAY)
        case "unmeet":
            scene.course.contacts.filter(day=date(2026, 10, 22)).update(held=False)
        case "again":
            scene.take(*PAPERS)


def _check_everything() -> None:
    for invoice in Invoice.objects.prefetch_related("lines"):
        paid = PaidInvoice.objects.filter(invoice=invoice)
        assert paid.count() == (invoice.state == Invoice.State.HANDED_OVER)
        if invoice.state in (Invoice.State.APPROVED, Invoice.State.HANDED_OVER):
            lines = list(invoice.lines.all())
            assert invoice.approved_by_id not in (None, invoice.checked_by_id, invoice.read_by_id)
            assert invoice.approved_net_ore == sum(line.approved_ore for line in lines)
            vat = vat_of((line.approved_ore, line.vat_percent) for line in lines)
            assert invoice.approved_vat_ore == vat or invoice.is_credit and invoice.approved_vat_ore < vat
            assert invoice.approved_ore <= invoice.payable_ore
        for one in paid:
            assert one.ore == (-invoice.approved_ore if invoice.is_credit else invoice.approved_ore)
    _check_credits()
    alive = Invoice.objects.exclude(state=Invoice.State.RETURNED).values_list("provider", "number")
    assert len(alive) == len(set(alive))


def _check_credits() -> None:
    """Notes never take off more than is approved of their invoice, nor more than is paid of it."""
    for invoice in Invoice.objects.filter(kind=Invoice.Kind.INVOICE):
        notes = invoice.credit_notes.all()
        taken = sum(note.approved_ore for note in notes if note.approved_ore is not None)
        assert taken <= (invoice.approved_ore or 0)
        paid = PaidInvoice.objects.filter(invoice__in=[invoice, *notes])
        assert sum(one.ore for one in paid) >= 0
    for note in Invoice.objects.filter(kind=Invoice.Kind.CREDIT).exclude(state=Invoice.State.RETURNED):
        assert note.credits.state != Invoice.State.RETURNED


lines = st.builds(
    PaperLine,
    hours=st.one_of(st.none(), st.decimals("0.01", "744", places=2).map(str)),
    price=st.integers(100, 300_000),
)


@given(
    st.lists(lines, min_size=1, max_size=6),
    st.sampled_from([0, 25]),
    st.integers(-2, 2),
    st.sampled_from(["", "1"]),
)
@settings(max_examples=60, deadline=None)
def test_totals_reconcile_to_the_ore_or_the_invoice_is_refused(
    made: list[PaperLine], percent: int, extra: int, credits: str
) -> None:
    paper = Paper(lines=tuple(made), vat_percent=percent, extra=extra, credits=credits)
    (table,) = read_table(as_csv([paper]).decode())
    assert isinstance(table, ReadInvoice)
    for read in (read_ubl(as_xml(paper)), table):
        assert bool(problems(read)) == bool(extra)
        if not extra:
            assert (read.is_credit, read.credits) == (bool(credits), credits)
            assert read.payable == sum(line.amount for line in read.lines) + read.vat


def test_a_price_that_no_hour_has_is_refused() -> None:
    paper = Paper(lines=(PaperLine(hours="0.01", price=3_000_000_000),))
    assert "større, end her kan betales" in " ".join(problems(read_ubl(as_xml(paper))))


@given(st.lists(st.tuples(st.integers(0, 10**8), st.sampled_from([0, 25]), st.integers(0, 100)), max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_reduced_invoice_never_has_more_vat_than_it_came_with(rows: list[tuple[int, int, int]]) -> None:
    whole = vat_of((amount, percent) for amount, percent, _ in rows)
    part = share_of_vat([(amount * kept // 100, percent) for amount, percent, kept in rows], whole)
    assert 0 <= part <= whole
