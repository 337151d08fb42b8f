"""The decision with everything it rested on, the hearing before it and the complaint after it."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.cases.models.course import Course
from mentorkorps.cases.models.visitation import Visitation
from mentorkorps.municipality.models import Obligation, ServiceLevelRow, Unit, User


class Decision(models.Model):
    """A decision (afgørelse) and everything it rested on, as it was: facts, findings, law and level versions.

    The letter is composed once, from what is stored here, and kept; it is never composed again. `unit` and `district`
    are where the citizen belonged when it was taken, so that figures of a time that is over stand still.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "bevilling"
        REFUSAL = "refusal", "afslag"
        CHANGE = "change", "ændring"
        EARLY_STOP = "early_stop", "stop før tid"
        NON_EXTENSION = "non_extension", "ingen forlængelse"

    class State(models.TextChoices):
        DRAFT = "draft", "kladde"
        HEARING = "hearing", "i partshøring"
        SECOND = "second", "venter på anden godkender"
        DECIDED = "decided", "afgjort"
        WITHDRAWN = "withdrawn", "opgivet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="decisions", verbose_name="borger")
    visitation = models.ForeignKey(
        Visitation, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="visitation"
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="forløb"
    )
    kind = models.CharField("art", max_length=14, choices=Kind)
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.DRAFT)
    law_on = models.DateField("loven, som den gælder")
    facts = models.JSONField("oplysninger", default=dict)
    answer = models.JSONField("hvad loven siger", default=dict)
    code_version = models.CharField("programversion", max_length=20)
    rule = models.CharField("regel", max_length=12)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    level_row = models.ForeignKey(
        ServiceLevelRow,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="række i serviceniveau",
    )
    level_minutes = models.PositiveIntegerField("niveauets minutter om ugen", null=True, blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    in_full = models.BooleanField("alt, der er bedt om", default=True)
    deviation_reason = models.TextField("grund til at afvige fra niveauet", blank=True)
    start = models.DateField("fra", null=True, blank=True)
    end = models.DateField("til og med", null=True, blank=True)
    situation = models.TextField("situationen", blank=True)
    prospect = models.TextField("udsigt", blank=True)
    citizens_view = models.TextField("borgerens egen opfattelse", blank=True)
    other_help = models.TextField("anden hjælp overvejet", blank=True)
    reasons = models.TextField("begrundelse", blank=True)
    tasks = models.JSONField("opgaver", default=list)
    not_tasks = models.JSONField("ikke mentors opgaver", default=list)
    second_reason = models.TextField("grund til at afslå skal eller ret", blank=True)
    second_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="anden godkender"
    )
    second_at = models.DateTimeField("godkendt", null=True, blank=True)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, related_name="decisions", verbose_name="sagsbehandler"
    )
    drafted_on = models.DateField("kladde fra")
    decided_on = models.DateField("afgjort", null=True, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enhed, da der blev afgjort",
    )
    district = models.CharField("område, da der blev afgjort", max_length=40, blank=True)
    letter = models.JSONField("brev", null=True, blank=True)
    letter_sent_on = models.DateField("brev sendt", null=True, blank=True)
    complain_by = models.DateField("klagefrist", null=True, blank=True)

    class Meta:
        verbose_name = "afgørelse"
        ordering = ["-drafted_on"]
        indexes = [models.Index(fields=["drafted_by", "state"], name="decision_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_on__isnull=False, letter__isnull=False),
                name="decided_has_letter",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(unit__isnull=False), name="decided_has_unit"
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("drafted_by")),
                name="second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.drafted_on:%d-%m-%Y}"


class Hearing(models.Model):
    """The hearing before an adverse decision (FVL § 19), or the recorded reason for none."""

    decision = models.OneToOneField(
        Decision, models.CASCADE, related_name="hearing", verbose_name="afgørelse"
    )
    waived_reason = models.TextField("grund til ikke at høre", blank=True)
    sent_on = models.DateField("sendt", null=True, blank=True)
    answer_by = models.DateField("svar senest", null=True, blank=True)
    letter = models.JSONField("høringsbrev", null=True, blank=True)
    answered_on = models.DateField("svaret", null=True, blank=True)
    answer = models.TextField("borgerens svar", blank=True)

    class Meta:
        verbose_name = "partshøring"
        constraints = [
            models.CheckConstraint(
                condition=~Q(waived_reason="") | Q(sent_on__isnull=False), name="heard_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Partshøring {self.sent_on or 'undladt'}"


class Complaint(models.Model):
    """A complaint: the municipality re-assesses within four weeks, then sends it on to Ankestyrelsen (RSL §§ 66–67)."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "afgørelsen er ændret"
        SENT_ON = "sent_on", "fastholdt og sendt til Ankestyrelsen"
        WITHDRAWN = "withdrawn", "klagen er trukket tilbage"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="complaints", verbose_name="afgørelse"
    )
    received_on = models.DateField("modtaget")
    text = models.TextField("klagen")
    reassess_by = models.DateField("genvurderes senest")
    outcome = models.CharField("udfald", max_length=10, choices=Outcome, blank=True)
    outcome_on = models.DateField("genvurderet", null=True, blank=True)
    outcome_reason = models.TextField("begrundelse", blank=True)
    outcome_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "klage"
        ordering = ["-received_on"]

    def __str__(self) -> str:
        return f"Klage {self.received_on:%d-%m-%Y}"
