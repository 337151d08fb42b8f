"""The phones a person has in use, where the person or an administrator reports one lost."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.municipality.actions.phones import mark_lost
from mentorkorps.municipality.models import Phone, User
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door


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
        phone = access.record(request, phones, _asked_for(request), verb="meld telefon mistet")
        mark_lost(phone, by=request.user)
        messages.success(
            request,
            f"{phone} er meldt mistet og logget af. Den sletter det, der ligger på den, næste gang den får net.",
        )
        return redirect(page, *key)
    context = {"person": person, "phones": phones, "section": "people" if key else None}
    return render(request, "phone/phones.html", context)


def _asked_for(request: SignedIn) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("telefon", ""))
    except ValueError:
        raise access.refuse(request, "meld telefon mistet") from None


urls = [
    path("telefoner/", own_phones, name="own_phones"),
    path("brugere/<uuid:key>/telefoner/", person_phones, name="person_phones"),
]
