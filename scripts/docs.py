"""`make docs`: writes the generated chapters again. A chapter is registered by what prints it."""

import subprocess
import sys
from pathlib import Path

from steps import exit_plainly, step

ROOT = Path(__file__).resolve().parent.parent
# File: the arguments to Python that print it.
CHAPTERS = {
    "docs/rules.md": ("-m", "mentorkorps.domain.law"),
}


def main() -> int:
    for name, arguments in CHAPTERS.items():
        with step(f"Writing {name}"):
            printed = subprocess.run(
                [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE
            ).stdout
            (ROOT / name).write_bytes(printed)
    return 0


if __name__ == "__main__":
    exit_plainly(main)
