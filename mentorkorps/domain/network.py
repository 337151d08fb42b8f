"""Who may stand around a citizen, and to which administration each kind belongs."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["social", "health", "benefit", "work", "family", "civil"]
GROUPS: dict[Group, str] = {
    "social": "Social og bolig",
    "health": "Sundhed",
    "benefit": "Ydelser",
    "work": "Job og uddannelse",
    "family": "Børn og familie",
    "civil": "Netværk og foreninger",
}
"""The sides of the picture, in the order in which they go round."""


@dataclass(frozen=True)
class Kind:
    """A kind of party: its Danish word and the side of the picture it stands on."""

    word: str
    group: Group


KINDS: dict[str, Kind] = {
    "social": Kind("Socialforvaltning", "social"),
    "homeless": Kind("Hjemløseenhed", "social"),
    "shelter": Kind("Krisecenter", "social"),
    "home_support": Kind("Bostøtte eller anden støtte", "social"),
    "doctor": Kind("Læge", "health"),
    "psychiatry": Kind("Psykiatri", "health"),
    "treatment": Kind("Misbrugsbehandling", "health"),
    "benefit": Kind("Udbetaling Danmark eller ydelser", "benefit"),
    "job": Kind("Jobindsats", "work"),
    "education": Kind("Uddannelse", "work"),
    "company": Kind("Virksomhed", "work"),
    "family_unit": Kind("Børne-Familie", "family"),
    "association": Kind("Forening", "civil"),
    "relative": Kind("Pårørende", "civil"),
    "other": Kind("Anden", "civil"),
}
"""The kinds of party that the two cases of København 2014 name, and those that other municipalities add."""
