"""The mentors: capacity, absence, training."""

from django.urls import URLPattern

urls: list[URLPattern] = []
