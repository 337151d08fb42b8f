"""Suppliers' invoices with their lines, how differences were settled, and what was handed over to payment."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import Provider

PERSON = settings.AUTH_USER_MODEL


class Upload(models.Model):
    """Files as they were read, waiting for somebody to take in what is good. `found` is a list of files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    found = models.JSONField("læst")
    read_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="læst af")
    read_at = models.DateTimeField("læst", auto_now_add=True)
    taken_at = models.DateTimeField("taget ind", null=True, blank=True)

    class Meta:
        verbose_name = "læste filer"
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.read_at:%d-%m-%Y %H:%M}"


class Invoice(models.Model):
    """One invoice or credit note of a supplier. Amounts in øre: `net` is the lines, `payable` is net and VAT.

    A credit note's amounts are above zero too, and take from what is paid of the invoice it `credits`. It goes
    read → checked → approved → handed over, or is returned to the supplier. Two people stand behind every payment,
    and no more than one number of a supplier is alive.
    """

    class State(models.TextChoices):
        READ = "read", "venter på kontrol"
        CHECKED = "checked", "venter på godkendelse"
        APPROVED = "approved", "klar til betaling"
        HANDED_OVER = "handed_over", "overdraget"
        RETURNED = "returned", "sendt tilbage"

    class Form(models.TextChoices):
        HAND = "hand", "skrevet ind"
        CSV = "csv", "CSV"
        UBL = "ubl", "OIOUBL"
        PEPPOL = "peppol", "Peppol"

    class Kind(models.TextChoices):
        INVOICE = "invoice", "faktura"
        CREDIT = "credit", "kreditnota"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="invoices", verbose_name="leverandør")
    kind = models.CharField("art", max_length=7, choices=Kind, default=Kind.INVOICE)
    credits = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="credit_notes", verbose_name="krediterer"
    )
    number = models.CharField("fakturanummer", max_length=40)
    issued_on = models.DateField("fakturadato")
    due_on = models.DateField("forfaldsdato", null=True, blank=True)
    form = models.CharField("modtaget som", max_length=6, choices=Form)
    net_ore = models.PositiveBigIntegerField("beløb uden moms, øre")
    vat_ore = models.PositiveBigIntegerField("moms, øre")
    payable_ore = models.PositiveBigIntegerField("at betale, øre")
    content = models.CharField(
        "indhold", max_length=64, help_text="SHA-256 af alt andet end nummeret og datoerne."
    )
    state = models.CharField("tilstand", max_length=11, choices=State, default=State.READ)
    read_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="læst ind af")
    read_on = models.DateField("læst ind")
    checked_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kontrolleret af"
    )
    checked_on = models.DateField("kontrolleret", null=True, blank=True)
    approved_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )
    approved_on = models.DateField("godkendt", null=True, blank=True)
    approved_net_ore = models.PositiveBigIntegerField("godkendt uden moms, øre", null=True, blank=True)
    approved_vat_ore = models.PositiveBigIntegerField("godkendt moms, øre", null=True, blank=True)
    returned_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sendt tilbage af"
    )
    returned_on = models.DateField("sendt tilbage", null=True, blank=True)
    returned_reason = models.TextField("hvorfor sendt tilbage", blank=True)

    class Meta:
        verbose_name = "faktura"
        ordering = ["-issued_on", "number"]
        indexes = [
            models.Index(fields=["state", "-issued_on", "number"], name="invoices_by_state"),
            models.Index(fields=["provider", "-issued_on"], name="invoices_of_provider"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind", "number"],
                condition=~Q(state="returned"),
                name="one_invoice_a_number",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit", credits__isnull=False) | Q(kind="invoice", credits__isnull=True),
                name="credit_note_credits_an_invoice",
            ),
            models.UniqueConstraint(
                fields=["provider", "content"], condition=~Q(state="returned"), name="one_invoice_a_content"
            ),
            models.CheckConstraint(
                condition=Q(payable_ore=F("net_ore") + F("vat_ore")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("checked_by")),
                name="invoice_has_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "handed_over"])
                | Q(
                    checked_by__isnull=False,
                    approved_by__isnull=False,
                    approved_net_ore__isnull=False,
                    approved_vat_ore__isnull=False,
                ),
                name="approved_invoice_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(approved_net_ore__isnull=True) | Q(approved_net_ore__lte=F("net_ore")),
                name="never_more_than_invoiced",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""), name="returned_invoice_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {self.number}"

    @property
    def is_credit(self) -> bool:
        """Whether it takes from what is paid."""
        return self.kind == self.Kind.CREDIT

    @property
    def approved_ore(self) -> int | None:
        """What is approved with VAT, in øre; None until it is approved."""
        if self.approved_net_ore is None or self.approved_vat_ore is None:
            return None
        return self.approved_net_ore + self.approved_vat_ore

    @property
    def asks_ore(self) -> int:
        """What it asks for with VAT, in øre; below zero for a credit note."""
        return -self.payable_ore if self.is_credit else self.payable_ore

    @property
    def pays_ore(self) -> int | None:
        """What is paid with VAT, in øre; below zero for a credit note, None until it is approved."""
        approved = self.approved_ore
        return -approved if self.is_credit and approved is not None else approved


class InvoiceLine(models.Model):
    """A line: a course, a month, and hours or a price for the whole course. Amounts in øre without VAT.

    `month` is the first day of the month. `minutes` None is a line for a whole course, or a credit note's that credits
    no hours. `reference` is what the
    supplier wrote, and `course` what it was found to mean.
    """

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines", verbose_name="faktura")
    position = models.PositiveSmallIntegerField("linje")
    reference = models.CharField("henvisning", max_length=200, blank=True)
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="invoice_lines", verbose_name="forløb"
    )
    month = models.DateField("måned")
    minutes = models.PositiveIntegerField("minutter", null=True, blank=True)
    price_ore = models.PositiveIntegerField("pris i øre")
    amount_ore = models.PositiveBigIntegerField("beløb i øre")
    vat_percent = models.PositiveSmallIntegerField("moms i procent", default=0)
    text = models.CharField("tekst", max_length=200, blank=True)
    approved_ore = models.PositiveBigIntegerField("godkendt, øre", null=True, blank=True)

    class Meta:
        verbose_name = "fakturalinje"
        ordering = ["position"]
        indexes = [models.Index(fields=["month", "course"], name="invoice_lines_by_month")]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_line_a_position"),
            models.CheckConstraint(
                condition=Q(approved_ore__isnull=True) | Q(approved_ore__lte=F("amount_ore")),
                name="line_never_more_than_invoiced",
            ),
        ]

    def __str__(self) -> str:
        return f"Linje {self.position}"

    @property
    def billed(self) -> int | None:
        """Minutes as they add up: those of a credit note are taken off. None for a whole course."""
        return -self.minutes if self.minutes is not None and self.invoice.is_credit else self.minutes


class Settlement(models.Model):
    """What was decided about one difference of a line. `said` is the difference as it was read when it was settled.

    Rows are never changed: a settlement is undone, and another one made.
    """

    class Way(models.TextChoices):
        ACCEPT = "accept", "accepteret"
        REDUCE = "reduce", "nedsat"
        DISPUTE = "dispute", "spurgt leverandøren"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(InvoiceLine, models.CASCADE, related_name="settlements", verbose_name="linje")
    code = models.CharField("afvigelse", max_length=12)
    said = models.TextField("afvigelsen, som den var")
    way = models.CharField("afklaret ved", max_length=7, choices=Way)
    reason = models.TextField("begrundelse")
    pay_ore = models.PositiveBigIntegerField("betal kun, øre", null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="afklaret af")
    settled_at = models.DateTimeField("afklaret", auto_now_add=True)
    undone_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fortrudt af"
    )
    undone_at = models.DateTimeField("fortrudt", null=True, blank=True)
    answer = models.TextField("leverandørens svar", blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="svaret af"
    )
    answered_at = models.DateTimeField("svaret", null=True, blank=True)

    class Meta:
        verbose_name = "afklaring"
        ordering = ["settled_at"]
        indexes = [
            models.Index(
                fields=["line"], condition=Q(way="dispute", undone_at__isnull=True), name="open_disputes"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=Q(undone_at__isnull=True),
                name="one_settlement_a_difference",
            ),
            models.CheckConstraint(
                condition=Q(way="reduce", pay_ore__isnull=False) | ~Q(way="reduce") & Q(pay_ore__isnull=True),
                name="reduced_to_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class Payment(models.Model):
    """A file of postings handed over to be paid. Whoever fetches it after the first time gets a copy that says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField("nummer", unique=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="overdraget af")
    made_on = models.DateField("overdraget")
    fetched_at = models.DateTimeField("hentet første gang", null=True, blank=True)

    class Meta:
        verbose_name = "overdragelse til betaling"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Betaling {self.number}"


class PaidInvoice(models.Model):
    """An invoice in a payment. There is at most one row for each invoice, so that nothing is paid twice."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="paid", verbose_name="faktura")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="invoices", verbose_name="betaling")
    ore = models.BigIntegerField(
        "betalt med moms, øre", help_text="Under nul for en kreditnota, som trækkes fra."
    )

    class Meta:
        verbose_name = "betalt faktura"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.invoice_id}"
