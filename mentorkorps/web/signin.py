"""Sign-in by password and second factor (django-allauth), journalled; nobody can sign up by themselves."""

import base64
import hmac
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed
from cryptography.fernet import Fernet
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import User
from mentorkorps.web.qr import qr_svg

# What a person does with their own sign-in, as allauth names it for its mails, and as the journal names it.
OWN_ACTS = {
    "account/email/password_changed": "skiftet adgangskode",
    "account/email/password_reset": "valgt adgangskode",
    "mfa/email/totp_activated": "sat andet trin op",
    "mfa/email/totp_deactivated": "fjernet andet trin",
    "mfa/email/recovery_codes_generated": "lavet engangskoder",
}


class Adapter(DefaultAccountAdapter):
    """Mentorkorps' ways at the door."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mail og adgangskode passer ikke sammen. Prøv igen.",
        "too_many_login_attempts": "Adgangskoden er skrevet forkert for mange gange. Vent 15 minutter, og prøv igen.",
        "rate_limited": "Der er prøvet for mange gange. Vent lidt, og prøv igen.",
        "incorrect_password": "Adgangskoden er ikke rigtig. Prøv igen.",
        "enter_current_password": "Det er ikke den adgangskode, du har nu.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are created by an administrator only."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Journals the sign-in, which comes after the second factor."""
        write(Kind.SIGN, "logget ind", by=user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Journals a wrong password, without the address that was typed."""
        write(Kind.SIGN, "logget ind", by=None, refused=True)
        super().authentication_failed(request, **credentials)

    def logout(self, request: HttpRequest) -> None:
        """Journals the sign-out."""
        if request.user.is_authenticated:
            write(Kind.SIGN, "logget af", by=request.user)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Journals what a person does with their own sign-in; no mail is sent."""
        write(Kind.SIGN, OWN_ACTS[template_prefix], by=user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether a password or code must be typed again: not by whoever has just come in with one."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - each["at"] < REAUTHENTICATION_TIMEOUT for each in records)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the change began."""
        return reverse("own_account")


@receiver(authentication_failed)
def wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Journals a wrong code of the second factor; allauth tells of it by a signal only."""
    write(Kind.SIGN, "andet trin", by=user, refused=True)


class SecondFactor(DefaultMFAAdapter):
    """The second factor: its secret is encrypted at rest, and its picture obeys the content security policy."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden passer ikke. Vent på den næste i appen, og prøv igen."
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code that a phone's app reads."""
        return qr_svg(url, label="QR-kode til din app")


def password_path(person: User) -> str:
    """The path at which a person chooses a password, once and within PASSWORD_RESET_TIMEOUT seconds.

    It is void as soon as it is used. An administrator hands it over where no mail can be sent.
    """
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)


def password_link(request: HttpRequest, person: User) -> str:
    """The whole address of `password_path`."""
    return request.build_absolute_uri(password_path(person))


def _box() -> Fernet:
    """A key of its own, derived so that no other purpose of the same secret shares it."""
    secret = settings.CPR_KEYS["encrypt"].encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, b"second factor", "sha256")))
