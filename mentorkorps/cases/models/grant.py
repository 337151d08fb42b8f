"""What a decision gives: the granted period, and the written agreement under it."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models.course import Course
from mentorkorps.cases.models.decision import Decision
from mentorkorps.municipality.models import Mentor, Obligation, Provider, ServiceLevelRow, User


class Grant(models.Model):
    """One granted period of a course (bevilling), under the rule and the level of its own time."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="grants", verbose_name="forløb")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="grant", verbose_name="afgørelse")
    start = models.DateField("fra")
    end = models.DateField("til og med")
    minutes_per_week = models.PositiveIntegerField("minutter om ugen")
    rule = models.CharField("regel", max_length=12)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    level_row = models.ForeignKey(
        ServiceLevelRow, models.PROTECT, null=True, blank=True, related_name="grants"
    )
    level_minutes = models.PositiveIntegerField("niveauets minutter om ugen", null=True, blank=True)
    target_group = models.CharField("målgruppe ved aftalen", max_length=40)

    class Meta:
        verbose_name = "bevilling"
        ordering = ["start"]
        indexes = [models.Index(fields=["end", "start"], name="grants_by_period")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="grant_ends_after_start"),
            models.UniqueConstraint(fields=["course", "start"], name="one_grant_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.start:%d-%m-%Y}–{self.end:%d-%m-%Y}"


class Agreement(models.Model):
    """The written agreement between citizen and municipality; nothing is paid before it is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="agreements", verbose_name="forløb")
    goal = models.TextField("mål")
    tasks = models.JSONField("mentors opgaver", default=list)
    not_tasks = models.JSONField("ikke mentors opgaver", default=list)
    start = models.DateField("fra")
    end = models.DateField("til og med")
    minutes_per_week = models.PositiveIntegerField("minutter om ugen")
    contact_every = models.CharField(
        "kontakt",
        max_length=10,
        choices=[("week", "hver uge"), ("fortnight", "hver 14. dag")],
        default="week",
    )
    contact_at_least = models.PositiveSmallIntegerField("mindst antal gange", default=1)
    place = models.CharField("hvor", max_length=120, blank=True)
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+", verbose_name="mentor")
    firm = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="virksomhed"
    )
    beyond_ordinary = models.TextField("hvorfor ud over det sædvanlige", blank=True)
    decisive = models.TextField("hvorfor afgørende", blank=True)
    wage_per_hour = models.PositiveIntegerField("timeløn i øre", null=True, blank=True)
    document = models.JSONField("aftaletekst", null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="skrevet af")
    drafted_on = models.DateField("skrevet")
    signed_on = models.DateField("underskrevet", null=True, blank=True)
    signed_how = models.CharField("underskrevet hvordan", max_length=60, blank=True)
    signed_noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "aftale"
        ordering = ["-drafted_on"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="agreement_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"Aftale {self.drafted_on:%d-%m-%Y}"
