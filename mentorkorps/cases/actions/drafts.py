"""What somebody types on a case is kept until it is sent, or for so many days; the text itself is never journalled."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.cases.models import Citizen, Draft
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import User

Fields = Mapping[str, list[str]]
MOST_TYPED = 60_000  # characters of all fields together


@transaction.atomic
def keep_draft(
    *,
    page: str,
    object_id: uuid.UUID,
    citizen: Citizen,
    fields: Fields,
    by: User,
    now: datetime | None = None,
) -> Draft:
    """Keeps a form as it is typed, in the place of what was kept before; only the first time is journalled.

    Raises ValidationError when there is more than MOST_TYPED characters of it.
    """
    if len(json.dumps(fields, ensure_ascii=False)) > MOST_TYPED:
        raise ValidationError("Teksten er for lang til at blive gemt som kladde.")
    kept = {"citizen": citizen, "fields": dict(fields), "saved_at": now or timezone.now()}
    draft, made = Draft.objects.update_or_create(user=by, page=page, object_id=object_id, defaults=kept)
    if made:
        changed("begyndt kladde", by=by, about=None, citizen_id=citizen.id, page=page)
    return draft


@transaction.atomic
def discard_draft(*, page: str, object_id: uuid.UUID, citizen: Citizen, by: User) -> None:
    """Throws away what was typed, at the typist's own wish; without a draft nothing happens."""
    if forget_draft(page=page, object_id=object_id, by=by):
        changed("smidt kladde væk", by=by, about=None, citizen_id=citizen.id, page=page)


def forget_draft(*, page: str, object_id: uuid.UUID, by: User) -> bool:
    """Removes the draft of a form that has been sent, whose own verb has journalled it; says whether there was one."""
    gone, _ = Draft.objects.filter(user=by, page=page, object_id=object_id).delete()
    return bool(gone)


@transaction.atomic
def drop_old_drafts(*, before: datetime) -> int:
    """Removes the drafts that nobody has touched since a moment; returns how many. Run by the worker."""
    gone, _ = Draft.objects.filter(saved_at__lt=before).delete()
    if gone:
        write(Kind.CHANGE, "slettet gamle kladder", by=None, detail={"count": gone})
    return gone
