"""What else a citizen takes part in, beside a mentor: the public figures ask for it, and so does the passive list."""

from django.db import models

from mentorkorps.cases.models.citizen import Citizen
from mentorkorps.municipality.models import User


class OtherOffer(models.Model):
    """From a day on the citizen is in this other offer, or in none, until the next row.

    Rows are never changed. Of two from the same day the newest counts, and before the first nothing is known.
    """

    class Kind(models.TextChoices):
        NONE = "none", "intet andet tilbud"
        TRAINEE = "trainee", "virksomhedspraktik"
        SUBSIDY = "subsidy", "løntilskud"
        HOURS = "hours", "ordinære timer"
        SKILLS = "skills", "vejledning og opkvalificering"
        OTHER = "other", "et andet tilbud"

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="other_offers", verbose_name="borger")
    since = models.DateField("fra")
    kind = models.CharField("andet tilbud", max_length=8, choices=Kind)
    source = models.CharField("kilde", max_length=80)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noteret af")
    noted_at = models.DateTimeField("noteret", auto_now_add=True)

    class Meta:
        verbose_name = "andet tilbud"
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["citizen", "-since", "-id"], name="offers_of_citizen")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} fra {self.since:%d-%m-%Y}"
