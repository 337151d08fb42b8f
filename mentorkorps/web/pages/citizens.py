"""Search, the list of citizens, and a new referral."""

from django.urls import URLPattern

urls: list[URLPattern] = []
