"""Logs a contact in a phone's viewport with a real browser, and prints the taps and the seconds it took.

The seconds are from the first tap on Min uge to the receipt, on the demo world, without a person's time to think.
Needs what `make test` needs: Chromium and the browser files.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "var" / "phone.txt"  # a line for each time the test below has run
TEST = "tests/browser/test_phone.py::test_a_contact_in_few_taps_and_seconds"


def main() -> int:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST], cwd=ROOT, capture_output=True, text=True
    )
    print(MEASURED.read_text().splitlines()[-1] if done.returncode == 0 else done.stdout)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
