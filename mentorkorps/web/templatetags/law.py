"""What rows of the law and corrections of them are called on a page."""

from django import template

from mentorkorps.domain import law
from mentorkorps.domain.dates import long_date
from mentorkorps.municipality.models import RuleCorrection
from mentorkorps.web.pages.law.words import FIELDS, OBLIGATION, contact_in_words

register = template.Library()

register.filter("contact_words", contact_in_words)


@register.filter
def span_words(span: law.Span) -> str:
    """kan, LAB § 78, stk. 1, fra 1. januar 2003 til 31. december 2013."""
    if span.finding is None:
        return "ingen regel"
    ends = f" til {long_date(span.last)}" if span.last else ""
    return (
        f"{OBLIGATION[span.finding.obligation]}, {span.finding.citation}, fra {long_date(span.first)}{ends}"
    )


@register.filter
def correction_state(correction: RuleCorrection) -> str:
    """Who the correction waits for, or whether it is in force."""
    if correction.withdrawn_at:
        return "trukket tilbage"
    return "godkendt" if correction.approved_at else "venter på, at en anden godkender"


@register.filter
def correction_fields(correction: RuleCorrection) -> str:
    """The corrected fields by name."""
    return ", ".join(label for name, label in FIELDS.items() if name in correction.changes)
