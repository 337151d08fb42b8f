"""What a mentor's citizens are called on a phone: as few letters as tell them apart."""

from collections import Counter
from collections.abc import Iterable

from mentorkorps.cases.models import Course

MOST_LETTERS = 4


def phone_list(courses: Iterable[Course]) -> list[dict[str, str]]:
    """Id and initials of each course, once, in the order given; two with the same initials get more letters."""
    rows = list(dict.fromkeys(courses))
    letters = dict.fromkeys(rows, 1)
    for more in range(2, MOST_LETTERS + 1):
        called = Counter(_called(row, letters[row]) for row in rows)
        letters = {row: more if called[_called(row, n)] > 1 else n for row, n in letters.items()}
    names = [_called(row, letters[row]) for row in rows]
    return [
        {"course": str(row.id), "who": name if names.count(name) == 1 else f"{name} {names[: at + 1].count(name)}"}
        for at, (row, name) in enumerate(zip(rows, names, strict=True))
    ]  # fmt: skip


def _called(course: Course, letters: int) -> str:
    """The first letters of each name, and more of the very first: J.E., then Je.E."""
    first, *others = [*course.citizen.first_name.split(), course.citizen.last_name]
    return ".".join([first[:letters], *(name[:1] for name in others), ""])
