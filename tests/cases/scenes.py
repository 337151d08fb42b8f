"""Karla's visitation as it stands when a decision is near, and Jens' course with a grant behind it."""

from datetime import date
from typing import Any

from mentorkorps.cases.actions.decision import decide, draft_decision
from mentorkorps.cases.actions.visitation import open_visitation, save_visitation
from mentorkorps.cases.models import Course, Decision, Referral, Visitation
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow
from tests.cast import TODAY, Cast

WORDS = {
    "situation": "Du mangler et sted at bo.",
    "prospect": "Du vil i praktik, og du holder aftaler, når en følger dig.",
    "citizens_view": "Du vil gerne have en, der tager med første gang.",
    "other_help": "Bostøtte efter servicelovens § 85: Du får den ikke.",
    "minutes_per_week": 120,
}
MAY = {
    "purpose_work_or_education": True, "wants_mentor": True, "psychiatric_admission": False,
}  # fmt: skip
RIGHT = MAY | {"psychiatric_admission": True, "discharge_date": "2026-12-07"}
PERIOD = {"start": date(2026, 11, 23), "end": date(2027, 5, 22)}


def visitation_of(cast: Cast, facts: dict[str, Any] = MAY, **words: Any) -> Visitation:
    """Karla's visitation with facts and an assessment in it."""
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    save_visitation(visitation, by=cast.helle, on=TODAY, facts=facts, **(WORDS | words))
    visitation.refresh_from_db()
    return visitation


def grant_draft(cast: Cast, visitation: Visitation, **changes: Any) -> Decision:
    """A draft that gives Karla a mentor from next Monday."""
    given: dict[str, Any] = {"kind": "grant", "rule": "R3-01", "on": TODAY, "by": cast.helle, **PERIOD}
    return draft_decision(visitation, **given | changes)


def refusal_draft(cast: Cast, visitation: Visitation, **changes: Any) -> Decision:
    """A draft that refuses Karla a mentor under the general rule."""
    given: dict[str, Any] = {
        "kind": "refusal", "rule": "R3-01", "on": TODAY, "by": cast.helle, "reasons": "Du får hjælp fra din bostøtte.",
    }  # fmt: skip
    return draft_decision(visitation, **given | changes)


def running_course(cast: Cast) -> Course:
    """Karla's course, granted in June as if from the referral, so that it has a grant with its decision."""
    referral = Referral.objects.create(
        citizen=cast.karla, received_on=date(2026, 6, 1), visitate_by=date(2026, 6, 15), created_by=cast.helle,
        target_group="kontanthjaelp_aktivitetsparat", purpose="Følgeskab", goals="Vil være materialist",
    )  # fmt: skip
    on = date(2026, 6, 15)
    visitation = open_visitation(referral, on=on, by=cast.helle)
    draft = draft_decision(
        visitation, kind="grant", rule="R3-01", on=on, by=cast.helle, start=date(2026, 6, 22), end=date(2026, 12, 20),
        facts=MAY, tasks=["at komme til læge"], **WORDS,
    )  # fmt: skip
    return decide(draft, on=on, by=cast.helle).course


def level(minutes: int | None = 90, weeks: int | None = 26) -> ServiceLevelRow:
    """An adopted level with one row for the general rule."""
    version = ServiceLevel.objects.create(
        name="Prøveniveau", source="prøve", adopted_on=date(2026, 3, 3), in_force_from=date(2026, 4, 1)
    )
    return ServiceLevelRow.objects.create(
        level=version, key="social", position=1, label="Social mentor", obligation="may", functions=["social_mentor"],
        minutes_per_week=minutes, weeks=weeks,
    )  # fmt: skip
