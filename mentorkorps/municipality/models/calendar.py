"""Days on which the municipality is closed, and the secret address of a mentor's own calendar."""

from django.db import models

from mentorkorps.municipality.models.house import User


class ClosingDay(models.Model):
    """A day on which the municipality is closed beside the public holidays."""

    day = models.DateField("dato", unique=True)
    name = models.CharField("hvorfor", max_length=80)

    class Meta:
        verbose_name = "lukkedag"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name} {self.day:%d-%m-%Y}"


class CalendarFeed(models.Model):
    """The address at which a calendar program fetches a mentor's meetings. Only the secret's hash is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed", verbose_name="bruger")
    secret_hash = models.CharField("hemmelighedens SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("lavet", auto_now_add=True)
    fetched_on = models.DateField("sidst hentet", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderadresse"

    def __str__(self) -> str:
        return f"Kalenderadresse fra {self.made_at:%d-%m-%Y}"
