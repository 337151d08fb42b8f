"""Which mentors a citizen is not to have: family, earlier trouble, next door."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.municipality.models import Mentor, User


class Avoidance(models.Model):
    """The citizen is not to have this mentor from a day on, until somebody ends it.

    The reason is a kind and never a note: it is seen by everyone who chooses mentors.
    """

    class Reason(models.TextChoices):
        FAMILY = "family", "familie eller bekendte"
        TROUBLE = "trouble", "et tidligere forløb gik skævt"
        NEIGHBOUR = "neighbour", "bor tæt på hinanden"
        OTHER = "other", "en anden grund"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="avoids", verbose_name="borger")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="avoided_by", verbose_name="mentor")
    reason = models.CharField("grund", max_length=9, choices=Reason)
    since = models.DateField("fra")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noteret af")
    ended_on = models.DateField("ophævet", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ophævet af"
    )

    class Meta:
        verbose_name = "fravalgt mentor"
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "mentor"], condition=Q(ended_on__isnull=True), name="avoided_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="avoidance_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.get_reason_display()}"
