"""The followup room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "mentorkorps.followup"
    label = "followup"
    verbose_name = "Opfølgning"
    default_auto_field = "django.db.models.BigAutoField"
