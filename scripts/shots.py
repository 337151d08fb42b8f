"""`make shots`: takes the handbook's pictures anew, in a real browser against the demo world."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    print("Building the demo world and taking a picture of each page; it takes a few minutes ...", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:xdist",
        "-o",
        "addopts=",
        "-q",
        "tests/browser/pictures.py",
    ]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
