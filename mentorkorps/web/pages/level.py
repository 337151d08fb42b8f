"""Service levels and granted hours."""

from django.urls import URLPattern

urls: list[URLPattern] = []
