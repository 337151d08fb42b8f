"""How every form of the house reads, shows and fails."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.dates import UnreadableDate, field_date, parse_date
from mentorkorps.domain.law import BadFact
from mentorkorps.domain.letter import Incomplete
from mentorkorps.domain.refusal import Refusal

Result = TypeVar("Result")
LONGEST_TEXT = 4_000  # characters
FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateInput(forms.TextInput):
    """A date as Danes write it; a native picker would force another order on half of the browsers."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(
            {"class": "inp inp-date", "inputmode": "numeric", "placeholder": "dd-mm-åååå", **attrs}
        )

    def format_value(self, value: Any) -> Any:
        return field_date(value) if isinstance(value, date) else value


class DateField(forms.Field):
    """Reads 22-11-2026, 22.11.26, 221126 and ISO; says in Danish what it could not read.

    A year that nobody means is a slip of the finger, and a day at the end of all time cannot be counted from.
    """

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            day = parse_date(value)
        except UnreadableDate as unreadable:
            raise ValidationError(str(unreadable), code="date") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                f"Året kan ikke passe. Skriv et år fra {FIRST_YEAR} til {LAST_YEAR}.", code="date"
            )
        return day


class LongText(forms.CharField):
    """A few paragraphs, with a limit that the message names."""

    def __init__(self, *, rows: int = 3, max_length: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea({"rows": rows, "class": "inp"}),
            max_length=max_length,
            error_messages={
                "max_length": f"Højst {thousands(max_length)} tegn. Du har skrevet %(show_value)d."
            },
            **kwargs,
        )


class HouseForm(forms.Form):
    """Fields that carry the house's class, no colon after labels, and a place for what the law refuses.

    After an attempt that the law refused, `refusal` holds the Refusal: it is shown in grey with its provision,
    since it is not the reader's mistake.
    """

    refusal: Refusal | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            plain = isinstance(
                field.widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple
            )
            if not plain:
                field.widget.attrs.setdefault("class", "inp")
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "Skal udfyldes."

    def attempt(self, verb: Callable[..., Result], *args: Any, **kwargs: Any) -> Result | None:
        """Runs a verb; what it refuses or finds wrong becomes errors of this form, at the field where there is one."""
        try:
            return verb(*args, **kwargs)
        except ValidationError as wrong:
            self._show(wrong)
        except Refusal as refusal:
            self.refusal = refusal
        except (BadFact, Incomplete) as incomplete:
            self.add_error(incomplete.field if incomplete.field in self.fields else None, incomplete.message)
        return None

    def _show(self, wrong: ValidationError) -> None:
        if not hasattr(wrong, "error_dict"):
            self.add_error(None, wrong)
            return
        for name, errors in wrong.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def keepable(text: str) -> str:
    """Typed text as every database can keep it: no null characters, and half a character becomes U+FFFD.

    A phone that cuts a text at its longest may cut an emoji in two, and JSON brings the half along.
    """
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def typed_line(request: HttpRequest, name: str, *, most: int = 300) -> str:
    """What stands in the one field of a small form that has no page of its own, as characters that can be kept."""
    return keepable(request.POST.get(name, ""))[:most]
