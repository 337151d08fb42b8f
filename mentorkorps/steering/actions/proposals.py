"""Proposals for a service level: written, put forward, postponed and read again, adopted, rejected or noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.level_changes import (
    Change,
    applied,
    changes_between,
    with_change,
    without_change,
)
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.actions import adopt_level, write_level
from mentorkorps.municipality.models import ServiceLevel, User
from mentorkorps.steering.models import Proposal, ProposalVersion, Run
from mentorkorps.steering.queries.proposals import base_rows, changes_of, current_version, rows_of
from mentorkorps.steering.queries.runs import level_asked, rows_asked

State = Proposal.State
EDITABLE = (State.DRAFT, State.SECOND_READING)
# What a meeting may do with a proposal that lies before it.
OUTCOMES = (State.POSTPONED, State.ADOPTED, State.REJECTED, State.NOTED)


@transaction.atomic
def propose(
    *, name: str, purpose: str, base: ServiceLevel | None, in_force_from: date, on: date, by: User,
    changes: Sequence[Change] = (),
) -> Proposal:  # fmt: skip
    """A new draft with version 1. Without a `base` the level is written from nothing.

    Raises ValidationError at `name` for a name that a level or a proposal has.
    """
    name = name.strip()
    if Proposal.objects.filter(name=name).exists() or ServiceLevel.objects.filter(name=name).exists():
        raise ValidationError({"name": f"Der er allerede noget, der hedder {name}. Vælg et andet navn."})
    proposal = Proposal.objects.create(
        name=name,
        purpose=purpose.strip(),
        base=base,
        in_force_from=in_force_from,
        created_by=by,
        created_on=on,
    )
    proposal.versions.create(number=1, changes=[change.as_json() for change in changes])
    changed("oprettet forslag", by=by, about=proposal)
    return proposal


@transaction.atomic
def propose_from_run(
    run: Run, *, name: str, purpose: str, reason: str, in_force_from: date, on: date, by: User
) -> Proposal:
    """A new draft with the differences of a saved what-if, all for one reason, and the what-if laid beside it.

    Raises ValidationError when it changed nothing, and as `propose` does.
    """
    rows = rows_asked(run)
    if rows is None:
        raise ValidationError("Beregningen ændrer ikke niveauet, så der er intet at foreslå.")
    base = level_asked(run)
    proposal = propose(
        name=name, purpose=purpose, base=base, in_force_from=in_force_from, on=on, by=by,
        changes=changes_between(rows_of(base), rows, _reason(reason)),
    )  # fmt: skip
    bind_run(proposal, run, by=by)
    return proposal


@transaction.atomic
def change_row(proposal: Proposal, row: LevelRow, *, reason: str, by: User) -> None:
    """Proposes a row that is new or another than before. The same new row sent twice is one.

    Raises ValidationError at the field.
    """
    _check_row(row)
    kind = "changed" if row.key in {each.key for each in base_rows(proposal)} else "added"
    change = Change(kind, row, _reason(reason))  # type: ignore[arg-type]
    said = [
        replace(each, row=replace(each.row, key=row.key)) for each in changes_of(current_version(proposal))
    ]
    if kind == "changed" or change not in said:
        _save(proposal, change, by)


@transaction.atomic
def remove_row(proposal: Proposal, key: str, *, reason: str, by: User) -> None:
    """Proposes that a row goes out; running grants keep theirs all the same. Raises ValidationError."""
    rows = {row.key: row for row in applied(base_rows(proposal), changes_of(current_version(proposal)))}
    if key not in rows:
        raise ValidationError("Rækken er allerede taget ud af forslaget.")
    _save(proposal, Change("removed", rows[key], _reason(reason)), by)


@transaction.atomic
def undo_row(proposal: Proposal, key: str, *, by: User) -> None:
    """Takes a difference back: the row is as in the level that the proposal builds on, or not there.

    A row without a difference is left as it is.
    """
    version = _editable(proposal)
    changes = changes_of(version)
    if key not in {change.row.key for change in changes}:
        return
    version.changes = [change.as_json() for change in without_change(changes, key)]
    version.save()
    changed("fortrudt række i forslag", by=by, about=proposal, row=key)


def _save(proposal: Proposal, change: Change, by: User) -> None:
    version = _editable(proposal)
    changes = with_change(changes_of(version), change, base_rows(proposal))
    version.changes = [each.as_json() for each in changes]
    version.save()
    changed("ændret række i forslag", by=by, about=proposal, row=change.row.key)


def _editable(proposal: Proposal) -> ProposalVersion:
    """The version that may be written in, its proposal locked against another writer."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state not in EDITABLE:
        raise ValidationError("Forslaget er fremlagt. Udsættes det, kan du skrive en ny version.")
    return current_version(proposal)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Skriv hvorfor. Udvalget læser begrundelsen ved rækken."})
    return reason.strip()


def _check_row(row: LevelRow) -> None:
    if row.age_from is not None and row.age_to is not None and row.age_to < row.age_from:
        raise ValidationError({"age_to": "Til og med alder er lavere end fra alder."})


@transaction.atomic
def bind_run(proposal: Proposal, run: Run, *, by: User) -> None:
    """Lays a what-if run beside the version that is being written. Twice is once."""
    version = _editable(proposal)
    if not version.runs.filter(pk=run.pk).exists():
        version.runs.add(run)
        changed("lagt beregning ved forslag", by=by, about=proposal, run=str(run.pk))


@transaction.atomic
def put_forward(proposal: Proposal, *, on: date, by: User) -> ProposalVersion:
    """Locks the version that a meeting is to read. Raises ValidationError when it differs in nothing."""
    version = _editable(proposal)
    if not applied(base_rows(proposal), changes_of(version)) or not version.changes:
        raise ValidationError("Forslaget ændrer intet endnu. Ret, tilføj eller fjern en række først.")
    version.put_forward_on = on
    version.save()
    _set(proposal, State.PUT_FORWARD, by, "fremlagt forslag")
    return version


@transaction.atomic
def record_outcome(
    proposal: Proposal, *, outcome: str, on: date, by: User, questions: Sequence[str] = ()
) -> None:
    """What a meeting did, other than adopting: postponed (with its questions), rejected or noted."""
    if outcome not in OUTCOMES or outcome == State.ADOPTED:
        raise ValidationError({"outcome": "Vælg, hvad udvalget gjorde."})
    _close(proposal, outcome, on, questions)
    _set(proposal, State(outcome), by, "udfald af forslag")


@transaction.atomic
def begin_second_reading(proposal: Proposal, *, by: User) -> ProposalVersion:
    """A new version that begins as the postponed one was; both are kept."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != State.POSTPONED:
        raise ValidationError("Kun et forslag, der er udsat, får en anden behandling.")
    last = current_version(proposal)
    _set(proposal, State.SECOND_READING, by, "begyndt anden behandling")
    version = proposal.versions.create(number=last.number + 1, changes=last.changes)
    version.runs.set(last.runs.all())
    return version


@transaction.atomic
def adopt_proposal(
    proposal: Proposal, *, on: date, committee: str, case_number: str, in_force_from: date, by: User
) -> ServiceLevel:
    """The committee's yes: the proposal becomes a level in force from a date. Running grants keep theirs.

    Raises ValidationError at the field that is in the way, as when a level begins that very day.
    """
    version = _close(proposal, State.ADOPTED, on, ())
    level = write_level(
        name=proposal.name, source=f"Vedtaget af {committee.strip()} {field_date(on)}",
        rows=applied(base_rows(proposal), changes_of(version)), by=by,
    )  # fmt: skip
    adopt_level(
        level, committee=committee, case_number=case_number, adopted_on=on, in_force_from=in_force_from, by=by
    )
    proposal.level, proposal.in_force_from = level, in_force_from
    _set(proposal, State.ADOPTED, by, "vedtaget forslag")
    return level


def _close(proposal: Proposal, outcome: str, on: date, questions: Sequence[str]) -> ProposalVersion:
    stored = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if stored.state != State.PUT_FORWARD:
        raise ValidationError("Forslaget ligger ikke hos udvalget. Fremlæg det først.")
    version = current_version(stored)
    if version.put_forward_on and on < version.put_forward_on:
        raise ValidationError({"on": f"Forslaget blev først fremlagt {field_date(version.put_forward_on)}."})
    version.outcome, version.outcome_on = outcome, on
    version.questions = [question.strip() for question in questions if question.strip()]
    version.save()
    return version


def _set(proposal: Proposal, state: str, by: User, verb: str) -> None:
    proposal.state = state
    proposal.save()
    changed(verb, by=by, about=proposal, state=state)
