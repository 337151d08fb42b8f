"""Delivery control: a month's sample by a kept seed, what the citizen says, and what was off until it is closed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import Mentor

PERSON = settings.AUTH_USER_MODEL


class ControlDraw(models.Model):
    """A month's sample. `month` is its first day; a month is drawn once, so that nobody draws until it suits.

    `rows_digest` is `domain.audit.digest` of the `rows` courses that it was drawn from.
    `left_because` says why what did not agree was not followed, where it was finished with such cases.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField("måned", unique=True)
    seed = models.CharField("frø", max_length=40)
    size = models.PositiveSmallIntegerField("antal")
    rows = models.PositiveIntegerField("trukket blandt")
    rows_digest = models.CharField("kontrolsum", max_length=64)
    drawn_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="trukket af")
    drawn_on = models.DateField("trukket")
    finished_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afsluttet af"
    )
    finished_on = models.DateField("afsluttet", null=True, blank=True)
    left_because = models.TextField("hvorfor det ikke er fulgt", blank=True)

    class Meta:
        verbose_name = "leverancekontrol"
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_by__isnull=True, finished_on__isnull=True)
                | Q(finished_by__isnull=False, finished_on__isnull=False),
                name="control_finished_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%m-%Y}"


class ControlCase(models.Model):
    """A drawn course with its figures of the month as they were at the draw. Minutes; no invoice is None.

    `states` are the twelve points by number as text: judged at the draw, and once more when the control is finished.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(ControlDraw, models.PROTECT, related_name="cases", verbose_name="kontrol")
    course = models.ForeignKey(Course, models.PROTECT, related_name="controls", verbose_name="forløb")
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mentor"
    )
    place = models.PositiveSmallIntegerField("nummer")
    weight = models.PositiveSmallIntegerField("vægt")
    reasons = models.JSONField("hvorfor den vejer mere", default=list)
    logged_meetings = models.PositiveIntegerField("registrerede møder")
    logged_minutes = models.PositiveIntegerField("registrerede minutter")
    invoiced_minutes = models.PositiveIntegerField("fakturerede minutter", null=True, blank=True)
    states = models.JSONField("de 12 punkter", default=dict)

    class Meta:
        verbose_name = "sag i kontrol"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["draw", "course"], name="a_course_is_drawn_once")]

    def __str__(self) -> str:
        return f"Sag {self.place}"


class ControlAnswer(models.Model):
    """A talk with the citizen, or an attempt at one. Rows are never changed; the newest talk counts.

    `times` and `minutes_each` are what the citizen remembers of the month; None is not remembered.
    """

    class Reached(models.TextChoices):
        ANSWERED = "answered", "borgeren svarede"
        NOT_REACHED = "not_reached", "kunne ikke træffes"
        DECLINED = "declined", "ønskede ikke at svare"

    case = models.ForeignKey(
        ControlCase, models.PROTECT, related_name="answers", verbose_name="sag i kontrol"
    )
    reached = models.CharField("hvordan gik det", max_length=11, choices=Reached)
    times = models.PositiveSmallIntegerField("hvor mange gange", null=True, blank=True)
    minutes_each = models.PositiveSmallIntegerField("minutter hver gang", null=True, blank=True)
    what_for = models.CharField("hvad mødtes de om", max_length=300, blank=True)
    words = models.TextField("borgerens ord", blank=True)
    asked_on = models.DateField("spurgt")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="spurgt af")

    class Meta:
        verbose_name = "borgerens svar ved kontrol"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached="answered")
                | Q(times__isnull=True, minutes_each__isnull=True, what_for=""),
                name="only_a_talk_has_answers",
            ),
            models.CheckConstraint(
                condition=Q(minutes_each__isnull=True) | Q(minutes_each__lte=1440), name="told_fits_in_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reached_display()} {self.asked_on:%d-%m-%Y}"


class Discrepancy(models.Model):
    """Something in a controlled case that does not agree. It is open until it has an outcome; one at a time."""

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", "forklaret, intet skal rettes"
        CORRECTED = "corrected", "registreringen er rettet"
        REPAID = "repaid", "betalt tilbage eller modregnet"
        UNSETTLED = "unsettled", "kan ikke afklares"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        ControlCase, models.PROTECT, related_name="discrepancies", verbose_name="sag i kontrol"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="discrepancies", verbose_name="forløb")
    what = models.TextField("hvad stemmer ikke")
    raised_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="oprettet af")
    raised_on = models.DateField("oprettet")
    outcome = models.CharField("udfald", max_length=9, choices=Outcome, blank=True)

    class Meta:
        verbose_name = "afvigelse ved kontrol"
        ordering = ["raised_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome=""), name="one_open_discrepancy_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"Afvigelse {self.raised_on:%d-%m-%Y}"


class DiscrepancyStep(models.Model):
    """One step of following a discrepancy, by whom and when; never changed. `claim_ore` None is no amount yet."""

    class Kind(models.TextChoices):
        ASKED = "asked", "spurgt mentor"
        ANSWERED = "answered", "mentor svarede"
        CORRECTED = "corrected", "registrering rettet"
        CLAIM = "claim", "krav rejst"
        CLOSED = "closed", "lukket"

    discrepancy = models.ForeignKey(
        Discrepancy, models.PROTECT, related_name="steps", verbose_name="afvigelse"
    )
    kind = models.CharField("skridt", max_length=9, choices=Kind)
    text = models.TextField("tekst")
    claim_ore = models.PositiveBigIntegerField("krav i øre", null=True, blank=True)
    taken_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="gjort af")
    taken_on = models.DateField("gjort")

    class Meta:
        verbose_name = "skridt i en afvigelse"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim_ore__isnull=True) | Q(kind="claim"), name="only_a_claim_has_ore"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.taken_on:%d-%m-%Y}"
