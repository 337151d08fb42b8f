"""Drafts: everything a decision rests on, frozen on the day it is written, and free to be given up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

import mentorkorps
from mentorkorps.cases.actions.decision.checks import check_decision, check_on_course
from mentorkorps.cases.actions.decision.states import move
from mentorkorps.cases.actions.visitation import save_visitation
from mentorkorps.cases.facts import law_answer, level_row_for
from mentorkorps.cases.models import Course, Decision, Hearing, Visitation
from mentorkorps.domain import law
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import level_rows_in_force

Kind, State = Decision.Kind, Decision.State
ASSESSMENT = ("situation", "prospect", "citizens_view", "other_help")


@transaction.atomic
def draft_decision(
    visitation: Visitation, *, kind: str, rule: str, on: date, by: User, start: date | None = None,
    end: date | None = None, reasons: str = "", tasks: Sequence[str] = (), not_tasks: Sequence[str] = (),
    in_full: bool = True, **written: Any,
) -> Decision:  # fmt: skip
    """A grant, a refusal or a non-extension on a visitation, with everything it rests on frozen.

    `written` are words and minutes of the visitation as they were last typed; they are saved there too. The
    draft takes the place of an earlier one on the visitation. Raises Refusal when the law does not carry it,
    and ValidationError, by field, when something is missing; then nothing is written.
    """
    save_visitation(visitation, by=by, on=on, **written)
    visitation.refresh_from_db()
    _check_kind(visitation, kind)
    answer = law_answer(visitation)
    finding = _finding(answer, rule)
    row = level_row_for(finding, visitation, level_rows_in_force(visitation.law_on))
    granted = kind == Kind.GRANT
    decision = Decision(
        citizen=visitation.citizen, visitation=visitation, course=visitation.extends, kind=kind,
        law_on=visitation.law_on, facts=visitation.facts, answer=answer.as_json(),
        code_version=mentorkorps.__version__, rule=finding.rule, obligation=finding.obligation, level_row=row,
        level_minutes=row.minutes_per_week if row else None,
        minutes_per_week=visitation.minutes_per_week if granted else None, in_full=in_full or not granted,
        deviation_reason=visitation.deviation_reason if granted else "",
        start=start if granted else None, end=end if granted else None, reasons=reasons,
        tasks=list(tasks) if granted else [], not_tasks=list(not_tasks) if granted else [],
        drafted_by=by, drafted_on=on, **{name: getattr(visitation, name) for name in ASSESSMENT},
    )  # fmt: skip
    check_decision(decision, finding, on=on, signer=by)
    return _keep(decision, visitation.decisions.all(), by)


@transaction.atomic
def draft_on_course(
    course: Course, *, kind: str, on: date, by: User, reasons: str, start: date | None = None,
    end: date | None = None, minutes: int | None = None, **written: str,
) -> Decision:  # fmt: skip
    """A change of minutes, a stop before time or a non-extension of a running course, on the basis of its grant.

    A running agreement keeps the rule it was made under, so facts and findings are those of its grant. `written`
    is the assessment in today's words; what is not written stands as the grant had it.
    """
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if course.ended_on is not None:
        raise ValidationError("Forløbet er afsluttet, så der er intet at ændre.")
    grant = course.grants.select_related("decision").order_by("-start").first()
    if grant is None:
        raise ValidationError("Forløbet har ingen bevilling i systemet, så der er intet at ændre.")
    basis = grant.decision
    words = {name: getattr(basis, name) for name in ASSESSMENT} | {"citizens_view": ""} | written
    decision = Decision(
        citizen=course.citizen, course=course, kind=kind, law_on=basis.law_on, facts=basis.facts,
        answer=basis.answer, code_version=mentorkorps.__version__, rule=basis.rule, obligation=basis.obligation,
        level_row=basis.level_row, level_minutes=basis.level_minutes,
        minutes_per_week=minutes if kind == Kind.CHANGE else None, start=start if kind == Kind.CHANGE else None,
        end=_last_day(course, kind, start, end), reasons=reasons, drafted_by=by, drafted_on=on, **words,
    )  # fmt: skip
    check_on_course(decision, course, on=on, signer=by)
    return _keep(decision, course.decisions.filter(visitation__isnull=True), by)


@transaction.atomic
def drop_draft(decision: Decision, *, by: User) -> None:
    """Gives up a decision that has not been taken; the visitation is open as before."""
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if decision.state == State.DECIDED:
        raise ValidationError("En truffet afgørelse kan ikke slettes. Træf en ny, der ændrer den.")
    move(decision, State.WITHDRAWN)
    changed("opgivet kladde", by=by, about=decision, citizen_id=decision.citizen_id)


def _check_kind(visitation: Visitation, kind: str) -> None:
    no = Kind.REFUSAL if visitation.extends_id is None else Kind.NON_EXTENSION
    if kind not in (Kind.GRANT, no):
        raise ValidationError({"kind": "Vælg, hvad du afgør."})


def _finding(answer: law.Answer, rule: str) -> law.Finding:
    try:
        return answer.finding(rule)
    except KeyError:
        raise ValidationError({"rule": "Vælg den regel, som afgørelsen hviler på."}) from None


def _last_day(course: Course, kind: str, start: date | None, end: date | None) -> date | None:
    """A change runs to the end of the grant it changes; a stop ends on its own day, the rest with the course."""
    if kind == Kind.EARLY_STOP:
        return end
    if kind == Kind.CHANGE and start is not None:
        current = course.grants.filter(start__lte=start, end__gte=start).first()
        return current.end if current else course.end
    return course.end


def _keep(decision: Decision, others: QuerySet[Decision], by: User) -> Decision:
    """Saves a draft in place of the earlier ones. What was heard stays with it where the citizen loses nothing more.

    Raises ValidationError while another decision on the same case is being heard or approved.
    """
    waiting = others.filter(state__in=(State.HEARING, State.SECOND)).first()
    if waiting is not None:
        raise ValidationError(
            f"Der er allerede en afgørelse på sagen: {waiting.get_state_display()}. Gør den færdig, eller opgiv den."
        )
    drafts = others.select_for_update().filter(state=State.DRAFT)
    earlier = drafts.filter(kind=decision.kind, rule=decision.rule).first()
    if earlier is not None and _covers(earlier, decision):
        decision.pk, decision._state.adding = earlier.pk, False
    drafts.exclude(pk=decision.pk).update(state=State.WITHDRAWN)
    decision.save()
    changed(
        "skrevet kladde til afgørelse",
        by=by,
        about=decision,
        citizen_id=decision.citizen_id,
        what=decision.kind,
    )
    return decision


def _covers(earlier: Decision, decision: Decision) -> bool:
    """Whether nobody was heard on the earlier draft, or it was about at least as much as this one takes away."""
    if not Hearing.objects.filter(decision=earlier).exists():
        return True
    minutes = (earlier.minutes_per_week or 0) <= (decision.minutes_per_week or 0)
    ends = earlier.end is None or decision.end is None or earlier.end <= decision.end
    return minutes and ends and earlier.in_full <= decision.in_full
