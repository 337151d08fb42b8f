"""Invented people and their decisions, one story for each regime of the law."""

from mentorkorps.domain.letter import Kind

from .r1 import R1
from .r2 import R2
from .r3 import R3
from .r3b import R3B
from .r4 import IN_PART, R4
from .story import COMPLAINT, FATIMA, MUNICIPALITY

__all__ = [
    "COMPLAINT",
    "FATIMA",
    "IN_PART",
    "KINDS",
    "MUNICIPALITY",
    "R1",
    "R2",
    "R3",
    "R3B",
    "R4",
    "STORIES",
]

STORIES = {"R1": R1, "R2": R2, "R3": R3, "R3b": R3B, "R4": R4}
KINDS: tuple[Kind, ...] = ("grant", "refusal", "change", "early_stop", "non_extension")
