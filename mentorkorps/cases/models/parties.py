"""Those around the citizen: what each does next and gives already, and the consents to speak with them."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.domain.network import KINDS
from mentorkorps.municipality.models import User


class Party(models.Model):
    """Someone else around the citizen, the agreed next step, and the help they give already."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="parties", verbose_name="borger")
    name = models.CharField("part", max_length=120)
    kind = models.CharField(
        "art", max_length=14, choices=[(code, kind.word) for code, kind in KINDS.items()], default="other"
    )
    contact = models.CharField("kontakt", max_length=120, blank=True)
    next_step = models.CharField("næste skridt", max_length=200, blank=True)
    owner = models.CharField("hvem gør det", max_length=80, blank=True)
    due = models.DateField("hvornår", null=True, blank=True)
    gives = models.CharField("hjælp, de giver", max_length=120, blank=True)
    minutes_per_week = models.PositiveSmallIntegerField("minutter om ugen", null=True, blank=True)
    closed_on = models.DateField("afsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "part"
        ordering = ["due", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_per_week__isnull=True) | Q(minutes_per_week__lte=10_080),
                name="help_fits_in_a_week",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FinishedStep(models.Model):
    """A next step that was done, as it was agreed."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="finished", verbose_name="part")
    step = models.CharField("skridt", max_length=200)
    owner = models.CharField("hvem gjorde det", max_length=80, blank=True)
    due = models.DateField("skulle ske", null=True, blank=True)
    done_on = models.DateField("gjort")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noteret af")

    class Meta:
        verbose_name = "gjort skridt"
        ordering = ["-done_on", "-id"]

    def __str__(self) -> str:
        return self.step


class Consent(models.Model):
    """The citizen's consent to share some information with one party for one purpose.

    A row is never rewritten: it is withdrawn or runs out, and a new consent is a new row.
    """

    class Direction(models.TextChoices):
        BOTH = "both", "begge veje"
        TO_PARTY = "to_party", "kun fra kommunen til parten"
        FROM_PARTY = "from_party", "kun fra parten til kommunen"

    class How(models.TextChoices):
        WRITTEN = "written", "skriftligt"
        ORAL = "oral", "mundtligt, noteret i sagen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="consents", verbose_name="borger")
    party = models.ForeignKey(Party, models.PROTECT, related_name="consents", verbose_name="part")
    information = models.CharField("hvilke oplysninger", max_length=200)
    purpose = models.CharField("til hvad", max_length=200, blank=True)
    direction = models.CharField("hvilken vej", max_length=10, choices=Direction, default=Direction.BOTH)
    how = models.CharField("hvordan givet", max_length=7, choices=How, blank=True)
    given_on = models.DateField("givet")
    until = models.DateField("til og med", null=True, blank=True)
    withdrawn_on = models.DateField("trukket tilbage", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="noteret af"
    )

    class Meta:
        verbose_name = "samtykke"
        ordering = ["-given_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")), name="consent_ends_after_given"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"Samtykke {self.given_on:%d-%m-%Y}"
