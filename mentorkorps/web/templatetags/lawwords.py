"""What findings and steps of a decision are called on a page."""

from typing import Any

from django import template

from mentorkorps.domain import law
from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.web.pages.law.words import contact_in_words
from mentorkorps.web.pages.visitation.facts import BY_NAME

register = template.Library()

CERTAINTY = {
    "verified": "Efterset i Retsinformation.",
    "found": "Fundet i de kilder, der er nævnt. Ikke efterset i Retsinformation.",
    "known": "Almindelig viden om området. Ordlyden er ikke set.",
    "uncertain": "Usikker. Ordlyden er ikke set.",
}
RHYTHM = {("week", 1): "kontakt mindst hver uge", ("fortnight", 1): "kontakt mindst hver 14. dag"}


register.filter("times", lambda minutes, weeks: minutes * weeks)


@register.filter
def duration(finding: law.Finding) -> str:
    """højst 6 måneder, derefter ny vurdering; mindst 6 måneder i alt; or nothing."""
    rule = finding.duration
    if rule.at_least:
        return f"mindst {rule.at_least} i alt"
    if rule.at_most:
        return f"højst {rule.at_most}" + (", derefter ny vurdering" if rule.renewable else "")
    return ""


@register.filter
def rhythm(finding: law.Finding) -> str:
    """The least contact that the rule demands, or nothing."""
    contact = finding.contact
    if contact is None:
        return ""
    return RHYTHM.get((contact.every, contact.at_least)) or f"kontakt {contact_in_words(contact)}"


@register.filter
def certainty(finding: law.Finding) -> str:
    """How sure the wording is, as a sentence."""
    return CERTAINTY[finding.certainty]


@register.filter
def act(fact: str) -> str:
    """What settles an unknown fact."""
    return BY_NAME[fact].act if fact in BY_NAME else ""


@register.filter
def demands(finding: law.Finding) -> list[str]:
    """What the rule demands of the municipality, in words."""
    return [law.DEMANDS[demand] for demand in finding.demands]


@register.filter
def reads(reading: Any) -> str:
    """How another source reads the rule."""
    if reading.obligation:
        return OBLIGATION_WORDS[reading.obligation]
    return f"højst {reading.at_most}" if reading.at_most else f"mindst {reading.at_least}"
