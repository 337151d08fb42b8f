"""The caseworker's day: what waits, and my citizens."""

from django.urls import URLPattern

urls: list[URLPattern] = []
