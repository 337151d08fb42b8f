"""The demo's settings: keys that everyone knows, a database of its own, and the page where one picks a role.

Only `mentorkorps demo` uses them. They cannot open a real database: the keys do not fit, and every page that
needs `DEMO` also asks that the municipality is marked as synthetic.
"""

import base64
import os


def _known_key(letter: str) -> str:
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


for name, value in {
    "MENTORKORPS_SECRET_KEY": "demo-" * 12,
    "MENTORKORPS_CPR_KEY": _known_key("c"),
    "MENTORKORPS_INDEX_KEY": _known_key("i"),
    "MENTORKORPS_JOURNAL_KEY": _known_key("j"),
    "MENTORKORPS_TLS": "false",
    "DATABASE_URL": "sqlite:///var/demo.sqlite3",
}.items():
    os.environ.setdefault(name, value)

from mentorkorps.settings import *  # noqa: E402, F403

DEMO = True
