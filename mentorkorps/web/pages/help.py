"""The handbook and the accessibility statement."""

from django.urls import URLPattern

urls: list[URLPattern] = []
