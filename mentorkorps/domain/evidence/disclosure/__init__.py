"""The policy on small groups, in one place: nothing that is shown tells of fewer than five people.

`people` hides whole horizons of a comparison; `cells` hides counts of tables that are read together.
"""

from mentorkorps.domain.evidence.disclosure.cells import Cell, Secret, hidden_cells
from mentorkorps.domain.evidence.disclosure.people import (
    FEWEST,
    few,
    hidden_horizons,
    share_in_fives,
    small,
    small_group,
)

__all__ = [
    "FEWEST",
    "Cell",
    "Secret",
    "few",
    "hidden_cells",
    "hidden_horizons",
    "share_in_fives",
    "small",
    "small_group",
]
