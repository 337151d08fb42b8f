"""Taking back a dated row that was wrong, from the small form that stands beside it."""

from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from mentorkorps.municipality.models import User
from mentorkorps.web import access
from mentorkorps.web.access import SignedIn
from mentorkorps.web.forms import typed_line


class TakesBack(Protocol):
    """Raises ValidationError where the reason is missing or the row is taken back already."""

    def __call__(self, row: Any, *, reason: str, by: User) -> None: ...


def take_back_row(
    request: SignedIn, rows: QuerySet[Any], act: TakesBack, *, verb: str, done: str, to: str
) -> HttpResponse:
    """Takes back the row that the form names in `linje`, with what it says in `hvorfor`, and goes on to page `to`.

    `verb` is what a refused look for another row is called in the journal.
    """
    number = typed_line(request, "linje", most=20)
    named = number.isascii() and number.isdigit() and len(number) < 10
    row = rows.filter(pk=number).first() if named else None
    if row is None:
        raise access.refuse(request, verb, asked_for=number)
    try:
        act(row, reason=typed_line(request, "hvorfor"), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, done)
    return redirect(to)
