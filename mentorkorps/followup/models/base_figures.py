"""How many people a target group has in all: what a share of it is counted against."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class BaseFigure(models.Model):
    """The people of a target group in a month, as a source tells; an empty group is all of them together.

    Rows are never changed: the newest of a month and group counts.
    """

    month = models.DateField("måned", help_text="Månedens første dag.")
    target_group = models.CharField("målgruppe", max_length=40, blank=True)
    persons = models.PositiveIntegerField("personer")
    source = models.CharField("kilde", max_length=120)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="skrevet af"
    )
    noted_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "grundlag"
        ordering = ["-month", "target_group", "-id"]
        indexes = [models.Index(fields=["month", "target_group"], name="base_figures_by_month")]
        constraints = [
            models.CheckConstraint(condition=Q(persons__gt=0), name="base_figure_has_people"),
            models.CheckConstraint(condition=~Q(source=""), name="base_figure_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.persons} personer, {self.month:%m-%Y}"
