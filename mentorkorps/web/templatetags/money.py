"""Amounts as Danes write them. Load with {% load money %}."""

from decimal import Decimal

from django import template

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.dates import NBSP

register = template.Library()


@register.filter
def kroner(ore: int | None) -> str:
    """1.234,50 kr. of whole øre, without the øre where there are none; None is missing."""
    if ore is None:
        return "mangler"
    whole, rest = divmod(abs(ore), 100)
    sign = "−" if ore < 0 else ""
    return f"{sign}{thousands(whole)}{f',{rest:02}' if rest else ''}{NBSP}kr."


@register.filter
def whole_kroner(ore: int | None) -> str:
    """1.235 kr., rounded half up, for figures that are read at a glance; None is missing."""
    if ore is None:
        return "mangler"
    sign = "−" if ore < 0 else ""
    return f"{sign}{thousands((abs(ore) + 50) // 100)}{NBSP}kr."


@register.filter
def percent(tenths: int | None) -> str:
    """92,0 % of tenths of a percent; a dash where there is nothing to divide by."""
    return "–" if tenths is None else f"{tenths // 10},{tenths % 10}{NBSP}%"


@register.filter
def percent_of(share: Decimal | None) -> str:
    """50 % of a decimal number; None is missing."""
    return "mangler" if share is None else f"{share.normalize():f}".replace(".", ",") + f"{NBSP}%"
