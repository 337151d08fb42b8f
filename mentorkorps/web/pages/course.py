"""A course: weeks, hours, tasks, agreement, mentor, status, end."""

from django.urls import URLPattern

urls: list[URLPattern] = []
