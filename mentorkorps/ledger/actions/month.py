"""Closing a month with four eyes: one prepares it, another approves, and it is never opened again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import mentorkorps
from mentorkorps.domain.dates import MONTHS, month_end
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import MonthClose, MonthReturn, Posting
from mentorkorps.ledger.queries.accounts import Line, digest, frozen_lines, lines_between
from mentorkorps.ledger.queries.months import corrections, next_month
from mentorkorps.municipality.models import User

FOUR_EYES = "To personer skal stå bag tallene: den, der har gjort dem klar, kan ikke godkende dem."
BATCH = 1_000


@transaction.atomic
def prepare_month(month: date, *, today: date, by: User) -> MonthClose:
    """Freezes a month's postings, and what changed in closed months since, for another to approve.

    `month` is its first day. Raises ValidationError for a month that is not over, is prepared already, or is not
    the one after the last.
    """
    _check_can_close(month, today)
    lines = [*lines_between(month, month_end(month)), *corrections(month)]
    close = MonthClose.objects.create(
        month=month, digest=digest(lines), code_version=mentorkorps.__version__, prepared_by=by,
        prepared_at=timezone.now(),
    )  # fmt: skip
    Posting.objects.bulk_create((_posting(close, line) for line in lines), batch_size=BATCH)
    changed(
        "gjort måned klar", by=by, about=close, month=month.isoformat(), lines=len(lines), digest=close.digest
    )
    return close


def _check_can_close(month: date, today: date) -> None:
    if month_end(month) >= today:
        raise ValidationError("Måneden er ikke slut. Den kan afsluttes fra den første i næste måned.")
    if MonthClose.objects.filter(month=month).exists():
        raise ValidationError("Måneden er allerede gjort klar eller afsluttet.")
    waiting = MonthClose.objects.filter(approved_by__isnull=True).first()
    if waiting is not None:
        raise ValidationError(f"{_name(waiting.month)} venter på godkendelse. Den skal afsluttes først.")
    following = next_month()
    if following is not None and month != following:
        raise ValidationError(f"Måneder afsluttes i rækkefølge. Den næste er {_name(following)}.")


def _name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _posting(close: MonthClose, line: Line) -> Posting:
    return Posting(
        close=close, month=line.about, course_id=line.course, mentor_id=line.mentor, target_group=line.target_group,
        function=line.function, agreed_on=line.agreed_on, account=line.account, grouping=line.grouping,
        minutes=line.minutes, price_ore=line.price, cost_ore=line.cost, full_ore=line.full, percent=line.percent,
        reimbursement_ore=line.reimbursement, missing=list(line.missing),
    )  # fmt: skip


@transaction.atomic
def approve_month(close: MonthClose, *, by: User) -> MonthClose:
    """Closes a prepared month for good. Sent twice it is closed once.

    Raises Refusal when the one who prepared it approves, and ValidationError when its rows are not those that were
    prepared.
    """
    close = MonthClose.objects.select_for_update().get(pk=close.pk)
    if close.approved_by_id is not None:
        return close
    if close.prepared_by_id == by.pk:
        raise Refusal(FOUR_EYES, provision="Kommunens regler for kasse og regnskab: fire øjne")
    if digest(frozen_lines(close=close)) != close.digest:
        raise ValidationError(
            "Tallene er ikke dem, der blev gjort klar. Send måneden tilbage, og gør den klar igen."
        )
    close.approved_by, close.approved_at = by, timezone.now()
    close.save(update_fields=["approved_by", "approved_at"])
    changed("afsluttet måned", by=by, about=close, month=close.month.isoformat(), digest=close.digest)
    return close


@transaction.atomic
def return_month(close: MonthClose, *, reason: str, by: User) -> MonthReturn:
    """Takes a prepared month back, so that it can be prepared anew, and keeps why.

    Raises ValidationError once it is closed, and at `reason` when it is blank.
    """
    close = MonthClose.objects.select_for_update().get(pk=close.pk)
    if close.approved_by_id is not None:
        raise ValidationError(
            "Måneden er afsluttet og åbnes ikke igen. En rettelse kommer med i næste måned."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvad der skal ses på, før måneden gøres klar igen."})
    returned = MonthReturn.objects.create(
        month=close.month, reason=reason.strip(), returned_by=by, returned_at=timezone.now()
    )
    changed("sendt måned tilbage", by=by, about=close, month=close.month.isoformat())
    close.delete()
    return returned
