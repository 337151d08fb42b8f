"""The people who sign in."""

from django.urls import URLPattern

urls: list[URLPattern] = []
