"""A decision on its way to a letter."""

from django.urls import URLPattern

urls: list[URLPattern] = []
