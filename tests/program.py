"""The program as one starts it, in a process and on a database file of its own."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class DemoFile:
    """The file of a demo's world in a folder of its own, and everything that building it said and logged."""

    file: Path
    said: str
    built_on: date


def program(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program on a database file of its own, with no environment but what is given."""
    return subprocess.run(
        [sys.executable, "-m", "mentorkorps", *arguments], env=surroundings(folder, **environment), cwd=folder,
        capture_output=True, text=True,
    )  # fmt: skip


def surroundings(folder: Path, **environment: str) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/world.sqlite3",
        "PATH": "",
        **environment,
    }
