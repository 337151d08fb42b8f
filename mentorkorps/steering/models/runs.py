"""Runs: a computation kept with everything that went into it, so that its figures can be made again."""

import uuid

from django.db import models

from mentorkorps.municipality.models import User
from mentorkorps.steering.models.json_text import ExactJSON


class Run(models.Model):
    """One computation, kept for good: the database refuses to change or delete it.

    `kind` names the function that made `result` of `inputs`. `input_hash` is the SHA-256 of the inputs' canonical
    text. `law_version` names the law's rows as they stood with their corrections, `code_version` the program.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField("art", max_length=30)
    title = models.CharField("titel", max_length=120)
    inputs = ExactJSON("det, der er regnet på")
    input_hash = models.CharField("fingeraftryk", max_length=64)
    law_version = models.CharField("lovens udgave", max_length=64)
    code_version = models.CharField("programmets udgave", max_length=40)
    result = ExactJSON("resultat")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="lavet af")
    made_on = models.DateField("kommunens dag")
    made_at = models.DateTimeField("lavet")

    class Meta:
        verbose_name = "beregning"
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="runs_newest_first")]

    def __str__(self) -> str:
        return self.title
