"""Versions of the service level, and what each gives."""

import uuid

from django.db import models
from django.db.models import F, Q


class Obligation(models.TextChoices):
    """How strongly the law binds the municipality: must (skal), right (ret) or may (kan)."""

    MUST = "must", "Skal"
    RIGHT = "right", "Ret"
    MAY = "may", "Kan"


class ServiceLevel(models.Model):
    """One version of the service level: what the municipality has decided to give for each mentor task."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=120, unique=True)
    source = models.CharField("kilde", max_length=300)
    committee = models.CharField("udvalg", max_length=120, blank=True)
    case_number = models.CharField("sagsnummer", max_length=40, blank=True)
    adopted_on = models.DateField("vedtaget", null=True, blank=True)
    in_force_from = models.DateField("gælder fra", null=True, blank=True)
    in_force_to = models.DateField("gælder til", null=True, blank=True)
    example = models.BooleanField("eksempeldata", default=False)
    note = models.TextField("bemærkning", blank=True)

    class Meta:
        verbose_name = "serviceniveau"
        ordering = ["-in_force_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="level_ends_after_start",
            ),
            models.UniqueConstraint(fields=["in_force_from"], name="one_level_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceLevelRow(models.Model):
    """What a version gives for one task and group. Without minutes the hours are open, which is not zero."""

    level = models.ForeignKey(ServiceLevel, models.CASCADE, related_name="rows", verbose_name="serviceniveau")
    key = models.SlugField("nøgle", max_length=60)
    position = models.PositiveSmallIntegerField("rækkefølge")
    label = models.CharField("betegnelse", max_length=160)
    functions = models.JSONField("funktioner", default=list)
    target_groups = models.JSONField("målgrupper", default=list)
    min_age = models.PositiveSmallIntegerField("fra alder", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("til og med alder", null=True, blank=True)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("uger", null=True, blank=True)
    who_may = models.CharField("hvem kan være mentor", max_length=200, blank=True)
    criteria = models.TextField("kriterier", blank=True)

    class Meta:
        verbose_name = "række i serviceniveau"
        ordering = ["level", "position"]
        constraints = [models.UniqueConstraint(fields=["level", "key"], name="one_row_a_key")]

    def __str__(self) -> str:
        return self.label
