"""The two forms that write a draft: on a visitation, and on a running course."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from mentorkorps.cases.facts.period import next_monday, proposed_end
from mentorkorps.cases.models import Decision, Task, Visitation
from mentorkorps.domain import law
from mentorkorps.domain.danish import listed
from mentorkorps.municipality.models import TaskTemplate
from mentorkorps.web.forms import DateField, LongText
from mentorkorps.web.pages.visitation.assessment import TO_THE_CITIZEN, AssessmentForm, assessment_of
from mentorkorps.web.pages.visitation.reading import Reading

Kind = Decision.Kind
LONGEST_TASK = Task._meta.get_field("title").max_length or 0
IN_COMPANY = ("company", "education")


class TaskLines(LongText):
    """Tasks of one's own, a line for each, as long as a task can be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=2, required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > LONGEST_TASK for line in lines):
            raise ValidationError(f"En opgave er højst {LONGEST_TASK} tegn. Del den op.")
        return lines


class Period(NamedTuple):
    """What the law says of a period from a day: the last day by each reading, None where there is none."""

    latest: date | None
    others: tuple[tuple[date, str], ...]
    guaranteed: date | None


class RuleChoice(NamedTuple):
    """A rule that the decision can rest on, with its control and its period."""

    finding: law.Finding
    tag: Any
    field_id: str
    period: Period

    @property
    def missing(self) -> str:
        """What is still unknown, joined to complete "Mangler at vide, om borgeren …"."""
        return listed([condition.text for condition in self.finding.unknown])

    @property
    def at_hand(self) -> bool:
        """Whether the rule is met, or binds the municipality once its facts are known."""
        return self.finding.met is True or (self.finding.met is None and self.finding.obligation != "may")


class DecisionForm(AssessmentForm):
    """A grant, a refusal or a non-extension on a visitation; only the strongest rule met is chosen beforehand."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Vælg, hvad du afgør."})
    rule = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Vælg den regel, som afgørelsen hviler på."}
    )
    start = DateField(label="Første dag", required=False)
    end = DateField(label="Sidste dag", required=False)
    asked_for_more = forms.BooleanField(label="Borgeren har bedt om mere, end der bevilges", required=False)
    tasks = forms.MultipleChoiceField(
        label="Mentors opgaver", widget=forms.CheckboxSelectMultiple, required=False
    )
    more_tasks = TaskLines(label="Andre opgaver", help_text="En linje for hver, fx “at komme til tandlæge”.")
    not_tasks = forms.MultipleChoiceField(
        label="Ikke mentors opgaver", widget=forms.CheckboxSelectMultiple, required=False
    )
    more_not_tasks = TaskLines(label="Andet, der ikke er mentors opgave", help_text="En linje for hver.")
    reasons = LongText(
        label="Det er der lagt mest vægt på",
        required=False,
        help_text=f"En linje for hver grund. {TO_THE_CITIZEN}",
    )

    def __init__(
        self, data: Any = None, *, reading: Reading, draft: Decision | None, today: date
    ) -> None:  # fmt: skip
        self.reading, self.visitation, self.today = reading, reading.visitation, today
        self.start_day = _first_day(self.visitation, today)
        self._titles = _catalogue()
        super().__init__(data, initial=self._proposed() | (_of_draft(draft, self._titles) if draft else {}))
        self.fields["kind"].choices = self._kinds()
        self.fields["rule"].choices = [(f.rule, f.citation) for f in self._findings()]
        self.fields["tasks"].choices = [(t, t) for t in self._titles["social"] + self._company_titles()]
        self.fields["not_tasks"].choices = [(t, t) for t in self._titles["not_mentor"]]

    def rules(self) -> Iterator[RuleChoice]:
        """The rules in the law's order, those that are not met last."""
        for finding, choice in zip(self._findings(), self["rule"], strict=True):
            yield RuleChoice(finding, choice.tag, choice.id_for_label, self._period(finding))

    def rules_at_hand(self) -> list[RuleChoice]:
        """The rules that are met or bind once known; all of them where there are none."""
        every = list(self.rules())
        return [choice for choice in every if choice.at_hand] or every

    def other_rules(self) -> list[RuleChoice]:
        """The rest, for a refusal that rests on one of them."""
        at_hand = {choice.finding.rule for choice in self.rules_at_hand()}
        return [choice for choice in self.rules() if choice.finding.rule not in at_hand]

    @property
    def rests_on_another(self) -> bool:
        """Whether the rule that is chosen stands among the rest."""
        return any(choice.finding.rule == self["rule"].value() for choice in self.other_rules())

    def given(self) -> dict[str, Any]:
        """What the verb that drafts takes."""
        said = self.cleaned_data
        return self.written() | {
            "kind": said["kind"], "rule": said["rule"], "start": said["start"], "end": said["end"],
            "reasons": said["reasons"], "tasks": _once(said["tasks"] + said["more_tasks"]),
            "not_tasks": _once(said["not_tasks"] + said["more_not_tasks"]),
            "in_full": not said["asked_for_more"],
        }  # fmt: skip

    def _findings(self) -> list[law.Finding]:
        return [*self.reading.answer.findings, *self.reading.answer.unmet]

    def _kinds(self) -> list[tuple[str, str]]:
        if self.visitation.extends_id is None:
            return [(Kind.GRANT, "Bevilg"), (Kind.REFUSAL, "Giv afslag")]
        return [(Kind.GRANT, "Bevilg en ny periode"), (Kind.NON_EXTENSION, "Ingen ny periode")]

    def _proposed(self) -> dict[str, Any]:
        """The strongest rule met with its level and its days; shown in the fields, to be seen and changed."""
        proposed = assessment_of(self.visitation) | {"start": self.start_day}
        strongest = self.reading.strongest
        if strongest is None:
            return proposed
        finding, row = strongest
        if proposed["minutes_per_week"] is None and row is not None:
            proposed["minutes_per_week"] = row.minutes_per_week
        end = proposed_end(
            finding, start=self.start_day, weeks=row.weeks if row else None, discharge_date=self._discharge()
        )
        return proposed | {"rule": finding.rule, "end": end}

    def _period(self, finding: law.Finding) -> Period:
        start = self.start_day
        return Period(
            law.latest_end(finding, start),
            law.other_ends(finding, start),
            law.earliest_end(finding, start, self._discharge()),
        )

    def _discharge(self) -> date | None:
        return law.Facts.from_json(self.visitation.facts).discharge_date

    def _company_titles(self) -> list[str]:
        return self._titles["company"] if self.visitation.facts.get("mentor_placed_in") in IN_COMPANY else []


def _first_day(visitation: Visitation, today: date) -> date:
    """The day after the running period, else next Monday."""
    if visitation.extends is not None:
        return max(visitation.extends.end + timedelta(days=1), today)
    return next_monday(today)


def _catalogue() -> dict[str, list[str]]:
    titles: dict[str, list[str]] = {"social": [], "company": [], "not_mentor": []}
    for kind, title in TaskTemplate.objects.values_list("kind", "title"):
        titles[kind].append(title)
    return titles


def _of_draft(draft: Decision, titles: dict[str, list[str]]) -> dict[str, Any]:
    known = {title for group in titles.values() for title in group}
    days = {"start": draft.start, "end": draft.end} if draft.kind == Kind.GRANT else {}
    return days | {
        "kind": draft.kind, "rule": draft.rule, "asked_for_more": not draft.in_full, "reasons": draft.reasons,
        "tasks": [t for t in draft.tasks if t in known],
        "more_tasks": "\n".join(t for t in draft.tasks if t not in known),
        "not_tasks": [t for t in draft.not_tasks if t in known],
        "more_not_tasks": "\n".join(t for t in draft.not_tasks if t not in known),
    }  # fmt: skip


def _once(titles: list[str]) -> list[str]:
    return list(dict.fromkeys(titles))


class CourseDecisionForm(AssessmentForm):
    """A change of minutes, a stop before time or a non-extension of a running course."""

    start = DateField(label="Ændringen gælder fra", required=False)
    end = DateField(label="Sidste dag", required=False)
    reasons = LongText(
        label="Det er der lagt mest vægt på",
        required=False,
        help_text=f"En linje for hver grund. {TO_THE_CITIZEN}",
    )
    # kind -> the fields that it alone asks for
    OWN = {"change": ("start", "minutes_per_week"), "early_stop": ("end",), "non_extension": ()}

    def __init__(self, data: Any = None, *, kind: str, basis: Decision, today: date) -> None:
        words = assessment_of(basis) | {"citizens_view": "", "minutes_per_week": None}
        super().__init__(data, initial=words | {"start": next_monday(today)})
        for name in {"start", "end", "minutes_per_week", "deviation_reason"} - set(self.OWN[kind]):
            del self.fields[name]
        self.own = [self[name] for name in self.OWN[kind]]
        self.kind = kind

    def given(self) -> dict[str, Any]:
        """What the verb that drafts takes."""
        said = self.cleaned_data
        words = {name: value for name, value in self.written().items() if name != "minutes_per_week"}
        return words | {
            "reasons": said["reasons"], "start": said.get("start"), "end": said.get("end"),
            "minutes": said.get("minutes_per_week"),
        }  # fmt: skip
