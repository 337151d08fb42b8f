"""What changes in a service level are called, and figures in a paper's text as links back to their run."""

from django import template

from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.level_changes import LABELS, Pair, field_in_words
from mentorkorps.domain.service_level import LevelRow

register = template.Library()

CHANGE_WORDS = {"kept": "Uændret", "changed": "Ændres", "added": "Ny", "removed": "Går ud"}
# Fields whose values are too long, or codes, so that a change only names them.
NAMED_ONLY = ("functions", "target_groups", "criteria", "who_may", "label")
# The columns of the table show these.
IN_COLUMNS = ("minutes_per_week", "weeks")

register.filter("change_word", lambda kind: CHANGE_WORDS[kind])


@register.filter
def change_words(pair: Pair) -> list[str]:
    """What else than time and weeks differs in a changed row, a line each."""
    if pair.before is None or pair.after is None:
        return []
    return [_words(pair.before, pair.after, name) for name in pair.differs if name not in IN_COLUMNS]


def _words(before: LevelRow, after: LevelRow, name: str) -> str:
    if name in NAMED_ONLY:
        return f"{LABELS[name]} er skrevet om"
    return f"{LABELS[name]}: {field_in_words(before, name)} → {field_in_words(after, name)}"


@register.filter
def row_time(row: LevelRow | None) -> str:
    """90 min. i 26 uger; what has not been decided says so, and a row that is not there is a dash."""
    if row is None:
        return "–"
    week = "Timer ikke fastsat" if row.minutes_per_week is None else write_minutes(row.minutes_per_week)
    return week if row.weeks is None else f"{week} i {row.weeks} uger"
