"""Answers that were kept before the counts of people in them were hidden."""

from collections.abc import Mapping
from typing import Any


def tells_of_few(inputs: Mapping[str, Any]) -> bool:
    """Whether the inputs of a run hold very counts of citizens or courses, as two of the answers did at first.

    Hidden `counts` came into the one, and a percent of the weeks kept (beside courses in fives) into the other.
    """
    match inputs.get("question"):
        case "samarbejde":
            return "counts" not in inputs
        case "andre":
            return any("courses" in part and "kept_percent" not in part for part in inputs["who"].values())
        case _:
            return False
