"""People: created by an administrator, helped in by a link, shut out at once, and never by themselves."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, User
from tests.cast import Cast, person, signed_in

NEW = {"name": "Ny Prøve", "email": "ny@example.invalid", "role": "caseworker"}
ACTS = ("edit_person", "person_link", "person_access", "person_second_factor")


def body(response: HttpResponse) -> str:
    return response.content.decode()


def anna(cast: Cast) -> Client:
    return signed_in(cast.people[Role.ADMINISTRATOR])


def at(name: str, who: User) -> str:
    return reverse(name, args=[who.id])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_else_keeps_people(cast: Cast, role: Role) -> None:
    client = signed_in(cast.people[role])
    for name in ACTS:
        assert client.post(at(name, cast.karl), {}).status_code == 404
    for name in ("people", "new_person"):
        assert client.get(reverse(name)).status_code == 404
    assert Entry.objects.filter(refused=True, actor_role=role).count() == 6


def test_a_person_that_is_not_there(cast: Cast) -> None:
    assert anna(cast).get(reverse("edit_person", args=[cast.jens.id])).status_code == 404


def test_a_new_person_gets_in_by_a_link(cast: Cast) -> None:
    answer = anna(cast).post(reverse("new_person"), NEW)
    made = User.objects.get(email="ny@example.invalid")
    assert answer.url == at("edit_person", made)
    page = body(anna(cast).post(at("person_link", made)))
    link = re.search(r"http://testserver(/konto/password/reset/key/[^<]+)<", page)[1]  # type: ignore[index]
    newcomer = Client()
    form = newcomer.get(link, follow=True)
    newcomer.post(
        form.redirect_chain[-1][0], {"password1": "en ny lang sætning", "password2": "en ny lang sætning"}
    )
    newcomer.post(reverse("account_login"), {"login": NEW["email"], "password": "en ny lang sætning"})
    assert newcomer.get(reverse("home")).url == reverse("mfa_activate_totp")
    assert "/konto/password/reset/key/" not in body(anna(cast).get(at("edit_person", made))), (
        "the link is shown once"
    )
    verbs = (
        Entry.objects.filter(object_id=made.id, kind="change").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["oprettet bruger", "lavet link til adgangskode"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skal udfyldes"),
        ({"role": ""}, "Skal udfyldes"),
        ({"role": "mayor"}, "mayor"),
        ({"email": "ikke en adresse"}, "e-mail"),
        ({"role": "provider"}, "Vælg den leverandør"),
        ({"name": "x" * 10_000}, "80 tegn"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(cast: Cast, wrong: dict[str, str], said: str) -> None:
    before = User.objects.count()
    assert said in body(anna(cast).post(reverse("new_person"), NEW | wrong))
    assert User.objects.count() == before


def test_an_email_is_used_once(cast: Cast) -> None:
    anna(cast).post(reverse("new_person"), NEW)
    assert "allerede en bruger med den e-mail" in body(anna(cast).post(reverse("new_person"), NEW))
    assert User.objects.filter(email="ny@example.invalid").count() == 1


def test_a_person_is_changed(cast: Cast) -> None:
    data = {"name": "Karl Prøve", "role": "coordinator", "unit": cast.unit.id}
    assert anna(cast).post(at("edit_person", cast.karl), data).url == at("edit_person", cast.karl)
    cast.karl.refresh_from_db()
    assert (cast.karl.name, cast.karl.role, cast.karl.unit) == ("Karl Prøve", "coordinator", cast.unit)


def test_access_is_closed_at_once_and_opened_again(cast: Cast) -> None:
    inside = signed_in(cast.karl)
    assert "ikke længere logge ind" in body(
        anna(cast).post(at("person_access", cast.karl), {"adgang": "nej"}, follow=True)
    )
    assert inside.get(reverse("own_account")).url.startswith(reverse("account_login"))
    refused = anna(cast).post(at("person_link", cast.karl), follow=True)
    assert "Åbn adgangen" in body(refused) and "/reset/key/" not in body(refused)
    anna(cast).post(at("person_access", cast.karl), {"adgang": "ja"})
    cast.karl.refresh_from_db()
    assert cast.karl.is_active


def test_nobody_shuts_themselves_out(cast: Cast) -> None:
    me = cast.people[Role.ADMINISTRATOR]
    assert "En anden administrator" in body(
        anna(cast).post(at("person_access", me), {"adgang": "nej"}, follow=True)
    )
    page = body(anna(cast).post(at("edit_person", me), {"name": me.name, "role": "leader"}))
    assert "En anden administrator" in page
    me.refresh_from_db()
    assert me.is_active and me.role == Role.ADMINISTRATOR
    assert "Luk adgangen" not in body(anna(cast).get(at("edit_person", me)))


def test_a_lost_phone_is_reset(cast: Cast) -> None:
    assert "Nulstil andet trin" not in body(anna(cast).get(at("edit_person", cast.karl)))
    Authenticator.objects.create(user=cast.karl, type="totp", data={"secret": "x"})
    assert "Nulstil andet trin" in body(anna(cast).get(at("edit_person", cast.karl)))
    anna(cast).post(at("person_second_factor", cast.karl))
    assert not Authenticator.objects.exists()


def test_the_list_by_role_and_page(cast: Cast) -> None:
    for number in range(60):
        person(f"Prøve{number} Eksempel", Role.MENTOR)
    page = anna(cast).get(f"{reverse('people')}?rolle=mentor")
    assert page.context["page"].paginator.count == 62
    assert "Viser 1–50 af 62" in body(page)
    assert anna(cast).get(f"{reverse('people')}?rolle=mayor").status_code == 200
    assert "Ingen brugere passer" in body(anna(cast).get(f"{reverse('people')}?adgang=lukket"))
