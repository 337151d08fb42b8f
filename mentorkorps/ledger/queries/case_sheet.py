"""Rows of courses -> the facts that the twelve points are judged from."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from mentorkorps.cases.models import Agreement, Course, Decision, Grant
from mentorkorps.domain import audit, law
from mentorkorps.domain.audit import Point
from mentorkorps.domain.dates import field_date, month_end
from mentorkorps.followup.models import Contact
from mentorkorps.followup.queries.caseload import STATUS_DUE
from mentorkorps.followup.queries.overview import hours_of
from mentorkorps.ledger.models import ControlAnswer, Price
from mentorkorps.ledger.queries.case_rows import CaseRows
from mentorkorps.ledger.queries.hours import COMPANY
from mentorkorps.municipality.models import IN_COMPANY, Mentor

Kind = Decision.Kind


def case_points(courses: Sequence[Course], on: date) -> dict[uuid.UUID, tuple[Point, ...]]:
    """The twelve points of each course as it stood on a day. A fixed number of queries for any number of courses.

    The courses' `mentor` should be read already.
    """
    return {key: audit.judge(facts) for key, facts in case_facts(courses, on).items()}


def case_facts(courses: Sequence[Course], on: date) -> dict[uuid.UUID, audit.CaseFacts]:
    """The facts of each course as it stood on a day."""
    rows = CaseRows(courses, on)
    return {course.id: _facts(course, rows) for course in courses}


def _facts(course: Course, rows: CaseRows) -> audit.CaseFacts:
    weeks, grants = rows.weeks[course.id], rows.grants[course.id]
    return audit.CaseFacts(
        course=str(course.id),
        on=rows.on,
        kind=_kind(course.mentor),
        function_company=course.function == COMPANY,
        grants=tuple(_grant(each, grants[0].start) for each in grants),
        adverse=tuple(_adverse(course, rows)),
        agreements=tuple(_agreement(each, rows) for each in rows.agreements[course.id]),
        weeks=audit.WeekFacts(weeks.kept, weeks.missed, weeks.excused),
        hours=_hours(course, rows),
        money=_money(course, rows),
        statuses=tuple(sorted(_statuses(course, rows), key=lambda each: each.due)),
        supervision=_supervision(course, rows),
    )


def _kind(mentor: Mentor | None) -> audit.Kind:
    if mentor is None or mentor.provider_id is None:
        return "own"
    return "company" if mentor.kind in IN_COMPANY else "supplier"


def _grant(grant: Grant, first: date) -> audit.GrantFacts:
    decision = grant.decision
    return audit.GrantFacts(
        decision=str(decision.id),
        decided_on=decision.decided_on,
        start=grant.start,
        end=grant.end,
        citation=_citation(decision),
        rule_met=_rule_met(decision),
        target_group=law.target_groups(grant.start).get(grant.target_group, grant.target_group),
        reasoned=bool(decision.situation.strip() and decision.prospect.strip()),
        complain_by=decision.complain_by,
        letter_sent_on=decision.letter_sent_on,
        wants=decision.facts.get("wants_mentor"),
        extends=decision.kind == Kind.GRANT and grant.start > first,
    )


def _finding(decision: Decision) -> dict[str, Any]:
    """What the law said of the decision's rule, as it was stored; empty where it was not."""
    stored = (*decision.answer.get("findings", ()), *decision.answer.get("unmet", ()))
    return next((each for each in stored if each["rule"] == decision.rule), {})


def _rule_met(decision: Decision) -> bool | None:
    return _finding(decision).get("met")


def _citation(decision: Decision) -> str:
    return _finding(decision).get("citation") or f"Regel {decision.rule}"


def _adverse(course: Course, rows: CaseRows) -> Iterator[audit.AdverseFacts]:
    """Grants of less than asked for, and what was taken on the running course against the citizen."""
    before: int | None = None
    given = [each.decision for each in rows.grants[course.id]]
    others = [each for each in rows.decisions[course.id] if each not in given]
    for decision in sorted((*given, *others), key=_taken):
        if _goes_against(decision, before):
            yield audit.AdverseFacts(
                str(decision.id), decision.get_kind_display(), decision.decided_on, _heard(decision)
            )
        before = decision.minutes_per_week or before


def _taken(decision: Decision) -> tuple[date, date, str]:
    return decision.decided_on or date.min, decision.start or date.min, str(decision.id)


def _goes_against(decision: Decision, before: int | None) -> bool:
    """As `cases.facts.needs_hearing`, of a decision that is taken: a change is held against the hours before it."""
    if decision.kind == Kind.GRANT:
        return not decision.in_full
    if decision.kind == Kind.CHANGE:
        return before is not None and (decision.minutes_per_week or 0) < before
    return True


def _heard(decision: Decision) -> bool:
    hearing = getattr(decision, "hearing", None)
    return hearing is not None and bool(hearing.waived_reason or hearing.answered_on)


def _agreement(each: Agreement, rows: CaseRows) -> audit.AgreementFacts:
    mentor = each.mentor
    trained = [row.title for row in rows.trainings[mentor.id] if row.completed_on <= each.start]
    return audit.AgreementFacts(
        key=str(each.id),
        written_on=each.drafted_on,
        signed_on=each.signed_on,
        start=each.start,
        end=each.end,
        longest_end=_longest_end(each),
        goal=bool(each.goal.strip()),
        tasks=len(each.tasks),
        minutes=each.minutes_per_week,
        mentor=mentor.name,
        mentor_key=str(mentor.id),
        reachable=bool(mentor.phone or mentor.email),
        qualifications=(*trained, *mentor.skills),
        decisive=bool(each.decisive.strip()),
        beyond_ordinary=bool(each.beyond_ordinary.strip()),
        wage=each.wage_per_hour,
    )


def _longest_end(each: Agreement) -> date | None:
    try:
        return law.agreement_rule(each.signed_on or each.drafted_on).at_most.last_day(each.start)
    except law.MissingRule:
        return None


def _hours(course: Course, rows: CaseRows) -> audit.HoursFacts:
    held = rows.held[course.id]
    signed = [each for each in rows.agreements[course.id] if each.signed_on]
    paid = [each for each in held if each.minutes]
    return audit.HoursFacts(
        first_paid=paid[0].day if paid else None,
        meetings=len(held),
        delivered=sum(each.minutes for each in held),
        granted=hours_of(course, rows.grants[course.id], (), rows.on).granted,
        unsigned=sum(each.minutes for each in held if not _covered(each, signed)),
        while_away=sum(each.minutes for each in held if _is_away(each, rows)),
    )


def _covered(contact: Contact, signed: Iterable[Agreement]) -> bool:
    return any(max(each.start, each.signed_on) <= contact.day <= each.end for each in signed)


def _is_away(contact: Contact, rows: CaseRows) -> bool:
    away = rows.absences[contact.mentor_id]
    return any(each.first <= contact.day and (each.last is None or each.last >= contact.day) for each in away)


def _by_month(contacts: Iterable[Contact]) -> dict[date, int]:
    found: dict[date, int] = defaultdict(int)
    for each in contacts:
        found[each.day.replace(day=1)] += each.minutes
    return found


def _money(course: Course, rows: CaseRows) -> audit.MoneyFacts:
    kind, held = _kind(course.mentor), rows.held[course.id]
    account, grouping, percent = _booked_as(course, rows)
    return audit.MoneyFacts(
        billed=tuple(_signed(course, rows) if kind == "company" else _invoiced(course, rows)),
        prices=tuple(_prices(course, rows)),
        wage_known=_wage_known(kind, course, rows) if held else None,
        account=account,
        grouping=grouping,
        percent=percent,
        unbooked=_unbooked(course, rows),
    )


def _invoiced(course: Course, rows: CaseRows) -> Iterator[audit.BilledMonth]:
    """The invoiced minutes of each month; a line that is paid in part counts as invoiced in full."""
    delivered, by_month = _by_month(rows.held[course.id]), defaultdict(list)
    for line in rows.lines[course.id]:
        if line.minutes is not None or not line.invoice.is_credit:  # a price put right credits no hours
            by_month[line.month].append(line)
    for month, lines in sorted(by_month.items()):
        minutes = [line.billed for line in lines]
        billed = None if None in minutes else sum(minutes)
        yield audit.BilledMonth(month, billed, delivered[month], str(lines[0].invoice_id))


def _signed(course: Course, rows: CaseRows) -> Iterator[audit.BilledMonth]:
    delivered = _by_month(rows.held[course.id])
    for line in sorted(rows.signed[course.id], key=lambda each: each.signed.month):
        yield audit.BilledMonth(line.signed.month, line.minutes, delivered[line.signed.month], "")


def _prices(course: Course, rows: CaseRows) -> Iterator[audit.PriceFacts]:
    for line in rows.lines[course.id]:
        if line.invoice.is_credit:
            continue
        per = Price.Per.HOUR if line.minutes is not None else Price.Per.COURSE
        agreed = rows.book.agreed(line.invoice.provider_id, per, line.month, month_end(line.month))
        known = line.price_ore in {price.ore for price in agreed} if agreed else None
        yield audit.PriceFacts(str(line.invoice_id), line.month, known)


def _wage_known(kind: audit.Kind, course: Course, rows: CaseRows) -> bool:
    if kind == "company":
        signed = [each for each in rows.agreements[course.id] if each.signed_on]
        return bool(signed) and signed[-1].wage_per_hour is not None
    return all(rows.book.of_own_mentor(each.mentor_id, each.day) is not None for each in rows.held[course.id])


def _booked_as(course: Course, rows: CaseRows) -> tuple[str, str, str]:
    """Account, grouping and percent of the newest hour; what no table has is blank."""
    held = rows.held[course.id]
    if not held:
        return "", "", ""
    day = held[-1].day
    group = next(
        (g.target_group for g in rows.grants[course.id] if g.start <= day <= g.end), course.target_group
    )
    agreed = max((each.signed_on for each in rows.agreements[course.id] if each.signed_on), default=day)
    try:
        account = law.account(group or None, day, course.function)
        percent = law.reimbursement(group or None, course.function, min(agreed, day), day).percent
    except law.MissingRule:
        return "", "", ""
    return account.number, account.grouping or "", "" if percent is None else f"{percent} % af udgiften"


def _unbooked(course: Course, rows: CaseRows) -> int | None:
    """How many minutes closed months have too few or too many; None where no month of the course is closed."""
    delivered = _by_month(rows.held[course.id])
    booked = {month: minutes for (key, month), minutes in rows.posted.items() if key == course.id}
    months = rows.closed & {*delivered, *booked}
    return sum(abs(delivered.get(month, 0) - booked.get(month, 0)) for month in months) if months else None


def _statuses(course: Course, rows: CaseRows) -> Iterator[audit.StatusFacts]:
    written = {
        each.grant_end: each.written_on for each in rows.statuses[course.id] if each.written_on <= rows.on
    }
    for grant in _run_out(rows.grants[course.id]):
        due = grant.end - STATUS_DUE
        if course.ended_on is None or due < course.ended_on:
            what = f"status på bevillingen til {field_date(grant.end)}"
            yield audit.StatusFacts(what, due, written.get(grant.end))
    for each in rows.follow_ups[course.id]:
        yield audit.StatusFacts(f"opfølgning {each.months} måneder efter", each.due, each.asked_on)


def _run_out(grants: list[Grant]) -> Iterator[Grant]:
    """The grants that run to their end: one that a change of hours cut short owes no status."""
    for grant, following in zip_longest(grants, grants[1:]):
        if following is None or following.decision.kind != Kind.CHANGE:
            yield grant


def _supervision(course: Course, rows: CaseRows) -> audit.SupervisionFacts:
    controls = rows.controls[course.id]
    answers = [answer for each in controls for answer in each.answers.all() if answer.asked_on <= rows.on]
    talks = [each.asked_on for each in answers if each.reached == ControlAnswer.Reached.ANSWERED]
    count, waiting = rows.own_answers.get(course.id, (0, 0))
    closed = sum(bool(each.outcome) for each in rows.discrepancies[course.id])
    return audit.SupervisionFacts(
        drawn=str(controls[-1].id) if controls else None,
        asked_on=max(talks, default=None),
        tried=len(answers) - len(talks),
        own_answers=count,
        unfollowed=waiting,
        discrepancies_open=len(rows.discrepancies[course.id]) - closed,
        discrepancies_closed=closed,
    )
