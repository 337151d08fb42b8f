"""What the page says of the law's answer: the verdict in one sentence, what is missing, the level beside each rule."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from mentorkorps.cases.facts import law_answer, level_row_for
from mentorkorps.cases.models import Visitation
from mentorkorps.domain import law
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import MONTHS_SHORT, add_months
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.queries import level_in_force
from mentorkorps.web.pages.law.words import GIVES
from mentorkorps.web.pages.visitation.facts import ALWAYS, BY_NAME, QUESTIONS, Question

STRENGTH = {"must": 3, "right": 2, "may": 1, "none": 0}
# Beyond the longest ordinary period: whoever decides today may reach into law that is only expected.
HORIZON = 6  # months
# Rows nobody has found a text for; found ones say in their own line that they are not compared.
UNSURE = ("uncertain", "known")


class Beside(NamedTuple):
    """A finding with the level's row; without a row the level is silent."""

    finding: law.Finding
    row: ServiceLevelRow | None

    @property
    def level(self) -> int | None:
        """The level's minutes a week; None where it is silent or leaves the hours open."""
        return self.row.minutes_per_week if self.row else None


class Verdict(NamedTuple):
    """One sentence, its strong part apart, and the sentence after it."""

    strong: str
    rest: str
    then: str


class Mark(NamedTuple):
    """A regime on the time line, in slots of equal width."""

    x: int
    year: str
    title: str
    state: Literal["past", "current", "expected"]


@dataclass(frozen=True)
class Reading:
    """The answer of a visitation with the level in force on the law's date (None where none was)."""

    visitation: Visitation
    answer: law.Answer
    level: ServiceLevel | None

    @cached_property
    def beside(self) -> dict[str, Beside]:
        """Every finding that is met or open, by its rule, strongest first."""
        rows = list(self.level.rows.all()) if self.level else []
        return {f.rule: Beside(f, level_row_for(f, self.visitation, rows)) for f in self.answer.findings}

    @cached_property
    def shown(self) -> list[Beside]:
        """What is met, and what could give more than that, in full."""
        asked = {question.rule for question in self.answer.open_questions} & self._worth_asking
        return [each for each in self.beside.values() if each.finding.met or each.finding.rule in asked]

    @property
    def weaker(self) -> list[Beside]:
        """Open rules that would give no more than what is met already."""
        return [each for each in self.beside.values() if each not in self.shown]

    @cached_property
    def strongest(self) -> Beside | None:
        """The strongest rule that is wholly met."""
        return next((each for each in self.beside.values() if each.finding.met), None)

    @cached_property
    def lit(self) -> dict[str, Question]:
        """The facts to find out next, with the act that settles each: a fact that hangs on another waits for it."""
        asked = {q.fact for q in self.answer.open_questions if q.rule in self._worth_asking}
        known = self.visitation.facts
        return {
            name: question
            for name, question in BY_NAME.items()
            if name in asked and (not question.after or known.get(question.after))
        }

    @property
    def listed(self) -> list[str]:
        """The facts that stand open on the page: those always asked, those known, and those to find out."""
        known = self.visitation.facts
        return [q.name for q in QUESTIONS if q.name in ALWAYS or q.name in known or q.name in self.lit]

    @property
    def known(self) -> int:
        """How many of the facts on the page are known."""
        return sum(name in self.visitation.facts for name in self.listed)

    @property
    def verdict(self) -> Verdict:
        """What the law says, naming what is missing for something stronger."""
        name, met = self.visitation.citizen.first_name, self.strongest
        stronger = self._nearest_stronger
        now = f"{name} {GIVES[met.finding.obligation]} {met.finding.title}" if met else ""
        if stronger is None and met is None:
            return Verdict(
                f"Ingen af reglerne giver {name} en mentor", "", "Se herunder, hvad der ikke er opfyldt."
            )
        if stronger is None:
            return Verdict(now, "", _whose_choice(met))
        gives = f"{name} {GIVES[stronger.finding.obligation]} {stronger.finding.title}"
        meanwhile = f"Indtil det er afklaret: {now}." if met else ""
        if len(stronger.finding.unknown) <= 2:
            missing = listed([condition.text for condition in stronger.finding.unknown])
            return Verdict(gives, f", hvis {name} {missing}", meanwhile or self._perhaps_more(stronger))
        question = next(
            (q for q in self.lit.values() if q.name in {c.fact for c in stronger.finding.unknown}), None
        )
        first = f"Det første at finde ud af: “{question.label}”." if question else ""
        start = now or f"Vi ved ikke nok om {name} endnu"
        return Verdict(start, "", f"{first} Svaret kan give {_strength_word(stronger)}.".strip())

    def _perhaps_more(self, nearest: Beside) -> str:
        """That a duty or a right is still possible beside a rule that binds nobody."""
        if nearest.finding.obligation != "may" or not any(e.finding.obligation != "may" for e in self.shown):
            return ""
        return "Der kan også være en ret: det afhænger af de oplysninger, der mangler."

    @property
    def unsure(self) -> list[law.Finding]:
        """Rules on the page whose wording rests on common knowledge or on nothing certain."""
        return [each.finding for each in self.shown if each.finding.certainty in UNSURE]

    @property
    def readings(self) -> list[law.Finding]:
        """Rules on the page that sources read differently."""
        return [each.finding for each in self.shown if each.finding.other_readings]

    @property
    def expected(self) -> law.Regime | None:
        """Expected law that a period begun on the law's date could reach into. It never decides."""
        on = self.visitation.law_on
        reached = (r for r in law.regimes() if r.expected and on < r.valid_from <= add_months(on, HORIZON))
        return next(reached, None)

    @property
    def regime(self) -> law.Regime:
        """The period of the law that answers."""
        return law.regime_on(self.visitation.law_on)

    @property
    def timeline(self) -> list[Mark]:
        """The law's periods in order, overlays left out."""
        shown = [regime for regime in law.regimes() if not regime.overlay]
        return [Mark(n * 100, _began(r.valid_from), r.title, self._state(r)) for n, r in enumerate(shown)]

    @property
    def _worth_asking(self) -> set[str]:
        """Open rules to ask about: every duty and right, and while nothing is met the `may` that lacks least."""
        binding = {
            f.rule for f in self.answer.findings if f.met is None and f.obligation in ("must", "right")
        }
        if self.strongest is not None:
            return binding
        may = [f for f in self.answer.findings if f.met is None and f.obligation == "may"]
        return binding | ({min(may, key=_lacks).rule} if may else set())

    @property
    def _nearest_stronger(self) -> Beside | None:
        """The open rule that would give more than what is met and lacks least; the stronger of two goes first."""
        floor = STRENGTH[self.answer.obligation]
        more = [
            each
            for each in self.shown
            if each.finding.met is None and STRENGTH[each.finding.obligation] > floor
        ]
        return min(more, key=lambda e: (_lacks(e.finding), -STRENGTH[e.finding.obligation]), default=None)

    def _state(self, regime: law.Regime) -> Literal["past", "current", "expected"]:
        if regime.expected:
            return "expected"
        return "current" if regime == self.regime else "past"


def read(visitation: Visitation) -> Reading:
    """What the law of the visitation's date says about its facts. Two queries at most."""
    return Reading(visitation, law_answer(visitation), level_in_force(visitation.law_on))


def _lacks(finding: law.Finding) -> int:
    return len(finding.unknown)


def _whose_choice(met: Beside | None) -> str:
    if met is not None and met.finding.obligation == "may":
        return "Det er din individuelle vurdering, der afgør det."
    return "Det kan ikke afslås med et klik."


def _strength_word(each: Beside) -> str:
    return {"must": "en pligt for kommunen", "right": "en ret", "may": "et kan-tilbud"}[
        each.finding.obligation
    ]


def _began(day: date) -> str:
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return f"{MONTHS_SHORT[day.month - 1]} {day.year}"
