"""Closed months with their frozen postings, and the month that a company mentor signs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import Mentor

PERSON = settings.AUTH_USER_MODEL


class MonthClose(models.Model):
    """A month of the accounts: prepared by one person, closed by another's approval, and never opened again.

    `month` is its first day. `digest` is the SHA-256 of its postings as `ledger.queries.accounts.digest` writes them.
    """

    month = models.DateField("måned", unique=True)
    digest = models.CharField("kontrolsum", max_length=64)
    code_version = models.CharField("programversion", max_length=20)
    prepared_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="gjort klar af")
    prepared_at = models.DateTimeField("gjort klar")
    approved_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )
    approved_at = models.DateTimeField("godkendt", null=True, blank=True)

    class Meta:
        verbose_name = "månedsafslutning"
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="month_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="month_approved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m-%Y}"


class Posting(models.Model):
    """Hours of a course with their account and amounts, frozen in the month that was closed. Amounts in øre.

    `month` is the month the hours are of: an earlier one than the close's own is a later correction, and carries the
    difference. What is missing is None and named in `missing`; it is never 0.
    """

    close = models.ForeignKey(
        MonthClose, models.CASCADE, related_name="postings", verbose_name="månedsafslutning"
    )
    month = models.DateField("timerne er fra")
    course = models.ForeignKey(Course, models.PROTECT, related_name="postings", verbose_name="forløb")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+", verbose_name="mentor")
    target_group = models.CharField("målgruppe ved aftalen", max_length=40)
    function = models.CharField("funktion", max_length=30)
    agreed_on = models.DateField("aftalt", null=True, blank=True)
    account = models.CharField("konto", max_length=20, blank=True)
    grouping = models.CharField("gruppering", max_length=10, blank=True)
    minutes = models.IntegerField("minutter")
    price_ore = models.PositiveIntegerField("pris for en time, øre", null=True, blank=True)
    cost_ore = models.BigIntegerField("refusionsberettiget udgift, øre", null=True, blank=True)
    full_ore = models.BigIntegerField("fuld udgift, øre", null=True, blank=True)
    percent = models.DecimalField("refusion i procent", max_digits=5, decimal_places=2, null=True, blank=True)
    reimbursement_ore = models.BigIntegerField("refusion, øre", null=True, blank=True)
    missing = models.JSONField("mangler", default=list)

    class Meta:
        verbose_name = "postering"
        ordering = ["id"]
        indexes = [models.Index(fields=["month", "course"], name="postings_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%m-%Y}"


class CompanyMonth(models.Model):
    """A company mentor's month as it was signed; a correction is a new version, and the newest one counts.

    The claim is what the firm asks for the hours bought free (frikøb), in øre; None while a wage is missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="months", verbose_name="faglig mentor")
    month = models.DateField("måned")
    version = models.PositiveSmallIntegerField("udgave")
    claim_ore = models.PositiveBigIntegerField("krav i øre", null=True, blank=True)
    signed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="underskrevet af")
    signed_at = models.DateTimeField("underskrevet")
    approved_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )
    approved_at = models.DateTimeField("godkendt", null=True, blank=True)

    class Meta:
        verbose_name = "faglig mentors måned"
        ordering = ["-month", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "month", "version"], name="one_version_of_a_month"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("signed_by")),
                name="company_month_has_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m-%Y}, udgave {self.version}"


class CompanyMonthLine(models.Model):
    """One citizen's minutes in a signed month, with the wage of an hour that the agreement names."""

    signed = models.ForeignKey(
        CompanyMonth, models.CASCADE, related_name="lines", verbose_name="faglig mentors måned"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name="forløb")
    minutes = models.PositiveIntegerField("minutter")
    wage_ore = models.PositiveIntegerField("timeløn i øre", null=True, blank=True)
    ore = models.PositiveBigIntegerField("krav i øre", null=True, blank=True)

    class Meta:
        verbose_name = "linje i måneden"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["signed", "course"], name="one_line_a_course_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min."
