"""Proposals for a service level: their versions and what a meeting did with each."""

import uuid

from django.db import models
from django.db.models import Q

from mentorkorps.municipality.models import ServiceLevel, User
from mentorkorps.steering.models.runs import Run


class Proposal(models.Model):
    """A service level somebody proposes: differences from another level, or rows from nothing, from a date."""

    class State(models.TextChoices):
        DRAFT = "draft", "Kladde"
        PUT_FORWARD = "put_forward", "Fremlagt"
        POSTPONED = "postponed", "Udsat"
        SECOND_READING = "second_reading", "Anden behandling skrives"
        ADOPTED = "adopted", "Vedtaget"
        REJECTED = "rejected", "Forkastet"
        NOTED = "noted", "Drøftet eller taget til efterretning"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=120, unique=True)
    purpose = models.TextField("hvad forslaget vil")
    base = models.ForeignKey(
        ServiceLevel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bygger på"
    )
    in_force_from = models.DateField("skal gælde fra")
    state = models.CharField("tilstand", max_length=14, choices=State, default=State.DRAFT)
    level = models.OneToOneField(
        ServiceLevel, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name="blev til"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oprettet af")
    created_on = models.DateField("oprettet")

    class Meta:
        verbose_name = "forslag til serviceniveau"
        ordering = ["-created_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="adopted", level__isnull=False)
                | ~Q(state="adopted") & Q(level__isnull=True),
                name="adopted_proposal_is_a_level",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProposalVersion(models.Model):
    """What was proposed at one reading. Once put forward it never changes; the next reading has a version of its own.

    `changes` are the domain's `level_changes.Change` as JSON; `questions` are what a meeting asked when it postponed.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions", verbose_name="forslag")
    number = models.PositiveSmallIntegerField("version")
    changes = models.JSONField("ændringer", default=list)
    put_forward_on = models.DateField("fremlagt", null=True, blank=True)
    outcome = models.CharField("udfald", max_length=14, blank=True, choices=Proposal.State)
    outcome_on = models.DateField("behandlet", null=True, blank=True)
    questions = models.JSONField("spørgsmål", default=list)
    runs = models.ManyToManyField(Run, related_name="+", verbose_name="beregninger")

    class Meta:
        verbose_name = "version af forslag"
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | ~Q(outcome="") & Q(outcome_on__isnull=False, put_forward_on__isnull=False),
                name="outcome_after_put_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
