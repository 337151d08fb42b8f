"""The rows that evidence is published from: each citizen once, by a day, without names and CPR numbers."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from mentorkorps.cases.models import Agreement, Course, Grant
from mentorkorps.domain.dates import age_on
from mentorkorps.domain.economy import round_ore
from mentorkorps.domain.evidence.fate import Asked, fate
from mentorkorps.domain.evidence.published import FIELDS, shown_cells
from mentorkorps.domain.evidence.tables import CUTS, WHOLE
from mentorkorps.followup.models import Contact, FollowUp
from mentorkorps.followup.queries.progress import ScoreRow, scores_for_evidence
from mentorkorps.ledger.queries.prices import price_book
from mentorkorps.municipality.models import Mentor, Provider
from mentorkorps.steering.models import Run

KIND = "evidence"
OWN_MENTORS = "Kommunens egne mentorer"
IN_COMPANIES = "Virksomheder og uddannelsessteder"
BOUGHT = Provider.Kind.SUPPLIER


@dataclass(frozen=True)
class Begun:
    """A citizen's first signed agreement, with the course it began."""

    course: uuid.UUID
    start: date
    known: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """What was given under a course by a day: minutes together, and øre, None where a price is missing."""

    minutes: int = 0
    ore: int | None = 0


def publications() -> Any:
    """Every publication, the newest first, without the rows it was made from."""
    return Run.objects.filter(kind=KIND).defer("inputs").order_by("-made_at")


def evidence_inputs(on: date) -> dict[str, Any]:
    """What the publication of a day is made from: `published.FIELDS` for each citizen. Nine queries.

    A citizen counts once, with the first agreement that was signed by that day.
    """
    begun = _begun(on)
    last = publications().first()
    asked, given, obligations, up = (
        _asked(begun),
        _given(on, begun),
        _obligations(begun),
        _progress(on, begun),
    )
    people = []
    for each in begun:
        found = fate(
            each.start,
            each.known["course__ended_on"],
            each.known["course__end_reason"],
            asked[each.course],
            on,
        )
        together = given.get(each.course, Given())
        firm = each.known["mentor__provider__kind"], each.known["mentor__provider__name"]
        row = {
            "obligation": obligations[each.course],
            "function": each.known["course__function"],
            "provider": provider_name(*firm),
            "target_group": each.known["course__target_group"],
            "week": found.week, "event": found.event, "lost": found.lost,
            "age": age_on(each.known["course__citizen__birth_date"], each.start),
            "unit": each.known["course__unit__name"],
            "started": f"{each.start.year}-{1 if each.start.month <= 6 else 2}",
            "team": team(*firm, each.known["course__unit__name"]),
            "minutes": together.minutes, "ore": together.ore,
            "mentor_up": up.get((each.course, "mentor")), "citizen_up": up.get((each.course, "citizen")),
        }  # fmt: skip
        people.append([row[field] for field in FIELDS])
    earlier = shown_cells(last.result) if last else {}
    # in an order of their own, so that a row's place does not tell whose it is
    return {"status_on": on.isoformat(), "people": sorted(people, key=repr), "earlier": earlier}


def effect_inputs(on: date) -> dict[str, Any]:
    """What the question about effect is answered from: the published rows of everybody and of each obligation.

    Nothing else of the outcomes is told anywhere, so that no other count gives a hidden one back. One query.
    """
    last = publications().first()
    rows = [row for row in last.result["rows"] if row["cut"] in (WHOLE, CUTS[0])] if last else []
    return {
        "question": "effekt",
        "on": on.isoformat(),
        "status_on": last.result["status_on"] if last else None,
        "rows": rows,
    }


def _begun(on: date) -> list[Begun]:
    rows = Agreement.objects.filter(signed_on__lte=on, start__lte=on).order_by("start", "signed_on", "id")
    names = (
        "course_id", "start", "course__citizen_id", "course__function", "course__target_group", "course__ended_on",
        "course__end_reason", "course__obligation", "course__unit__name", "course__citizen__birth_date",
        "mentor__provider__name", "mentor__provider__kind",
    )  # fmt: skip
    first: dict[uuid.UUID, Begun] = {}
    for row in rows.values(*names):
        first.setdefault(row["course__citizen_id"], Begun(row["course_id"], row["start"], row))
    return list(first.values())


def provider_name(kind: str | None, name: str | None) -> str:
    """The firm that a mentor is bought from, or the common name of our own and of those in companies."""
    if name is None:
        return OWN_MENTORS
    return name if kind == BOUGHT else IN_COMPANIES


def team(kind: str | None, name: str | None, unit: str) -> str:
    """Those whose courses are alike: the mentors of a firm, those in companies, and our own of each unit."""
    return f"{OWN_MENTORS}, {unit}" if name is None else provider_name(kind, name)


def _asked(begun: Iterable[Begun]) -> dict[uuid.UUID, list[Asked]]:
    wanted, found = {each.course for each in begun}, defaultdict(list)
    for course, due, outcome in FollowUp.objects.values_list("course_id", "due", "outcome"):
        if course in wanted:
            found[course].append(Asked(due, outcome))
    return found


def _obligations(begun: Iterable[Begun]) -> dict[uuid.UUID, str]:
    """Skal, ret or kan under the grant that held when the agreement began."""
    start = {each.course: each.start for each in begun}
    held = {each.course: each.known["course__obligation"] for each in begun}
    for course, first, obligation in Grant.objects.order_by("start").values_list(
        "course_id", "start", "obligation"
    ):
        if course in start and first <= start[course]:
            held[course] = obligation
    return held


def _given(on: date, begun: Iterable[Begun]) -> dict[uuid.UUID, Given]:
    wanted, book, agreed = {each.course for each in begun}, price_book(), _wages(on)
    mentors = {mentor.pk: mentor for mentor in Mentor.objects.all()}
    minutes: dict[uuid.UUID, int] = defaultdict(int)
    ore: dict[uuid.UUID, Fraction | None] = defaultdict(Fraction)
    held = Contact.objects.filter(held=True, superseded=False, day__lte=on, minutes__gt=0)
    for course, mentor, day, spent in held.values_list("course_id", "mentor_id", "day", "minutes").iterator():
        if course not in wanted:
            continue
        minutes[course] += spent
        price = _agreed(agreed.get(course, ()), day) or book.on(mentors[mentor], day)
        ore[course] = _more(ore[course], price, spent)
    return {course: Given(spent, _whole(ore[course])) for course, spent in minutes.items()}


def _wages(on: date) -> dict[uuid.UUID, list[tuple[date, int]]]:
    """The wage that agreements themselves name, by course, in order of signing: a company mentor's."""
    found = defaultdict(list)
    named = Agreement.objects.filter(signed_on__lte=on, wage_per_hour__isnull=False).order_by(
        "signed_on", "id"
    )
    for course, signed_on, wage in named.values_list("course_id", "signed_on", "wage_per_hour"):
        found[course].append((signed_on, wage))
    return found


def _agreed(wages: Sequence[tuple[date, int]], day: date) -> int | None:
    """The wage of the newest agreement signed by a day."""
    return next((wage for signed_on, wage in reversed(wages) if signed_on <= day), None)


def _more(so_far: Fraction | None, price: int | None, minutes: int) -> Fraction | None:
    return None if so_far is None or price is None else so_far + Fraction(price * minutes, 60)


def _whole(ore: Fraction | None) -> int | None:
    return None if ore is None else round_ore(ore)


def _progress(on: date, begun: Iterable[Begun]) -> dict[tuple[uuid.UUID, str], bool]:
    """By course and rater: whether the last answers lie above the first, where both were given."""
    start = dict(Course.objects.values_list("id", "start"))
    wanted = {each.course for each in begun}
    waves: dict[tuple[uuid.UUID, str], dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in scores_for_evidence(Course.objects.all()):
        if row.course_id in wanted and _by(row, start[row.course_id], on):
            waves[row.course_id, row.rater][row.days][row.question] = row.score or 0
    moved = {key: _moved(found) for key, found in waves.items()}
    return {key: up for key, up in moved.items() if up is not None}


def _by(row: ScoreRow, start: date, on: date) -> bool:
    return row.score is not None and start + timedelta(days=row.days) <= on


def _moved(waves: Mapping[int, Mapping[str, int]]) -> bool | None:
    first, last = waves[min(waves)], waves[max(waves)]
    both = first.keys() & last.keys()
    if len(waves) < 2 or not both:
        return None
    return sum(last[question] - first[question] for question in both) > 0
