"""Settings for the suite: throw-away keys, a cheap hasher, and the database that DATABASE_URL names."""

import base64
import os


def _test_key(letter: str) -> str:
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


for name, value in {
    "MENTORKORPS_SECRET_KEY": "test-" * 12,
    "MENTORKORPS_CPR_KEY": _test_key("c"),
    "MENTORKORPS_INDEX_KEY": _test_key("i"),
    "MENTORKORPS_JOURNAL_KEY": _test_key("j"),
    "MENTORKORPS_TLS": "false",
    "DATABASE_URL": "sqlite:///:memory:",
}.items():
    os.environ.setdefault(name, value)

from mentorkorps.settings import *  # noqa: E402, F403
from mentorkorps.settings import DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)

# The live server of the browser tests reads files where they lie.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
