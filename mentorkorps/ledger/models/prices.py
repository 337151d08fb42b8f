"""What an hour costs: prices, wages, and what is laid on top of a wage. Dated rows, never changed backwards."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models import Mentor, Provider
from mentorkorps.municipality.models.dated import STANDS, Dated


class Price(Dated):
    """What a provider is paid for an hour, or for a whole course, in øre without VAT."""

    class Per(models.TextChoices):
        HOUR = "hour", "time"
        COURSE = "course", "forløb"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="prices", verbose_name="leverandør")
    per = models.CharField("pris for en", max_length=6, choices=Per, default=Per.HOUR)
    ore = models.PositiveIntegerField("pris i øre uden moms")
    vat_percent = models.PositiveSmallIntegerField("moms i procent", default=0)

    class Meta:
        verbose_name = "pris"
        ordering = ["provider", "per", "-first"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "per", "first"], condition=STANDS, name="one_price_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="price_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(ore__gt=0), name="price_is_something"),
            models.CheckConstraint(condition=Q(vat_percent__in=[0, 25]), name="price_vat_is_danish"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.first:%d-%m-%Y}"


class PayGroup(models.Model):
    """Mentors who are paid alike."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=80, unique=True)

    class Meta:
        verbose_name = "løngruppe"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PayGroupMember(Dated):
    """Which pay group a mentor is in, from when to when."""

    group = models.ForeignKey(PayGroup, models.PROTECT, related_name="members", verbose_name="løngruppe")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="pay_groups", verbose_name="mentor")

    class Meta:
        verbose_name = "mentor i løngruppe"
        ordering = ["mentor", "-first"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "first"], condition=STANDS, name="one_pay_group_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="pay_group_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.first:%d-%m-%Y}"


class Wage(Dated):
    """The wage of an hour in øre, with holiday pay, pension and employer's contributions and nothing else.

    That is what may be counted as the cost of a mentor (BEK 2006/2020 § 122). A mentor's own wage goes before the
    pay group's.
    """

    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="wages", verbose_name="mentor"
    )
    group = models.ForeignKey(
        PayGroup, models.PROTECT, null=True, blank=True, related_name="wages", verbose_name="løngruppe"
    )
    ore = models.PositiveIntegerField("timeløn i øre")

    class Meta:
        verbose_name = "løn"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "first"], condition=STANDS, name="one_wage_from_a_day"),
            models.UniqueConstraint(
                fields=["group", "first"], condition=STANDS, name="one_group_wage_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="wage_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(ore__gt=0), name="wage_is_something"),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True, group__isnull=False)
                | Q(mentor__isnull=False, group__isnull=True),
                name="wage_is_a_mentors_or_a_groups",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first:%d-%m-%Y}"


class Overhead(Dated):
    """What rent, management and transport add to a wage, in percent. Steering figures only: it is never refunded."""

    percent = models.DecimalField("tillæg i procent", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "tillæg for fælles udgifter"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(fields=["first"], condition=STANDS, name="one_overhead_from_a_day"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="overhead_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first:%d-%m-%Y}"


class Tolerance(Dated):
    """How far an invoice's line may be from what is delivered or agreed without being asked about."""

    minutes = models.PositiveIntegerField("minutter på en linje")
    ore = models.PositiveIntegerField("øre på en linje")

    class Meta:
        verbose_name = "bagatelgrænse"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(fields=["first"], condition=STANDS, name="one_tolerance_from_a_day"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="tolerance_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first:%d-%m-%Y}"
