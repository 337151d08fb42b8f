"""What can go wrong: a fact that cannot be read, a day the tables do not cover, a correction that does not fit."""

from datetime import date

from mentorkorps.domain.dates import field_date


class BadFact(ValueError):
    """A fact cannot be used. `field` is its key; the message is Danish and says what would do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class BadCorrection(ValueError):
    """A correction does not fit the row it names. `field` is what is in the way; the message is Danish."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class MissingRule(LookupError):
    """A table has no row for a day: never a default, always this, with what was asked for and where."""

    def __init__(self, what: str, on: date, where: str) -> None:
        super().__init__(f"Der mangler en regel om {what} den {field_date(on)} ({where}).")
        self.what, self.on, self.where = what, on, where
