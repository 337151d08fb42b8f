"""Danish words, dates, minutes and the small pictures that every page uses. Loaded as builtins."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentorkorps.cases.cpr import masked
from mentorkorps.domain import dates
from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.municipality.languages import language_name

register = template.Library()

register.filter("long_date", lambda day: dates.long_date(day) if day else "–")
register.filter("field_date", lambda day: dates.field_date(day) if day else "")
register.filter("minutes", lambda number: dates.write_minutes(number) if number is not None else "åben")
register.filter("masked_cpr", masked)
register.filter("language", language_name)
register.filter("week", lambda number: f"uge\u00a0{dates.iso_week(number)[1]}")
register.filter("week_only", lambda number: dates.iso_week(number)[1])


@register.filter
def hours(number: int | None) -> str:
    """Minutes as hours with one decimal for dense bars: 4,5 t."""
    if number is None:
        return "åben"
    figure = f"{abs(number) / 60:,.1f}".translate(str.maketrans(",.", ".,")).removesuffix(",0")
    return f"{'−' if number < 0 else ''}{figure}\u00a0t."


@register.filter(expects_localtime=True)
def short_date(day: date | None, today: date | None = None) -> str:
    """20. nov., with the year where it is another than today's; of a day or of a moment."""
    return dates.short_date(day, today=today) if day else "–"


@register.filter
def day_name(day: date) -> str:
    """mandag … søndag."""
    return dates.DAYS[day.weekday()]


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of Det Fælles Designsystem that says nothing by itself: text always stands beside it."""
    return format_html(
        '<svg class="ico" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/dkfds/img/all-svg-icons.svg"),
        name,
    )


OBLIGATION = {code: word.capitalize() for code, word in OBLIGATION_WORDS.items()}
register.filter("obligation_word", lambda code: OBLIGATION.get(code, ""))


@register.simple_tag
def obligation(code: str, size: str = "") -> SafeString:
    """The mark for must, right or may: one hue in three weights."""
    return format_html(
        '<span class="ob ob-{}{}">{}</span>', code, f" ob-{size}" if size else "", OBLIGATION[code]
    )


# state -> (class, path of the symbol, word)
WEEK_STATES = {
    "kept": ("k", "M3 8.4l3.2 3.2L13 4.8", "holdt"),
    "missed": ("m", "M4 4l8 8M12 4l-8 8", "mangler"),
    "excused": ("e", "M3.5 8h9", "undskyldt"),
    "open": ("o", "M8 5a3 3 0 1 0 .01 0", "åben"),
    "future": ("f", "", "kommer"),
    "outside": ("f", "", "uden for forløbet"),
}


register.filter("state_word", lambda state: WEEK_STATES[state][2])


@register.inclusion_tag("parts/week_cell.html")
def week_cell(status: Any) -> dict[str, Any]:
    """One week as shape, colour and word; `status` is a contact_duty.WeekStatus."""
    css, path, word = WEEK_STATES[status.state]
    return {
        "css": css,
        "path": path,
        "word": word,
        "number": dates.iso_week(status.week)[1],
        "reason": status.reason,
    }


@register.simple_tag
def weeks_mini(statuses: Any) -> SafeString:
    """A row of small weeks for a list, with one sentence for who cannot see it."""
    return _weeks_mini(tuple((status.week, status.state) for status in statuses))


# Pictures are kept once drawn: a list of a hundred rows has few different ones, and each costs more than its row.
@lru_cache(maxsize=8_192)
def _weeks_mini(weeks: tuple[tuple[int, str], ...]) -> SafeString:
    cells = [
        (number * 19, *WEEK_STATES[state], dates.iso_week(week)[1])
        for number, (week, state) in enumerate(weeks)
    ]
    said = ", ".join(f"uge {week} {word}" for _, _, _, word, week in cells)
    drawn = {"cells": cells, "said": said, "width": max(len(cells) * 19 - 3, 16)}
    return render_to_string("parts/weeks_mini.html", drawn)


@register.simple_tag
def hours_bar(delivered: int, granted: int, level: int | None, large: bool = False) -> SafeString:
    """Delivered in granted with the level as a tick; minutes. The figures stand beside it in text."""
    scale = max(delivered, granted, level or 0, 1) * 1.05
    delivered_at, granted_at, level_at = (
        None if minutes is None else round(minutes / scale * 100, 1)
        for minutes in (delivered, granted, level)
    )
    return _hours_bar(delivered_at, granted_at, level_at, large)


@lru_cache(maxsize=8_192)
def _hours_bar(delivered: float, granted: float, level: float | None, large: bool) -> SafeString:
    drawn = {"delivered": delivered, "granted": granted, "level": level, "large": large}
    return render_to_string("parts/hours_bar.html", drawn)


@register.filter
def due_words(day: date, today: date) -> str:
    """I dag, I morgen, Om 5 dage, 2 dage over."""
    left = (day - today).days
    if left in (0, 1):
        return ("I dag", "I morgen")[left]
    if left > 0:
        return f"Om {left} dage"
    return "1 dag over" if left == -1 else f"{-left} dage over"


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's address with some of its filters changed; an empty value takes one away, and paging starts anew."""
    query = context["request"].GET.copy()
    query.pop("side", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
