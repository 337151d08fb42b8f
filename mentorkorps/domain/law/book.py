"""The book of rules that answers: the rows that come along, or those rows with corrections put into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from mentorkorps.domain.law.corrections import Correction, corrected_contacts, corrected_rules
from mentorkorps.domain.law.findings import ContactRule
from mentorkorps.domain.law.reading import Dated, in_force
from mentorkorps.domain.law.rows import Contact, Rule, contacts, regimes, rules


@dataclass(frozen=True, eq=False)
class Book:
    """All dated rules and least contacts. A book never changes; a correction makes another one."""

    rules: tuple[Rule, ...]
    contacts: tuple[Contact, ...]

    def corrected(self, corrections: Sequence[Correction]) -> "Book":
        """The book with corrections put in: each makes a new dated row, and the old one ends the day before.

        No day before a correction's own is touched. Where two correct the same field of the same row, the one with
        the later `in_force_from` holds from its day, and of two from one day the last given. Raises BadCorrection.
        """
        if not corrections:
            return self
        made = corrected_rules(self.rules, corrections)
        return Book(made, corrected_contacts(self.contacts, self.rules, corrections))

    def rules_on(self, on: date) -> tuple[Rule, ...]:
        """The rows in force on a day, terms too, but none that is only expected."""
        return tuple(row for row in in_force(self.rules, on) if not row.expected)

    def wordings(self, rule_id: str) -> tuple[Rule, ...]:
        """Every dated row of a rule, oldest first. Raises KeyError when there is none."""
        found = sorted((row for row in self.rules if row.id == rule_id), key=lambda row: row.valid_from)
        if not found:
            raise KeyError(rule_id)
        return tuple(found)

    def rule(self, rule_id: str, on: date | None = None) -> Rule:
        """A row by its id: as it stood on a day, or its newest wording. Raises KeyError."""
        wordings = self.wordings(rule_id)
        for row in reversed(wordings if on is None else in_force(wordings, on)):
            return row
        raise KeyError(rule_id)

    def pieces(self, rule_id: str, row_from: date) -> tuple[Rule, ...]:
        """What corrections have made of the row that came along with a first day, oldest first."""
        return tuple(row for row in self.wordings(rule_id) if row.row_from == row_from)

    def contact_rule(self, rule_id: str, on: date) -> ContactRule | None:
        """The least contact that a rule demands on a day, None when it demands none. Raises KeyError for no rule.

        The day is that of the contact, not of the grant: at a shift the new minimum holds from the shift's
        day while the agreement runs to its end (see `transitions`).
        """
        self.wordings(rule_id)
        for contact in in_force(self.contacts, on):
            if rule_id in contact.rules:
                return contact.rule
        return None

    def contacts_of(self, rule_id: str) -> tuple[Contact, ...]:
        """The least contacts of a rule with their own dates, oldest first."""
        mine = (contact for contact in self.contacts if rule_id in contact.rules)
        return tuple(sorted(mine, key=lambda contact: contact.valid_from))

    def replaced_by(self, row: Rule) -> tuple[Rule, ...]:
        """The rows that took over when a row ended, as they read the day after; none while it is in force."""
        if row.valid_to is None:
            return ()
        after = self._wording_after(row)
        if after is not None:
            return (after,)
        named = (self._reads(rule_id, row.valid_to + timedelta(days=1)) for rule_id in row.replaced_by)
        return tuple(found for found in named if found is not None)

    def replaces(self, row: Rule) -> tuple[Rule, ...]:
        """The rows that ended and were taken over by this one."""
        return tuple(old for old in self.rules if row in self.replaced_by(old))

    def _wording_after(self, row: Rule) -> Rule | None:
        later = [other for other in self.wordings(row.id) if other.valid_from > row.valid_from]
        return later[0] if later else None

    def _reads(self, rule_id: str, on: date) -> Rule | None:
        """The wording in force on a day, else the first that begins later."""
        still = [row for row in self.wordings(rule_id) if row.valid_to is None or on <= row.valid_to]
        return still[0] if still else None

    @cached_property
    def shifts(self) -> tuple[date, ...]:
        """Every first day on which a rule, a contact minimum or a regime is another than the day before."""
        dated: list[Dated] = [*self.rules, *self.contacts, *regimes()]
        first = {row.valid_from for row in dated}
        after = {row.valid_to + timedelta(days=1) for row in dated if row.valid_to}
        return tuple(sorted(first | after))


SHIPPED = Book(rules(), contacts())


def rules_on(on: date, *, book: Book = SHIPPED) -> tuple[Rule, ...]:
    """The rows in force on a day, terms too, but none that is only expected."""
    return book.rules_on(on)


def rule(rule_id: str, on: date | None = None, *, book: Book = SHIPPED) -> Rule:
    """A row by its id: as it stood on a day, or its newest wording. Raises KeyError."""
    return book.rule(rule_id, on)


def contact_rule(rule_id: str, on: date, *, book: Book = SHIPPED) -> ContactRule | None:
    """The least contact that a rule demands on a day (see `Book.contact_rule`). Raises KeyError for no rule."""
    return book.contact_rule(rule_id, on)


def replaced_by(rule_id: str, on: date | None = None, *, book: Book = SHIPPED) -> tuple[Rule, ...]:
    """The rows that took over from a rule: from its newest wording, or that of a day. Raises KeyError."""
    return book.replaced_by(book.rule(rule_id, on))
