"""What a service level means in hours and kroner, and what a proposal would change."""

from mentorkorps.domain.simulation.answer import as_json, comparison_json
from mentorkorps.domain.simulation.model import (
    Change,
    Comparison,
    Load,
    RowLoad,
    Simulation,
    compare,
    simulate,
)
from mentorkorps.domain.simulation.tables import (
    MOST_CITIZENS,
    match_population,
    match_proposal,
    on_population,
    parse_population,
    simulation,
)

__all__ = [
    "MOST_CITIZENS",
    "Change",
    "Comparison",
    "Load",
    "RowLoad",
    "Simulation",
    "as_json",
    "compare",
    "comparison_json",
    "match_population",
    "match_proposal",
    "on_population",
    "parse_population",
    "simulate",
    "simulation",
]
