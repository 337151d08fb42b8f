"""The answer as plain data, in the shape that the `evidence` command promises."""

from typing import Any

from mentorkorps.domain.evidence.adjustment import NOT_WATCHED, Adjusted
from mentorkorps.domain.evidence.comparison import Horizon
from mentorkorps.domain.evidence.statement import sensitivity_text, statement

HIDDEN = "skjult af hensyn til små tal"
DECIMALS = 6


def as_json(horizon: Horizon) -> dict[str, Any]:
    """One horizon as numbers, texts and lists. `why` stands beside every difference that has no value."""
    hidden = HIDDEN if horizon.outcomes_hidden else None
    return {
        "weeks": horizon.weeks,
        "n": horizon.n,
        "events": horizon.events,
        "incidence": {group: _rounded(share) for group, share in horizon.incidence.items()},
        "unadjusted_difference": {
            "value": _rounded(horizon.unadjusted),
            "called": "beskrivelse",
            "why": hidden or (NOT_WATCHED if horizon.unadjusted is None else None),
        },
        "adjusted_difference": _adjusted(horizon.adjusted, hidden),
        "overlap_trimmed": _rounded(horizon.basis.trimmed),
        "sensitivity": _sensitivity(horizon.adjusted),
        "adjusted_for": [] if horizon.adjusted.value is None else list(horizon.basis.used),
        "statement": statement(horizon),
        "suppressed": list(horizon.suppressed),
    }


def _adjusted(adjusted: Adjusted, hidden: str | None) -> dict[str, Any]:
    return {
        "value": _rounded(adjusted.value),
        "low": _rounded(adjusted.low),
        "high": _rounded(adjusted.high),
        "why": hidden or adjusted.why,
    }


def _sensitivity(adjusted: Adjusted) -> dict[str, Any] | None:
    text = sensitivity_text(adjusted)
    if text is None:
        return None
    found = adjusted.sensitivity
    return {
        "e_value": _rounded(found.e_value) if found else None,
        "e_value_interval": _rounded(found.e_value_interval) if found else None,
        "text": text,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS)
