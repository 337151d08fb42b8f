"""The committee's papers: agenda items with their texts, figures bound to runs, meetings, questions and annexes."""

import uuid

from django.db import models
from django.db.models import Q

from mentorkorps.municipality.models import ServiceLevel, User
from mentorkorps.steering.models.json_text import ExactJSON
from mentorkorps.steering.models.proposals import Proposal
from mentorkorps.steering.models.runs import Run


class Paper(models.Model):
    """An item of a committee's agenda. `authority` is the municipality that the paper speaks for."""

    class Kind(models.TextChoices):
        DECISION = "B", "Beslutning (B)"
        DISCUSSION = "D", "Drøftelse (D)"
        INFORMATION = "O", "Orientering (O)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("titel", max_length=160)
    kind = models.CharField("type", max_length=1, choices=Kind)
    authority = models.CharField("kommune", max_length=80)
    committee = models.CharField("udvalg", max_length=120)
    case_number = models.CharField("sagsnr.", max_length=40, blank=True)
    document_number = models.CharField("dok.nr.", max_length=40, blank=True)
    is_open = models.BooleanField("åbent punkt", default=True)
    closed_reason = models.CharField("hvorfor lukket", max_length=200, blank=True)
    competence = models.CharField("kompetence", max_length=160, blank=True)
    template = models.CharField("skabelon", max_length=40)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="forslag"
    )
    level = models.ForeignKey(
        ServiceLevel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="serviceniveau"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oprettet af")
    created_on = models.DateField("oprettet")

    class Meta:
        verbose_name = "udvalgssag"
        ordering = ["-created_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=True) | ~Q(closed_reason=""), name="closed_paper_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"


class PaperText(models.Model):
    """One text of a paper: a section, a meeting's recommendation or remarks, or the answer to a question.

    `revision` counts its savings, so that whoever writes over somebody else's words is told.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="texts", verbose_name="sag")
    key = models.SlugField("afsnit", max_length=60)
    text = models.TextField("tekst", blank=True)
    revision = models.PositiveIntegerField("gemt gange", default=0)

    class Meta:
        verbose_name = "afsnit"
        ordering = ["paper", "key"]
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="one_text_a_key")]

    def __str__(self) -> str:
        return self.key


class PaperFigure(models.Model):
    """A figure of a run, frozen as it was when it was fetched: never changed, only replaced by one of another name.

    `block` is a table or a chart as the document's block; null for a number, whose words are `shown`.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="figures", verbose_name="sag")
    name = models.SlugField("navn", max_length=60)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="beregning")
    path = models.CharField("hvor i beregningen", max_length=200)
    label = models.CharField("betegnelse", max_length=200)
    value = ExactJSON("værdi", null=True)
    shown = models.CharField("som vist", max_length=200)
    block = models.JSONField("tabel eller diagram", null=True)
    fetched_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="hentet af")
    fetched_on = models.DateField("hentet")

    class Meta:
        verbose_name = "tal i sag"
        ordering = ["paper", "id"]
        constraints = [models.UniqueConstraint(fields=["paper", "name"], name="one_figure_a_name")]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """A meeting at which the item stands. Its recommendation is the paper's text `recommendation-<number>`."""

    class Outcome(models.TextChoices):
        POSTPONED = "postponed", "Udsat"
        ADOPTED = "adopted", "Godkendt"
        REJECTED = "rejected", "Forkastet"
        NOTED = "noted", "Drøftet eller taget til efterretning"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="readings", verbose_name="sag")
    number = models.PositiveSmallIntegerField("behandling")
    meeting_on = models.DateField("møde")
    item_number = models.PositiveSmallIntegerField("punkt", null=True, blank=True)
    sent_on = models.DateField("sendt", null=True, blank=True)
    outcome = models.CharField("udfald", max_length=10, blank=True, choices=Outcome)
    decision = models.TextField("beslutning", blank=True)
    absent = models.CharField("fraværende", max_length=300, blank=True)

    class Meta:
        verbose_name = "behandling"
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_reading_a_number"),
            models.CheckConstraint(
                condition=Q(outcome="", decision="")
                | ~Q(outcome="") & ~Q(decision="") & Q(sent_on__isnull=False),
                name="decision_of_a_sent_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"møde {self.meeting_on:%d-%m-%Y}"


class Question(models.Model):
    """A question asked at a meeting. Its answer is the paper's text `answer-<id>`."""

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="questions", verbose_name="behandling")
    position = models.PositiveSmallIntegerField("rækkefølge")
    question = models.CharField("spørgsmål", max_length=400)

    class Meta:
        verbose_name = "spørgsmål"
        ordering = ["reading", "position"]
        constraints = [models.UniqueConstraint(fields=["reading", "position"], name="one_question_a_place")]

    def __str__(self) -> str:
        return self.question


class Annex(models.Model):
    """An annex of a paper. A corrected one is a row of its own that says which it corrects; the first stays.

    `made` is empty for a file elsewhere, or says which annex the program makes, anew for each sending.
    """

    class Made(models.TextChoices):
        MAY_MUST = "may_must", "Kan- og skal-opgaver med timer og kroner"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="annexes", verbose_name="sag")
    number = models.PositiveSmallIntegerField("bilag")
    title = models.CharField("titel", max_length=160)
    document_number = models.CharField("dok.nr.", max_length=40, blank=True)
    made = models.CharField("skrives af programmet", max_length=10, blank=True, choices=Made)
    ore_per_hour = models.PositiveIntegerField("øre pr. time", null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="retter"
    )
    added_on = models.DateField("tilføjet")

    class Meta:
        verbose_name = "bilag"
        ordering = ["paper", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], condition=Q(corrects__isnull=True), name="one_annex_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Bilag {self.number}: {self.title}"


class PaperVersion(models.Model):
    """The whole paper as it was sent to a meeting, or as the meeting decided it. Never changed.

    `document` is the domain's `paper.AgendaItem` as JSON; `sha256` is of its canonical JSON.
    """

    class Stage(models.TextChoices):
        AGENDA = "agenda", "Sendt til mødet"
        MINUTES = "minutes", "Efter mødet"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions", verbose_name="sag")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="versions", verbose_name="behandling")
    number = models.PositiveSmallIntegerField("version")
    stage = models.CharField("trin", max_length=8, choices=Stage)
    document = models.JSONField("dokument")
    sha256 = models.CharField("fingeraftryk", max_length=64)
    made_on = models.DateField("låst")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="låst af")

    class Meta:
        verbose_name = "version af sag"
        ordering = ["paper", "number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_paper_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.number}"
