"""Words of delivery control. Load with {% load control %}."""

from django import template

from mentorkorps.domain.audit import REASONS, STATES, Share

register = template.Library()

register.filter("why_heavier", lambda code: REASONS.get(code, code))
register.filter("state_of_point", lambda state: STATES[state])


@register.filter
def judged(share: Share) -> int:
    """How many cases a point could be judged in."""
    return share.met + share.unmet
