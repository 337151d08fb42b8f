"""A year's budget, and the ceiling that the state sets on what it refunds. Changes are new rows."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Budget(models.Model):
    """What is set aside for mentors in a year, in øre, as adopted on a day. The one adopted last is the year's."""

    year = models.PositiveSmallIntegerField("år")
    ore = models.PositiveBigIntegerField("beløb i øre")
    adopted_by = models.CharField("vedtaget af", max_length=120)
    adopted_on = models.DateField("vedtaget")
    source = models.CharField("kilde", max_length=300)
    note = models.CharField("bemærkning", max_length=300, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    entered_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "budget"
        ordering = ["-year", "-adopted_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "adopted_on"], name="one_budget_a_year_and_day")
        ]

    def __str__(self) -> str:
        return f"Budget {self.year}"


class YearCeiling(models.Model):
    """The most of a year that counts (rådighedsbeløb), in øre: of the spending, or of what comes back.

    A year without a row has no known ceiling, which is not the same as none.
    """

    class Counts(models.TextChoices):
        SPENDING = "spending", "udgiften, der refunderes af"
        REIMBURSEMENT = "reimbursement", "refusionen"

    year = models.PositiveSmallIntegerField("år")
    ore = models.PositiveBigIntegerField("beløb i øre")
    counts = models.CharField("loftet er over", max_length=13, choices=Counts)
    known_on = models.DateField("oplyst")
    source = models.CharField("kilde", max_length=300)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    entered_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "loft"
        ordering = ["-year", "-known_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "known_on"], name="one_ceiling_a_year_and_day")
        ]

    def __str__(self) -> str:
        return f"Loft {self.year}"
