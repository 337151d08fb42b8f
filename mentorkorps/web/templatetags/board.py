"""The cells of the week board. A page has well over a thousand of them, so each kind is written once."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mentorkorps.domain.contact_duty import WeekStatus
from mentorkorps.domain.dates import iso_week
from mentorkorps.web.templatetags.words import WEEK_STATES

register = template.Library()


SHAPES = {css: shape for css, shape, _ in WEEK_STATES.values() if shape}
EXPLAINED = ("missed", "excused", "open")


@register.simple_tag
def board_shapes() -> SafeString:
    """The shapes of the states, drawn once on the page and pointed at by every cell."""
    symbols = format_html_join(
        "",
        '<symbol id="w-{}" viewBox="0 0 16 16"><path d="{}" fill="none" stroke="currentColor" '
        'stroke-width="2.2"/></symbol>',
        SHAPES.items(),
    )
    return format_html('<svg class="hide" aria-hidden="true">{}</svg>', symbols)


@register.filter
def board_cell(status: WeekStatus) -> SafeString:
    """One week of the board as shape, colour and word, with its reason at hand where there is something to explain."""
    return _cell(status.week, status.state, status.reason if status.state in EXPLAINED else "")


@lru_cache(maxsize=4_096)
def _cell(week: int, state: str, reason: str) -> SafeString:
    css, shape, word = WEEK_STATES[state]
    title = format_html(' title="Uge {}: {}. {}"', iso_week(week)[1], word, reason) if reason else ""
    picture = format_html('<svg><use href="#w-{}"/></svg>', css) if shape else ""
    return format_html(
        '<span class="cell cell-{}"{}>{}</span><span class="hide">{}</span>', css, title, picture, word
    )
