"""The web room: the doors."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mentorkorps.web"
    label = "web"
    verbose_name = "Døre"
