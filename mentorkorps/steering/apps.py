"""The steering room."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "mentorkorps.steering"
    label = "steering"
    verbose_name = "Styring"
    default_auto_field = "django.db.models.BigAutoField"
