"""What a correction of the law would change: open visitations and running courses that would get another answer."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from mentorkorps.cases.models import Decision, Visitation
from mentorkorps.domain import law


class OtherAnswer(NamedTuple):
    """A case that would be answered otherwise. `before` and `after` are the rule's finding, None where it has none."""

    kind: Literal["visitation", "course"]
    key: uuid.UUID
    citizen_id: uuid.UUID
    unit: str
    on: date
    before: law.Finding | None
    after: law.Finding | None


class _Asked(NamedTuple):
    kind: Literal["visitation", "course"]
    key: uuid.UUID
    citizen_id: uuid.UUID
    unit: str
    on: date
    facts: dict[str, Any]


def other_answers(rule: str, in_force_from: date, *, before: law.Book, after: law.Book) -> list[OtherAnswer]:
    """Open visitations on their own law's date, and running courses as if their facts were assessed anew.

    A course is asked about on the day of its latest decision, or, when the correction begins later, on the first day
    that it holds. Nothing is stored and no decision changes. Two queries.
    """
    asked = [*_open_visitations(), *_running_courses(in_force_from)]
    answers = (_compare(each, rule, before, after) for each in asked if each.on >= in_force_from)
    return [answer for answer in answers if _differs(answer)]


def _open_visitations() -> Iterator[_Asked]:
    rows = Visitation.objects.filter(locked=False).order_by("law_on", "id")
    for key, citizen, unit, on, facts in rows.values_list(
        "id", "citizen_id", "citizen__unit__name", "law_on", "facts"
    ):
        yield _Asked("visitation", key, citizen, unit, on, facts)


def _running_courses(in_force_from: date) -> Iterator[_Asked]:
    """The newest decision of each running course; older ones of the same course follow it and are passed over."""
    running = {"course__isnull": False, "course__ended_on__isnull": True}
    rows = Decision.objects.filter(state=Decision.State.DECIDED, **running)
    seen: set[uuid.UUID] = set()
    named = ("course_id", "citizen_id", "course__unit__name", "law_on", "facts")
    for course, citizen, unit, on, facts in rows.order_by("-decided_on", "-law_on", "id").values_list(*named):
        if course not in seen:
            seen.add(course)
            yield _Asked("course", course, citizen, unit, max(on, in_force_from), facts)


def _compare(asked: _Asked, rule: str, before: law.Book, after: law.Book) -> OtherAnswer:
    facts = law.Facts.from_json(asked.facts)
    found = [_standing(law.visitate(facts, asked.on, book=book), rule) for book in (before, after)]
    return OtherAnswer(asked.kind, asked.key, asked.citizen_id, asked.unit, asked.on, *found)


def _standing(answer: law.Answer, rule: str) -> law.Finding | None:
    return next((finding for finding in answer.findings if finding.rule == rule), None)


def _differs(answer: OtherAnswer) -> bool:
    return _said(answer.before) != _said(answer.after)


def _said(finding: law.Finding | None) -> Any:
    """What a finding tells a citizen, apart from the dates of its row."""
    if finding is None:
        return None
    return (
        finding.obligation,
        finding.citation,
        finding.duration,
        finding.contact,
        finding.certainty,
        finding.met,
    )
