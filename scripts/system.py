"""What the product needs from the operating system, how to see whether it is there, and how to get it.

As root on Debian or Ubuntu what is missing is installed; anyone else is told what to install.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postgres import server_programs
from steps import run_quietly, step


@dataclass(frozen=True)
class Part:
    """Something outside Python: what it is for, its Debian packages, and how to see that it is here."""

    what_for: str
    packages: tuple[str, ...]
    is_here: Callable[[], bool]


def has_libraries(*names: str) -> bool:
    return all(ctypes.util.find_library(name) for name in names)


def has_program(name: str) -> bool:
    return shutil.which(name) is not None


def has_font(pattern: str) -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob(pattern), None) for folder in folders if folder.exists())


PDF = Part(
    "PDF letters",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: has_libraries("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"),
)
FONTS = Part("letters in the tests", ("fonts-liberation",), lambda: has_font("LiberationSans-*"))
PDF_READER = Part("reading PDF files in the tests", ("poppler-utils",), lambda: has_program("pdftotext"))
POSTGRESQL = Part("the tests on PostgreSQL", ("postgresql",), lambda: bool(server_programs()))
BROWSER = Part("the tests in a browser", ("chromium",), lambda: has_program("chromium"))

WANTED = {"code": (), "demo": (PDF,), "test": (PDF, FONTS, PDF_READER, POSTGRESQL, BROWSER)}


def provide(purpose: str) -> None:
    """Have what `purpose` wants. Where it cannot be installed the tests stop; a demo goes on without PDF."""
    missing = [part for part in WANTED[purpose] if not part.is_here()]
    packages = [package for part in missing for package in part.packages]
    if not missing:
        return
    if can_install():
        install(packages)
        return
    for part in missing:
        print(f"Missing for {part.what_for}: {' '.join(part.packages)}", flush=True)
    if purpose == "test":
        sys.exit(advice(packages))
    print("Going on without.", flush=True)


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages, or exit saying which: only root is asked to change the machine."""
    if not can_install():
        sys.exit(advice(packages))
    apt = ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing with apt-get, which may take minutes: {' '.join(packages)}"):
        # One unreachable source fails the update but need not hold back the packages we want.
        subprocess.run([*apt, "update"], env=environment, capture_output=True)
        run_quietly([*apt, "install", "--yes", "--no-install-recommends", *packages], environment)


def advice(packages: list[str]) -> str:
    return (
        "Please install this and run the command again (names as in Debian and Ubuntu):\n"
        f"    sudo apt-get install --no-install-recommends {' '.join(packages)}"
    )
