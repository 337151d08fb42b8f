"""The mentors that citizens are not to have."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from mentorkorps.cases.models import Avoidance


def avoided_by(citizens: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, Avoidance]]:
    """What holds now for each citizen: the row by mentor. One query."""
    found: dict[uuid.UUID, dict[uuid.UUID, Avoidance]] = defaultdict(dict)
    for row in Avoidance.objects.filter(citizen__in=citizens, ended_on__isnull=True):
        found[row.citizen_id][row.mentor_id] = row
    return found
