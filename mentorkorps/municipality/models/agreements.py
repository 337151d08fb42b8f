"""Agreements with those whose people serve as mentors, and the municipality's own goal for how long one waits."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models.dated import STANDS, Dated
from mentorkorps.municipality.models.house import Provider


class ProviderAgreement(Dated):
    """What is agreed with a supplier, a company or a school in a period. The price is the dated one of the ledger.

    A mentor at a company is bought free under a formal agreement in which a mentor follows, or in a single case
    (København 2014; LAB § 169). `minutes_bought` None is not agreed, which is not 0.
    """

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "rammeaftale"
        FORMAL = "formal", "formel aftale, hvor mentor følger med"
        SINGLE = "single", "enkeltsag"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="agreements", verbose_name="leverandør"
    )
    kind = models.CharField("art", max_length=9, choices=Kind)
    minutes_bought = models.PositiveIntegerField("minutter købt i perioden", null=True, blank=True)
    places = models.PositiveSmallIntegerField("pladser", null=True, blank=True)
    citizens_a_place = models.PositiveSmallIntegerField(
        "borgere på en plads", default=1, help_text="Flere end én er en pladsmentor."
    )

    class Meta:
        verbose_name = "aftale med leverandør"
        ordering = ["provider", "-first"]
        indexes = [models.Index(fields=["provider", "-first"], name="agreements_of_provider")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "first"], condition=STANDS & ~Q(kind="single"),
                name="one_provider_agreement_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="provider_agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="framework", places__isnull=True)
                | Q(kind="formal", places__gt=0)
                | Q(kind="single", places=1, citizens_a_place=1, minutes_bought__isnull=True),
                name="places_are_at_a_company",
            ),
            models.CheckConstraint(condition=Q(citizens_a_place__gt=0), name="a_place_holds_somebody"),
            models.CheckConstraint(
                condition=Q(minutes_bought__isnull=True) | Q(minutes_bought__gt=0),
                name="bought_minutes_are_something",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first:%d-%m-%Y}"

    @property
    def room(self) -> int | None:
        """How many citizens the agreement holds at a time; None for a framework, which counts hours."""
        return None if self.places is None else self.places * self.citizens_a_place


class WaitingGoal(Dated):
    """The most days from referral to first meeting that the municipality has set itself; no row is no goal."""

    days = models.PositiveSmallIntegerField("dage fra henvisning til første møde")

    class Meta:
        verbose_name = "mål for ventetid"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(fields=["first"], condition=STANDS, name="one_waiting_goal_from_a_day"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="waiting_goal_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="waiting_goal_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.days} dage fra {self.first:%d-%m-%Y}"
