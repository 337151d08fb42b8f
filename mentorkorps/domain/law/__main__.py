"""`python -m mentorkorps.domain.law > docs/rules.md` writes the page of rules anew."""

import sys

from mentorkorps.domain.law.document import rules_as_markdown

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
sys.stdout.write(rules_as_markdown())
