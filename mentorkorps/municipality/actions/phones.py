"""Phones that keep contacts until there is a network: met, marked as lost, and told to wipe themselves."""

import uuid
from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Phone, User


@transaction.atomic
def meet_phone(key: uuid.UUID, *, name: str, session: str, by: User) -> Phone:
    """The phone with this id, registered the first time it calls. Raises ValidationError when it is another's."""
    fresh = {"name": name, "session": session, "seen_at": timezone.now()}
    phone, is_new = Phone.objects.get_or_create(id=key, defaults={"user": by, **fresh})
    if phone.user_id != by.id:
        raise ValidationError("Telefonens nøgle hører til en anden bruger.")
    if is_new:
        changed("taget telefon i brug", by=by, about=phone)
    else:
        Phone.objects.filter(pk=key).update(**fresh)
    return phone


@transaction.atomic
def mark_lost(phone: Phone, *, by: User) -> None:
    """Ends the sign-in on a phone, and has it wipe what it keeps when it next calls. Said twice it is one loss."""
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    if phone.lost_at is not None:
        return
    phone.lost_at, phone.lost_by = timezone.now(), by
    phone.save(update_fields=["lost_at", "lost_by"])
    _sign_out(phone)
    changed("meldt telefon mistet", by=by, about=phone, user=str(phone.user_id))


@transaction.atomic
def remove_phones(phones: QuerySet[Phone], *, by: User) -> int:
    """Ends the sign-in on some phones and forgets them, each journalled; says how many. One that calls again is new.

    A phone that is marked as lost stays, since it must be told to wipe itself whenever it calls.
    """
    found = list(phones.filter(lost_at__isnull=True).select_for_update(of=("self",)))
    for phone in found:
        _sign_out(phone)
        changed("fjernet telefon", by=by, about=phone, user=str(phone.user_id))
        phone.delete()
    return len(found)


def _sign_out(phone: Phone) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(phone.session).delete()


def tell_to_wipe(keys: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those of `keys` that are marked as lost; the first time each is told is journalled. Nobody need be signed in."""
    lost = Phone.objects.filter(id__in=list(keys), lost_at__isnull=False)
    # Nearly every phone is asked about and few are lost: only those are worth a transaction.
    if any(phone.told_at is None for phone in lost):
        _note_told(lost)
    return [phone.id for phone in lost]


@transaction.atomic
def _note_told(lost: QuerySet[Phone]) -> None:
    for phone in lost.filter(told_at__isnull=True).select_for_update():
        phone.told_at = timezone.now()
        phone.save(update_fields=["told_at"])
        changed("bedt telefon slette", by=None, about=phone, user=str(phone.user_id))
