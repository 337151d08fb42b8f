"""What a corps can give in hours, week by week, against what will be asked of it: pure, in whole minutes."""

from mentorkorps.domain.capacity.ahead import (
    CLAIMED,
    WEEKS_AHEAD,
    Demand,
    Standing,
    Waiting,
    demand_ahead,
)
from mentorkorps.domain.capacity.changed import at_level, level_change
from mentorkorps.domain.capacity.experience import FEWEST_ENDS, FEWEST_WEEKS, Begun, Chance, Experience
from mentorkorps.domain.capacity.verdict import WEEKS_IN_A_ROW, Room, Verdict, Week, mentors_needed, verdict
from mentorkorps.domain.capacity.working import (
    Contract,
    Given,
    Recorded,
    Serving,
    Share,
    Working,
    given,
    working,
)

__all__ = [
    "CLAIMED",
    "FEWEST_ENDS",
    "FEWEST_WEEKS",
    "WEEKS_AHEAD",
    "WEEKS_IN_A_ROW",
    "Begun",
    "Chance",
    "Contract",
    "Demand",
    "Experience",
    "Given",
    "Recorded",
    "Room",
    "Serving",
    "Share",
    "Standing",
    "Verdict",
    "Waiting",
    "Week",
    "Working",
    "at_level",
    "demand_ahead",
    "given",
    "level_change",
    "mentors_needed",
    "verdict",
    "working",
]
