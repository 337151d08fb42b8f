"""Why a month that was made ready went back to whoever made it ready."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class MonthReturn(models.Model):
    """A prepared month that was sent back; the newest is read until the month is prepared again.

    `month` is its first day. What was prepared is gone with its postings, so this is all that is left of it.
    """

    month = models.DateField("måned")
    reason = models.CharField("hvad der skal ses på", max_length=1_000)
    returned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="sendt tilbage af")
    returned_at = models.DateTimeField("sendt tilbage")

    class Meta:
        verbose_name = "måned sendt tilbage"
        ordering = ["-id"]
        indexes = [models.Index(fields=["month", "-id"], name="returns_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%m-%Y}"
