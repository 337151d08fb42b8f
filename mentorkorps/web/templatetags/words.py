"""Danish words, dates, minutes and the small pictures that every page uses. Loaded as builtins."""

from datetime import date
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentorkorps.cases.cpr import masked
from mentorkorps.domain import dates
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


@register.filter
def short_date(day: date | None, today: date | None = None) -> str:
    """20. nov., with the year where it is another than today's."""
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


OBLIGATION = {"must": "Skal", "right": "Ret", "may": "Kan"}
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


@register.inclusion_tag("parts/weeks_mini.html")
def weeks_mini(statuses: Any) -> dict[str, Any]:
    """A row of small weeks for a list, with one sentence for who cannot see it."""
    cells = [
        (number * 19, *WEEK_STATES[s.state], dates.iso_week(s.week)[1]) for number, s in enumerate(statuses)
    ]
    said = ", ".join(f"uge {week} {word}" for _, _, _, word, week in cells)
    return {"cells": cells, "said": said, "width": max(len(cells) * 19 - 3, 16)}


@register.inclusion_tag("parts/hours_bar.html")
def hours_bar(delivered: int, granted: int, level: int | None, large: bool = False) -> dict[str, Any]:
    """Delivered in granted with the level as a tick; minutes. The figures stand beside it in text."""
    scale = max(delivered, granted, level or 0, 1) * 1.05
    return {
        "delivered": round(delivered / scale * 100, 1),
        "granted": round(granted / scale * 100, 1),
        "level": round(level / scale * 100, 1) if level is not None else None,
        "large": large,
    }


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
