"""What citizens of the same kind were answered in each unit and district, hidden and compared by the domain."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from mentorkorps.cases.models import Course, Decision
from mentorkorps.domain import equal_treatment as domain
from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.evidence.disclosure import FEWEST
from mentorkorps.ledger.queries.waiting import first_meetings
from mentorkorps.municipality.queries import law_book

NOT_TOLD = "Område ikke oplyst"


@dataclass(frozen=True, order=True)
class Group:
    """Cases that should have the same terms: must, right or may; what the mentor is for; and the target group."""

    obligation: str
    function: str
    target_group: str

    @property
    def code(self) -> str:
        """How the group stands in an address."""
        return f"{self.obligation}.{self.function}.{self.target_group}"


@dataclass(frozen=True)
class Compared:
    """The last four whole quarters: groups of five citizens or more with what may be shown of each place of one."""

    first: date
    last: date
    groups: list[Group]
    chosen: Group | None
    terms: dict[tuple[domain.Cut, str], domain.Terms]

    def places(self, cut: domain.Cut) -> list[str]:
        """The names of the units or districts of the chosen group."""
        return [name for each, name in self.terms if each == cut]


def compared(code: str, today: date) -> Compared:
    """The group of an address, else the one with most to compare. Three queries for any number of cases."""
    first, last = domain.window(today)
    answered = _answered(first, last)
    groups = sorted(
        (group for group, rows in answered.items() if len(rows) >= FEWEST),
        key=lambda group: (OBLIGATIONS.index(group.obligation), group),  # type: ignore[arg-type]
    )
    chosen = next((group for group in groups if group.code == code), None)
    if chosen is None:
        chosen = max(groups, key=lambda group: _telling(answered[group]), default=None)
    return Compared(first, last, groups, chosen, domain.terms(answered[chosen]) if chosen else {})


def _telling(rows: list[domain.Answered]) -> tuple[bool, int]:
    """How much a group has to compare: several units come before one, and then many citizens before few."""
    return len({row.unit for row in rows}) > 1, len(rows)


def _answered(first: date, last: date) -> dict[Group, list[domain.Answered]]:
    """Each citizen's newest answer in a group. A new period of a course is no new answer to a referral.

    The place is the decision's own: where the citizen has moved since changes nothing of what is over.
    """
    rows = _decisions(first, last)
    met = _days_of(Course.objects.filter(pk__in=rows.values("course_id")), last)
    functions = {rule.id: rule.function for rule in law_book().rules}
    newest: dict[tuple[Group, uuid.UUID], domain.Answered] = {}
    for row in rows.values(*FIELDS, group=F("facts__target_group")):
        group = Group(row["obligation"], functions.get(row["rule"], ""), row["group"] or "")
        granted = row["kind"] == Decision.Kind.GRANT
        newest[group, row["citizen_id"]] = domain.Answered(
            unit=row["unit__name"],
            district=row["district"] or NOT_TOLD,
            minutes=row["minutes_per_week"] if granted else None,
            days=met.get(row["course_id"]) if granted else None,
        )
    found: dict[Group, list[domain.Answered]] = defaultdict(list)
    for (group, _), answered in newest.items():
        found[group].append(answered)
    return found


FIELDS = (
    "kind", "obligation", "rule", "minutes_per_week", "course_id", "citizen_id", "unit__name", "district",
)  # fmt: skip


def _decisions(first: date, last: date) -> QuerySet[Decision]:
    kinds = (Decision.Kind.GRANT, Decision.Kind.REFUSAL)
    rows = Decision.objects.filter(
        state=Decision.State.DECIDED, kind__in=kinds, decided_on__range=(first, last),
        visitation__extends__isnull=True, visitation__referral__isnull=False,
    )  # fmt: skip
    return rows.order_by("decided_on", "id")


def _days_of(courses: QuerySet[Course], last: date) -> dict[uuid.UUID, int | None]:
    """Days to a first meeting that was held by a day: one more meeting today changes nothing that is shown."""
    rows = first_meetings(courses)
    return {row.course: row.days for row in rows if row.met_on is not None and row.met_on <= last}
