"""Alerts: what a coordinator should look at now, from the day it began until it was over."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course

PERSON = settings.AUTH_USER_MODEL


class Alert(models.Model):
    """One state of one course that asks for somebody, from when it began until it was over; kept afterwards.

    `about` is the day that tells two such states of a course apart: the Monday of the week, the last day of the
    grant, the first day of the absence. Raised and closed by the worker alone.
    """

    class Kind(models.TextChoices):
        MISSED_TWICE = "missed_twice", "to uger i træk mangler"
        MISSED = "missed", "ugen mangler"
        ABOUT_TO_MISS = "about_to_miss", "ved at glippe"
        NO_FIRST_MEETING = "no_first_meeting", "intet første møde"
        NO_MENTOR = "no_mentor", "ingen mentor"
        MENTOR_ABSENT = "mentor_absent", "mentor er væk"
        EXPIRES = "expires", "bevilling udløber"

    class Why(models.TextChoices):
        MET = "met", "mødt"
        EXCUSED = "excused", "borgeren er fraværende"
        WORSE = "worse", "blev til en anden advarsel"
        MENTOR = "mentor", "mentor eller vikar er fundet"
        BACK = "back", "mentor er tilbage eller skiftet"
        PROLONGED = "prolonged", "der er taget stilling til perioden"
        ENDED = "ended", "forløbet er slut"
        OVER = "over", "det gælder ikke længere"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="alerts", verbose_name="forløb")
    kind = models.CharField("art", max_length=16, choices=Kind)
    about = models.DateField("handler om")
    said = models.CharField("hvorfor", max_length=300)
    raised_at = models.DateTimeField("rejst")
    closed_at = models.DateTimeField("lukket", null=True, blank=True)
    closed_why = models.CharField("lukket fordi", max_length=9, choices=Why, blank=True)
    taken_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="taget af"
    )
    taken_at = models.DateTimeField("taget", null=True, blank=True)

    class Meta:
        verbose_name = "advarsel"
        ordering = ["-raised_at"]
        indexes = [
            models.Index(fields=["-closed_at"], condition=Q(closed_at__isnull=False), name="alerts_closed")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "kind"], condition=Q(closed_at__isnull=True), name="one_open_alert_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_why="")
                | (Q(closed_at__isnull=False) & ~Q(closed_why="")),
                name="closed_alert_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.about:%d-%m-%Y}"
