"""The mentor's week on a phone, and logging a contact."""

from django.urls import URLPattern

urls: list[URLPattern] = []
