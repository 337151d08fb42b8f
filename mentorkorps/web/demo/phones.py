"""The phones of Fjordby's mentors: Fatima's in use, and Peter's, which was left on a bus."""

import uuid

from mentorkorps.municipality.actions.phones import mark_lost, meet_phone
from mentorkorps.municipality.models import Mentor, Phone
from mentorkorps.web.demo.fjordby_house import Fjordby


def tell(fjordby: Fjordby) -> None:
    """One phone each, as when they have just opened Min uge."""
    _open_week(fjordby.fatima, "Android")
    mark_lost(_open_week(fjordby.peter, "iPhone"), by=fjordby.peter.user)


def _open_week(mentor: Mentor, name: str) -> Phone:
    return meet_phone(uuid.uuid5(mentor.id, name), name=name, session="", by=mentor.user)
