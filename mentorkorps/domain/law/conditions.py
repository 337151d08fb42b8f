"""Each condition of the law, written once: its Danish words, the facts it asks for, and its test.

A test uses `&`, `|` and `~` only, so that it holds for one citizen and for columns alike (see `truth`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mentorkorps.domain.law.groups import numbered_groups
from mentorkorps.domain.law.truth import Truth, View

THIRTY_YEARS = 360  # months
DISCHARGE_WINDOW = 3  # months before discharge, LAB § 31 b, stk. 2, and § 167, stk. 2
TIME_TO_USE = 6  # months after admission to an education, LAB § 167, stk. 3
TIME_OF_SUPPORT = 6  # months from the first use, LAB § 167, stk. 3


@dataclass(frozen=True, eq=False)
class Test:
    """A condition: the words that complete "borgeren …", the facts it looks at (the first names it), the check."""

    text: str
    facts: tuple[str, ...]
    check: Callable[[Any], Truth]


def _flag(text: str, fact: str) -> Test:
    return Test(text, (fact,), lambda view: view.flag(fact))


def _not_flag(text: str, fact: str) -> Test:
    return Test(text, (fact,), lambda view: ~view.flag(fact))


def _group(text: str, *codes: str) -> Test:
    return Test(text, ("target_group",), lambda view: view.among("target_group", codes))


def _in_a_target_group(act: str) -> Test:
    """Within the numbered groups of the act on the day: not the ordinarily employed, nor those in education."""
    return Test(
        f"hører til en af målgrupperne i {act}",
        ("target_group",),
        lambda view: view.among("target_group", numbered_groups(act, view.date)),
    )


def _under_30(view: View) -> Truth:
    """Born after the day thirty years back; whoever is born on 29 February turns thirty on 1 March."""
    return view.on.plus_months(-THIRTY_YEARS).before(view.day("birth_date"))


def _near_discharge(view: View) -> Truth:
    """From the same day three months before discharge; the law sets no last day after it."""
    return ~view.on.before(view.day("discharge_date").plus_months(-DISCHARGE_WINDOW))


def _release(view: View) -> Truth:
    """A known release date; an unknown one never says that there is none."""
    known = view.day("prison_release_date").is_known()
    return Truth(known.yes, known.yes & known.no)


def _admitted(view: View) -> Truth:
    """Admitted on a day that has come. Without a date, whoever is neither starting nor in education is not admitted."""
    admission = view.day("education_admission_date")
    come, known = ~view.on.before(admission), admission.is_known()
    return Truth(come.yes, come.no | (known.no & view.flag("starting_or_in_education").no))


def _used_in_time(view: View) -> Truth:
    """The right is first used within six months of admission, and its six months of support are not over.

    While no first use is known, asking on a day within the six months is using it; after them it may
    have been used earlier, which stays unknown until even the latest use would have run out.
    """
    admission, first_use = view.day("education_admission_date"), view.day("right_first_used_date")
    last = admission.plus_months(TIME_TO_USE)
    used = ~first_use.before(admission) & first_use.before(last)
    used &= view.on.before(first_use.plus_months(TIME_OF_SUPPORT))
    now = view.on.before(last)
    may_run = view.on.before(admission.plus_months(TIME_TO_USE + TIME_OF_SUPPORT))
    known = first_use.is_known()
    return (known & used) | (~known & Truth(now.yes, may_run.no))


def _integration_purpose(view: View) -> Truth:
    """Stk. 1: towards work. Stk. 2: under 30 and starting an ordinary education."""
    return view.flag("purpose_work_or_education") | (view.flag("starting_or_in_education") & _under_30(view))


TESTS: dict[str, Test] = {
    "purpose": _flag(
        "skal have hjælp til at få eller beholde aktiviteter, tilbud, uddannelse, fleksjob eller job",
        "purpose_work_or_education",
    ),
    "wants_mentor": _flag("ønsker selv en mentor", "wants_mentor"),
    "activity_ready_cash_benefit": _group(
        "modtager kontanthjælp som aktivitetsparat", "kontanthjaelp_aktivitetsparat"
    ),
    "activity_ready_education_benefit": _group(
        "modtager uddannelseshjælp som aktivitetsparat", "uddannelseshjaelp_aktivitetsparat"
    ),
    "education_benefit": _group(
        "modtager uddannelseshjælp",
        "uddannelseshjaelp_uddannelsesparat",
        "uddannelseshjaelp_aktivitetsparat",
    ),
    "young_without_education": _group(
        "er under 30 år uden uddannelse og uddannelsesparat eller aktivitetsparat (LAB § 6, nr. 4 og 5)",
        "uddannelseshjaelp_uddannelsesparat",
        "uddannelseshjaelp_aktivitetsparat",
    ),
    "resource_programme": _group("er i ressourceforløb", "ressourceforloeb"),
    "resource_programme_or_rehabilitation": _group(
        "er i ressourceforløb eller revalidering", "ressourceforloeb", "revalidend"
    ),
    "in_a_target_group_2014": _in_a_target_group("LAB § 2"),
    "in_a_target_group_2020": _in_a_target_group("LAB § 6"),
    "cannot_take_part": _not_flag("kan i en periode ikke deltage i tilbud", "can_take_part_in_offers"),
    "first_offer": _flag("skulle nu have sit første ret og pligt-tilbud", "first_right_and_duty_offer"),
    "later_offer": _not_flag("har haft sit første ret og pligt-tilbud", "first_right_and_duty_offer"),
    "psychiatric_admission": _flag(
        "er eller har været indlagt til psykiatrisk behandling", "psychiatric_admission"
    ),
    "within_three_months_of_discharge": Test(
        "udskrives inden for 3 måneder eller er udskrevet", ("discharge_date",), _near_discharge
    ),
    "prison_release": Test("løslades fra fængsel eller arrest", ("prison_release_date",), _release),
    "single_parent": _flag("er enlig forsørger", "single_parent"),
    "admitted_to_education": Test(
        "er optaget på en studie- eller erhvervskompetencegivende uddannelse",
        ("education_admission_date",),
        _admitted,
    ),
    "used_within_six_months": Test(
        "bruger retten inden for 6 måneder efter optagelsen",
        ("right_first_used_date", "education_admission_date"),
        _used_in_time,
    ),
    "starting_education": _flag(
        "skal begynde på eller er i gang med en uddannelse", "starting_or_in_education"
    ),
    "under_30": Test("er under 30 år", ("birth_date",), _under_30),
    "placed_in_company_or_school": Test(
        "får en mentor, der er ansat på arbejdspladsen eller uddannelsesstedet",
        ("mentor_placed_in",),
        lambda view: view.among("mentor_placed_in", ("company", "education")),
    ),
    "beyond_ordinary": _flag("får en indsats ud over det, stedet sædvanligvis yder", "beyond_ordinary"),
    "decisive": _flag("får en indsats, der er afgørende for aktiviteten, tilbuddet eller jobbet", "decisive"),
    "integration_programme": _flag("er i integrationsprogrammet", "integration_programme"),
    "integration_purpose": Test(
        "skal have hjælp til arbejde eller tilbud, eller er under 30 år og begynder på en uddannelse",
        ("purpose_work_or_education", "starting_or_in_education", "birth_date"),
        _integration_purpose,
    ),
}
