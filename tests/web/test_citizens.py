"""Finding citizens, and referring them."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.models import Citizen, Referral, Visitation
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, citizen, signed_in

NEW_CPR = "0101909993"


def referral_form(**fields: Any) -> dict[str, Any]:
    """What a caseworker must type for a known citizen."""
    return {"key": str(uuid.uuid4()), "purpose": "Følgeskab til lægen", "received_on": "20-11-2026"} | fields


def new_form(**fields: Any) -> dict[str, Any]:
    """What a caseworker must type for a new citizen."""
    return referral_form(cpr=NEW_CPR, first_name="Sofie", last_name="Prøve", language="da") | fields


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def search(cast: Cast, words: str, by: str = Role.CASEWORKER) -> str:
    return text_of(signed_in(cast.people[by]).post(reverse("citizens"), {"q": words}))


def test_roles_that_may_not(cast: Cast) -> None:
    pages = {
        "citizens": set(Role) - {Role.CASEWORKER, Role.COORDINATOR, Role.LEADER},
        "new_referral": set(Role) - {Role.CASEWORKER, Role.COORDINATOR},
    }
    for name, roles in pages.items():
        for role in roles:
            client = signed_in(cast.people[role])
            assert client.get(reverse(name)).status_code == client.post(reverse(name)).status_code == 404
            assert Entry.objects.latest("id").refused
    assert signed_in(None).get(reverse("citizens")).url.startswith("/konto/login/")


@pytest.mark.parametrize("name", ["refer", "referral", "withdraw_referral"])
def test_foreign_cases_are_absent(cast: Cast, name: str) -> None:
    key = cast.karla.id if name == "refer" else cast.referral.id
    response = signed_in(cast.karl).post(reverse(name, args=[key]), referral_form())
    assert response.status_code == 404
    assert Entry.objects.latest("id").refused
    assert Referral.objects.get().state == Referral.State.NEW


def test_the_list_is_of_own_unit_and_journalled(cast: Cast) -> None:
    text = text_of(signed_in(cast.helle).get(reverse("citizens")))
    assert "Jens Eksempel" in text and "Olga" not in text
    assert "140376-••••" in text and "1403769995" not in text
    assert len(Entry.objects.latest("id").shown.splitlines()) == 4
    assert "Olga" in text_of(signed_in(cast.people[Role.COORDINATOR]).get(reverse("citizens")))


@pytest.mark.parametrize(
    ("query", "shown", "absent"),
    [
        ("forloeb=med", "Jens", "Karla"),
        ("forloeb=uden", "Karla", "Jens"),
        ("sagsbehandler=ingen", "Ingen borgere passer", "Jens"),
        ("enhed=ikke-en-enhed&side=x&forloeb=y", "Jens", "Olga"),
    ],
)
def test_filters_stand_in_the_address(cast: Cast, query: str, shown: str, absent: str) -> None:
    text = text_of(signed_in(cast.helle).get(f"{reverse('citizens')}?{query}"))
    assert shown in text and absent not in text


def test_the_list_costs_the_same_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        citizen(f"Nr{number}", "Prøve", f"010190{number + 9000:04}"[:10], cast.unit, caseworker=cast.helle)
    client = signed_in(cast.helle)
    client.get(reverse("citizens"))
    with django_assert_max_num_queries(8):
        assert "Viser 1–50 af 64" in text_of(client.get(reverse("citizens")))


@pytest.mark.parametrize(
    "words",
    ["jens", "EKSEMPEL jens", "ens eks", "140376-9995", "1403769995", "140376 9995", "2026-77", "{own}"],
)
def test_search_finds_by_name_number_and_case(cast: Cast, words: str) -> None:
    Citizen.objects.filter(pk=cast.jens.pk).update(external_case_number="2026-77")
    text = search(cast, words.format(own=cast.jens.case_number.lower()))
    assert "En borger fundet" in text and reverse("citizen", args=[cast.jens.id]) in text


@pytest.mark.parametrize("words", ["åse østergård", "ÅSE", "ØSTER", "gård æg"])
def test_danish_letters_are_found_in_any_case(cast: Cast, words: str) -> None:
    citizen("Åse", "Østergård Æg Prøve", "0505859993", cast.unit)
    assert "En borger fundet" in search(cast, words)


@pytest.mark.parametrize(
    "words", ["%", "_", ".*", "jens)", "\\", "'", "(", "jens\x00x", "x" * 5_000, "olga", "020285-9997"]
)
def test_search_takes_signs_as_signs_and_keeps_to_its_scope(cast: Cast, words: str) -> None:
    text = search(cast, words)
    assert "Ingen fundet" in text
    assert "opret en henvisning" in text


def test_an_empty_search_says_what_to_write(cast: Cast) -> None:
    assert "Skriv et navn, et CPR-nummer eller et sagsnummer" in search(cast, "  ")


def test_too_many_say_what_to_do(cast: Cast) -> None:
    for number in range(51):
        citizen("Bo", "Prøve", f"010180{number + 9000:04}", cast.unit)
    assert "Over 50 borgere passer" in search(cast, "bo")


def test_a_search_is_journalled_without_its_words(cast: Cast) -> None:
    search(cast, "1403769995")
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.shown) == ("search", str(cast.jens.id))
    assert entry.detail == {"by": "cpr", "found": 1, "more": False}


def test_a_new_citizen_is_registered_and_referred_in_one(cast: Cast) -> None:
    client = signed_in(cast.helle)
    sent = new_form(
        target_group="sygedagpenge", target_group_from="010326", target_group_source="Fagsystem", barriers=["debt"],
        language="ar", protected="on", mentor_gender="k", mentor_age="under_30", external_case_number="2026-1",
    )  # fmt: skip
    response = client.post(reverse("new_referral"), sent, follow=True)
    made = Referral.objects.get(pk=sent["key"])
    assert response.redirect_chain == [(reverse("referral", args=[made.id]), 302)]
    who = made.citizen
    assert (str(who), who.language, who.protected, who.caseworker) == ("Sofie Prøve", "ar", True, cast.helle)
    assert who.birth_date.isoformat() == "1990-01-01" and who.case_number == "FJ-0501"
    assert made.visitate_by == TODAY + timedelta(days=14)
    assert (made.target_group, made.target_group_from.isoformat(), made.barriers) == (
        "sygedagpenge", "2026-03-01", ["debt"],
    )  # fmt: skip
    text = text_of(response)
    assert (
        "Sygedagpengemodtager" in text and "økonomi og gæld" in text.lower() and "Begynd visitation" in text
    )
    assert "Kvinde. Under 30 år." in text


def test_the_same_form_sent_twice_is_one_referral(cast: Cast) -> None:
    client, sent = signed_in(cast.helle), new_form()
    first = client.post(reverse("new_referral"), sent)
    second = client.post(reverse("new_referral"), sent)
    assert first.url == second.url
    assert Citizen.objects.filter(first_name="Sofie").count() == 1
    known = referral_form()
    for _ in range(2):
        client.post(reverse("refer", args=[cast.jens.id]), known)
    assert cast.jens.referrals.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"cpr": ""}, "Skal udfyldes"),
        ({"cpr": "12345"}, "Et CPR-nummer er 10 cifre"),
        ({"cpr": "3102909993"}, "ikke en dato, der findes"),
        ({"cpr": "1" * 500}, "Et CPR-nummer er 10 cifre"),
        ({"purpose": ""}, "Skal udfyldes"),
        ({"purpose": "x" * 10_000}, "Højst 4.000 tegn"),
        ({"first_name": "x" * 61}, "Højst 60 tegn"),
        ({"received_on": "30-02-2026"}, "findes ikke i kalenderen"),
        ({"received_on": "21-11-2026"}, "ligger i fremtiden"),
        ({"received_on": "20-11-1926"}, "mere end et år siden"),
        ({"received_on": "i går"}, "er ikke en dato"),
        ({"target_group_from": "21-11-2026"}, "ligger i fremtiden"),
        ({"target_group": "pensionist"}, "pensionist"),
        ({"barriers": ["intet"]}, "intet"),
        ({"phone": "ring til mor"}, "Skriv telefonnummeret med cifre"),
        ({"language": "zz"}, "zz"),
        ({"key": "x"}, "Genindlæs siden"),
        ({"key": ""}, "Genindlæs siden"),
    ],
)
def test_bad_input_is_said_at_the_field_and_writes_nothing(
    cast: Cast, fields: dict[str, Any], says: str
) -> None:
    people = Citizen.objects.count()
    text = text_of(signed_in(cast.helle).post(reverse("new_referral"), new_form(**fields)))
    assert says in text and "Det, du har skrevet, står her stadig" in text
    assert (Citizen.objects.count(), Referral.objects.count()) == (people, 1)


def test_every_mistake_is_said_at_once(cast: Cast) -> None:
    text = text_of(
        signed_in(cast.helle).post(reverse("new_referral"), new_form(cpr="3102909993", first_name=""))
    )
    assert "ikke en dato, der findes" in text and "Fornavn: Skal udfyldes." in text


def test_a_known_citizen_is_pointed_to(cast: Cast) -> None:
    text = text_of(signed_in(cast.helle).post(reverse("new_referral"), new_form(cpr="1403769995")))
    assert "Borgeren er allerede oprettet" in text
    assert reverse("refer", args=[cast.jens.id]) in text
    assert Entry.objects.latest("id").shown == str(cast.jens.id)


def test_a_citizen_of_another_unit_is_not_named(cast: Cast) -> None:
    text = text_of(signed_in(cast.helle).post(reverse("new_referral"), new_form(cpr="0202859997")))
    assert "Borgeren er allerede oprettet" in text and "fagkoordinator" in text
    assert "Olga" not in text


def test_whoever_has_no_unit_is_told_whom_to_ask(cast: Cast) -> None:
    cast.helle.unit = None
    cast.helle.save()
    assert "Bed en administrator" in text_of(signed_in(cast.helle).post(reverse("new_referral"), new_form()))


def test_a_coordinator_refers_and_nobody_becomes_caseworker(cast: Cast) -> None:
    sent = new_form()
    signed_in(cast.people[Role.COORDINATOR]).post(reverse("new_referral"), sent)
    assert Referral.objects.get(pk=sent["key"]).citizen.caseworker is None


def test_the_form_opens_with_today_and_unknown_is_allowed(cast: Cast) -> None:
    text = text_of(signed_in(cast.helle).get(reverse("new_referral")))
    assert 'value="20-11-2026"' in text and "Ved ikke endnu" in text


def test_a_referral_is_read_by_whoever_may_see_the_citizen(cast: Cast) -> None:
    text = text_of(signed_in(cast.people[Role.LEADER]).get(reverse("referral", args=[cast.referral.id])))
    assert "Følgeskab efter udskrivning" in text and "Vil være materialist" in text
    assert "Begynd visitation" not in text and "Træk henvisningen tilbage" not in text


def test_a_referral_goes_on_to_its_visitation(cast: Cast) -> None:
    begun = Visitation.objects.create(
        citizen=cast.karla, referral=cast.referral, law_on=TODAY, caseworker=cast.helle
    )
    text = text_of(signed_in(cast.helle).get(reverse("referral", args=[cast.referral.id])))
    assert reverse("visitation", args=[begun.id]) in text


def test_a_referral_is_withdrawn_once_and_stays_to_be_read(cast: Cast) -> None:
    client, place = signed_in(cast.helle), reverse("withdraw_referral", args=[cast.referral.id])
    assert client.get(place).status_code == 405
    assert client.post(place).url == reverse("citizen", args=[cast.karla.id])
    cast.referral.refresh_from_db()
    assert cast.referral.state == Referral.State.WITHDRAWN
    assert "kan ikke trækkes tilbage" in text_of(client.post(place, follow=True))
