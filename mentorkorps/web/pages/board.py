"""The coordinator's week board."""

from django.urls import URLPattern

urls: list[URLPattern] = []
