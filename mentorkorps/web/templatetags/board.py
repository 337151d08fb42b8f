"""The cells of the week board. A page has well over a thousand of them, so each kind is written once."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mentorkorps.domain.contact_duty import Compliance, WeekStatus
from mentorkorps.domain.dates import iso_week
from mentorkorps.web.templatetags.words import WEEK_STATES

register = template.Library()


SHAPES = {css: shape for css, shape, _ in WEEK_STATES.values() if shape}
MOST_KEPT = 90  # percent; a week of many courses is loud below it, and quiet from there
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


@register.filter
def total(numbers: Iterable[int]) -> int:
    """All of them together."""
    return sum(numbers)


@register.filter
def with_weeks(
    sums: Sequence[Compliance], weeks: Iterable[tuple[int, str]]
) -> list[tuple[int, str, Compliance]]:
    """Each week with its word in addresses and its sum."""
    return [(*week, found) for week, found in zip(weeks, sums, strict=True)]


@register.simple_tag
def group_cell(found: Compliance, week: int) -> SafeString:
    """A week of many courses: the gravest state there is with how many courses have it, and all of it in words."""
    few = found.percent is not None and found.percent >= MOST_KEPT
    return _group_cell(week, found.kept, found.missed, found.excused, found.open, few=few)


@register.simple_tag
def group_mark(css: str, more: str = "") -> SafeString:
    """The mark of one state, for the legend."""
    drawn = '<span class="gw gw-{} {}"><svg aria-hidden="true"><use href="#w-{}"/></svg></span>'
    return format_html(drawn, css, more, css)


@lru_cache(maxsize=8_192)
def _group_cell(week: int, kept: int, missed: int, excused: int, waiting: int, *, few: bool) -> SafeString:
    said = f"Uge {iso_week(week)[1]}: {kept} holdt, {missed} mangler, {excused} undskyldt, {waiting} åbne"
    states = (("m", missed, missed), ("o", waiting, waiting), ("k", kept, ""), ("e", excused, ""))
    css, shown = next(((css, shown) for css, number, shown in states if number), ("f", ""))
    picture = format_html('<svg aria-hidden="true"><use href="#w-{}"/></svg>', css) if css != "f" else ""
    return format_html(
        '<span class="gw gw-{}{}" title="{}">{}<span aria-hidden="true">{}</span><span class="hide">{}</span></span>',
        css, " few" if css == "m" and few else "", said, picture, shown, said,
    )  # fmt: skip
