"""Service levels that one may ask about beside the one in force: adopted for another time, or proposed."""

from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.capacity import level_change
from mentorkorps.municipality.models import ServiceLevel
from mentorkorps.municipality.queries import level_in_force
from mentorkorps.steering.queries.proposals import open_proposals, proposed_level, rows_of

MOST = 3  # of each kind


@dataclass(frozen=True)
class OtherLevel:
    """A level by name, and the minutes a week that its rows give more or less than the one in force."""

    name: str
    proposed: bool
    change: dict[str, int]


def other_levels(on: date, *, with_proposals: bool) -> list[OtherLevel]:
    """The newest levels and open proposals that would change something; none where no level is in force.

    Eight queries at most, however many there are.
    """
    now = level_in_force(on)
    if now is None:
        return []
    rows = rows_of(now)
    adopted = (
        ServiceLevel.objects.filter(adopted_on__isnull=False).exclude(pk=now.pk).prefetch_related("rows")
    )
    found = [OtherLevel(level.name, False, level_change(rows, rows_of(level))) for level in adopted[:MOST]]
    if with_proposals:
        proposals = open_proposals().prefetch_related("versions", "base__rows")[:MOST]
        newest = [max(each.versions.all(), key=lambda version: version.number) for each in proposals]
        found += [
            OtherLevel(version.proposal.name, True, level_change(rows, proposed_level(version).rows))
            for version in newest
        ]
    return [level for level in found if any(level.change.values())]
