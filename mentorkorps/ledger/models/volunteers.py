"""What an hour with a volunteer costs the municipality. A volunteer is not paid and is not free either."""

from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models.dated import STANDS, Dated


class VolunteerPrice(Dated):
    """Coordination and covered expenses of volunteers, spread over their hours: øre for an hour with a citizen."""

    ore = models.PositiveIntegerField("pris i øre")

    class Meta:
        verbose_name = "pris for frivillige"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(
                fields=["first"], condition=STANDS, name="one_volunteer_price_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="volunteer_price_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(ore__gt=0), name="volunteer_price_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.first:%d-%m-%Y}"
