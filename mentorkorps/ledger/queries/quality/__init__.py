"""What is missing, late or contradictory in the records: one registry of checks, with counts and rows."""

from mentorkorps.ledger.queries.quality.checks import CHECKS
from mentorkorps.ledger.queries.quality.reading import Check, Counted, Found, counts, rows_of

__all__ = ["CHECKS", "Check", "Counted", "Found", "counts", "rows_of"]
