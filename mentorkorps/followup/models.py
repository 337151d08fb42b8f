"""Contacts, the weeks they keep, absences, appointments, status reports and what is asked after the end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

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
            models.Index(fields=["course", "week", "minutes"], condition=Q(held=True), name="held_weeks"),
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
