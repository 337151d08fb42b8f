"""The checks that take seconds: style, types, layers, and migrations that match the models."""

import os
import subprocess
import sys
from pathlib import Path

from steps import exit_plainly, step

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "Style (ruff check)": ("ruff", "check", "."),
    "Format (ruff format)": ("ruff", "format", "--check", "."),
    "Types of the domain (mypy)": ("mypy",),
    "Layers (import-linter)": ("lint-imports",),
    "Migrations match the models": ("mentorkorps", "makemigrations", "--check", "--dry-run"),
}


def failed_checks() -> list[str]:
    """Run every check, show the words of those that fail, and return their names."""
    failed = []
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for name, (program, *arguments) in CHECKS.items():
        with step(name):
            command = [BIN / program, *arguments]
            result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if result.returncode:
            print(result.stdout + result.stderr)
            failed.append(name)
    return failed


def main() -> int:
    failed = failed_checks()
    print(f"Failed: {', '.join(failed)}" if failed else "Every check passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    exit_plainly(main)
