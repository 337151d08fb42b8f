"""The citizen's own page: the link that opens it once, and what the citizen says there."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course
from mentorkorps.followup.models.contacts import Contact

PERSON = settings.AUTH_USER_MODEL


class CitizenLink(models.Model):
    """A link that opens a course's page to its citizen once, and the visit that it opened.

    Of the link's secret and of the visit's only hashes are kept. A link that is `closed` opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="citizen_links", verbose_name="forløb")
    secret_hash = models.CharField("linkets SHA-256", max_length=64, unique=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="lavet af")
    made_at = models.DateTimeField("lavet")
    opens_until = models.DateTimeField("kan åbnes til")
    closed = models.BooleanField("lukket", default=False)
    opened_at = models.DateTimeField("åbnet", null=True, blank=True)
    visit_hash = models.CharField("besøgets SHA-256", max_length=64, unique=True, null=True, blank=True)
    seen_at = models.DateTimeField("sidst set", null=True, blank=True)
    language = models.CharField("sprog", max_length=3, blank=True)

    class Meta:
        verbose_name = "link til borgerens side"
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, visit_hash__isnull=True, seen_at__isnull=True)
                | Q(opened_at__isnull=False, visit_hash__isnull=False, seen_at__isnull=False),
                name="a_visit_begins_by_opening",
            )
        ]

    def __str__(self) -> str:
        return f"Link {self.made_at:%d-%m-%Y}"


class CitizenAnswer(models.Model):
    """What the citizen says of a contact that the mentor has logged. It stands beside the contact and never changes it.

    Rows are never changed but by the follow-up: who thinks better of it answers anew, and the newest counts.
    """

    class Met(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nej"
        UNSURE = "unsure", "ved ikke"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="citizen_answers", verbose_name="kontakt"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="citizen_answers", verbose_name="forløb")
    met = models.CharField("mødtes I", max_length=6, choices=Met)
    newest = models.BooleanField("nyeste svar", default=True)
    answered_at = models.DateTimeField("svaret")
    followed_up_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    followed_up_on = models.DateField("fulgt op", null=True, blank=True)
    followed_up_note = models.CharField("hvad viste det sig at være", max_length=300, blank=True)

    class Meta:
        verbose_name = "borgerens svar"
        ordering = ["-answered_at"]
        indexes = [
            models.Index(fields=["course", "-answered_at"], name="answers_of_course"),
            models.Index(
                fields=["-answered_at"],
                condition=Q(newest=True, met="no", followed_up_on__isnull=True),
                name="answers_to_follow_up",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(newest=True), name="one_newest_answer_a_contact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_met_display()} {self.answered_at:%d-%m-%Y}"


class CitizenWish(models.Model):
    """What the citizen wishes of a mentor, in the citizen's own words. The newest counts; earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="citizen_wishes", verbose_name="forløb")
    text = models.CharField("ønske", max_length=500, blank=True)
    said_at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "borgerens ønske"
        ordering = ["-said_at"]

    def __str__(self) -> str:
        return f"Ønske {self.said_at:%d-%m-%Y}"
