"""The codes that rules of law, service levels, plans and courses share, and their Danish words."""

from typing import Literal

Obligation = Literal["must", "right", "may"]
OBLIGATIONS: tuple[Obligation, ...] = ("must", "right", "may")
"""Strongest first: how far the law binds the municipality to give support."""

OBLIGATION_WORDS: dict[str, str] = {"must": "skal", "right": "ret", "may": "kan"}

AgeBand = Literal["under_30", "30_to_49", "from_50"]
AGE_WORDS: dict[AgeBand, str] = {
    "under_30": "under 30 år",
    "30_to_49": "30-49 år",
    "from_50": "50 år eller ældre",
}
"""How old a mentor is, as a citizen may wish it; every age is in one of them."""

FUNCTIONS = {
    "social_mentor": "social mentor",
    "right_and_duty_mentor": "ret og pligt-mentor",
    "company_mentor": "faglig mentor",
    "discharge_coordinator": "udskrivningskoordinator",
    "release_coordinator": "udslusningskoordinator",
    "study_start_coordinator": "studiestartkoordinator",
    "education_mentor": "mentor for unge i eller på vej i uddannelse",
    "integration_mentor": "mentor i integrationsprogrammet",
}
"""What a mentor is given for."""

TARGET_GROUPS = (
    "dagpenge",
    "kontanthjaelp_jobparat",
    "kontanthjaelp_aktivitetsparat",
    "uddannelseshjaelp_uddannelsesparat",
    "uddannelseshjaelp_aktivitetsparat",
    "sygedagpenge",
    "jobafklaring",
    "ressourceforloeb",
    "fleksjob",
    "revalidend",
    "foertidspension",
    "under_18",
    "selvforsoergende",
    "ordinaert_beskaeftiget",
    "ordinaer_uddannelse",
)
"""The target groups of every act; which of them an act numbers on a day, and their names, is in `law.groups`."""
