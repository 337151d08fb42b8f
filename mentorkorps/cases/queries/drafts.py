"""What a person has typed on a form and not sent."""

import uuid

from mentorkorps.cases.models import Draft
from mentorkorps.municipality.models import User


def draft_of(user: User, page: str, object_id: uuid.UUID) -> Draft | None:
    """The draft of one person on one form, or None."""
    return Draft.objects.filter(user=user, page=page, object_id=object_id).first()
