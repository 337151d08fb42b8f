"""What support costs in Fjordby: prices and wages with their dates, and suppliers' invoices in every state."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from django.db.models import Sum
from django.utils import timezone

from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.domain.economy import round_ore
from mentorkorps.domain.invoice import ReadInvoice, ReadLine
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.actions.intake import enter_invoice
from mentorkorps.ledger.actions.invoices import (
    answer_dispute,
    approve_invoice,
    check_invoice,
    hand_over,
    return_invoice,
    settle,
)
from mentorkorps.ledger.actions.prices import (
    make_pay_group,
    put_in_pay_group,
    set_overhead,
    set_price,
    set_volunteer_price,
    set_wage,
)
from mentorkorps.ledger.models import (
    Invoice,
    Overhead,
    PayGroupMember,
    Payment,
    Price,
    Settlement,
    VolunteerPrice,
    Wage,
)
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.models import Mentor, Provider, Role, User
from mentorkorps.web.demo import credited

PRICES = {
    "Prøvehuset A/S": (39_500, 41_500),
    "Eksempelværket ApS": (42_000, 43_250),
}  # øre: last year, this year
GROUP_WAGES = {
    "Mentorer, trin 1 (prøvedata)": (26_850, 27_600),
    "Mentorer, trin 2 (prøvedata)": (29_400, 30_150),
}
MONTHS, A_MONTH = 4, 5  # invoices: so many months back, and so many from each supplier in a month
VOLUNTEER_PRICES = (8_900, 9_600)  # øre: last year, this year
AGREEMENT, WAGES = "Prøvedata: rammeaftale om mentorstøtte, bilag 2", "Prøvedata: lokal lønaftale"
VOLUNTEERS = "Prøvedata: aftale med Fjordby Frivilligcenter om koordinering og udlæg"
WRITTEN_AT = time(9, 40)

Worked = tuple[str, int]
"""A case number, and the minutes that the supplier's mentors met the citizen in a month."""


def tell(rng: Random, today: date) -> None:
    """Prices first, and then the invoices of the last months, the oldest of which are paid."""
    controller, leader = User.objects.get(role=Role.CONTROLLER), User.objects.get(role=Role.LEADER)
    _prices(today, controller)
    this = today.replace(day=1)
    for back in range(MONTHS, 0, -1):
        _month(rng, add_months(this, -back), back, today, controller, leader)
    credited.tell(today, controller, leader)
    _set_back()


def _prices(today: date, by: User) -> None:
    """Two years of prices; one own mentor's wage is still missing."""
    years = date(today.year - 1, 1, 1), date(today.year, 1, 1)
    for name, amounts in PRICES.items():
        provider = Provider.objects.get(name=name)
        for first, ore in zip(years, amounts, strict=True):
            set_price(provider, ore=ore, first=first, source=f"{AGREEMENT}, {first.year}", by=by)
    groups = [make_pay_group(name, by=by) for name in GROUP_WAGES]
    for group, amounts in zip(groups, GROUP_WAGES.values(), strict=True):
        for first, ore in zip(years, amounts, strict=True):
            set_wage(group=group, ore=ore, first=first, source=f"{WAGES} {first.year}", by=by)
    mentors = Mentor.objects.filter(kind=Mentor.Kind.INTERNAL).order_by("name")
    for place, mentor in enumerate(list(mentors)[:-1]):
        put_in_pay_group(mentor, groups[place % 3 == 2], first=years[0], source=WAGES, by=by)
    for first, ore in zip(years, VOLUNTEER_PRICES, strict=True):
        set_volunteer_price(ore=ore, first=first, source=f"{VOLUNTEERS} {first.year}", by=by)
    set_overhead(percent=Decimal("24.50"), first=years[1], source="Prøvedata: regnskab for sidste år", by=by)


def _month(rng: Random, month: date, back: int, today: date, controller: User, leader: User) -> None:
    """A month's invoices: read early in the next month, and as far on their way as their age says."""
    late = 24 if back == 2 else 6  # days; they are still within their time
    received = min(month_end(month) + timedelta(days=late), today)
    invoices = [
        enter_invoice(read, by=controller, today=received)
        for provider in Provider.objects.filter(name__in=PRICES)
        for read in _reads(rng, provider, month, back, received)
    ]
    if back == 1:
        _newest(invoices, received, controller, today)
        return
    checked, approved = received + timedelta(days=3), received + timedelta(days=5)
    for place, invoice in enumerate(invoices):
        _settle_everything(invoice, controller)
        check_invoice(invoice, by=controller, today=checked)
        if back > 2 or place % 3:
            approve_invoice(invoice, by=leader, today=approved)
    if back > 2:
        hand_over([each.pk for each in invoices], by=controller, today=approved + timedelta(days=2))


def _newest(invoices: list[Invoice], received: date, controller: User, today: date) -> None:
    """Last month's: most wait for control, one went back, and suppliers are asked about two of them."""
    if not invoices:
        return
    return_invoice(invoices[-1], reason="Timerne er fra en anden måned.", by=controller, today=received)
    asked = 0
    for invoice in invoices[:-1]:
        for each in controlled_invoice(invoice):
            for found in each.found[:1]:
                if asked == 2:
                    return
                asked += 1
                made = settle(
                    each.line, code=found.difference.code, way="dispute", by=controller,
                    reason="Vi kan ikke genkende det. Hvad bygger I det på?",
                )  # fmt: skip
                person = User.objects.filter(role=Role.PROVIDER, provider=invoice.provider_id).first()
                if asked == 1 and person is not None:
                    answer_dispute(made, text="Det er en fejl hos os. Nedsæt gerne linjen.", by=person)


def _reads(rng: Random, provider: Provider, month: date, back: int, received: date) -> list[ReadInvoice]:
    """Five invoices of a supplier for what its mentors did in a month; some say too much."""
    worked = _worked(provider, month)
    price = PRICES[provider.name][month.year == received.year or month.month < received.month]
    reads = []
    for place in range(A_MONTH):
        lines = [_line(rng, each, month, price, place) for each in worked[place::A_MONTH]]
        if back == 1 and place == 2:
            lines.append(_as_line("FJ-9999", month, Decimal(3), price))
        if lines:
            reads.append(_read(f"{month:%y%m}{place + 1:02}", provider, received, lines, place))
    return reads


def _worked(provider: Provider, month: date) -> list[Worked]:
    rows = Contact.objects.filter(held=True, mentor__provider=provider, day__range=(month, month_end(month)))
    sums = rows.order_by().values_list("course__citizen__case_number").annotate(minutes=Sum("minutes"))
    return sorted(sums)


def _line(rng: Random, worked: Worked, month: date, price: int, place: int) -> ReadLine:
    number, minutes = worked
    over = 30 * (rng.random() < 0.12)
    hours = Decimal(round(Fraction(minutes + over, 60) * 100)).scaleb(-2)
    return _as_line(number, month, hours, price + 2_500 * (place == 3 and rng.random() < 0.2))


def _as_line(reference: str, month: date, hours: Decimal, price: int) -> ReadLine:
    return ReadLine(
        reference=reference, month=month, hours=hours, price=price, amount=round_ore(Fraction(hours) * price),
        vat_percent=0, text="Mentorstøtte",
    )  # fmt: skip


def _read(number: str, provider: Provider, received: date, lines: list[ReadLine], place: int) -> ReadInvoice:
    net = sum(line.amount for line in lines)
    return ReadInvoice(
        number=number, cvr=provider.cvr, issued_on=received - timedelta(days=2), due_on=received + timedelta(days=28),
        currency="DKK", lines=tuple(lines), net=net, vat=0, payable=net, form=("peppol", "ubl", "csv")[place % 3],
    )  # fmt: skip


def _settle_everything(invoice: Invoice, by: User) -> None:
    """As a careful controller would: pay for what there is ground for, and accept the rest with a reason."""
    for each in controlled_invoice(invoice):
        for found in each.found:
            pays = found.difference.pays
            if pays is None or pays >= each.line.amount_ore:
                settle(
                    each.line, code=found.difference.code, way="accept", by=by,
                    reason="Aftalt med leverandøren på telefon.",
                )  # fmt: skip
            else:
                settle(
                    each.line, code=found.difference.code, way="reduce", pay_ore=pays, by=by,
                    reason="Der betales for det, der er registreret og aftalt.",
                )  # fmt: skip


def _set_back() -> None:
    """Moves the moments to the days that the rows are about."""
    for model in (Price, Wage, PayGroupMember, Overhead, VolunteerPrice):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(entered_at=_at(row.first - timedelta(days=12)))
    for row in Settlement.objects.select_related("line__invoice"):
        settled = _at(row.line.invoice.read_on + timedelta(days=2))
        answered = {"answered_at": settled + timedelta(days=1)} if row.answered_at else {}
        Settlement.objects.filter(pk=row.pk).update(settled_at=settled, **answered)
    for payment in Payment.objects.all():
        Payment.objects.filter(pk=payment.pk).update(fetched_at=_at(payment.made_on))


def _at(day: date) -> datetime:
    return min(timezone.make_aware(datetime.combine(day, WRITTEN_AT)), timezone.now())
