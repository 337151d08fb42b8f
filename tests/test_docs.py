"""The documents tell the truth: every link leads somewhere, every command and target exists, every room is named."""

import re
import subprocess
from pathlib import Path

import pytest

from mentorkorps.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("mentorkorps/web/handbook/*.md")])
PICTURES = ROOT / "mentorkorps/web/static/handbook"
LINK = re.compile(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)")
CALL = re.compile(r"`mentorkorps ([a-z_]+)")
TARGET = re.compile(r"(?:`|^\s*)make ([a-z]+)\b(?=[`\s])", re.MULTILINE)
ROOMS = ("domain", "journal", "municipality", "cases", "followup", "ledger", "web")


def django_commands() -> set[str]:
    """Django's own commands and the house's."""
    from django.core.management import get_commands

    return set(get_commands())


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
class TestDocument:
    def test_links_lead_somewhere(self, doc: Path) -> None:
        folder = PICTURES if doc.parent.name == "handbook" else doc.parent
        assert not [link for link in LINK.findall(doc.read_text()) if not (folder / link).exists()]

    def test_commands_exist(self, doc: Path) -> None:
        assert set(CALL.findall(doc.read_text())) <= django_commands() | set(COMMANDS)

    def test_targets_exist(self, doc: Path) -> None:
        assert set(TARGET.findall(doc.read_text())) <= targets()


def test_the_readme_shows_the_two_commands_and_every_room() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "make demo " in readme
    assert "make test " in readme
    for room in ROOMS:
        assert re.search(rf"^\s*{room}\b", readme, re.MULTILINE), room
        assert (ROOT / "mentorkorps" / room / "__init__.py").exists()


def test_the_word_list_has_one_english_word_a_row() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", (ROOT / "ORDBOG.md").read_text(), re.MULTILINE)[2:]
    danish = [row[0] for row in rows]
    assert len(danish) > 30
    assert len(set(danish)) == len(danish)


def test_nothing_names_a_machine() -> None:
    """No committed file carries a path of a machine or the host of a package registry."""
    pattern = r"/[w]ork/|/[r]oot/|registry\.[n]pmjs|[p]ypi\.org|files\.[p]ythonhosted|deb\.[d]ebian\.org"
    found = subprocess.run(
        ["git", "grep", "-nEI", pattern, "--", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 1, found.stdout
