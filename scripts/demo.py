"""`make demo`: builds the demo world in a database of its own and serves it on the loopback address."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from steps import exit_plainly, step

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"


def demand_free(port: int) -> None:
    """Exit with the way on where another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is taken by another program. Another one: make demo PORT={port + 100}")


def manage(*arguments: str) -> None:
    subprocess.run([BIN / "mentorkorps", *arguments], check=True)


def main() -> int:
    port = int(sys.argv[1])
    demand_free(port)
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorkorps.settings_demo"
    with step("Building the demo world, where it is not built already"):
        manage("demo")
    with step("Collecting the static files"):
        manage("collectstatic", "--no-input", "--verbosity", "0")
    print(f"Serving Mentorkorps on http://{HOST}:{port}/ until it is stopped with Ctrl-C", flush=True)
    server = str(BIN / "gunicorn")
    processes = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    os.execv(server, [server, *processes, *quiet, "mentorkorps.wsgi"])


if __name__ == "__main__":
    exit_plainly(main)
