"""The moves of a task, so that one can see whether the citizen takes over."""

from django.db import models

from mentorkorps.cases.models.course import Task
from mentorkorps.municipality.models import User


class TaskMove(models.Model):
    """A task moved from the stage it had since a day to another. An undone move was a slip and never took place."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="moves", verbose_name="opgave")
    from_stage = models.CharField("fra", max_length=8, choices=Task.Stage)
    since = models.DateField("siden")
    to_stage = models.CharField("til", max_length=8, choices=Task.Stage)
    on = models.DateField("flyttet")
    undone = models.BooleanField("fortrudt", default=False)
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="flyttet af")

    class Meta:
        verbose_name = "flytning af opgave"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_to_stage_display()} {self.on:%d-%m-%Y}"
