"""The addresses under konto/: those parts of django-allauth that Mentorkorps opens. All its others do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, re_path
from django.views.generic import RedirectView

View = Callable[..., HttpResponseBase]


def mail_is_set() -> bool:
    """Whether this installation can send mail; without it an administrator hands over the link to a new password."""
    return settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")


def only_with_mail(page: View) -> View:
    """Hides a page that would promise a mail that nobody sends."""

    @wraps(page)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not mail_is_set():
            raise Http404
        return page(request, *args, **kwargs)

    return inner


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Signs out by POST; an address that is merely opened signs nobody out."""
    return account.logout(request) if request.method == "POST" else redirect("front_door")


def change_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Takes away the phone that is set up, after which nothing opens before a new one is."""
    response = totp.deactivate_totp(request)
    if request.method == "POST" and response.status_code == 302:
        request.session.pop("second_factor", None)
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """allauth sends whoever has no password to this address; here only a link from an administrator gives one."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", closed, name="account_set_password"),
    path("password/reset/", only_with_mail(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        only_with_mail(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", RedirectView.as_view(pattern_name="own_account"), name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", change_second_factor, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
