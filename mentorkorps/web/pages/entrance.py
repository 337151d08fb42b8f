"""The front door, the demo's roles, one's own account, and health."""

from django.urls import URLPattern

urls: list[URLPattern] = []
