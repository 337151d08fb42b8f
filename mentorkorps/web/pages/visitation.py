"""Visitation: facts at left, what the law says at right."""

from django.urls import URLPattern

urls: list[URLPattern] = []
