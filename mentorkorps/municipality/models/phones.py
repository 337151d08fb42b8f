"""The phones and other browsers on which a mentor keeps contacts until there is a network."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Phone(models.Model):
    """One person's outbox on one device. The id is made on the device, and two who share a device have one each.

    A phone that is marked as lost is told to wipe itself when it next calls, whether or not anyone is signed in.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(PERSON, models.CASCADE, related_name="phones", verbose_name="bruger")
    name = models.CharField("telefon", max_length=40, help_text="Som enheden selv siger, fx Android.")
    session = models.CharField("seneste login", max_length=40)
    registered_at = models.DateTimeField("taget i brug", auto_now_add=True)
    seen_at = models.DateTimeField("sidst set")
    lost_at = models.DateTimeField("meldt mistet", null=True, blank=True)
    lost_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="meldt mistet af"
    )
    told_at = models.DateTimeField("fik besked på at slette", null=True, blank=True)

    class Meta:
        verbose_name = "telefon"
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
