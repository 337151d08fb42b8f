"""The citizen, and notes in the case."""

import uuid

from django.db import models

from mentorkorps.municipality.models import GENDERS, Unit, User

# What may stand in the way, as structured and sparing as it can be; they are special categories (GDPR art. 9 and 10).
BARRIERS = {
    "housing": "bolig",
    "substance_use": "misbrug",
    "mental_health": "psykisk sårbarhed",
    "physical_health": "fysisk helbred",
    "debt": "økonomi og gæld",
    "network": "svagt netværk",
    "language": "dansk",
    "family": "familie og børn",
    "unemployment": "lang ledighed",
    "crime": "afsoning",
}


class Citizen(models.Model):
    """A citizen. The CPR number is encrypted; the row's own id is what addresses and the journal speak of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cpr_encrypted = models.BinaryField("CPR (krypteret)", null=True, editable=False)
    cpr_index = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    first_name = models.CharField("fornavn", max_length=60)
    last_name = models.CharField("efternavn", max_length=60)
    birth_date = models.DateField("født")
    gender = models.CharField("køn", max_length=1, choices=GENDERS, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    protected = models.BooleanField("navne- og adressebeskyttelse", default=False)
    digital_post_exempt = models.BooleanField("fritaget for Digital Post", default=False)
    language = models.CharField("sprog", max_length=3, default="da")
    district = models.CharField("område", max_length=40, blank=True)
    case_number = models.CharField("sagsnummer", max_length=20, unique=True)
    external_case_number = models.CharField("nummer i fagsystem", max_length=40, blank=True)
    caseworker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="citizens", verbose_name="sagsbehandler"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="enhed")
    created_at = models.DateTimeField("oprettet", auto_now_add=True)

    class Meta:
        verbose_name = "borger"
        ordering = ["first_name", "last_name"]
        indexes = [
            models.Index(fields=["caseworker", "first_name", "last_name"], name="citizen_of_caseworker"),
            models.Index(fields=["last_name", "first_name"], name="citizen_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class CaseNote(models.Model):
    """A note on something said or seen that may matter for a decision (OFL § 13)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="notes", verbose_name="borger")
    text = models.TextField("notat")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "notat"
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"Notat {self.written_at:%d-%m-%Y}"
