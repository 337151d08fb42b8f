"""What a caseworker is asked about a citizen: each fact of the law with its question and who can answer it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Question:
    """A fact as it stands on the page.

    `kind` chooses the control; `act` is what settles the fact while it is unknown; `after` names a fact that must be
    known to be so before this one is worth asking about.
    """

    name: str
    label: str
    kind: Literal["flag", "day", "group", "place"]
    act: str
    hint: str = ""
    after: str = ""


QUESTIONS = (
    Question("target_group", "Målgruppe", "group", "Se i fagsystemet, eller spørg den, der har henvist."),
    Question(
        "purpose_work_or_education", "Formålet er aktivitet, tilbud, uddannelse eller job", "flag",
        "Spørg borgeren, hvad støtten skal føre til.",
        "Også fleksjob. At opnå eller at fastholde.",
    ),
    Question(
        "wants_mentor", "Ønsker selv en mentor", "flag", "Spørg borgeren. En ret bruges kun af den, der vil.",
    ),
    Question(
        "psychiatric_admission", "Indlagt på psykiatrisk afdeling", "flag", "Spørg borgeren eller afdelingen.",
        "Ja også for den, der netop er udskrevet. Ambulant behandling tæller ikke.",
    ),
    Question(
        "discharge_date", "Udskrives", "day", "Spørg afdelingen. Retten kan bruges fra 3 måneder før.",
        "Den ventede dato er nok.", after="psychiatric_admission",
    ),
    Question(
        "can_take_part_in_offers", "Kan deltage i tilbud nu", "flag", "Vurdér det sammen med borgeren.",
        "Nej, når personlige forhold står i vejen i en periode.",
    ),
    Question(
        "first_right_and_duty_offer", "Skulle nu have sit første ret og pligt-tilbud", "flag",
        "Se i fagsystemet, om borgeren har haft et tilbud, mens ydelsen har løbet.",
    ),
    Question("single_parent", "Enlig forsørger", "flag", "Spørg borgeren."),
    Question(
        "starting_or_in_education", "Skal begynde på eller er i uddannelse", "flag", "Spørg borgeren.",
        "En ordinær uddannelse.",
    ),
    Question(
        "education_admission_date", "Optaget på uddannelse", "day",
        "Se optagelsesbrevet. Er borgeren ikke på vej i uddannelse, så svar Nej til det spørgsmål.",
        "En uddannelse, der giver studie- eller erhvervskompetence. Datoen for optagelsen.",
    ),
    Question(
        "right_first_used_date", "Retten brugt første gang", "day",
        "Se, om borgeren har haft mentor siden optagelsen.", "Tom, når den ikke er brugt før.",
        after="education_admission_date",
    ),
    Question(
        "prison_release_date", "Løslades", "day", "Spørg Kriminalforsorgen.", "Fra fængsel eller arrest.",
    ),
    Question(
        "mentor_placed_in", "Mentor er ansat hos", "place", "Afklar, om en virksomhed eller et uddannelsessted vil.",
        "Først relevant, når praktik, job eller uddannelse er aftalt.",
    ),
    Question(
        "beyond_ordinary", "Gør mere, end stedet plejer", "flag", "Spørg stedet, hvad det ellers giver en ny.",
        "Ud over det, arbejdsgiveren eller uddannelsesstedet sædvanligvis yder.", after="mentor_placed_in",
    ),
    Question(
        "decisive", "Afgørende for aktiviteten, tilbuddet eller jobbet", "flag",
        "Vurdér, om det ville lykkes uden mentor.",
    ),
    Question("integration_programme", "I integrationsprogrammet", "flag", "Se i fagsystemet."),
)  # fmt: skip
BY_NAME = {question.name: question for question in QUESTIONS}
# Asked about every citizen, whatever is known of them.
ALWAYS = ("target_group", "purpose_work_or_education", "wants_mentor")
