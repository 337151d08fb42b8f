"""A citizen's page, what is revealed on it, notes, parties, corrections and the log."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from mentorkorps.cases.models import CaseNote, Party
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, course_for, signed_in
from tests.web.stage import own_and_foreign

PAGES = (
    "citizen", "edit_citizen", "citizen_log", "citizen_log_export", "reveal_cpr", "reveal_address", "add_note",
    "save_party",
)  # fmt: skip
ADDRESS = "Prøvegade 1, 9999 Fjordby"


def page(cast: Cast, name: str = "citizen", role: str = Role.CASEWORKER, **query: str) -> str:
    """The text of one of Jens' pages."""
    place = reverse(name, args=[cast.jens.id])
    return signed_in(cast.people[role]).get(place, query).content.decode()


def post(cast: Cast, name: str, data: dict[str, Any] | None = None, key: Any = None, **headers: str) -> Any:
    place = reverse(name, args=[key or cast.jens.id])
    return signed_in(cast.helle).post(place, data or {}, headers=headers)


def edit_form(cast: Cast, **fields: Any) -> dict[str, Any]:
    """The correction form as it opens for Jens."""
    same = {"first_name": "Jens", "last_name": "Eksempel", "language": "da", "address": cast.jens.address}
    return same | {"caseworker": cast.helle.id, "unit": cast.unit.id} | fields


@pytest.mark.parametrize("name", PAGES)
def test_roles_that_may_not_and_strangers(cast: Cast, name: str) -> None:
    place = reverse(name, args=[cast.jens.id])
    for role in set(Role) - {Role.CASEWORKER, Role.COORDINATOR, Role.LEADER}:
        assert signed_in(cast.people[role]).post(place).status_code == 404
        assert Entry.objects.latest("id").refused
    for key in (cast.jens.id, uuid.uuid4()):
        assert signed_in(cast.karl).post(reverse(name, args=[key])).status_code == 404
        assert Entry.objects.latest("id").detail == {"asked_for": str(key)}
    assert signed_in(None).post(place).url.startswith("/konto/login/")


def test_a_leader_reads_and_does_not_write(cast: Cast) -> None:
    text = page(cast, role=Role.LEADER)
    assert "Jens Eksempel" in text and "Skriv notat" not in text and "Ret oplysninger" not in text
    for name in ("edit_citizen", "add_note", "save_party"):
        assert signed_in(cast.people[Role.LEADER]).get(reverse(name, args=[cast.jens.id])).status_code == 404


def test_the_case_is_seen_whole(cast: Cast) -> None:
    own_and_foreign(cast)
    text = page(cast)
    for words in ("LAB § 167, stk. 1", "Fatima Eksempel", "Bevilling", "Læs brevet", "Egen læge", "samtykke mangler",
                  "Klage modtaget", "Visitér henvisning", "Træf afgørelsen"):  # fmt: skip
        assert words in text, words
    assert "1403769995" not in text and "140376-••••" in text


def test_an_empty_case_says_what_will_come(cast: Cast) -> None:
    place = reverse("citizen", args=[cast.karla.id])
    text = signed_in(cast.helle).get(place).content.decode()
    for words in (
        "har ikke haft et forløb",
        "ikke truffet en afgørelse",
        "Ingen er skrevet på",
        "Ingen notater endnu",
    ):
        assert words in text


def test_the_cost_does_not_grow_with_the_case(cast: Cast, django_assert_max_num_queries: Any) -> None:
    own_and_foreign(cast)
    for number in range(30):
        CaseNote.objects.create(citizen=cast.jens, text=f"Notat {number}", written_by=cast.helle)
        Party.objects.create(citizen=cast.jens, name=f"Part {number}")
        course_for(cast.jens, cast.peter, cast.helle, start=date(2020, 1, 1), end=date(2020, 3, 1),
                   ended_on=date(2020, 3, 1), end_reason="goals_met")  # fmt: skip
    client = signed_in(cast.helle)
    client.get(reverse("citizens"))
    with django_assert_max_num_queries(22):
        text = client.get(reverse("citizen", args=[cast.jens.id])).content.decode()
    assert "Vis ældre notater" in text and "Notat 29" in text and "Notat 3<" not in text
    assert "Notat 3<" in page(cast, notater="alle")


def test_the_cpr_number_is_shown_on_request_and_journalled(cast: Cast) -> None:
    before = Entry.objects.count()
    answer = post(cast, "reveal_cpr", HX_Request="true").content.decode()
    assert "140376-9995" in answer and "<html" not in answer
    assert "140376-9995" in post(cast, "reveal_cpr").content.decode()
    looks = Entry.objects.filter(verb="CPR-nummer", citizen_id=cast.jens.id, refused=False)
    assert looks.count() == 2 == Entry.objects.count() - before
    assert signed_in(cast.helle).get(reverse("reveal_cpr", args=[cast.jens.id])).status_code == 405


def test_a_protected_address_is_opened_for_a_reason_that_is_kept(cast: Cast) -> None:
    cast.jens.protected = True
    cast.jens.save()
    assert ADDRESS not in page(cast) and ADDRESS not in page(cast, "edit_citizen")
    refused = post(cast, "reveal_address", {"reason": " "}).content.decode()
    assert "Skriv, hvorfor" in refused and ADDRESS not in refused
    assert (
        ADDRESS
        in post(
            cast, "reveal_address", {"reason": "Aftale om hjemmebesøg"}, HX_Request="true"
        ).content.decode()
    )
    assert Entry.objects.filter(verb="beskyttet adresse", refused=False).count() == 1
    assert "Aftale om hjemmebesøg" in CaseNote.objects.get().text


def test_corrections_are_kept_as_fields_and_a_protected_address_stays(cast: Cast) -> None:
    cast.jens.protected = True
    cast.jens.save()
    form = edit_form(cast, phone="12 34 56 78", protected="on", address="")
    assert post(cast, "edit_citizen", form).url == reverse("citizen", args=[cast.jens.id])
    cast.jens.refresh_from_db()
    assert (cast.jens.phone, cast.jens.address) == ("12 34 56 78", ADDRESS)
    entry = Entry.objects.filter(kind="change").latest("id")
    assert entry.detail == {"fields": ["phone"]}


def test_a_case_is_handed_to_another_unit(cast: Cast) -> None:
    form = edit_form(cast, caseworker=cast.karl.id, unit=cast.other_unit.id)
    assert post(cast, "edit_citizen", form).url == reverse("citizens")
    assert signed_in(cast.karl).get(reverse("citizen", args=[cast.jens.id])).status_code == 200
    assert signed_in(cast.helle).get(reverse("citizen", args=[cast.jens.id])).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"first_name": ""},
        {"unit": ""},
        {"unit": "x"},
        {"phone": "mor"},
        {"address": "x" * 201},
        {"gender": "q"},
    ],
)
def test_a_bad_correction_changes_nothing(cast: Cast, fields: dict[str, Any]) -> None:
    assert "note-err" in post(cast, "edit_citizen", edit_form(cast, **fields)).content.decode()
    cast.jens.refresh_from_db()
    assert (cast.jens.first_name, cast.jens.unit) == ("Jens", cast.unit)


def test_a_language_that_is_not_on_the_list_is_kept(cast: Cast) -> None:
    cast.jens.language = "swa"
    cast.jens.save()
    assert '<option value="swa" selected>' in page(cast, "edit_citizen")


def test_a_note_sent_twice_is_one(cast: Cast) -> None:
    note = {"key": str(uuid.uuid4()), "text": "Jens ringede <b>selv</b>."}
    for _ in range(2):
        assert post(cast, "add_note", note).url.endswith("#notater")
    viktor = cast.ditte.courses.get().citizen
    his = CaseNote.objects.create(citizen=viktor, text="En andens", written_by=cast.karl)
    answer = post(cast, "add_note", {"key": str(his.pk), "text": "Står her stadig"}).content.decode()
    assert "Genindlæs siden" in answer and "Står her stadig" in answer
    assert CaseNote.objects.filter(citizen=cast.jens).count() == 1
    assert "&lt;b&gt;selv" in page(cast)


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_000])
def test_an_impossible_note_is_said_so(cast: Cast, text: str) -> None:
    answer = post(cast, "add_note", {"key": str(uuid.uuid4()), "text": text}).content.decode()
    assert "note-err" in answer and not CaseNote.objects.exists()


def test_the_log_names_people_and_roles_for_us_and_roles_for_the_citizen(cast: Cast) -> None:
    page(cast, role=Role.LEADER)
    signed_in(cast.helle).post(reverse("citizens"), {"q": "jens"})
    log = page(cast, "citizen_log")
    assert "Lene Eksempel" in log and "leder" in log and "Søgt: søgning" in log
    file = page(cast, "citizen_log_export", periode="alt")
    assert "leder;set: borger;nej" in file and "Lene" not in file
    assert Entry.objects.filter(kind="export", shown=str(cast.jens.id)).exists()


def test_the_log_shows_what_was_refused(cast: Cast) -> None:
    signed_in(cast.karl).get(reverse("citizen", args=[cast.jens.id]))
    log = page(cast, "citizen_log")
    assert "Karl Eksempel" in log and "▲ afvist" in log
    assert "sagsbehandler;set: borger;ja" in page(cast, "citizen_log_export")


def test_the_log_is_paged_and_limited_to_a_period(cast: Cast) -> None:
    for days in range(70):
        Entry.objects.create(
            at=f"2020-01-01T10:00:{days % 60:02}Z", kind="look", verb="borger", citizen_id=cast.jens.id
        )
    assert "af 1 linjer" in page(cast, "citizen_log")
    assert "Viser 51–72 af 72 linjer" in page(cast, "citizen_log", periode="alt", side="2")
    assert "Viser 1–" in page(cast, "citizen_log", periode="x", side="-4")


def test_the_citizen_line_keeps_to_first_name_for_others(cast: Cast) -> None:
    line = render_to_string(
        "parts/person.html", {"citizen": cast.jens, "user": cast.people[Role.MENTOR], "today": TODAY}
    )
    assert "Jens E." in line and "Eksempel" not in line and "140376" not in line
