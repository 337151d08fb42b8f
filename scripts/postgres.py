"""A throw-away PostgreSQL for tests: an own cluster in a temporary folder, reached by a unix socket only.

`postgres.py start` prints the DATABASE_URL to use; `postgres.py stop URL` ends the server and removes its
folder. It gives up durability for speed, so it is of no use for anything worth keeping.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
PREFIX = "mentorkorps-pg-"
USER = "test"
DATABASE = "test"


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian's versions, else where the PATH has them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def call(program: str, *arguments: str, folder: Path) -> None:
    """Run a server program in `folder`. Root must not own the server, so root runs it as `postgres`."""
    programs = server_programs()
    if programs is None:
        sys.exit("PostgreSQL's server programs were not found; on Debian: apt-get install postgresql")
    command = [programs / program, *arguments]
    lower = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    # The server keeps what it inherits: a pipe for its output would never close.
    with (folder / "log").open("a") as log:
        subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=True, **lower)


def start() -> str:
    """Make a cluster with an empty database and return its DATABASE_URL, as django-environ reads it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    try:
        locale = ("--locale=C.UTF-8", "--encoding=UTF8")
        call("initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", *locale, folder=folder)
        call("pg_ctl", "-D", data, "-w", "-o", f"-k {folder} {OPTIONS}", "start", folder=folder)
        call("createdb", "-h", str(folder), "-U", USER, DATABASE, folder=folder)
    except subprocess.CalledProcessError:
        print((folder / "log").read_text(), file=sys.stderr)
        remove(folder)
        raise
    return f"postgres://{USER}@/{folder}/{DATABASE}"


def stop(url: str) -> None:
    """End the server of a `start` and remove everything it wrote; any other address is left alone."""
    folder = Path(urlsplit(url).path[1:]).parent
    if not folder.name.startswith(PREFIX):
        sys.exit(f"Not a throw-away server: {url}")
    remove(folder)


def remove(folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        call("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop", folder=folder)
    shutil.rmtree(folder)


@contextmanager
def throw_away() -> Iterator[str]:
    """The DATABASE_URL of a server that ends with the block, however the block ends."""
    url = start()
    try:
        yield url
    finally:
        stop(url)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            print(start())
        case ["stop", url]:
            stop(url)
        case _:
            sys.exit("Use: postgres.py start, or postgres.py stop URL")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
