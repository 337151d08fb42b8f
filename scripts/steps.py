"""Progress in plain lines: what is going on, and how long it took."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say `what` before the body and the seconds after it."""
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    yield
    print(f"  done in {time.monotonic() - began:.1f} s", flush=True)


def run_quietly(command: list[str], environment: dict[str, str]) -> None:
    """Run a talkative program and show its words only if it fails, with CalledProcessError."""
    result = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode:
        print(result.stdout, file=sys.stderr)
        result.check_returncode()


def exit_plainly(main: Callable[[], int]) -> None:
    """Run `main` as a program: a failed command ends in one line that names it, not in a traceback."""
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        command = failure.cmd if isinstance(failure.cmd, str) else " ".join(map(str, failure.cmd))
        sys.exit(
            f"Stopped: '{command}' failed with exit code {failure.returncode}; its own words stand above."
        )
    except KeyboardInterrupt:
        sys.exit(130)
