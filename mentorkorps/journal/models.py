"""Journal entries and their seals. The database itself refuses to change or delete either."""

from django.db import models


class Kind(models.TextChoices):
    """What sort of act an entry records."""

    LOOK = "look", "set"
    LIST = "list", "liste vist"
    SEARCH = "search", "søgt"
    PRINT = "print", "udskrevet"
    EXPORT = "export", "eksporteret"
    CHANGE = "change", "ændret"
    SIGN = "sign", "log ind og ud"


class Entry(models.Model):
    """One act by one person: a look, a list, a search, a print, an export or a change, refused ones too.

    Persons and objects are named by id only: a journal must outlive the rows that it speaks of, and must
    hold no name, CPR number or free text about a citizen.
    """

    at = models.DateTimeField("tidspunkt")
    kind = models.CharField("art", max_length=8, choices=Kind)
    verb = models.CharField("handling", max_length=60)
    refused = models.BooleanField("afvist", default=False)
    actor_id = models.UUIDField("bruger", null=True)
    actor_role = models.CharField("rolle", max_length=20, blank=True)
    citizen_id = models.UUIDField("borger", null=True)
    object_type = models.CharField("genstand", max_length=30, blank=True)
    object_id = models.UUIDField("genstandens id", null=True)
    shown = models.TextField("viste borgere", blank=True, help_text="Et id pr. linje, når en liste er vist.")
    detail = models.JSONField(
        "detaljer", default=dict, help_text="Felter, der er ændret, og begrundelser i koder."
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["citizen_id", "-id"], name="journal_by_citizen"),
            models.Index(fields=["actor_id", "-id"], name="journal_by_actor"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb}"


class Seal(models.Model):
    """A batch of entries, hashed and chained to the batch before it.

    `digests` is one 8-byte entry id and one 32-byte SHA-256 digest for each entry, in order of id, so that
    the check can name the very entry that was altered, removed or slipped in. `chain` is an HMAC over the
    previous chain value and `digests`: whoever writes to the database without the key cannot make a new one.
    """

    sealed_at = models.DateTimeField("forseglet")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    digests = models.BinaryField()
    chain = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
