"""What a person wants to hear about in the weekly mail, and the mails that wait to be sent."""

import uuid
from datetime import time

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL
QUIET_FROM, QUIET_TO = time(17), time(7)


class NoticeChoice(models.Model):
    """A person's own choice. Who has none gets the mail with every kind, outside 17 to 7."""

    person = models.OneToOneField(
        PERSON, models.CASCADE, primary_key=True, related_name="notice_choice", verbose_name="bruger"
    )
    mail = models.BooleanField("mail om mandagen", default=True)
    kinds = models.JSONField("hvad mailen tæller", default=list)
    quiet_from = models.TimeField("ingen mails fra klokken", null=True, blank=True, default=QUIET_FROM)
    quiet_to = models.TimeField("til klokken", null=True, blank=True, default=QUIET_TO)

    class Meta:
        verbose_name = "valg af mails"

    def __str__(self) -> str:
        return "mail om mandagen" if self.mail else "ingen mail"


class Outgoing(models.Model):
    """A weekly mail on its way out: counts and links, never a name. One a person and week.

    `claimed_at` is when a worker last took it to send it; what was not sent is taken again later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+", verbose_name="bruger")
    week = models.IntegerField("uge", help_text="Mandage siden 5. januar 1970.")
    subject = models.CharField("emne", max_length=120)
    body = models.TextField("tekst")
    made_at = models.DateTimeField("skrevet")
    claimed_at = models.DateTimeField("taget", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("forsøg", default=0)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        verbose_name = "ugemail"
        ordering = ["made_at"]
        indexes = [
            models.Index(fields=["made_at"], condition=models.Q(sent_at__isnull=True), name="mails_not_sent")
        ]
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_mail_a_week")]

    def __str__(self) -> str:
        return self.subject
