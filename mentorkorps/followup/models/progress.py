"""Answers about progress: asked in fixed waves, of mentor and citizen apart, in words that are kept beside them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course
from mentorkorps.domain.progress import WAVES, Question, questions_from_json

PERSON = settings.AUTH_USER_MODEL


class QuestionSet(models.Model):
    """One version of the questions as they were asked. A new version is a new row, so old answers keep their words.

    Without a day it is a draft, which asks nobody; with one its words stand for good.
    """

    name = models.CharField("navn", max_length=80)
    source = models.CharField("kilde", max_length=200)
    in_force_from = models.DateField("gælder fra", unique=True, null=True, blank=True)
    questions = models.JSONField("spørgsmål")
    adopted_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="taget i brug af"
    )

    class Meta:
        verbose_name = "spørgsmål om fremgang"
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions in order."""
        return questions_from_json(self.questions)

    @property
    def is_draft(self) -> bool:
        """Whether nobody is asked in it yet, and nobody will be until it gets its day."""
        return self.in_force_from is None


class Rating(models.Model):
    """One person's answers in one wave of a course.

    Rows are never changed: a correction is a new row that points at the old one, which is then `superseded`.
    `entered_by` is empty where the citizen wrote on the citizen's own page.
    """

    class Rater(models.TextChoices):
        MENTOR = "mentor", "mentor"
        CITIZEN = "citizen", "borgeren"

    class Given(models.TextChoices):
        SELF = "self", "svarede selv"
        READ_ALOUD = "read_aloud", "mentor læste højt og skrev"
        PAPER = "paper", "skrevet ind fra papir"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="ratings", verbose_name="forløb")
    wave = models.CharField("måling", max_length=8, choices=list(WAVES.items()))
    due = models.DateField("målingens dag")
    rater = models.CharField("hvem ser", max_length=7, choices=Rater)
    given = models.CharField("hvordan", max_length=10, choices=Given, default=Given.SELF)
    answered_on = models.DateField("svaret")
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+", verbose_name="spørgsmål")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="retter"
    )
    superseded = models.BooleanField("rettet", default=False)
    entered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="skrevet ind af"
    )
    entered_at = models.DateTimeField("skrevet ind", auto_now_add=True)

    class Meta:
        verbose_name = "måling af fremgang"
        ordering = ["due", "rater", "entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "wave", "due", "rater"],
                condition=Q(superseded=False),
                name="one_rating_a_wave",
            ),
            models.CheckConstraint(
                condition=Q(rater="citizen") | Q(given="self"), name="nobody_answers_for_the_mentor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()} {self.get_wave_display()}"


class Answer(models.Model):
    """The answer to one question: a step from 0 to 4, or none, which is an answer too and never zero."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="answers", verbose_name="måling")
    question = models.CharField("spørgsmål", max_length=30)
    score = models.PositiveSmallIntegerField("trin", null=True, blank=True)
    declined = models.BooleanField("ønsker ikke at svare", default=False)

    class Meta:
        verbose_name = "svar om fremgang"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "question"], name="one_answer_a_question"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=4), name="five_steps"),
            models.CheckConstraint(
                condition=Q(declined=False) | Q(score__isnull=True), name="declined_has_no_step"
            ),
        ]

    def __str__(self) -> str:
        return self.question
