"""The course of mentor support, its mentors and its tasks."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.municipality.models import Mentor, Obligation, ServiceLevelRow, Unit, User


class Course(models.Model):
    """A course of mentor support (forløb): one or more grants after another for one function.

    Period, obligation, rule, minutes and level row are those of the grant in force, kept here by
    `actions` so that lists of thousands read one table.
    """

    class EndReason(models.TextChoices):
        GOALS_MET = "goals_met", "målene er nået"
        JOB = "job", "job uden støtte"
        EDUCATION = "education", "uddannelse"
        OFFER = "offer", "andet tilbud"
        OTHER_LAW = "other_law", "støtte efter anden lov"
        MOVED = "moved", "flyttet fra kommunen"
        WISH = "wish", "borgerens ønske"
        PENSION = "pension", "førtidspension eller fleksjob"
        EXPIRED = "expired", "perioden er udløbet"
        DEATH = "death", "død"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="courses", verbose_name="borger")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="enhed")
    function = models.CharField("funktion", max_length=30)
    target_group = models.CharField("målgruppe", max_length=40)
    goal = models.CharField("mål", max_length=300, blank=True)
    start = models.DateField("fra")
    end = models.DateField("til og med")
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    rule = models.CharField("regel", max_length=12)
    citation = models.CharField("hjemmel", max_length=120)
    minutes_per_week = models.PositiveIntegerField("bevilget, minutter om ugen")
    level_row = models.ForeignKey(
        ServiceLevelRow,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name="række i serviceniveau",
    )
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name="mentor"
    )
    signed_on = models.DateField("aftale underskrevet", null=True, blank=True)
    ended_on = models.DateField("afsluttet", null=True, blank=True)
    end_reason = models.CharField("afslutningsgrund", max_length=12, choices=EndReason, blank=True)
    end_note = models.TextField("afslutning", blank=True)

    class Meta:
        verbose_name = "forløb"
        ordering = ["-start"]
        indexes = [
            models.Index(
                fields=["mentor", "end"], condition=Q(ended_on__isnull=True), name="running_by_mentor"
            ),
            models.Index(fields=["unit", "end"], condition=Q(ended_on__isnull=True), name="running_by_unit"),
            models.Index(fields=["end"], condition=Q(ended_on__isnull=True), name="running_by_end"),
            models.Index(fields=["level_row", "end"], name="course_by_level_row"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="course_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | ~Q(end_reason=""),
                name="ended_course_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Forløb fra {self.start:%d-%m-%Y}"


class MentorAssignment(models.Model):
    """Who was the citizen's mentor from when to when, and why; a substitute stands in for a while."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments", verbose_name="forløb")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="assignments", verbose_name="mentor")
    first = models.DateField("fra")
    last = models.DateField("til og med", null=True, blank=True)
    substitute = models.BooleanField("vikar", default=False)
    reason = models.TextField("hvorfor", blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="valgt af")

    class Meta:
        verbose_name = "mentor på forløb"
        ordering = ["-first", "-id"]
        indexes = [models.Index(fields=["mentor", "last"], name="assignments_of_mentor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="assignment_ends"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(last__isnull=True, substitute=False),
                name="one_mentor_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.first:%d-%m-%Y}"


class Task(models.Model):
    """A task of a course and who does it now: mentor, together, citizen. `mine=False` is not the mentor's task."""

    class Stage(models.TextChoices):
        MENTOR = "mentor", "mentor gør det"
        TOGETHER = "together", "sammen"
        CITIZEN = "citizen", "borger gør det"
        DONE = "done", "løst"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="tasks", verbose_name="forløb")
    title = models.CharField("opgave", max_length=200)
    mine = models.BooleanField("mentors opgave", default=True)
    stage = models.CharField("hvem gør det", max_length=8, choices=Stage, default=Stage.MENTOR)
    since = models.DateField("siden")
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "opgave"
        ordering = ["position", "since"]
        constraints = [models.UniqueConstraint(fields=["course", "title"], name="one_task_a_title")]

    def __str__(self) -> str:
        return self.title
