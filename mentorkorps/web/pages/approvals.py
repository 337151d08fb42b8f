"""Refusals that wait for a second person."""

from django.urls import URLPattern

urls: list[URLPattern] = []
