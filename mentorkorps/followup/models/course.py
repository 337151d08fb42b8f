"""What else happens in a course: absences, appointments, status reports, and what is asked after the end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models import Course

PERSON = settings.AUTH_USER_MODEL


class CitizenAbsence(models.Model):
    """Days on which the citizen cannot be met, with the reason; the weeks they fill are excused."""

    class Reason(models.TextChoices):
        SICK = "sick", "syg"
        ADMITTED = "admitted", "indlagt"
        HOLIDAY = "holiday", "ferie"
        MATERNITY = "maternity", "barsel"
        PRISON = "prison", "afsoner"
        OTHER_OFFER = "other_offer", "i andet tilbud"
        OTHER = "other", "andet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="absences", verbose_name="forløb")
    first = models.DateField("første dag")
    last = models.DateField("sidste dag", null=True, blank=True)
    reason = models.CharField("grund", max_length=12, choices=Reason)
    note = models.CharField("bemærkning", max_length=200, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "fravær"
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="citizen_absence_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.first:%d-%m-%Y}"


class Appointment(models.Model):
    """The next time mentor and citizen meet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="appointments", verbose_name="forløb")
    day = models.DateField("dato")
    start = models.TimeField("klokken", null=True, blank=True)
    place = models.CharField("sted", max_length=120, blank=True)
    cancelled = models.BooleanField("aflyst", default=False)

    class Meta:
        verbose_name = "mødeaftale"
        ordering = ["day", "start"]
        indexes = [models.Index(fields=["course", "day"], name="appointments_of_course")]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y}"


class StatusReport(models.Model):
    """The mentor's status, due four weeks before a grant expires; the ground of the next assessment."""

    class Recommendation(models.TextChoices):
        CONTINUE = "continue", "fortsæt"
        CHANGE = "change", "ændr timer"
        END = "end", "afslut"
        OTHER = "other", "andet tilbud"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="status_reports", verbose_name="forløb")
    grant_end = models.DateField("for bevillingen til og med")
    goals = models.TextField("målene nu")
    progress = models.TextField("hvad er flyttet")
    citizens_view = models.TextField("borgerens egen opfattelse", blank=True)
    recommendation = models.CharField("anbefaling", max_length=10, choices=Recommendation)
    reason = models.TextField("hvorfor")
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_on = models.DateField("skrevet")

    class Meta:
        verbose_name = "status"
        ordering = ["-written_on"]
        constraints = [models.UniqueConstraint(fields=["course", "grant_end"], name="one_status_a_grant")]

    def __str__(self) -> str:
        return f"Status {self.written_on:%d-%m-%Y}"


class FollowUp(models.Model):
    """What became of the citizen 6, 12 and 18 months after the end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="follow_ups", verbose_name="forløb")
    months = models.PositiveSmallIntegerField("måneder efter")
    due = models.DateField("spørges")
    outcome = models.CharField(
        "hvor er borgeren nu",
        max_length=12,
        blank=True,
        choices=[
            ("job", "i job"), ("education", "i uddannelse"), ("offer", "i tilbud"),
            ("benefit", "på ydelse"), ("pension", "på pension"), ("lost", "kan ikke findes"),
        ],
    )  # fmt: skip
    asked_on = models.DateField("spurgt", null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "opfølgning"
        ordering = ["due"]
        constraints = [models.UniqueConstraint(fields=["course", "months"], name="one_follow_up_a_time")]

    def __str__(self) -> str:
        return f"{self.months} måneder efter"
