"""Phones that were without a network come online together, and every contact must be stored once and none lost.

500 phones with 20 waiting contacts each against PostgreSQL, and 100 against SQLite, on `mentorkorps serve` with two
workers. A phone greets, posts, waits and tries again as static/js/phone/sender.js does. With `--kill` the server with
its workers is killed (SIGKILL) 50 times at drawn moments while phones send, and started again each time; there phones
write until the last kill, and wait a twentieth of what they would, so that each kill meets them at work.

Ends with 1 when a contact is lost or doubled, a tally is wrong, or the journal does not verify. Everything is made up,
on loopback, in a database that is removed at the end.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)
PHONES = {"postgres": 500, "sqlite": 100}
WAITING, CITIZENS = 20, 4  # contacts on each phone, and of how many citizens
KILLS, LIVES = 50, (0.1, 2.0)  # how often, and for how many seconds from the first answer a server lives
BATCH, PATIENCE, AGAIN = 50, 30, (5, 15, 60)  # as in sender.js: contacts in a post, and seconds
LONGEST = 30 * 60  # seconds until a run is given up


def main() -> int:
    """Runs on both databases, each in a process of its own, or on the one that is named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kill", action="store_true", help="kill the server 50 times meanwhile")
    asked.add_argument("--database", choices=PHONES, help="only this one")
    asked.add_argument("--phones", type=int, help="another number of phones")
    asked.add_argument("--seed", type=int, default=1, help="draws other moments to kill at (default: 1)")
    said = asked.parse_args()
    if said.database is None:
        each = [[sys.executable, __file__, "--database", name, *sys.argv[1:]] for name in PHONES]
        return max(subprocess.run(command).returncode for command in each)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/phones.sqlite3"
        if said.database == "postgres":
            sys.path.insert(0, str(ROOT / "scripts"))
            from postgres import throw_away

            url = stack.enter_context(throw_away())
        start_django(url, folder)
        return run(said, folder)


def start_django(url: str, folder: Path) -> None:
    """An empty database with the settings of the demo, which are those of operation with known keys."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mentorkorps.settings_demo",
        "DATABASE_URL": url,
        "MENTORKORPS_STATIC": str(folder / "static"),
        "MENTORKORPS_LOG_LEVEL": "WARNING",
    }
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", "--no-input", verbosity=0)


def run(said: argparse.Namespace, folder: Path) -> int:
    """One storm, its figures and its checks. Returns the exit code."""
    server, stop = Server(folder), Event()
    from storm import rows

    people = rows.build(said.phones or PHONES[said.database], CITIZENS, TODAY)
    phones = [Phone(each, server.port, stop, hurry=20 if said.kill else 1) for each in people]
    server.start()
    try:
        until_answered(server.port)
        began = monotonic()
        threads = [Thread(target=phone.live, args=(began + LONGEST,), daemon=True) for phone in phones]
        for thread in threads:
            thread.start()
        if said.kill:
            kill_and_start(server, phones, random.Random(said.seed))
        stop.set()
        for thread in threads:
            thread.join()
        took = monotonic() - began
    finally:
        server.kill()
    tell(said, phones, took, server, rows.bare_inserts())
    found = rows.faults(
        set().union(*(phone.written for phone in phones)), set().union(*(phone.answered for phone in phones))
    )
    print("  " + ", ".join(f"{what}: {n}" for what, n in found.items()))
    return int(any(found.values()))


class Server:
    """The house as `mentorkorps serve` runs it, with two workers, on a loopback port of its own."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "server.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self) -> None:
        """Starts it in a process group of its own."""
        command = [sys.executable, "-m", "mentorkorps", "serve", "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--workers", "2"], cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """Ends it and its workers as a machine that fails does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Phone:
    """One mentor's phone with what waits on it, what has been answered for, and how it went."""

    def __init__(self, mentor: Any, port: int, stop: Event, hurry: int) -> None:
        self.id, self.mentor = str(uuid.uuid4()), mentor
        self.port, self.stop, self.hurry = port, stop, hurry
        self.cookies = {"mk_session": self.mentor.session}
        self.waiting: list[dict[str, str]] = []
        self.written: set[str] = set()
        self.answered: set[str] = set()
        self.seconds: list[float] = []
        self.went: Counter[str] = Counter()

    def live(self, until: float) -> None:
        """Writes, and sends until nothing waits; writes again until told to stop. Gives up at `until`."""
        self.write()
        while (self.waiting or not self.stop.is_set()) and monotonic() < until:
            if not self.waiting:
                self.write()
            self.send(until)

    def write(self) -> None:
        """A contact with one citizen after another."""
        for n in range(WAITING):
            day = TODAY - timedelta(days=n)
            contact = {
                "key": str(uuid.uuid4()), "course": self.mentor.courses[n % CITIZENS], "day": day.isoformat(),
                "outcome": "met", "minutes_pick": "45", "how": "in_person", "note": "Ringede til banken sammen.",
            }  # fmt: skip
            self.waiting.append(contact)
            self.written.add(contact["key"])

    def send(self, until: float) -> None:
        """Round after round, with the pauses of a phone between, until nothing waits."""
        tries = 0
        while True:
            try:
                self.went[self.round()] += 1
            except (OSError, HTTPException) as problem:
                self.went[type(problem).__name__] += 1
            if not self.waiting or monotonic() > until:
                return
            sleep(AGAIN[min(tries, len(AGAIN) - 1)] / self.hurry)
            tries += 1

    def round(self) -> str:
        """Greets, and posts what waits. Returns how it ended."""
        status, greeting = self.ask("GET", f"/telefon/hilsen/?telefon={self.id}")
        if status != 200 or greeting["user"] != self.mentor.user:
            return f"greeting {status}"
        while self.waiting:
            said = {
                "phone": self.id,
                "user": self.mentor.user,
                "name": "Android",
                "contacts": self.waiting[:BATCH],
            }
            began = monotonic()
            status, answer = self.ask("POST", "/telefon/kontakter/", json.dumps(said), greeting["token"])
            if status != 200:
                return f"post {status}"
            self.seconds.append(monotonic() - began)
            states = {each["key"]: each["state"] for each in answer["results"]}
            self.went.update(states.values())
            done = {key for key, state in states.items() if state in ("stored", "known")}
            self.answered |= done
            self.waiting = [each for each in self.waiting if each["key"] not in done]
            if len(done) < len(states):
                return "something later"
        return "emptied"

    def ask(self, method: str, path: str, body: str | None = None, token: str = "") -> tuple[int, Any]:
        """One request. Returns status and JSON; raises OSError or HTTPException where there is no answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/json", "X-CSRFToken": token}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: found.value for name, found in SimpleCookie(line).items()}
            text = answer.read()
            return answer.status, json.loads(text) if answer.status == 200 else None
        finally:
            connection.close()


def until_answered(port: int) -> None:
    """Waits until the house answers at all."""
    until = monotonic() + 60
    while monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            connection.getresponse()
        except (OSError, HTTPException):
            sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


def kill_and_start(server: Server, phones: list[Phone], moments: random.Random) -> None:
    """Each time: waits for the first batch that is answered, lets it go on a little, kills, and starts again."""
    for n in range(KILLS):
        answered, until = sum(len(phone.seconds) for phone in phones), monotonic() + 120
        while sum(len(phone.seconds) for phone in phones) == answered:
            if monotonic() > until:
                raise TimeoutError(f"nothing answered after kill {n}")
            sleep(0.02)
        sleep(moments.uniform(*LIVES))
        server.kill()
        server.start()


def tell(
    said: argparse.Namespace, phones: list[Phone], took: float, server: Server, bare: tuple[float, float]
) -> None:
    """Prints the figures; `bare` are rows a second."""
    count = sum(len(phone.answered) for phone in phones)
    seconds = sorted(each for phone in phones for each in phone.seconds)
    went: Counter[str] = sum((phone.went for phone in phones), Counter())
    print(
        f"\n{said.database}: {len(phones)} phones{f', {KILLS} kills' if said.kill else ''}, {count:,} contacts in "
        f"{took:.0f} s = {count / took:.0f} a second\n"
        f"  bare inserts: {bare[0]:,.0f} a second in bulk, {bare[1]:,.0f} in a transaction each\n"
        f"  a batch that is answered: p50 {median(seconds):.1f} s, p95 {quantiles(seconds, n=20)[-1]:.1f} s\n"
        f"  how it went: {', '.join(f'{kind} {n:,}' for kind, n in went.most_common())}\n"
        f"  faults in the server's log: {server.log.read_text().count('failure ')}"
    )


if __name__ == "__main__":
    sys.exit(main())
