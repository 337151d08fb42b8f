"""What was done about each course while its mentor was away."""

from django.db import models
from django.db.models import Q

from mentorkorps.cases.models.course import Course, MentorAssignment
from mentorkorps.municipality.models import Mentor, MentorAbsence, User


class SubstituteChoice(models.Model):
    """Who stands in on a course while its mentor is away, or that nobody does and why.

    `suggested` is whom the program put first, so that a departure from it can be read. A choice is closed, never
    changed: undone, replaced by another, or over since the mentor is back.
    """

    class Closed(models.TextChoices):
        UNDONE = "undone", "fortrudt"
        REPLACED = "replaced", "et andet valg"
        BACK = "back", "mentor er tilbage"

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="substitute_choices", verbose_name="forløb"
    )
    # Gone when the mentor came back on the first day, and so was never away.
    absence = models.ForeignKey(
        MentorAbsence, models.SET_NULL, null=True, related_name="+", verbose_name="fravær"
    )
    absent = models.ForeignKey(Mentor, models.PROTECT, related_name="+", verbose_name="mentor, der er væk")
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vikar"
    )
    assignment = models.ForeignKey(
        MentorAssignment, models.SET_NULL, null=True, related_name="+", verbose_name="periode som vikar"
    )
    suggested = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foreslået"
    )
    reason = models.TextField("hvorfor", blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="valgt af")
    chosen_on = models.DateField("valgt")
    closed = models.CharField("sluttet", max_length=8, choices=Closed, blank=True)
    closed_on = models.DateField("sluttet den", null=True, blank=True)

    class Meta:
        verbose_name = "vikarvalg"
        ordering = ["-chosen_on", "-id"]
        indexes = [models.Index(fields=["closed_on", "absent"], name="substitute_choices_over")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "absence"], condition=Q(closed=""), name="one_open_substitute_choice"
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=False) | ~Q(reason=""), name="nobody_stands_in_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(closed="", closed_on__isnull=True) | (~Q(closed="") & Q(closed_on__isnull=False)),
                name="closed_substitute_choice_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor or 'Ingen vikar'} {self.chosen_on:%d-%m-%Y}"
