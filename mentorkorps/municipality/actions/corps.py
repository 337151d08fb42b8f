"""The corps: mentors, the hours they can give, the days they are away, and their training."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import (
    Mentor,
    MentorAbsence,
    MentorHours,
    MentorTraining,
    Municipality,
    PreparationShare,
    Provider,
    Role,
    User,
)
from mentorkorps.municipality.periods import not_over

# Who can be signed in as whom: an internal mentor and one at a supplier use the same pages.
SIGNS_IN_AS = frozenset({Role.MENTOR, Role.COMPANY_MENTOR})
MOST_MINUTES = 7 * 24 * 60
ALL = 100  # percent
WEEK_FIELDS = ("minutes_per_week", "contract_minutes", "meeting_minutes", "training_minutes")


@transaction.atomic
def save_mentor(mentor: Mentor | None, *, by: User, **fields: Any) -> Mentor:
    """Creates a mentor (None) or changes one. `fields` are those of the model, `languages` as codes.

    The same new mentor sent twice, alike in everything, is one.
    Raises ValidationError at `provider`, `active_to` or `user`.
    """
    if mentor is None:
        Municipality.objects.select_for_update().first()
        sent_before = Mentor.objects.filter(**fields).first()
        if sent_before is not None:
            return sent_before
    _check_provider(fields["kind"], fields.get("provider"))
    _check_user(fields.get("user"), mentor)
    if fields.get("active_to") and fields["active_to"] < fields["active_from"]:
        raise ValidationError({"active_to": "Sidste dag ligger før første dag."})
    saved = mentor or Mentor()
    for name, value in fields.items():
        setattr(saved, name, value)
    saved.save()
    changed("ændret mentor" if mentor else "oprettet mentor", by=by, about=saved)
    return saved


def _check_provider(kind: str, provider: Provider | None) -> None:
    if kind == Mentor.Kind.INTERNAL:
        return
    if provider is None:
        raise ValidationError({"provider": "Vælg, hvor mentoren er ansat."})
    if provider.kind != kind:
        raise ValidationError({"provider": f"{provider} er {provider.get_kind_display()}. Vælg en anden."})


def _check_user(user: User | None, mentor: Mentor | None) -> None:
    if user is None:
        return
    if user.role not in SIGNS_IN_AS:
        raise ValidationError(
            {"user": f"{user} er {user.get_role_display()} og kan ikke logge ind som mentor."}
        )
    taken = Mentor.objects.filter(user=user).exclude(pk=mentor.pk if mentor else None).first()
    if taken is not None:
        raise ValidationError({"user": f"{user} er allerede bruger for mentoren {taken}."})


@transaction.atomic
def set_hours(
    mentor: Mentor,
    *,
    valid_from: date,
    minutes_per_week: int,
    by: User,
    valid_to: date | None = None,
    note: str = "",
) -> MentorHours:
    """Sets the minutes a week that a mentor can spend with citizens from a day: direct time, said outright.

    An open period before it ends the day before, and goes on after `valid_to` where there is one. A period from the
    same day is corrected. Periods never overlap: ValidationError at `valid_from` names the one in the way.
    """
    _check_week("minutes_per_week", minutes_per_week)
    hours = _write_period(mentor, valid_from, valid_to, note, {"minutes_per_week": minutes_per_week})
    changed("sat mentors timer", by=by, about=mentor, minutes=minutes_per_week, first=valid_from.isoformat())
    return hours


@transaction.atomic
def set_contract(
    mentor: Mentor,
    *,
    valid_from: date,
    contract_minutes: int,
    meeting_minutes: int,
    training_minutes: int,
    by: User,
    valid_to: date | None = None,
    note: str = "",
) -> MentorHours:
    """Sets a mentor's week from a day as contract, meetings and training in minutes; direct time follows from them.

    Periods are as in `set_hours`. Raises ValidationError also at `meeting_minutes` when nothing is left of the week.
    """
    _check_week("contract_minutes", contract_minutes)
    if min(meeting_minutes, training_minutes) < 0 or meeting_minutes + training_minutes > contract_minutes:
        raise ValidationError(
            {"meeting_minutes": "Møder og uddannelse er tilsammen mere end kontrakten. Ret et af tallene."}
        )
    week = {
        "contract_minutes": contract_minutes,
        "meeting_minutes": meeting_minutes,
        "training_minutes": training_minutes,
    }
    hours = _write_period(mentor, valid_from, valid_to, note, week)
    changed(
        "sat mentors kontrakt", by=by, about=mentor, minutes=contract_minutes, first=valid_from.isoformat()
    )
    return hours


@transaction.atomic
def set_preparation_share(
    *, valid_from: date, percent: int, source: str, by: User | None
) -> PreparationShare:
    """What travel and preparation take from a day on; the row before holds until the day before.

    `by` is None at set-up. Raises ValidationError at `valid_from`, `percent` or `source`.
    """
    if PreparationShare.objects.filter(valid_from=valid_from).exists():
        problem = f"Der er allerede et tal fra {field_date(valid_from)}. Vælg en anden dag."
        raise ValidationError({"valid_from": problem})
    if not 0 <= percent < ALL:
        raise ValidationError({"percent": "Skriv en procent fra 0 til 99."})
    if not source.strip():
        raise ValidationError({"source": "Skriv, hvor tallet kommer fra."})
    row = PreparationShare.objects.create(
        valid_from=valid_from, percent=percent, source=source.strip(), set_by=by
    )
    changed("sat rejse og forberedelse", by=by, about=None, first=valid_from.isoformat(), percent=percent)
    return row


def _check_week(field: str, minutes: int) -> None:
    if not 0 <= minutes <= MOST_MINUTES:
        raise ValidationError({field: "En uge har højst 168 timer."})


def _write_period(
    mentor: Mentor, first: date, last: date | None, note: str, week: dict[str, int]
) -> MentorHours:
    """One period with the week in it; what the week does not name is None."""
    if last is not None and last < first:
        raise ValidationError({"valid_to": "Sidste dag ligger før første dag."})
    _make_room(mentor.hours.exclude(valid_from=first), first, last)
    said = dict.fromkeys(WEEK_FIELDS) | week
    hours, _ = MentorHours.objects.update_or_create(
        mentor=mentor, valid_from=first, defaults={"valid_to": last, "note": note.strip(), **said}
    )
    return hours


def _make_room(others: QuerySet[MentorHours], first: date, last: date | None) -> None:
    running = others.filter(valid_from__lt=first, valid_to__isnull=True).first()
    if running is not None:
        running.valid_to = first - timedelta(days=1)
        running.save(update_fields=["valid_to"])
    _check_free(others, first, last)
    if running is not None and last is not None:
        week = {field: getattr(running, field) for field in WEEK_FIELDS}
        after = last + timedelta(days=1)
        MentorHours.objects.create(mentor=running.mentor, valid_from=after, note=running.note, **week)


def _check_free(others: QuerySet[MentorHours], first: date, last: date | None) -> None:
    clash = others.filter(not_over(first, "valid_to"))
    clash = clash.filter(valid_from__lte=last).first() if last else clash.first()
    if clash is not None:
        first = field_date(clash.valid_from)
        until = f"til {field_date(clash.valid_to)}" if clash.valid_to else "indtil videre"
        raise ValidationError(
            {
                "valid_from": f"Der er allerede timer fra {first} {until}. Vælg andre dage, eller skriv {first} "
                "som første dag for at rette dem."
            }
        )


@transaction.atomic
def record_mentor_absence(
    mentor: Mentor, *, first: date, reason: str, by: User, last: date | None = None
) -> MentorAbsence:
    """Records that a mentor is away; without a last day until further notice."""
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    clash = mentor.absences.filter(not_over(first))
    clash = clash.filter(first__lte=last) if last else clash
    found = clash.first()
    if found is not None:
        raise ValidationError(
            {"first": f"{mentor} er allerede væk fra {field_date(found.first)}. Afslut det først."}
        )
    absence = MentorAbsence.objects.create(
        mentor=mentor, first=first, last=last, reason=MentorAbsence.Reason(reason)
    )
    changed("registreret mentors fravær", by=by, about=mentor, first=first.isoformat(), reason=reason)
    return absence


@transaction.atomic
def end_mentor_absence(absence: MentorAbsence, *, last: date | None, by: User) -> None:
    """Sets the last day of an absence, or None until further notice; the same day said twice is once.

    A mentor who was never away has a last day before the first: say so instead. Raises ValidationError at `last`, also
    where the next absence is in the way.
    """
    if last is not None and last < absence.first:
        raise ValidationError(
            {"last": f"Fraværet begynder {field_date(absence.first)}. Vælg den dag eller en senere."}
        )
    if last == absence.last:
        return
    later = absence.mentor.absences.filter(first__gt=absence.first)
    clash = (later.filter(first__lte=last) if last else later).order_by("first").first()
    if clash is not None:
        raise ValidationError(
            {"last": f"Fra {field_date(clash.first)} er der skrevet andet fravær. Vælg en dag før det."}
        )
    before, absence.last = absence.last, last
    absence.save(update_fields=["last"])
    changed("sat mentors sidste dag væk", by=by, about=absence.mentor, last=_iso(last), before=_iso(before))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def add_training(
    mentor: Mentor, *, title: str, completed_on: date, by: User, expires_on: date | None = None
) -> MentorTraining:
    """Adds a course or qualification that the mentor holds; the same sent twice is one.

    Raises ValidationError at `expires_on`.
    """
    if expires_on is not None and expires_on < completed_on:
        raise ValidationError({"expires_on": "Uddannelsen kan ikke udløbe, før den er gennemført."})
    training, new = MentorTraining.objects.get_or_create(
        mentor=mentor, title=title.strip(), completed_on=completed_on, expires_on=expires_on
    )
    if new:
        changed("tilføjet mentors uddannelse", by=by, about=mentor)
    return training
