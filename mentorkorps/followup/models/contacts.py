"""Contacts between mentor and citizen, and what they add up to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course, Task
from mentorkorps.municipality.models import Mentor

PERSON = settings.AUTH_USER_MODEL


class Contact(models.Model):
    """One contact or attempt between mentor and citizen.

    Rows are never changed: a correction is a new row that points at the old one, and the old one no
    longer counts (`superseded`). A retraction is such a new row too, saying that nothing took place.
    `held` marks a row that counts as a meeting, for the week's index.
    """

    class Outcome(models.TextChoices):
        MET = "met", "mødt"
        NO_SHOW = "no_show", "udeblevet"
        ATTEMPT = "attempt", "forsøg"
        CANCELLED_CITIZEN = "cancelled_citizen", "aflyst af borger"
        CANCELLED_MENTOR = "cancelled_mentor", "aflyst af mentor"
        RETRACTED = "retracted", "trukket tilbage"

    class How(models.TextChoices):
        IN_PERSON = "in_person", "personligt"
        PHONE = "phone", "telefon"
        VIDEO = "video", "video"
        MESSAGE = "message", "besked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(
        "nøgle fra enheden", unique=True, help_text="Den samme post sendt to gange er én kontakt."
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="contacts", verbose_name="forløb")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="contacts", verbose_name="mentor")
    day = models.DateField("dato")
    week = models.IntegerField("uge", help_text="Mandage siden 5. januar 1970.")
    start = models.TimeField("klokken", null=True, blank=True)
    outcome = models.CharField("hvordan gik det", max_length=20, choices=Outcome)
    how = models.CharField("hvordan", max_length=10, choices=How, default=How.IN_PERSON)
    not_in_person_reason = models.CharField("hvorfor ikke personligt", max_length=200, blank=True)
    place = models.CharField("sted", max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField("minutter sammen", default=0)
    transport_minutes = models.PositiveSmallIntegerField("minutter på vej", default=0)
    preparation_minutes = models.PositiveSmallIntegerField("minutter til forberedelse", default=0)
    others = models.CharField("hvem var ellers med", max_length=200, blank=True)
    note = models.TextField("notat", blank=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="contacts", verbose_name="opgaver")
    group = models.UUIDField(
        "gruppe", null=True, blank=True, help_text="Fælles for flere borgere på én gang."
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="retter"
    )
    superseded = models.BooleanField("rettet", default=False)
    held = models.BooleanField("tæller som kontakt", default=False)
    logged_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="registreret af")
    logged_at = models.DateTimeField("registreret", auto_now_add=True)

    class Meta:
        verbose_name = "kontakt"
        ordering = ["-day", "-logged_at"]
        indexes = [
            # With the day and the minutes the index answers alone, however far the rows themselves lie apart.
            models.Index(
                fields=["course", "week", "day", "minutes"], condition=Q(held=True), name="held_weeks"
            ),
            models.Index(
                fields=["day", "course", "mentor", "minutes"], condition=Q(held=True), name="held_days"
            ),
            models.Index(fields=["course", "-day"], name="contacts_of_course"),
            models.Index(fields=["mentor", "day"], name="contacts_of_mentor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(held=False) | Q(outcome="met", superseded=False),
                name="only_met_contacts_are_held",
            ),
            models.CheckConstraint(condition=Q(minutes__lte=1440), name="contact_fits_in_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.day:%d-%m-%Y}"


class CourseTally(models.Model):
    """What the contacts of a course add up to, kept in the transaction that writes them.

    A list of thousands reads this row instead of history; `rebuild_tallies` makes it anew from the contacts.
    """

    course = models.OneToOneField(
        Course, models.CASCADE, primary_key=True, related_name="tally", verbose_name="forløb"
    )
    delivered_minutes = models.PositiveIntegerField("leveret, minutter", default=0)
    held = models.PositiveIntegerField("holdte kontakter", default=0)
    last_met_on = models.DateField("sidst mødt", null=True, blank=True)

    class Meta:
        verbose_name = "forløbets tal"

    def __str__(self) -> str:
        return f"{self.held} kontakter"
