"""Where a decision stands on its way to a letter: what is done, what is next, and the letter as it will look."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from mentorkorps.cases.facts import (
    decision_letter,
    finding_of,
    hearing_letter,
    how_heard,
    needs_hearing,
    withheld,
)
from mentorkorps.cases.models import Decision, Hearing
from mentorkorps.domain import law
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter import Document, Incomplete
from mentorkorps.municipality.models import User

Next = Literal["hear", "answer", "second", "wait", "decide", "send", "done", "dropped"]
State = Decision.State


class Step(NamedTuple):
    """One step: done, the one to take now, or still to come, with a line on how it stands."""

    title: str
    state: Literal["done", "now", "later"]
    text: str


@dataclass(frozen=True)
class Way:
    """A decision, read on a day by the person who would sign its letter."""

    decision: Decision
    hearing: Hearing | None
    signer: User
    today: date
    answer_by: date

    @cached_property
    def adverse(self) -> bool:
        """Whether the citizen must be heard; a decision taken was, if there is a hearing."""
        return self.hearing is not None if self._taken else needs_hearing(self.decision)

    @cached_property
    def withheld(self) -> tuple[law.Finding, ...]:
        """The rules for which another person must agree."""
        return () if self._taken else withheld(self.decision)

    @cached_property
    def heard(self) -> bool:
        """Whether the citizen was heard, or the reason for none is written."""
        return how_heard(self.hearing) is not None

    @cached_property
    def next(self) -> Next:
        """The one thing to do now."""
        match State(self.decision.state):
            case State.WITHDRAWN:
                return "dropped"
            case State.DECIDED:
                return "done" if self.decision.letter_sent_on else "send"
            case State.HEARING:
                return "answer"
            case State.SECOND:
                return "wait"
        if self.adverse and not self.heard:
            return "hear"
        return "second" if self.withheld and self.decision.second_by_id is None else "decide"

    @property
    def steps(self) -> list[Step]:
        """The steps that this decision needs, in order."""
        steps = [Step("Kladde", "done", f"{self.decision.drafted_by}, {long_date(self.decision.drafted_on)}")]
        if self.adverse:
            steps.append(
                Step("Partshøring", self._stand({"hear", "answer"}, self.heard), self._hearing_words)
            )
        if self.withheld or self.decision.second_by_id:
            steps.append(
                Step(
                    "Anden godkender",
                    self._stand({"second", "wait"}, bool(self.decision.second_by_id)),
                    self._second_words,
                )
            )
        decided, sent = self.decision.decided_on, self.decision.letter_sent_on
        steps.append(
            Step("Afgørelse", self._stand({"decide"}, bool(decided)), long_date(decided) if decided else "")
        )
        steps.append(
            Step("Brev", self._stand({"send"}, bool(sent)), f"sendt {long_date(sent)}" if sent else "")
        )
        return steps

    @cached_property
    def letter(self) -> Document | None:
        """The letter that is next to be sent, composed as of today, or the one that was stored."""
        if self._taken:
            return Document.from_json(self.decision.letter)
        if self.next == "answer" and self.hearing is not None:
            return Document.from_json(self.hearing.letter)
        try:
            return self._composed()
        except Incomplete:
            return None

    @property
    def letter_is_hearing(self) -> bool:
        """Whether the letter next to be sent is the hearing."""
        return self.next in ("hear", "answer")

    @property
    def seal(self) -> str:
        """Tells one letter from another, so that nobody decides on a letter they have not read."""
        if self.letter is None:
            return ""
        text = json.dumps(self.letter.as_json(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def too_short(self) -> date | None:
        """The day until which the law guarantees support, where the period ends before it."""
        finding = finding_of(self.decision)
        discharge = law.Facts.from_json(self.decision.facts).discharge_date
        guaranteed = (
            law.earliest_end(finding, self.decision.start, discharge) if self.decision.start else None
        )
        return guaranteed if guaranteed and self.decision.end < guaranteed else None

    @property
    def status_due(self) -> date | None:
        """Four weeks before the grant runs out."""
        return self.decision.end - timedelta(weeks=4) if self.decision.end else None

    @property
    def _taken(self) -> bool:
        return self.decision.state == State.DECIDED

    def _composed(self) -> Document:
        if self.next == "hear":
            return hearing_letter(self.decision, signer=self.signer, on=self.today, answer_by=self.answer_by)
        self.decision.decided_on = self.today
        try:
            return decision_letter(self.decision, signer=self.signer)
        finally:
            self.decision.decided_on = None

    def _stand(self, acts: set[str], done: bool) -> Literal["done", "now", "later"]:
        if done:
            return "done"
        return "now" if self.next in acts else "later"

    @property
    def _hearing_words(self) -> str:
        if self.hearing is None:
            return "FVL § 19"
        if self.hearing.waived_reason:
            return "undladt med grund"
        if self.hearing.answered_on:
            return "besvaret" if self.hearing.answer else "fristen er gået uden svar"
        return f"svar senest {long_date(self.hearing.answer_by)}"

    @property
    def _second_words(self) -> str:
        by = self.decision.second_by
        return f"godkendt af {by}" if by else "venter" if self.next == "wait" else ""
