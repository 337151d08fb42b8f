"""The way in: the front door, the demo's roles, sign-in with two factors, lockout, and what went wrong."""

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from mentorkorps.journal.actions import SEAL_LAG, seal
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Municipality, Role, User
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.web.context import menu_of
from mentorkorps.web.signin import SecondFactor, password_link
from tests.cast import Cast, signed_in

PASSWORD = "en lang sætning til prøve"  # noqa: S105
DEMO = override_settings(DEMO=True)


@pytest.fixture(autouse=True)
def _no_failed_attempts_from_another_test(db: None) -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def secret_on(page: HttpResponse) -> str:
    return re.search(r'class="key">([A-Z2-7]+)<', page.content.decode())[1]  # type: ignore[index]


def set_up_second_factor(client: Client) -> str:
    """Goes through the page as a person does; returns the secret that is now in their app."""
    secret = secret_on(client.get(reverse("mfa_activate_totp")))
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return secret


# The front door


def test_the_front_door_names_the_product_and_has_one_way_in(cast: Cast) -> None:
    page = signed_in(None).get("/").content.decode()
    assert "Mentorkorps" in page and "Fjordby Kommune" in page
    assert "proev/" not in page


def test_the_front_door_opens_before_the_municipality_is_set_up(db: None) -> None:
    assert signed_in(None).get("/").status_code == 200


def test_who_is_signed_in_goes_home(cast: Cast) -> None:
    client = signed_in(cast.helle)
    assert client.get("/").url == reverse("home")
    assert signed_in(None).get(reverse("home")).url == "/"


@pytest.mark.parametrize("role", Role)
def test_each_role_lands_on_the_first_point_of_its_menu(cast: Cast, role: Role) -> None:
    person = cast.people[role]
    first, *_ = menu_of(person)[0]
    assert signed_in(person).get(reverse("home")).url == reverse(first)


# The demo


@DEMO
def test_the_demo_offers_every_role(cast: Cast) -> None:
    page = signed_in(None).get("/").content.decode()
    for role in Role:
        assert reverse("pick_role", args=[role]) in page


@DEMO
@pytest.mark.parametrize("role", Role)
def test_a_visitor_of_the_demo_becomes_a_person_of_the_role(cast: Cast, role: Role) -> None:
    client = Client()
    assert client.post(reverse("pick_role", args=[role])).url == reverse("home")
    assert client.get(reverse("own_account")).context["user"].role == role
    assert Entry.objects.get(verb="valgt rolle i demo").actor_role == role


@DEMO
def test_a_real_municipality_has_no_roles_to_pick(cast: Cast) -> None:
    Municipality.objects.update(synthetic=False, world_date=None)
    forget_municipality()
    assert "proev/" not in signed_in(None).get("/").content.decode()
    assert signed_in(None).post(reverse("pick_role", args=["caseworker"])).status_code == 404


def test_outside_the_demo_no_role_can_be_picked(cast: Cast) -> None:
    client = Client()
    assert client.post(reverse("pick_role", args=["caseworker"])).status_code == 404
    assert "_auth_user_id" not in client.session


@DEMO
def test_a_role_is_picked_by_post_and_must_exist(cast: Cast) -> None:
    assert signed_in(None).get(reverse("pick_role", args=["caseworker"])).status_code == 405
    assert signed_in(None).post(reverse("pick_role", args=["mayor"])).status_code == 404


# Password and second factor


def test_a_password_alone_opens_nothing_but_the_second_factor(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.helle.email)
    for name in ("home", "own_account", "help", "account_change_password"):
        assert client.get(reverse(name)).url == reverse("mfa_activate_totp"), name
    page = client.get(reverse("mfa_activate_totp"))
    assert not page.context["menu"]
    assert '<svg class="qr"' in page.content.decode()
    assert "data:" not in page.content.decode() and "style=" not in page.content.decode()


def test_setting_up_the_second_factor_and_using_it(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.helle.email)
    secret = set_up_second_factor(client)
    assert client.get(reverse("own_account")).status_code == 200
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.helle.email).url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("own_account")).url.startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Koden passer ikke" in wrong.content.decode()
    assert Entry.objects.filter(verb="andet trin", refused=True, actor_id=cast.helle.pk).count() == 1
    assert secret not in Authenticator.objects.get(type="totp").data["secret"]
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": recovery}).url == reverse("home")
    verbs = list(
        Entry.objects.filter(kind="sign", actor_id=cast.helle.id)
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert verbs == ["logget ind", "sat andet trin op", "logget af", "andet trin", "logget ind"]


def test_changing_phones_ends_the_old_one_at_once(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.helle.email)
    set_up_second_factor(client)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get(reverse("own_account")).url == reverse("mfa_activate_totp")


def test_new_recovery_codes(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.helle.email)
    set_up_second_factor(client)
    before = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    after = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(after) == 10 and not set(before) & set(after)


def test_a_secret_at_rest_is_another_each_time() -> None:
    box = SecondFactor()
    assert box.encrypt("HEMMELIG") != box.encrypt("HEMMELIG")
    assert box.decrypt(box.encrypt("HEMMELIG")) == "HEMMELIG"


def test_changing_the_password(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.helle.email)
    set_up_second_factor(client)
    new = "en helt anden sætning"
    for wrong in (
        {"oldpassword": "forkert"},
        {"password2": "noget tredje her"},
        {"password1": "kort", "password2": "kort"},
    ):
        data = {"oldpassword": PASSWORD, "password1": new, "password2": new} | wrong
        assert client.post(reverse("account_change_password"), data).status_code == 200
    good = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), good).url == reverse("own_account")
    cast.helle.refresh_from_db()
    assert cast.helle.check_password(new)


def test_five_wrong_passwords_close_the_door_in_danish(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        assert "passer ikke sammen" in sign_in(client, cast.helle.email, "forkert").content.decode()
    locked = sign_in(client, cast.helle.email).content.decode()
    assert "Vent 15 minutter" in locked
    assert Entry.objects.filter(verb="logget ind", refused=True, actor_id=None).count() == 5
    assert sign_in(Client(), cast.karl.email).status_code == 302, "others are let in"


def test_an_unknown_email_looks_like_a_wrong_password(cast: Cast) -> None:
    known = sign_in(Client(), cast.helle.email, "forkert").content.decode()
    unknown = sign_in(Client(), "ingen@example.invalid", "forkert").content.decode()
    assert "passer ikke sammen" in known and "passer ikke sammen" in unknown


def test_who_is_shut_out_cannot_sign_in(cast: Cast) -> None:
    inside = signed_in(cast.helle)
    User.objects.filter(pk=cast.helle.pk).update(is_active=False)
    assert inside.get(reverse("own_account")).url.startswith(reverse("account_login"))
    client = Client()
    answer = sign_in(client, cast.helle.email)
    assert answer.status_code in (200, 302)
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post(cast: Cast) -> None:
    client = signed_in(cast.helle)
    assert client.get(reverse("account_logout")).url == "/"
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session


# A link to choose a password


def test_a_link_lets_a_person_choose_a_password_once(cast: Cast, rf: Any) -> None:
    User.objects.filter(pk=cast.karl.pk).update(password="!")  # noqa: S106
    link = password_link(rf.get("/"), User.objects.get(pk=cast.karl.pk))
    client = Client()
    form = client.get(link, follow=True)
    assert "Vælg adgangskode" in form.content.decode()
    place = form.redirect_chain[-1][0]
    client.post(place, {"password1": "en ny lang sætning", "password2": "en ny lang sætning"})
    cast.karl.refresh_from_db()
    assert cast.karl.check_password("en ny lang sætning")
    assert "virker ikke længere" in Client().get(link, follow=True).content.decode()
    assert Entry.objects.get(verb="valgt adgangskode").actor_id == cast.karl.id


# What allauth has and Mentorkorps does not


@pytest.mark.parametrize(
    "place",
    ["", "signup/", "email/", "confirm-email/", "confirm-email/x/", "password/set/", "password/reset/",
     "password/reset/done/", "login/code/confirm/", "2fa/webauthn/", "2fa/recovery-codes/download/", "phone/verify/",
     "sessions/"],
)  # fmt: skip
def test_what_is_not_used_does_not_exist(cast: Cast, place: str) -> None:
    for client in (Client(), signed_in(cast.helle)):
        assert client.get(f"/konto/{place}").status_code == 404
        assert client.post(f"/konto/{place}").status_code == 404


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend")
def test_with_mail_a_new_password_can_be_asked_for(cast: Cast) -> None:
    assert reverse("account_reset_password") in Client().get(reverse("account_login")).content.decode()
    assert Client().get(reverse("account_reset_password")).status_code == 200
    assert Client().get(reverse("account_reset_password_done")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
                                  "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_reauthenticate",
                                  "account_change_password", "mfa_index", "own_account"])  # fmt: skip
def test_nobody_is_sent_to_the_sign_in_page(cast: Cast, name: str) -> None:
    answer = Client().get(reverse(name), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["account_inactive", "account_reset_password_from_key_done", "account_login"]
)
def test_open_pages_are_danish_and_ours(cast: Cast, name: str) -> None:
    page = Client().get(reverse(name)).content.decode()
    assert 'lang="da"' in page and "Mentorkorps" in page


# What went wrong


def test_absent_and_forbidden_look_the_same(cast: Cast) -> None:
    answer = signed_in(cast.helle).get("/findes-ikke/")
    assert answer.status_code == 404
    assert "Siden er her ikke" in answer.content.decode()


def test_a_stale_form_says_that_nothing_changed(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})
    assert answer.status_code == 403
    assert "Intet er ændret" in answer.content.decode()


def test_a_failure_has_a_code_that_the_log_has(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("prøve")

    monkeypatch.setattr("mentorkorps.web.pages.entrance.seconds_since_seal", broken)
    answer = Client(raise_request_exception=False).get(reverse("health"))
    assert answer.status_code == 500
    code = re.search(r"([0-9a-f]{8})</b>", answer.content.decode())[1]  # type: ignore[index]
    assert code in caplog.text


# Health


def test_health_says_how_the_house_is_without_signing_in(cast: Cast) -> None:
    assert Client().get(reverse("health")).json() == {"database": "ok", "cache": "ok", "journal": None}
    signed_in(cast.helle).post(reverse("account_logout"))
    with time_machine.travel(timezone.now() + 2 * SEAL_LAG):
        assert seal()
    with time_machine.travel(timezone.now() + 3 * SEAL_LAG):
        assert Client().get(reverse("health")).json()["journal"] == pytest.approx(
            SEAL_LAG.total_seconds(), abs=2
        )


def test_health_is_503_when_the_cache_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentorkorps.web.pages.entrance.cache.get", lambda *args: "fails")
    answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.json()["cache"]) == (503, "fails")


def test_own_account_shows_who_one_is(cast: Cast) -> None:
    page = signed_in(cast.helle).get(reverse("own_account")).content.decode()
    assert "Helle Prøve" in page and "Jobindsats Nord" in page and "Sagsbehandler" in page
