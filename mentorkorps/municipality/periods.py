"""Dated rows in a query: which of them hold on a day. Both days count, and no last day is until further notice."""

from datetime import date

from django.db.models import Q


def not_over(on: date, last: str = "last") -> Q:
    """Rows that have not ended before a day; `last` is the path to their last day, fx "course__end"."""
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on})


def holding(on: date, first: str = "first", last: str = "last") -> Q:
    """Rows that hold on a day, by the paths to their first and last day."""
    return Q(**{f"{first}__lte": on}) & not_over(on, last)
