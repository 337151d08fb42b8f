"""What a phone's outbox talks to: a greeting that tells who is signed in, and the post of what has waited.

docs/phone.md is the contract.
"""

import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases.actions.drafts import forget_draft
from mentorkorps.followup.actions import log_contact_once
from mentorkorps.followup.models import Contact
from mentorkorps.municipality.actions.phones import meet_phone, tell_to_wipe
from mentorkorps.municipality.models import Phone
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import keepable
from mentorkorps.web.pages.contact_forms import OTHER, ContactForm, may_log_for

BATCH = 50  # contacts in one post
KEYS = 20  # phones in one greeting: as many people as share a device
TRIES = 2  # the second finds what another request has just written under the same key
NOT_YOURS = "Borgeren står ikke længere hos dig. Spørg din fagkoordinator, før du sletter kontakten."


class State(StrEnum):
    """What became of one contact; `later` means that the phone keeps it and sends it again."""

    STORED = "stored"
    KNOWN = "known"
    REJECTED = "rejected"
    LATER = "later"


@dataclass(frozen=True)
class Result:
    """The answer on one contact. `errors` are Danish sentences by form field, under "" where they have none."""

    key: str
    state: State
    errors: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the phone reads it."""
        return {"key": self.key, "state": self.state} | ({"errors": self.errors} if self.errors else {})


class Unreadable(ValueError):
    """A post that no phone of ours sends."""


@dataclass(frozen=True)
class Post:
    """A batch from one person's outbox on one phone, in the order in which the contacts were written."""

    phone: uuid.UUID
    user: uuid.UUID
    name: str
    contacts: list[dict[str, str]]

    @classmethod
    def parse(cls, body: bytes) -> "Post":
        """Reads a post's JSON. Raises Unreadable."""
        try:
            said = json.loads(body)
            contacts = [_as_form(row) for row in said["contacts"]]
            post = cls(
                uuid.UUID(said["phone"]), uuid.UUID(said["user"]), keepable(str(said["name"]))[:40], contacts
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise Unreadable(str(wrong)) from wrong
        if len(contacts) > BATCH:
            raise Unreadable(f"more than {BATCH} contacts")
        return post


def _as_form(row: dict[str, Any]) -> dict[str, str]:
    """A contact as its form would have been posted, with the day written out."""
    uuid.UUID(row["key"]), uuid.UUID(row["course"])
    said = {name: keepable(str(value)) for name, value in row.items() if isinstance(value, str | int)}
    return said | {"when": OTHER}


def greeting(request: HttpRequest) -> JsonResponse:
    """Who is signed in, with a fresh token to post with, and which of the phones asked about must wipe themselves.

    Open to whoever comes, since a lost phone is seldom signed in: the id of a phone is a secret that only it has.
    """
    keys = _phones_asked_for(request)
    answer: dict[str, Any] = {"wipe": [str(key) for key in tell_to_wipe(keys)], "user": None}
    if allowed(request.user, May.LOG_CONTACT) and request.session.get("second_factor"):
        met = Phone.objects.filter(id__in=keys, user=request.user, session=request.session.session_key)
        answer |= {
            "user": str(request.user.id),
            "token": get_token(request),
            "met": met.exists(),
            "keep_seconds": settings.SESSION_COOKIE_AGE,
        }
    return JsonResponse(answer)


def _phones_asked_for(request: HttpRequest) -> list[uuid.UUID]:
    keys = []
    for asked in request.GET.getlist("telefon")[:KEYS]:
        with suppress(ValueError):
            keys.append(uuid.UUID(asked))
    return keys


@door(May.LOG_CONTACT)
@require_POST
def send_contacts(request: SignedIn) -> JsonResponse:
    """Stores what has waited on a phone, each contact in a transaction of its own, and answers for each key."""
    try:
        post = Post.parse(request.body)
    except Unreadable:
        return JsonResponse({"error": "unreadable"}, status=400)
    try:
        return _answer(request, post)
    except OperationalError:
        return JsonResponse({"error": "busy"}, status=503)


def _answer(request: SignedIn, post: Post) -> JsonResponse:
    if post.user != request.user.id:
        return _other_user(request, post)
    if wipe := tell_to_wipe([post.phone]):
        logout(request)
        return JsonResponse({"wipe": [str(key) for key in wipe], "results": []})
    try:
        meet_phone(post.phone, name=post.name, session=request.session.session_key, by=request.user)
    except ValidationError:
        return _other_user(request, post)
    return JsonResponse({"wipe": [], "results": [each.as_json() for each in _store_all(request, post)]})


def _other_user(request: SignedIn, post: Post) -> JsonResponse:
    access.refuse(request, "send fra telefon", phone=str(post.phone))
    return JsonResponse({"error": "other_user"}, status=409)


def _store_all(request: SignedIn, post: Post) -> list[Result]:
    """In order. Once the database has no time, the rest waits too, so that nothing overtakes."""
    keys = [row["key"] for row in post.contacts]
    known = set(Contact.objects.filter(key__in=keys, logged_by=request.user).values_list("key", flat=True))
    results: list[Result] = []
    for row in post.contacts:
        if uuid.UUID(row["key"]) in known:
            results.append(Result(row["key"], State.KNOWN))
        elif results and results[-1].state == State.LATER:
            results.append(Result(row["key"], State.LATER))
        else:
            results.append(_store(request, row))
    return results


def _store(request: SignedIn, row: dict[str, str]) -> Result:
    try:
        course = access.course(request, uuid.UUID(row["course"]), verb="registrér kontakt")
    except Http404:
        return Result(row["key"], State.REJECTED, {"": [NOT_YOURS]})
    for _ in range(TRIES):
        try:
            form = ContactForm(row, course=course, mentors=may_log_for(request.user, course), today=today())
            made = form.is_valid() and form.attempt(
                log_contact_once, course, today=today(), by=request.user, **form.said()
            )
        except IntegrityError:
            continue
        except OperationalError:
            break
        if made:
            forget_draft(page="log_contact", object_id=course.id, by=request.user)
            return Result(row["key"], State.STORED if made[1] else State.KNOWN)
        return Result(row["key"], State.REJECTED, _errors(form))
    return Result(row["key"], State.LATER)


def _errors(form: ContactForm) -> dict[str, list[str]]:
    if form.refusal:
        return {"": [form.refusal.reason]}
    return {name if name in form.fields else "": list(said) for name, said in form.errors.items()}


urls = [
    path("telefon/hilsen/", greeting, name="phone_greeting"),
    path("telefon/kontakter/", send_contacts, name="send_contacts"),
]
