"""The municipality room."""

from django.apps import AppConfig


class MunicipalityConfig(AppConfig):
    name = "mentorkorps.municipality"
    label = "municipality"
    verbose_name = " units, people, mentors, providers, service levels:Kommunen"
    default_auto_field = "django.db.models.BigAutoField"
