"""`mentorkorps new_keys`: a fresh set of keys for the environment, before there is an environment to start with."""

import argparse
import base64
import secrets
from collections.abc import Sequence

KEYS = ("MENTORKORPS_CPR_KEY", "MENTORKORPS_INDEX_KEY", "MENTORKORPS_JOURNAL_KEY")


def main(argv: Sequence[str]) -> int:
    """Prints one `NAME=value` line a key. Nothing is stored: whoever runs it keeps them (docs/operations.md)."""
    argparse.ArgumentParser(prog="mentorkorps new_keys", description=main.__doc__).parse_args(argv)
    print(f"MENTORKORPS_SECRET_KEY={secrets.token_urlsafe(64)}")
    for name in KEYS:
        print(f"{name}={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")
    return 0
