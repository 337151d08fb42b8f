"""What comes before a decision: the referral, and the caseworker's assessment in the making."""

import uuid

from django.db import models
from django.db.models import Q

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.domain.codes import AGE_WORDS
from mentorkorps.municipality.models import GENDERS, User


class Referral(models.Model):
    """A request for mentor support (henvisning): who, what for, and what is known when it comes."""

    class State(models.TextChoices):
        NEW = "new", "venter på visitation"
        VISITATED = "visitated", "visiteret"
        WITHDRAWN = "withdrawn", "trukket tilbage"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="referrals", verbose_name="borger")
    received_on = models.DateField("modtaget")
    visitate_by = models.DateField("visiteres senest")
    target_group = models.CharField("målgruppe", max_length=40, blank=True)
    target_group_from = models.DateField("målgruppe fra", null=True, blank=True)
    target_group_source = models.CharField("kilde til målgruppen", max_length=80, blank=True)
    benefit = models.CharField("ydelse", max_length=80, blank=True)
    purpose = models.TextField("hvad støtten skal hjælpe med")
    goals = models.TextField("borgerens egne mål", blank=True)
    barriers = models.JSONField("barrierer", default=list)
    professionals = models.TextField("andre fagfolk om borgeren", blank=True)
    safety_notes = models.TextField("sikkerhed ved besøg", blank=True)
    wishes = models.TextField("ønsker til mentor", blank=True)
    mentor_gender = models.CharField("ønsker mentor", max_length=1, choices=GENDERS, blank=True)
    mentor_age = models.CharField("ønsket alder på mentor", max_length=8, choices=AGE_WORDS, blank=True)
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.NEW)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oprettet af")
    created_at = models.DateTimeField("oprettet", auto_now_add=True)

    class Meta:
        verbose_name = "henvisning"
        ordering = ["-received_on"]
        indexes = [models.Index(fields=["state", "visitate_by"], name="referral_waiting")]

    def __str__(self) -> str:
        return f"Henvisning {self.received_on:%d-%m-%Y}"


class Visitation(models.Model):
    """The caseworker's assessment in the making: facts with their sources, the law's date, and words.

    The row is the draft itself: it is saved as one types and is keyed by its case, so nothing typed is
    lost and nothing can end in the wrong case. It is locked when a decision is taken on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="visitations", verbose_name="borger")
    referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="visitations", verbose_name="henvisning"
    )
    extends = models.ForeignKey(
        "Course",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reassessments",
        verbose_name="forlænger",
    )
    law_on = models.DateField("loven, som den gælder")
    facts = models.JSONField("oplysninger", default=dict)
    sources = models.JSONField("kilder", default=dict, help_text="Kilde og dato for hver oplysning.")
    rule = models.CharField("valgt regel", max_length=12, blank=True)
    situation = models.TextField("situationen nu", blank=True)
    prospect = models.TextField("udsigt til at komme videre", blank=True)
    citizens_view = models.TextField("borgerens egen opfattelse", blank=True)
    other_help = models.TextField("anden hjælp overvejet", blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    deviation_reason = models.TextField("grund til at afvige fra niveauet", blank=True)
    start = models.DateField("fra", null=True, blank=True)
    end = models.DateField("til og med", null=True, blank=True)
    caseworker = models.ForeignKey(
        User, models.PROTECT, related_name="visitations", verbose_name="sagsbehandler"
    )
    saved_at = models.DateTimeField("gemt", auto_now=True)
    locked = models.BooleanField("låst", default=False)

    class Meta:
        verbose_name = "visitation"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(locked=False, referral__isnull=False),
                name="one_open_visitation",
            )
        ]

    def __str__(self) -> str:
        return f"Visitation {self.law_on:%d-%m-%Y}"
