"""Proposals for who gets which mentor: what was asked, what came out, and what a person answered line by line."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.municipality.models import Mentor, Unit, User
from mentorkorps.municipality.models.dated import STANDS, Dated

MOST_POINTS = 10_000


def points(label: str, **more: Any) -> models.PositiveIntegerField:
    """Whole points of a match."""
    return models.PositiveIntegerField(label, validators=[MaxValueValidator(MOST_POINTS)], **more)


class PlanWeights(Dated):
    """The municipality's own points for a match, from a day, and who adopted them. Names are the domain's.

    `age` is empty in points that were adopted before it was counted: the program's own holds for it.
    """

    adopted_by = models.CharField("vedtaget af", max_length=120)
    served = points("har en mentor")
    continuity = points("beholder sin mentor")
    language = points("sprog, borgeren ønsker")
    needs = points("erfaring, borgeren har brug for")
    gender = points("køn, borgeren ønsker")
    age = points("alder, borgeren ønsker", null=True)
    district = points("borgerens område")
    balance = points("mentor har hele ugen ledig")

    class Meta:
        verbose_name = "point for match"
        ordering = ["-first", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["first"], condition=STANDS, name="one_set_of_points_from_a_day")
        ]

    def __str__(self) -> str:
        return f"Point fra {self.first:%d-%m-%Y}"


class Plan(models.Model):
    """One proposal. Points and bound are the plan's own; nothing of it is in force before a person takes a line.

    `weights` are the points by name, `curve` how many would be moved at other prices of a move, `counts` what else
    the page says: citizens planned for, who stay, who could not be planned.
    """

    class Scope(models.TextChoices):
        WAITING = "waiting", "Dem, der venter på en mentor"
        ALL = "all", "Alle med og uden mentor"

    class State(models.TextChoices):
        ASKED = "asked", "Regnes ud"
        READY = "ready", "Klar"
        CLOSED = "closed", "Lagt væk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField("for hvem", max_length=7, choices=Scope)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enhed"
    )
    move_from_absent = models.BooleanField("også borgere, hvis mentor er væk", default=False)
    stability = points("point for at beholde sin mentor")
    weights = models.JSONField("point")
    weights_source = models.CharField("pointenes kilde", max_length=600)
    state = models.CharField("tilstand", max_length=6, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="bedt om af")
    asked_at = models.DateTimeField("bedt om", auto_now_add=True)
    made_on = models.DateField("dagen, planen gælder", null=True, blank=True)
    method = models.CharField("metode", max_length=8, blank=True)
    fallback = models.CharField("forbehold", max_length=300, blank=True)
    total_score = models.PositiveBigIntegerField("point i alt", default=0)
    upper_bound = models.PositiveBigIntegerField("ingen plan har mere end", default=0)
    counts = models.JSONField("antal", default=dict)
    curve = models.JSONField("prisen for at flytte", default=list)

    class Meta:
        verbose_name = "plan"
        ordering = ["-asked_at", "id"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="asked"), name="plans_to_be_made"),
            models.Index(fields=["-asked_at", "id"], name="plans_newest_first"),
        ]

    def __str__(self) -> str:
        where = f", {self.unit}" if self.unit else ""
        return f"{self.get_scope_display()}{where}"


class PlanLine(models.Model):
    """One citizen who would get a mentor or another one, or for whom there is none (`mentor` is empty, `why` says why).

    `gain` is what the match is worth more in points than the one there is, the price of a move not counted; `sentence`s
    are kept as they were when the plan was made.
    """

    class State(models.TextChoices):
        OPEN = "open", "Ikke besvaret"
        TAKEN = "taken", "Fulgt"
        DECLINED = "declined", "Afvist"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines", verbose_name="plan")
    course = models.ForeignKey(Course, models.PROTECT, related_name="plan_lines", verbose_name="forløb")
    position = models.PositiveIntegerField("rækkefølge")
    present = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mentor i dag"
    )
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foreslået mentor"
    )
    gain = models.IntegerField("bedre match, point", default=0)
    speaks_for = models.JSONField("taler for", default=list)
    speaks_against = models.JSONField("taler imod", default=list)
    why = models.CharField("hvorfor ingen mentor", max_length=300, blank=True)
    state = models.CharField("svar", max_length=8, choices=State, default=State.OPEN)
    reason = models.TextField("begrundelse", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="besvaret af"
    )
    answered_at = models.DateTimeField("besvaret", null=True, blank=True)
    assignment = models.OneToOneField(
        MentorAssignment, models.SET_NULL, null=True, blank=True, related_name="plan_line",
        verbose_name="blev til",
    )  # fmt: skip

    class Meta:
        verbose_name = "linje i plan"
        ordering = ["plan", "position"]
        indexes = [
            models.Index(fields=["course"], condition=Q(state="open"), name="open_lines_of_course"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "course"], name="one_plan_line_a_course"),
            models.UniqueConstraint(fields=["plan", "position"], name="one_plan_line_a_position"),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(mentor__isnull=False), name="taken_line_has_mentor"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="declined_line_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor or 'ingen mentor'}"
