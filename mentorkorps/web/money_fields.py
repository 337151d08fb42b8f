"""Fields for money and months, read as Danes write them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mentorkorps.domain.money import parse_number, whole_ore, write_kroner

MOST_ORE = 1_000_000_000_000  # ten milliard kroner: nobody's mentors cost more
_MONTH = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_MONTH_ISO = re.compile(r"(\d{4})-(\d{1,2})")


class KronerField(forms.Field):
    """Kroner with at most two decimals and not below 0; the value is whole øre."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "inp inp-auto", "inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return write_kroner(value).removesuffix("kr.").strip() if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            ore = whole_ore(parse_number(re.sub(r"\s*kr\.?$", "", str(value).strip().lower())))
        except ValueError:
            raise ValidationError(f"“{str(value)[:40]}” er ikke et beløb. Skriv fx 412,50.") from None
        if not 0 <= ore <= MOST_ORE:
            raise ValidationError(f"Skriv et beløb mellem 0 og {write_kroner(MOST_ORE)}")
        return ore


class MonthField(forms.Field):
    """A month as 10-2026; the value is its first day."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "inp inp-date", "inputmode": "numeric", "placeholder": "mm-åååå"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m-%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        month = month_asked(str(value))
        if month is None:
            raise ValidationError(f"“{str(value)[:40]}” er ikke en måned. Skriv fx 10-2026.")
        return month


def month_asked(text: str) -> date | None:
    """The first day of the month that 10-2026 or 2026-10 means; None for what is no month."""
    clean = text.strip()
    danish, iso = _MONTH.fullmatch(clean), _MONTH_ISO.fullmatch(clean)
    if danish is None and iso is None:
        return None
    month, year = map(int, danish.groups()) if danish else reversed([int(part) for part in iso.groups()])  # type: ignore[union-attr]
    return date(year, month, 1) if 1 <= month <= 12 and 2000 <= year <= 2100 else None
