"""A row that holds from a day: the shape of prices, agreements and goals. Nothing is written over backwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL
STANDS = Q(withdrawn_at__isnull=True)


class Dated(models.Model):
    """A row that holds from a day: who wrote it, and what it rests on. No last day is until further notice.

    A row is never changed but for its end. One that was wrong is withdrawn with the reason, and stays to be read.
    """

    first = models.DateField("fra")
    last = models.DateField("til og med", null=True, blank=True)
    source = models.CharField("kilde", max_length=300)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    entered_at = models.DateTimeField("skrevet", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trukket tilbage af"
    )
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, blank=True)
    withdrawn_reason = models.CharField("hvorfor trukket tilbage", max_length=300, blank=True)

    class Meta:
        abstract = True
