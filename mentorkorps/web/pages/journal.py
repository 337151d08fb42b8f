"""The journal for the data protection officer."""

from django.urls import URLPattern

urls: list[URLPattern] = []
