"""A citizen's page: facts, courses, notes, parties, and who has seen the case."""

from django.urls import URLPattern

urls: list[URLPattern] = []
