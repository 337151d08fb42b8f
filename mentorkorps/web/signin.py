"""Sign-in by password and second factor (django-allauth), journalled; nobody can sign up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind


class Adapter(DefaultAccountAdapter):
    """Mentorkorps' ways at the door."""

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
