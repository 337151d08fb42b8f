"""The ledger room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "mentorkorps.ledger"
    label = "ledger"
    verbose_name = "Regnskab"
    default_auto_field = "django.db.models.BigAutoField"
