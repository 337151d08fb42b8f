"""The committee's papers: written, sent to a meeting, postponed with questions, answered, and decided."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.letter.document import block_as_json
from mentorkorps.domain.paper import (
    NoFigure,
    UnknownFigure,
    check_names,
    choice,
    law_text,
    names_in,
    template_for,
)
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import ServiceLevel, User
from mentorkorps.municipality.queries import law_book
from mentorkorps.steering.actions import proposals
from mentorkorps.steering.models import (
    Annex,
    Paper,
    PaperFigure,
    PaperText,
    PaperVersion,
    Proposal,
    Reading,
    Run,
)
from mentorkorps.steering.queries.papers import (
    composed,
    current_reading,
    recommendation_key,
    sections,
    shown_figures,
)

Outcome = Reading.Outcome
CHANGED_MEANWHILE = "En anden har skrevet i afsnittet imens. Din tekst står her."


@transaction.atomic
def create_paper(
    *, title: str, kind: str, authority: str, committee: str, meeting_on: date, on: date, by: User,
    item_number: int | None = None, proposal: Proposal | None = None, level: ServiceLevel | None = None,
    template: str = "", **head: Any,
) -> Paper:  # fmt: skip
    """A new paper for a meeting. Its layout is the municipality's of the day unless `template` names another;
    “Retligt grundlag” begins with the law of the meeting's day. Raises ValidationError for a day before any layout."""
    code = template or _template_of(authority, meeting_on)
    paper = Paper.objects.create(
        title=title.strip(), kind=kind, authority=authority, committee=committee.strip(), template=code,
        proposal=proposal, level=level, created_by=by, created_on=on, **head,
    )  # fmt: skip
    paper.readings.create(number=1, meeting_on=meeting_on, item_number=item_number)
    paper.texts.create(key="law", text=law_text(law_book().rules_on(meeting_on), meeting_on), revision=1)
    changed("oprettet udvalgssag", by=by, about=paper)
    return paper


def _template_of(authority: str, on: date) -> str:
    found = template_for(authority, on)
    if found is None:
        raise ValidationError(
            {"meeting_on": "Ingen skabelon gælder den dag. Ret dagen, eller vælg en skabelon."}
        )
    return found.code


@transaction.atomic
def change_head(paper: Paper, *, meeting_on: date, item_number: int | None, by: User, **head: Any) -> None:
    """Changes what stands in the paper's head, and the newest meeting's day and number. Raises ValidationError."""
    reading = _open_reading(paper)
    paper = reading.paper
    for name, value in head.items():
        setattr(paper, name, value)
    paper.save()
    reading.meeting_on, reading.item_number = meeting_on, item_number
    reading.save()
    changed("rettet hoved på udvalgssag", by=by, about=paper)


@transaction.atomic
def save_text(paper: Paper, key: str, text: str, *, revision: int, by: User) -> PaperText:
    """Saves one text; `revision` is what the writer began from. Saving the same words twice changes nothing.

    Raises ValidationError for a text that is closed, names an unknown figure, or was changed by another meanwhile.
    """
    paper = _lock(paper).paper
    section = {each.key: each for each in sections(paper)}.get(key)
    if section is None or not section.writable:
        raise ValidationError({"text": "Afsnittet er låst: sagen er sendt til mødet."})
    try:
        check_names(text, shown_figures(paper))
    except UnknownFigure as unknown:
        raise ValidationError({"text": str(unknown)}) from None
    stored, _ = PaperText.objects.get_or_create(paper=paper, key=key)
    text = text.replace("\r\n", "\n").strip()
    if stored.text == text:
        return stored
    if stored.revision != revision:
        raise ValidationError({"text": f"{CHANGED_MEANWHILE} Åbn siden i et nyt vindue, og saml dem."})
    stored.text, stored.revision = text, revision + 1
    stored.save()
    changed("skrevet i udvalgssag", by=by, about=paper, section=key)
    return stored


@transaction.atomic
def fetch_figure(paper: Paper, *, run: Run, path: str, name: str, on: date, by: User) -> PaperFigure:
    """Freezes a figure of a run under a name. Raises ValidationError at `path` or `name`."""
    _open_reading(paper)
    try:
        found = choice(run.result, path)
    except NoFigure:
        raise ValidationError({"path": "Det tal findes ikke i beregningen. Vælg et fra listen."}) from None
    if paper.figures.filter(name=name).exists():
        raise ValidationError({"name": f"Sagen har allerede et tal, der hedder {name}."})
    figure = paper.figures.create(
        name=name, run=run, path=path, label=found.label, value=found.value, shown=found.shown,
        block=block_as_json(found.block) if found.block else None, fetched_by=by, fetched_on=on,
    )  # fmt: skip
    changed("hentet tal til udvalgssag", by=by, about=paper, run=str(run.pk), path=path)
    return figure


@transaction.atomic
def drop_figure(paper: Paper, name: str, *, by: User) -> None:
    """Takes a figure out that no text uses. Raises ValidationError."""
    _open_reading(paper)
    using = [text.key for text in paper.texts.all() if name in names_in(text.text)]
    if using:
        raise ValidationError(f"Tallet {name} står i teksten. Slet det der først.")
    paper.figures.filter(name=name).delete()
    changed("fjernet tal fra udvalgssag", by=by, about=paper)


@transaction.atomic
def add_annex(
    paper: Paper, *, title: str, on: date, by: User, document_number: str = "", made: str = "",
    ore_per_hour: int | None = None, corrects: Annex | None = None,
) -> Annex:  # fmt: skip
    """Adds an annex, or a corrected one beside the one it corrects, also after the paper was sent.

    Raises ValidationError when the meeting has decided, or the annex has been corrected already.
    """
    reading = _lock(paper)
    if reading.outcome:
        raise ValidationError("Mødet er holdt. Bilag kan ikke tilføjes mere.")
    if reading.sent_on and corrects is None:
        raise ValidationError("Sagen er sendt. Du kan omdele et rettet bilag, men ikke tilføje et nyt.")
    if corrects is not None and (corrects.paper_id != paper.pk or hasattr(corrects, "corrected_by")):
        raise ValidationError("Bilaget er rettet allerede. Ret det nyeste.")
    last = paper.annexes.aggregate(last=Max("number"))["last"] or 0
    number = corrects.number if corrects else last + 1
    annex = paper.annexes.create(
        number=number, title=title.strip(), document_number=document_number.strip(), made=made,
        ore_per_hour=ore_per_hour, corrects=corrects, added_on=on,
    )  # fmt: skip
    changed("rettet bilag" if corrects else "tilføjet bilag", by=by, about=paper, number=number)
    return annex


@transaction.atomic
def send_paper(paper: Paper, *, on: date, by: User) -> PaperVersion:
    """Sends the paper to its meeting: the whole is frozen, and its proposal is put forward.

    Raises ValidationError when there is no recommendation, or the proposal cannot be put forward.
    """
    reading = _open_reading(paper)
    paper = reading.paper
    if on > reading.meeting_on:
        raise ValidationError(f"Mødet var {field_date(reading.meeting_on)}. Ret mødets dag først.")
    recommendation = paper.texts.filter(key=recommendation_key(reading)).first()
    if recommendation is None or not recommendation.text:
        raise ValidationError("Der er ingen indstilling. Skriv, hvem der indstiller hvad.")
    if paper.proposal and paper.proposal.state in proposals.EDITABLE:
        proposals.put_forward(paper.proposal, on=on, by=by)
    reading.sent_on = on
    reading.save()
    version = _freeze(paper, reading, PaperVersion.Stage.AGENDA, on, by)
    changed("sendt udvalgssag", by=by, about=paper, version=version.number)
    return version


@transaction.atomic
def record_decision(
    paper: Paper, *, outcome: str, decision: str, absent: str, on: date, by: User,
    questions: Sequence[str] = (), in_force_from: date | None = None,
) -> PaperVersion:  # fmt: skip
    """What the meeting decided; the proposal follows, and an adopted one becomes a level from `in_force_from`.

    Raises ValidationError at the field that is in the way.
    """
    reading = _lock(paper)
    paper = reading.paper
    _check_decision(reading, outcome, decision, on)
    reading.outcome, reading.decision, reading.absent = outcome, decision.strip(), absent.strip()
    reading.save()
    asked = [question.strip() for question in questions if question.strip()]
    for position, question in enumerate(asked, start=1):
        reading.questions.create(position=position, question=question)
    if paper.proposal:
        _tell_proposal(paper, paper.proposal, reading, asked, in_force_from, by)
    version = _freeze(paper, reading, PaperVersion.Stage.MINUTES, on, by)
    changed("beslutning i udvalgssag", by=by, about=paper, outcome=outcome, version=version.number)
    return version


def _check_decision(reading: Reading, outcome: str, decision: str, on: date) -> None:
    if reading.sent_on is None or reading.outcome:
        raise ValidationError("Sagen ligger ikke hos udvalget. Send den til et møde først.")
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": "Vælg, hvad udvalget gjorde."})
    if not decision.strip():
        raise ValidationError({"decision": "Skriv beslutningen, som den står i referatet."})
    if on < reading.meeting_on:
        raise ValidationError(f"Mødet er først {field_date(reading.meeting_on)}.")


def _tell_proposal(
    paper: Paper, proposal: Proposal, reading: Reading, questions: Sequence[str], first: date | None, by: User
) -> None:
    if reading.outcome != Outcome.ADOPTED:
        proposals.record_outcome(
            proposal, outcome=reading.outcome, on=reading.meeting_on, questions=questions, by=by
        )
        return
    proposals.adopt_proposal(
        proposal, on=reading.meeting_on, committee=paper.committee, case_number=paper.case_number,
        in_force_from=first or proposal.in_force_from, by=by,
    )  # fmt: skip


@transaction.atomic
def begin_next_reading(paper: Paper, *, meeting_on: date, item_number: int | None, by: User) -> Reading:
    """Takes a postponed paper up at another meeting. The recommendation begins as it was; the first one is kept."""
    last = _lock(paper)
    paper = last.paper
    if last.outcome != Outcome.POSTPONED:
        raise ValidationError("Kun en sag, der er udsat, kan tages op igen.")
    if meeting_on < last.meeting_on:
        raise ValidationError(
            {"meeting_on": f"Sagen blev udsat {field_date(last.meeting_on)}. Vælg en senere dag."}
        )
    if paper.proposal and paper.proposal.state == Proposal.State.POSTPONED:
        proposals.begin_second_reading(paper.proposal, by=by)
    reading = paper.readings.create(number=last.number + 1, meeting_on=meeting_on, item_number=item_number)
    before = paper.texts.filter(key=recommendation_key(last)).first()
    paper.texts.create(key=recommendation_key(reading), text=before.text if before else "", revision=1)
    changed("taget udvalgssag op igen", by=by, about=paper, reading=reading.number)
    return reading


def fingerprint(document: dict[str, Any]) -> str:
    """SHA-256 of a document's canonical JSON."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _freeze(paper: Paper, reading: Reading, stage: str, on: date, by: User) -> PaperVersion:
    document = composed(paper).as_json()
    return PaperVersion.objects.create(
        paper=paper, reading=reading, number=paper.versions.count() + 1, stage=stage,
        document=document, sha256=fingerprint(document), made_on=on, made_by=by,
    )  # fmt: skip


def _lock(paper: Paper) -> Reading:
    """Locks the paper against another writer; its newest meeting as stored, with the stored paper on it."""
    stored = Paper.objects.select_for_update().get(pk=paper.pk)
    reading = current_reading(stored)
    reading.paper = stored
    return reading


def _open_reading(paper: Paper) -> Reading:
    reading = _lock(paper)
    if reading.sent_on is not None:
        raise ValidationError(
            "Sagen er sendt til mødet og kan ikke ændres. Udsættes den, kan du skrive videre."
        )
    return reading
