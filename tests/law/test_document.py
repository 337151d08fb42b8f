"""The page of rules is the data's, word for word."""

import subprocess
import sys
from pathlib import Path

from mentorkorps.domain import law
from mentorkorps.domain.law.document import rules_as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_page_is_fresh():
    assert PAGE.read_text("utf-8") == rules_as_markdown(), (
        "write it anew: python -m mentorkorps.domain.law > docs/rules.md"
    )


def test_every_row_is_on_the_page():
    page = rules_as_markdown()
    for rule in law.rules():
        assert f"{rule.id} " in page
        assert rule.citation in page


def test_the_command_writes_the_page():
    written = subprocess.run(
        [sys.executable, "-m", "mentorkorps.domain.law"], capture_output=True, check=True, cwd=PAGE.parents[1]
    )
    assert written.stdout.decode("utf-8") == rules_as_markdown()
