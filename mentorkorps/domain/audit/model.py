"""One case as an audit asks about it: frozen facts in, twelve judged points with their evidence out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["met", "unmet", "unknown", "irrelevant"]
Kind = Literal["own", "supplier", "company"]

STATES: dict[State, str] = {
    "met": "opfyldt",
    "unmet": "ikke opfyldt",
    "unknown": "vides ikke",
    "irrelevant": "ikke relevant",
}


@dataclass(frozen=True)
class Source:
    """Where one can see it: the `kind` of row or page, and its key."""

    kind: Literal[
        "course", "weeks", "decision", "agreement", "agreements", "mentor", "invoice", "control", "status"
    ]
    key: str


@dataclass(frozen=True)
class Check:
    """One question of a point. `holds` None is not known, which is neither yes nor no; `found` says what is there."""

    asks: str
    holds: bool | None
    found: str
    on: date | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Point:
    """One of the twelve. Without a check it does not concern the case, and `reason` says why."""

    number: int
    checks: tuple[Check, ...]
    reason: str = ""

    @property
    def title(self) -> str:
        """What the point is about, in Danish."""
        return TITLES[self.number - 1]

    @property
    def state(self) -> State:
        """Unmet by a single no; unknown while something open could still become one; met when all is yes."""
        return state_of([check.holds for check in self.checks])


def state_of(answers: Sequence[bool | None]) -> State:
    """What several answers make together (Kleene's and); none at all is not relevant."""
    if not answers:
        return "irrelevant"
    if False in answers:
        return "unmet"
    return "unknown" if None in answers else "met"


TITLES = (
    "Hjemmel og målgruppe, da aftalen blev lavet",
    "Konkret behov og begrundelse",
    "Mål, opgaver, timer, periode og mentor",
    "Klagevejledning, partshøring og borgerens ja",
    "Aftale underskrevet før første betalte time",
    "Kontakter efter reglen",
    "Leveret, bevilget og faktureret tid",
    "Pris og løn, uden sygdom",
    "Opfølgning, og hvad der har flyttet sig",
    "Begrundelse for forlængelse",
    "Konto, refusion og periode",
    "Tilsyn: borgeren er spurgt, og afvigelser er fulgt op",
)


@dataclass(frozen=True)
class GrantFacts:
    """A granted period with its decision. `rule_met` is the law's own answer then, None where it was left open.

    `extends` is a further period after a new assessment; a change of hours within a period is none.
    """

    decision: str
    decided_on: date | None
    start: date
    end: date
    citation: str
    rule_met: bool | None
    target_group: str
    reasoned: bool
    complain_by: date | None
    letter_sent_on: date | None
    wants: bool | None
    extends: bool


@dataclass(frozen=True)
class AdverseFacts:
    """A decision against the citizen, and whether there was a hearing or a written reason for none (FVL § 19)."""

    decision: str
    what: str
    decided_on: date | None
    heard: bool


@dataclass(frozen=True)
class AgreementFacts:
    """A written agreement. `longest_end` is the last day that the law of its day allows, None where it sets none."""

    key: str
    written_on: date
    signed_on: date | None
    start: date
    end: date
    longest_end: date | None
    goal: bool
    tasks: int
    minutes: int
    mentor: str
    mentor_key: str
    reachable: bool
    qualifications: tuple[str, ...]
    decisive: bool
    beyond_ordinary: bool
    wage: int | None


@dataclass(frozen=True)
class WeekFacts:
    """Weeks of the contact duty by state (`contact_duty.compliance`)."""

    kept: int
    missed: int
    excused: int


@dataclass(frozen=True)
class HoursFacts:
    """Held meetings until the day. Minutes; `unsigned` lie outside every signed agreement, `while_away` on days on
    which the mentor was registered as absent.
    """

    first_paid: date | None
    meetings: int
    delivered: int
    granted: int
    unsigned: int
    while_away: int


@dataclass(frozen=True)
class BilledMonth:
    """What a supplier invoiced, or a company mentor signed, for a month. `billed` None: a price for a whole course."""

    month: date
    billed: int | None
    delivered: int
    invoice: str


@dataclass(frozen=True)
class PriceFacts:
    """One price that was invoiced, and whether it was agreed; None where no price is agreed at all."""

    invoice: str
    month: date
    agreed: bool | None


@dataclass(frozen=True)
class MoneyFacts:
    """The money of a course. `wage_known` is whether every held meeting has a wage or price of its day.

    `unbooked` are the minutes that closed months lack or have too many, None while no month of the course is closed.
    """

    billed: tuple[BilledMonth, ...]
    prices: tuple[PriceFacts, ...]
    wage_known: bool | None
    account: str
    grouping: str
    percent: str
    unbooked: int | None


@dataclass(frozen=True)
class StatusFacts:
    """A status or an outcome that was due, and when it was written; None is not written."""

    what: str
    due: date
    written_on: date | None


@dataclass(frozen=True)
class SupervisionFacts:
    """What was done to see that it was delivered: the citizen asked in a control or on the own page, and discrepancies.

    `drawn` is the control that the course is in, by its key; `unfollowed` are the citizen's no that wait.
    """

    drawn: str | None
    asked_on: date | None
    tried: int
    own_answers: int
    unfollowed: int
    discrepancies_open: int
    discrepancies_closed: int


@dataclass(frozen=True)
class CaseFacts:
    """Everything that the twelve points are judged from, as it stood on a day, in order of time."""

    course: str
    on: date
    kind: Kind
    function_company: bool
    grants: tuple[GrantFacts, ...]
    adverse: tuple[AdverseFacts, ...]
    agreements: tuple[AgreementFacts, ...]
    weeks: WeekFacts
    hours: HoursFacts
    money: MoneyFacts
    statuses: tuple[StatusFacts, ...]
    supervision: SupervisionFacts
