"""Making a run, and making it again."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.domain import exact_json
from mentorkorps.domain.evidence.published import publish
from mentorkorps.domain.given import BadInput
from mentorkorps.domain.questions import answered
from mentorkorps.domain.run_result import differences
from mentorkorps.domain.simulation import simulation
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import today
from mentorkorps.steering.models.runs import Run
from mentorkorps.steering.queries.versions import code_version, law_version

# What each kind of run counts with: a pure function from plain data to plain data, which raises BadInput.
KINDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "simulation": simulation,
    "answer": answered,
    "evidence": publish,
}


@dataclass(frozen=True)
class Repeat:
    """A run made again. `figures` are (path, then, now) for those that differ; the versions are (then, now)."""

    result: Any
    figures: tuple[tuple[str, Any, Any], ...]
    code: tuple[str, str]
    law: tuple[str, str]
    inputs_untouched: bool

    @property
    def same(self) -> bool:
        """Whether every figure came out with the same digits, of the inputs that the run was made of."""
        return self.inputs_untouched and not self.figures


@transaction.atomic
def make_run(*, kind: str, title: str, inputs: Mapping[str, Any], by: User | None, result: Any = None) -> Run:
    """Computes and keeps. `inputs` are plain data; numbers are int or Decimal. `by` is None at set-up.

    `result` is what the kind's function made of the inputs, where that takes too long for a transaction.

    The same title, inputs and program a second time give the run that is there: a double post makes no other.

    Raises ValidationError at `title` when it is blank, and with the place for inputs that cannot be counted on;
    KeyError for a kind that nobody has registered.
    """
    title = title.strip()
    if not title:
        raise ValidationError({"title": "Giv beregningen en titel, så den kan findes igen."})
    made_of = {
        "kind": kind,
        "title": title,
        "input_hash": input_hash(inputs),
        "law_version": law_version(),
        "code_version": code_version(),
        "made_by": by,
    }
    there = Run.objects.filter(**made_of).first()
    if there is not None:
        return there
    try:
        result = KINDS[kind](inputs) if result is None else result
    except BadInput as problem:
        raise ValidationError(f"Der kan ikke regnes på tallene: {problem}.") from None
    run = Run.objects.create(
        **made_of, inputs=dict(inputs), result=result, made_on=today(), made_at=timezone.now()
    )
    changed("gemt beregning", by=by, about=run, kind=kind, input_hash=run.input_hash)
    return run


def repeat(run: Run) -> Repeat:
    """Makes the run again of its own inputs, and says what differs. Nothing is written.

    Raises KeyError when the program no longer has the kind, BadInput when it no longer takes the inputs.
    """
    result = KINDS[run.kind](run.inputs)
    return Repeat(
        result=result,
        figures=tuple(differences(run.result, result)),
        code=(run.code_version, code_version()),
        law=(run.law_version, law_version()),
        inputs_untouched=input_hash(run.inputs) == run.input_hash,
    )


def input_hash(inputs: Mapping[str, Any]) -> str:
    """SHA-256 of the inputs' canonical text."""
    return hashlib.sha256(exact_json.canonical(inputs).encode()).hexdigest()
