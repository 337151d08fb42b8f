"""Addresses whose changed filters are known to the page alone. Load with {% load hours %}."""

from collections.abc import Mapping
from typing import Any

from django import template

from mentorkorps.web.templatetags.words import address_with

register = template.Library()


@register.simple_tag(takes_context=True)
def address_changed(context: dict[str, Any], changes: Mapping[str, str]) -> str:
    """This page's address with filters changed, named by a mapping; an empty value takes one away."""
    return address_with(context, **changes)
