"""Taking in a file of answers to follow-ups: first read and judged, then all of it is taken in, or nothing."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.follow_up_file import ReadAnswer, read_answers
from mentorkorps.domain.given import BadInput
from mentorkorps.followup.models import FollowUp, FollowUpFile, Whereabouts
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Municipality, User

NEW, CORRECTION, KNOWN = "new", "correction", "known"
BATCH = 500


class _Asked(NamedTuple):
    """A follow-up that a row of a file may answer."""

    id: uuid.UUID
    citizen: uuid.UUID
    months: int
    due: date
    outcome: str
    asked_on: date | None


@transaction.atomic
def read_file(data: bytes, *, courses: QuerySet[Course], today: date, by: User) -> FollowUpFile:
    """Reads and judges a file for the courses that somebody may see; nothing is taken in yet.

    `found` of the file is a list of {"number", "reference", "months", "outcome", "on", "source", "bad": sentences,
    "state": new, correction or known, "key", "citizen"}. Raises ValidationError at `file`.
    """
    try:
        rows = [_row(each) for each in read_answers(data)]
    except BadInput as bad:
        raise ValidationError({"file": str(bad)}) from None
    _judge(rows, courses, today)
    file = FollowUpFile.objects.create(found=rows, read_by=by)
    changed("læst svar på opfølgninger", by=by, about=file, all=len(rows), bad=len(bad_in(file)))
    return file


def bad_in(file: FollowUpFile) -> list[dict[str, Any]]:
    """The rows that cannot be taken in."""
    return [row for row in file.found if row["bad"]]


@transaction.atomic
def take_in(file: FollowUpFile, *, courses: QuerySet[Course], today: date, by: User) -> int:
    """Takes in every new answer and correction of a file, once; returns how many.

    Raises ValidationError when a row is bad, also one that has become so since the file was read.
    """
    Municipality.objects.select_for_update().first()  # one intake at a time
    if not FollowUpFile.objects.filter(pk=file.pk, taken_at__isnull=True).update(taken_at=timezone.now()):
        raise ValidationError("Filen er allerede taget ind.")
    _judge(file.found, courses, today)
    if bad_in(file):
        raise ValidationError("Der er rækker, der ikke kan bruges. Ret dem i filen, og læs den igen.")
    wanted = [row for row in file.found if row["state"] != KNOWN]
    _write(wanted, file, by)
    citizens = dict.fromkeys(uuid.UUID(row["citizen"]) for row in wanted)
    write(
        Kind.CHANGE, "taget svar på opfølgninger ind", by=by, about=file, shown=citizens,
        detail={"taken": len(wanted)},
    )  # fmt: skip
    return len(wanted)


def _write(rows: Sequence[dict[str, Any]], file: FollowUpFile, by: User) -> None:
    """Each answer as a row of history, and the newest on the follow-up itself, alike ones at a time."""
    Whereabouts.objects.bulk_create(
        (
            Whereabouts(
                follow_up_id=row["key"], outcome=row["outcome"], on=row["on"], source=row["source"], file=file,
                noted_by=by,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )  # fmt: skip
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        alike[row["outcome"], row["on"]].append(row["key"])
    for (outcome, on), keys in alike.items():
        for first in range(0, len(keys), BATCH):
            chosen = FollowUp.objects.filter(pk__in=keys[first : first + BATCH])
            chosen.update(outcome=outcome, asked_on=on, asked_by=by)


def _row(read: ReadAnswer) -> dict[str, Any]:
    return {
        "number": read.number, "reference": read.reference, "months": read.months, "outcome": read.outcome,
        "on": read.on.isoformat() if read.on else "", "source": read.source, "unreadable": list(read.bad),
        "bad": [], "state": "", "key": "", "citizen": "",
    }  # fmt: skip


def _judge(rows: Iterable[dict[str, Any]], courses: QuerySet[Course], today: date) -> None:
    """Writes on each row which follow-up it answers and what is wrong, or nothing. Two queries, however many rows."""
    asked, known = _asked(courses), _known(courses)
    seen: dict[str, int] = {}
    for row in rows:
        row["bad"] = list(row["unreadable"])
        if row["bad"]:
            continue
        meant, wrong = _meant(row, asked.get(row["reference"].casefold(), []), today)
        if meant is None:
            row["bad"] = [wrong]
            continue
        row["key"], row["citizen"] = str(meant.id), str(meant.citizen)
        if row["key"] in seen:
            row["bad"] = [f"Borgeren har svaret for {row['months']} måneder i række {seen[row['key']]} også."]
        seen.setdefault(row["key"], row["number"])
        _place(row, meant, known)


def _place(row: dict[str, Any], meant: _Asked, known: set[tuple[str, str, str, str]]) -> None:
    """Whether an answer is new, known already, or corrects another; an older one than what stands is refused."""
    on = date.fromisoformat(row["on"])
    same = (meant.outcome, meant.asked_on) == (row["outcome"], on)
    if same or (row["key"], row["outcome"], row["on"], row["source"]) in known:
        row["state"] = KNOWN
    elif meant.asked_on is not None and meant.asked_on > on:
        row["bad"].append(f"Der står allerede et nyere svar fra {field_date(meant.asked_on)}.")
    else:
        row["state"] = CORRECTION if meant.outcome else NEW


def _meant(row: dict[str, Any], asked: Sequence[_Asked], today: date) -> tuple[_Asked | None, str]:
    """The follow-up of the citizen's newest course that was due by the row's day, or why there is none."""
    if not asked:
        return None, "sagsnummer: ingen af dine afsluttede forløb har det nummer."
    if len({each.citizen for each in asked}) > 1:
        return None, "sagsnummer: flere borgere har det nummer. Brug kommunens eget sagsnummer."
    if row["on"] > today.isoformat():
        return None, "dato: dagen ligger i fremtiden."
    of_time = [each for each in asked if each.months == row["months"]]
    due = [each for each in of_time if each.due.isoformat() <= row["on"]]
    if due:
        return max(due, key=lambda each: each.due), ""
    if not of_time:
        return None, f"måneder: der spørges ikke efter {row['months']} måneder i den sag."
    return None, f"dato: der skal først spørges {field_date(min(each.due for each in of_time))}."


def _asked(courses: QuerySet[Course]) -> dict[str, list[_Asked]]:
    """Every follow-up of the courses, by the citizen's own case number and that of the case system."""
    found: dict[str, list[_Asked]] = defaultdict(list)
    rows = FollowUp.objects.filter(course__in=courses.order_by().values("pk")).values_list(
        "id", "course__citizen_id", "months", "due", "outcome", "asked_on",
        "course__citizen__case_number", "course__citizen__external_case_number",
    )  # fmt: skip
    for *asked, own, external in rows:
        for number in {own, external} - {""}:
            found[number.casefold()].append(_Asked(*asked))
    return found


def _known(courses: QuerySet[Course]) -> set[tuple[str, str, str, str]]:
    rows = Whereabouts.objects.filter(follow_up__course__in=courses.order_by().values("pk"))
    return {
        (str(key), outcome, on.isoformat(), source)
        for key, outcome, on, source in rows.values_list("follow_up_id", "outcome", "on", "source")
    }
