"""The words of the citizen's own page, with what belongs in them."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import timezone

from mentorkorps.web.citizen_words import Words

register = template.Library()


@register.simple_tag
def say(words: Words, key: str, **parts: Any) -> str:
    """A text with what stands in braces put in."""
    return words.say(key, **parts)


@register.filter
def day_in(day: date, words: Words) -> str:
    """The day as the language writes it; of a moment, the day it was here."""
    return words.day(timezone.localdate(day) if isinstance(day, datetime) else day)


@register.filter
def time_in(at: time, words: Words) -> str:
    """The time of day as the language writes it."""
    return words.time(at)
