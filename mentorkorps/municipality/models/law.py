"""Corrections of the law's rows."""

from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models.house import User


class RuleCorrection(models.Model):
    """A correction of a row of the law: proposed by one person, in the book from another's approval until withdrawn.

    `changes` and the row it names never change; `municipality.facts.correction_facts` reads them.
    """

    rule = models.CharField("regel", max_length=12)
    row_from = models.DateField("række fra", help_text="Den rettede rækkes første dag.")
    changes = models.JSONField("rettelser")
    in_force_from = models.DateField("rettelsen gælder fra")
    reason = models.TextField("begrundelse")
    source = models.CharField("kilde", max_length=300)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="foreslået af")
    proposed_at = models.DateTimeField("foreslået", auto_now_add=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )
    approved_at = models.DateTimeField("godkendt", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trukket tilbage af"
    )
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, blank=True)
    withdrawn_reason = models.TextField("grund til at trække tilbage", blank=True)

    class Meta:
        verbose_name = "rettelse af regel"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="correction_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="correction_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} fra {self.in_force_from:%d-%m-%Y}"
