"""What somebody is typing on a citizen's case and has not sent yet."""

from django.db import models

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.municipality.models import User


class Draft(models.Model):
    """The fields of one form as one person has typed them: on one page, about one row.

    `page` is the name of the form's address and `object_id` the key in it, so that a text can only come back where
    it was typed. It is removed when the form is sent, and by the worker after `settings.DRAFT_DAYS`.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts", verbose_name="skrevet af")
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="+", verbose_name="borger")
    page = models.CharField("side", max_length=40)
    object_id = models.UUIDField("nøgle i adressen")
    fields = models.JSONField("felter", help_text="Feltets navn → de værdier, der er skrevet.")
    saved_at = models.DateTimeField("gemt")

    class Meta:
        verbose_name = "kladde"
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_at"], name="drafts_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "object_id"], name="one_draft_a_person_and_form")
        ]

    def __str__(self) -> str:
        return f"Kladde {self.saved_at:%d-%m-%Y %H.%M}"
