"""What was corrected in a referral before a decision rested on it."""

from django.db import models

from mentorkorps.cases.models.visitation import Referral
from mentorkorps.municipality.models import User


class ReferralCorrection(models.Model):
    """One correction: what stood there, what came instead, and why. `before` and `after` hold the same fields."""

    referral = models.ForeignKey(
        Referral, models.PROTECT, related_name="corrections", verbose_name="henvisning"
    )
    before = models.JSONField("før")
    after = models.JSONField("efter")
    reason = models.CharField("hvorfor", max_length=200)
    corrected_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="rettet af")
    corrected_at = models.DateTimeField("rettet", auto_now_add=True)

    class Meta:
        verbose_name = "rettelse af henvisning"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Rettelse {self.corrected_at:%d-%m-%Y}"
