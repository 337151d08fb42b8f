"""How often an address may be asked from one place, counted in the cache that all processes share."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def too_many(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Counts one request, and says whether there have been more than `most` in this stretch of so many seconds.

    Places are told apart as at the sign-in, and kept only as a keyed hash.
    """
    place = salted_hmac(what, get_adapter().get_client_ip(request)).hexdigest()
    key = f"rate:{what}:{int(time.time()) // seconds}:{place}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # the stretch ran out between the two
        return False
