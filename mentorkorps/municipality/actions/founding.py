"""The verbs of the first day: the municipality itself, and the catalogue of tasks that comes along."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.task_catalogue import task_catalogue
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, TaskTemplate
from mentorkorps.municipality.queries import forget_municipality


@transaction.atomic
def found_municipality(**fields: object) -> Municipality:
    """The one municipality that this installation serves. Raises ValidationError when there is one, or by field."""
    if Municipality.objects.exists():
        raise ValidationError(f"{Municipality.objects.get()} er allerede oprettet i denne database.")
    municipality = Municipality(**fields)
    municipality.full_clean()
    if not re.fullmatch(r"[0-9]{3}", municipality.code):
        raise ValidationError({"code": "Kommunekoden er tre cifre, fx 330."})
    municipality.save()
    forget_municipality()
    changed("oprettet kommune", by=None, about=None, code=municipality.code)
    return municipality


@transaction.atomic
def load_catalogue() -> int:
    """Adds the tasks of the catalogue that are not there yet; returns how many."""
    known = set(TaskTemplate.objects.values_list("title", flat=True))
    new = [
        TaskTemplate(kind=task.kind, title=task.title, source=task.source, position=position)
        for position, task in enumerate(task_catalogue())
        if task.title not in known
    ]
    TaskTemplate.objects.bulk_create(new)
    changed("indlæst opgavekatalog", by=None, about=None, tasks=len(new))
    return len(new)
