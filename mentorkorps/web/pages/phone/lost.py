"""The phones a person has in use, where the person or an administrator reports one lost or removes one."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from mentorkorps.municipality.actions.phones import mark_lost, remove_phones
from mentorkorps.municipality.models import Phone, User
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door

UNUSED = timedelta(days=60)
ALL_UNUSED = "ubrugte"


@door(May.OWN_PAGES)
def own_phones(request: SignedIn) -> HttpResponse:
    """One's own phones."""
    return _phones(request, request.user, "own_phones")


@door(May.EDIT_PEOPLE)
def person_phones(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Another person's phones, for the administrator whom they call when one is lost."""
    person = access.record(request, User.objects.all(), key, verb="telefoner")
    return _phones(request, person, "person_phones", person.id)


def _phones(request: SignedIn, person: User, page: str, *key: uuid.UUID) -> HttpResponse:
    phones: QuerySet[Phone] = person.phones.select_related("lost_by")
    if request.method == "POST":
        said = _lost(request, phones) if "telefon" in request.POST else _removed(request, phones)
        messages.success(request, said)
        return redirect(page, *key)
    old = _unused(request, phones)
    context = {
        "person": person,
        "phones": phones.exclude(pk__in=old.values("pk")),
        "old": old,
        "days": UNUSED.days,
        "section": "people" if key else None,
    }
    return render(request, "phone/phones.html", context)


def _unused(request: SignedIn, phones: QuerySet[Phone]) -> QuerySet[Phone]:
    """Those that nobody has used for long, but the lost, which are still to be told, and the reader's own."""
    rows = phones.filter(seen_at__lt=timezone.now() - UNUSED, lost_at__isnull=True)
    return rows.exclude(session=request.session.session_key)


def _lost(request: SignedIn, phones: QuerySet[Phone]) -> str:
    phone = access.record(request, phones, _key(request, "telefon"), verb="meld telefon mistet")
    mark_lost(phone, by=request.user)
    return (
        f"{phone} er meldt mistet og logget af. Den sletter det, der ligger på den, næste gang den får net."
    )


def _removed(request: SignedIn, phones: QuerySet[Phone]) -> str:
    """Removes one by its id, or all that are unused; sent twice, the second finds none."""
    rows = _unused(request, phones)
    if request.POST.get("fjern") != ALL_UNUSED:
        rows = _one(request, phones)
    number = remove_phones(rows, by=request.user)
    return f"{number} telefon{'' if number == 1 else 'er'} er fjernet fra listen og logget af."


def _one(request: SignedIn, phones: QuerySet[Phone]) -> QuerySet[Phone]:
    key = _key(request, "fjern")
    if Phone.objects.filter(pk=key).exists():
        access.record(request, phones, key, verb="fjern telefon")
    return phones.exclude(session=request.session.session_key).filter(pk=key)


def _key(request: SignedIn, field: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get(field, ""))
    except ValueError:
        raise access.refuse(request, "telefoner") from None


urls = [
    path("telefoner/", own_phones, name="own_phones"),
    path("brugere/<uuid:key>/telefoner/", person_phones, name="person_phones"),
]
