"""What another service level would give the same courses: the minutes of the what-if, grant by grant."""

from collections.abc import Iterable, Mapping

from mentorkorps.domain.service_level import LevelRow

MAY = "may"


def level_change(now: Iterable[LevelRow], other: Iterable[LevelRow]) -> dict[str, int]:
    """Minutes a week more (or less) by a row's key; rows that only one has, or that lack minutes, are left out."""
    minutes = {row.key: row.minutes_per_week for row in now}
    return {
        row.key: row.minutes_per_week - was
        for row in other
        if row.minutes_per_week is not None and (was := minutes.get(row.key)) is not None
    }


def at_level(minutes: int, row: str, obligation: str, change: Mapping[str, int]) -> int:
    """What a new grant would be under the change. Only `may` can become less: a duty or a right is never cut."""
    more = change.get(row, 0)
    return max(minutes + more, 0) if obligation == MAY else minutes + max(more, 0)
