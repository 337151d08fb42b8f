"""Every answer to a follow-up, also those that were corrected, and the files that answers come in."""

import uuid

from django.conf import settings
from django.db import models

from mentorkorps.followup.models.course import FollowUp

PERSON = settings.AUTH_USER_MODEL


class FollowUpFile(models.Model):
    """A file of answers as it was read, waiting for somebody to take it in. `found` is a list of rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    found = models.JSONField("læst")
    read_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="læst af")
    read_at = models.DateTimeField("læst", auto_now_add=True)
    taken_at = models.DateTimeField("taget ind", null=True, blank=True)

    class Meta:
        verbose_name = "fil med svar på opfølgninger"
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.read_at:%d-%m-%Y %H:%M}"


class Whereabouts(models.Model):
    """Where a citizen was on a day, as a source told. The follow-up itself has the newest; no row is ever changed."""

    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="whereabouts", verbose_name="opfølgning"
    )
    outcome = models.CharField(
        "hvor er borgeren", max_length=12, choices=FollowUp._meta.get_field("outcome").choices
    )
    on = models.DateField("dato")
    source = models.CharField("kilde", max_length=80, blank=True)
    file = models.ForeignKey(
        FollowUpFile, models.PROTECT, null=True, blank=True, related_name="taken", verbose_name="fil"
    )
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    noted_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "svar på opfølgning"
        verbose_name_plural = "svar på opfølgninger"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "outcome", "on", "source"],
                condition=models.Q(file__isnull=False),
                name="one_answer_from_files",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.on:%d-%m-%Y}"
