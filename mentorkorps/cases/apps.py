"""The cases room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "mentorkorps.cases"
    label = "cases"
    verbose_name = "Sager"
    default_auto_field = "django.db.models.BigAutoField"
