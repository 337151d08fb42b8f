"""Slides for a committee's theme discussion: chosen, written, bound to runs, and frozen when they are shown."""

import uuid

from django.db import models

from mentorkorps.municipality.models import User
from mentorkorps.steering.models.runs import Run


class Deck(models.Model):
    """The slides of one meeting. Figures come from two runs: the service level on its citizens, and the corps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("titel", max_length=120)
    authority = models.CharField("kommune", max_length=80)
    committee = models.CharField("udvalg", max_length=120)
    meeting_on = models.DateField("mødets dag")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="beregning")
    corps = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="korpset")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oprettet af")
    created_on = models.DateField("oprettet")

    class Meta:
        verbose_name = "oplæg"
        ordering = ["-created_on", "title"]

    def __str__(self) -> str:
        return self.title


class DeckSlide(models.Model):
    """What somebody chose and wrote for one slide; `key` names it in the domain's list of slides.

    `revision` counts its savings, so that whoever writes over somebody else's words is told.
    """

    deck = models.ForeignKey(Deck, models.PROTECT, related_name="slides", verbose_name="oplæg")
    key = models.SlugField("lysbillede", max_length=40)
    title = models.CharField("overskrift", max_length=90)
    text = models.TextField("tekst", blank=True)
    shown = models.BooleanField("er med", default=True)
    revision = models.PositiveIntegerField("gemt gange", default=0)

    class Meta:
        verbose_name = "lysbillede"
        ordering = ["deck", "id"]
        constraints = [models.UniqueConstraint(fields=["deck", "key"], name="one_slide_a_key")]

    def __str__(self) -> str:
        return self.title


class DeckVersion(models.Model):
    """The slides as they were shown. Never changed. `document` is the domain's `paper.DeckDocument` as JSON."""

    deck = models.ForeignKey(Deck, models.PROTECT, related_name="versions", verbose_name="oplæg")
    number = models.PositiveSmallIntegerField("version")
    document = models.JSONField("dokument")
    sha256 = models.CharField("fingeraftryk", max_length=64)
    made_on = models.DateField("låst")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="låst af")

    class Meta:
        verbose_name = "version af oplæg"
        ordering = ["deck", "number"]
        constraints = [models.UniqueConstraint(fields=["deck", "number"], name="one_deck_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.number}"
