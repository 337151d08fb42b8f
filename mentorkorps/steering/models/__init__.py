"""Runs, proposals and papers."""

from mentorkorps.steering.models.full_time import FullTime
from mentorkorps.steering.models.runs import Run

__all__ = ["FullTime", "Run"]
