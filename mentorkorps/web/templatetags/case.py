"""Words of the case pages: ages, consents, numbers in words, and what the reader may do. Load with {% load case %}."""

from datetime import date
from typing import Any

from django import template

from mentorkorps.cases.models import Party
from mentorkorps.cases.queries import consent as consent_of
from mentorkorps.cases.queries import held_consents
from mentorkorps.domain import dates
from mentorkorps.domain.law import FUNCTIONS
from mentorkorps.web.access import May, allowed

register = template.Library()

NUMBERS = ("ingen", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")

register.filter("week_of", dates.week_number)
register.filter("age", dates.age_on)


@register.filter
def in_words(number: int) -> str:
    """to, tre … tolv; larger numbers in digits."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


@register.filter
def function_name(code: str) -> str:
    """The Danish name of what a mentor is given for: social mentor, udskrivningskoordinator."""
    return FUNCTIONS.get(code, code)


@register.filter
def short_citation(citation: str) -> str:
    """§ 167, stk. 1: in a dense list the act of most rows goes without saying; another act is named."""
    return citation.removeprefix("LAB ")


@register.filter
def sees_citizens(user: Any) -> bool:
    """Whether the reader opens citizens' pages; others see first name and initial."""
    return allowed(user, May.SEE_CITIZENS)


@register.filter
def refers(user: Any) -> bool:
    """Whether the reader may refer and correct."""
    return allowed(user, May.REFER)


@register.filter
def visitates(user: Any) -> bool:
    """Whether the reader may visitate."""
    return allowed(user, May.VISITATE)


@register.filter
def consent(party: Party, today: date) -> dict[str, str]:
    """The state of a party's consent, its words, and what it is to."""
    state, words = consent_of(party, today)
    about = ", ".join(row.information for row in held_consents(party, today))
    return {"state": state, "words": words, "about": about}
