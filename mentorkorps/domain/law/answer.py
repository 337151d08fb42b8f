"""The law's whole answer about one citizen on one day, and its JSON, which is read back years later."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mentorkorps.domain.law.findings import Finding, Obligation, Reimbursement


class OpenQuestion(NamedTuple):
    """A fact nobody has found out yet, and what it could give by which rule."""

    fact: str
    could_give: Obligation
    rule: str


@dataclass(frozen=True)
class Answer:
    """What the law of `on` gives: the strongest obligation wholly met, and every rule in force.

    `findings` are met or still open, strongest first; `unmet` are closed by a known fact. `reimbursement`
    is None when it hangs on a target group that is unknown.
    """

    on: date
    regime: str
    obligation: Obligation
    findings: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    open_questions: tuple[OpenQuestion, ...]
    reimbursement: Reimbursement | None

    def finding(self, rule_id: str) -> Finding:
        """The finding of a rule, met or not. Raises KeyError when the rule was not in force."""
        for finding in (*self.findings, *self.unmet):
            if finding.rule == rule_id:
                return finding
        raise KeyError(rule_id)

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "on": self.on.isoformat(),
            "regime": self.regime,
            "obligation": self.obligation,
            "open_questions": [question._asdict() for question in self.open_questions],
            "findings": [finding.as_json() for finding in self.findings],
            "unmet": [finding.as_json() for finding in self.unmet],
            "reimbursement": self.reimbursement.as_json() if self.reimbursement else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Answer":
        """The inverse of `as_json`."""
        reimbursement = data["reimbursement"]
        return cls(
            on=date.fromisoformat(data["on"]),
            regime=data["regime"],
            obligation=data["obligation"],
            findings=tuple(Finding.from_json(finding) for finding in data["findings"]),
            unmet=tuple(Finding.from_json(finding) for finding in data["unmet"]),
            open_questions=tuple(OpenQuestion(**question) for question in data["open_questions"]),
            reimbursement=Reimbursement.from_json(reimbursement) if reimbursement else None,
        )
