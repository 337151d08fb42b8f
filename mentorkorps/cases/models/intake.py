"""Files that are being taken in, and how the columns of such files were chosen before."""

import uuid

from django.db import models

from mentorkorps.domain.intake import KINDS
from mentorkorps.municipality.models import User


class Intake(models.Model):
    """One file of mentors, citizens or referrals on its way in.

    `content` is the table, encrypted; when the file is taken in only its bad rows are left in it, and all of it goes
    when the file is given up or is a day old. `bad` is a list of [row, heading, sentence] and `notes` one of
    [heading, sentence, how many, first rows]; `changes` is the first of [row, id, what it is called, headings].
    None of them holds a value of the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "ikke taget ind"
        QUEUED = "queued", "venter på at blive taget ind"
        TAKING = "taking", "tages ind nu"
        TAKEN = "taken", "taget ind"
        DROPPED = "dropped", "fortrudt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        "slags", max_length=20, choices=[(kind.key, kind.label) for kind in KINDS.values()]
    )
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.WAITING)
    content = models.BinaryField("rækker (krypteret)", null=True, editable=False)
    columns = models.JSONField("kolonner", default=dict, help_text="Vores kolonne → plads i filen fra 0.")
    row_count = models.PositiveIntegerField("rækker")
    counts = models.JSONField(
        "optælling", default=dict, help_text="new, changed, same og bad; tom før kolonnerne."
    )
    bad = models.JSONField("fejl", default=list)
    notes = models.JSONField("bemærkninger", default=list)
    changes = models.JSONField("ændringer", default=list)
    done = models.PositiveIntegerField("rækker gennemgået", default=0)
    interrupted = models.BooleanField("afbrudt", default=False)
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="læst af")
    read_at = models.DateTimeField("læst", auto_now_add=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="taget ind af"
    )
    taken_at = models.DateTimeField("taget ind", null=True)

    class Meta:
        verbose_name = "indlæsning"
        ordering = ["-read_at"]
        indexes = [models.Index(fields=["state", "read_at"], name="intakes_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.read_at:%d-%m-%Y %H.%M}"


class ColumnChoice(models.Model):
    """Which column of a file was which of ours, for all files of a kind with the same headings.

    The headings are kept as a keyed hash, and the columns by place among them in alphabetical order: a file without
    headings has a citizen in their stead.
    """

    kind = models.CharField("slags", max_length=20)
    headings = models.CharField("overskrifter (fingeraftryk)", max_length=64)
    places = models.JSONField("kolonner")

    class Meta:
        verbose_name = "valg af kolonner"
        constraints = [
            models.UniqueConstraint(fields=["kind", "headings"], name="one_choice_for_a_set_of_headings")
        ]

    def __str__(self) -> str:
        return f"Kolonner i {self.kind}"
