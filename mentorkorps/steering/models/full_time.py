"""What a full-time mentor gives, as a dated row with its source."""

from django.db import models

from mentorkorps.municipality.models import User


class FullTime(models.Model):
    """What a full-time mentor gives citizens in a year from a day on: direct minutes, after meetings and travel."""

    valid_from = models.DateField("gælder fra", unique=True)
    minutes_per_year = models.PositiveIntegerField("direkte minutter om året")
    source = models.CharField("kilde", max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="sat af")

    class Meta:
        verbose_name = "direkte tid for en fuldtidsmentor"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes_per_year__gt=0), name="full_time_is_some_time")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"
