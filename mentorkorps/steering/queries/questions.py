"""What each of the committee's five questions is answered from: counts and sums of a day as plain data."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, QuerySet

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.dates import long_date, week_number
from mentorkorps.domain.questions.others import of_courses
from mentorkorps.followup.queries.week_groups import grouped_weeks
from mentorkorps.ledger.queries.accounts import MISSING, Line, lines_between
from mentorkorps.ledger.queries.budget import year_outlook
from mentorkorps.ledger.queries.hours import granted_hours, running_on
from mentorkorps.ledger.queries.hours_given import by_group, hours_given, last_closed_day
from mentorkorps.ledger.queries.prices import price_book, volunteers_on
from mentorkorps.municipality.models import IN_COMPANY, Mentor, ServiceLevelRow
from mentorkorps.municipality.queries import active_mentors
from mentorkorps.municipality.queries.corps import direct_minutes
from mentorkorps.steering.queries.cooperation import shared_citizens

WEEKS, KEPT_WEEKS = 8, 4
Inputs = dict[str, Any]


def closed_weeks(on: date, weeks: int = WEEKS) -> tuple[date, date]:
    """First and last day of the last weeks that are over."""
    last = last_closed_day(on)
    return last - timedelta(weeks=weeks, days=-1), last


def cost_inputs(on: date, *, priced: bool = True) -> Inputs:
    """Hours and costs of the last closed weeks; without `priced` the hours alone, for the sentence."""
    first, last = closed_weeks(on)
    given = hours_given(first, last)
    lines = lines_between(first, last) if priced else []
    obligation_of = {each.course: each.obligation for each in given}
    by_obligation = _costs(lines, lambda line: obligation_of.get(line.course, ""))
    obligations = {
        code: {
            **by_obligation.get(code, _cost([])),
            "minutes": sums.delivered,
            "measured": sums.measured,
            "above": sums.above if sums.is_measured else None,
            "below": sums.below if sums.is_measured else None,
            "unmeasured": sums.unmeasured_courses > 0,  # how many is a count of people
        }
        for code, sums in by_group(given, "obligation").items()
    }
    kind_of = _kinds()
    kinds = _costs(lines, lambda line: kind_of[line.mentor])
    said = {"first": first.isoformat(), "last": last.isoformat(), "weeks": WEEKS}
    return {
        "question": "omkostninger",
        "on": on.isoformat(),
        **said,
        "obligations": obligations,
        "kinds": kinds,
    }


def _costs(lines: Iterable[Line], group: Callable[[Line], str]) -> dict[str, Inputs]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[group(line)].append(line)
    return {key: _cost(rows) for key, rows in found.items()}


def _cost(lines: list[Line]) -> Inputs:
    """Minutes with what they cost; None where nothing has a price."""
    known = [line.cost for line in lines if line.cost is not None]
    return {
        "minutes": sum(line.minutes for line in lines),
        "cost": sum(known) if known else None,
        "unpriced": sum(line.minutes for line in lines if line.cost is None),
    }


def _kinds() -> dict[UUID, str]:
    """Each mentor as internal, supplier or company (a school is one of those)."""
    return {
        key: "company" if kind in IN_COMPANY else kind
        for key, kind in Mentor.objects.values_list("id", "kind")
    }


def priced_rows(on: date) -> list[ServiceLevelRow]:
    """The rows of the level in force with minutes and weeks, those with most running courses first."""
    found = granted_hours(on)
    rows = [
        each for each in (*found.social, *found.company) if each.row and each.row.level_id == _id(found.level)
    ]
    rows.sort(key=lambda each: -each.hours.courses)
    return [each.row for each in rows if each.row and each.row.minutes_per_week and each.row.weeks]


def _id(row: Any) -> Any:
    return row.pk if row else None


def others_inputs(on: date, row: ServiceLevelRow | None, *, weeks: bool = True) -> Inputs:
    """A row of the level with what each kind of mentor costs today, and how the weeks went; without `weeks` not.

    Courses are told in whole fives, so that two days' answers do not give one course away.
    """
    kind_of = _kinds()
    running = Course.objects.filter(running_on(on), mentor__isnull=False).order_by()
    courses = Counter(kind_of[mentor] for mentor in running.values_list("mentor", flat=True))
    kept = _kept(on, kind_of) if weeks else {}
    who = {
        kind: {"price": price, **of_courses(courses[kind], *kept.get(kind, (0, 0)))}
        for kind, price in _prices(on).items()
    }
    who["volunteers"] = {"price": volunteers_on(on)}  # nobody records their courses here
    said = None
    if row is not None:
        names = ("key", "label", "minutes_per_week", "weeks")
        said = {name: getattr(row, name) for name in names}
    return {"question": "andre", "on": on.isoformat(), "row": said, "who": who}


def _prices(on: date) -> dict[str, int | None]:
    """Øre for an hour on average of those whose price or wage is written."""
    book, found = price_book(), defaultdict(list)
    for mentor in active_mentors(on):
        price = book.on(mentor, on)
        if price is not None:
            found["company" if mentor.kind in IN_COMPANY else mentor.kind].append(price)
    agreed = Agreement.objects.filter(
        running_on(on, "course__"), course__mentor__kind__in=IN_COMPANY, signed_on__lte=on
    ).aggregate(mean=Avg("wage_per_hour"))["mean"]
    means = {kind: round(sum(prices) / len(prices)) for kind, prices in found.items()}
    company = means.get("company") if agreed is None else round(agreed)
    return {"internal": means.get("internal"), "supplier": means.get("supplier"), "company": company}


def _kept(on: date, kind_of: Mapping[UUID, str]) -> dict[str, tuple[int, int]]:
    """Weeks that were kept, and those that were due, by kind of mentor."""
    first, last = closed_weeks(on, KEPT_WEEKS)
    weeks = range(week_number(first), week_number(last) + 1)
    found: Counter[tuple[str, str]] = Counter()
    for group in grouped_weeks(Course.objects.filter(mentor__isnull=False), weeks, on, "mentor").groups:
        kept, missed = group.total.kept, group.total.missed
        kind = kind_of[UUID(group.key)]
        found.update({(kind, "kept"): kept, (kind, "owed"): kept + missed})
    return {kind: (found[kind, "kept"], found[kind, "owed"]) for kind, _ in found}


def budget_inputs(on: date) -> Inputs:
    """The year's frame, what is spent and the forecast."""
    found = year_outlook(on.year, on)
    end = found.end
    return {
        "question": "budget",
        "on": on.isoformat(),
        "year": str(on.year),
        "until": long_date(found.until),
        "frame": found.budget.ore if found.budget else None,
        "spent": found.spent.cost if found.spent.price is not None else None,
        "low": end.low if end else None,
        "middle": end.middle if end else None,
        "high": end.high if end else None,
        "ceiling": found.ceiling.ore if found.ceiling else None,
        "missing": [MISSING[name] for name in found.spent.missing],
    }


def organisation_inputs(on: date) -> Inputs:
    """Mentors and their minutes with citizens by unit and supplier, without those in companies."""
    social = active_mentors(on).exclude(kind__in=IN_COMPANY)
    minutes = direct_minutes(on, social)
    found: dict[str, list[int | None]] = defaultdict(list)
    for mentor in social.select_related("unit", "provider"):
        found[_place(mentor)].append(minutes.get(mentor.pk))
    places = [
        {"name": name, "mentors": len(of), "minutes": _sum(of)}
        for name, of in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return {"question": "organisering", "on": on.isoformat(), "places": places}


def _place(mentor: Mentor) -> str:
    where = mentor.provider or mentor.unit
    return str(where) if where else "Uden enhed"


def _sum(minutes: list[int | None]) -> int | None:
    """All of it, or None where somebody's is not written: missing is not zero."""
    known = [each for each in minutes if each is not None]
    return sum(known) if len(known) == len(minutes) else None


def courses_behind(question: str, behind: str, on: date) -> QuerySet[Course]:
    """The courses behind a figure, as its `opens` names them; all of the question's where `behind` is empty.

    Raises KeyError for a name that is none.
    """
    what, _, code = behind.partition(":")
    if question != "samarbejde" or what not in ("", "shared", "several", "home"):
        raise KeyError(behind)
    return Course.objects.filter(running_on(on), citizen__in=shared_citizens(what, code, on))
