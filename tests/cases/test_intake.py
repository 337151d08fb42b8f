"""Files taken in: new, changed, the same or bad, once and never by half; what waits is encrypted and wiped."""

import csv
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bench.intake import WRONG, as_csv, rows
from mentorkorps.cases import cpr
from mentorkorps.cases.actions import intake as verbs
from mentorkorps.cases.actions.intake import citizens as citizens_module
from mentorkorps.cases.actions.referral import register_citizen
from mentorkorps.cases.models import Citizen, ColumnChoice, Intake, Referral
from mentorkorps.cases.queries.intake_rows import citizens_out, mentors_out, referrals_out
from mentorkorps.domain.intake import KINDS, guessed_places, read_table
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import set_hours
from mentorkorps.municipality.models import Mentor, MentorHours, Role, User
from mentorkorps.web.sheet import rows_file, sheet
from tests.cast import TODAY, Cast

JENS, OLGA = "140376-9995", "020285-9997"
NEW = {"CPR-nummer": "010190-1234", "Fornavn": "Ane", "Efternavn": "Prøve", "Enhed": "Jobindsats Nord"}


def bodil(cast: Cast) -> User:
    return cast.people[Role.COORDINATOR]


def table(*found: Mapping[str, str]) -> bytes:
    """Rows by heading; a heading that a row lacks is an empty cell."""
    headings = list(dict.fromkeys(heading for row in found for heading in row))
    text = StringIO()
    writer = csv.DictWriter(text, headings, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue().encode()


def read(cast: Cast, data: bytes, kind: str = "borgere") -> Intake:
    """A file with its columns as they are guessed."""
    made = verbs.receive(data, kind=kind, key=uuid.uuid4(), by=bodil(cast))
    places = verbs.columns_for(made, verbs.table_of(made))
    return verbs.choose_columns(made, places=places, today=TODAY, by=bodil(cast))


def take(cast: Cast, intake: Intake) -> Intake:
    return verbs.take_in(intake, today=TODAY, by=bodil(cast))


def read_and_take(cast: Cast, data: bytes, kind: str = "borgere") -> Intake:
    return take(cast, read(cast, data, kind))


def counts(intake: Intake) -> tuple[int, ...]:
    """New, changed, same, bad."""
    return tuple(intake.counts[state] for state in ("new", "changed", "same", "bad"))


def test_every_kind_of_bad_row_is_named_and_the_rest_come_in_once(cast: Cast) -> None:
    data = as_csv(rows(300, 45, "Jobindsats Nord", cast.helle.email))
    before = Citizen.objects.count()
    first = read(cast, data)
    assert counts(first) == (255, 0, 0, 45)
    assert Citizen.objects.count() == before
    told = Counter(heading for _, heading, _ in first.bad)
    assert told == Counter({heading: 0 for _, heading, _ in WRONG} | Counter(h for _, h, _ in WRONG * 3))
    first = take(cast, first)
    assert (first.state, counts(first)) == ("taken", (255, 0, 0, 45))
    assert Citizen.objects.count() == before + 255
    assert Entry.objects.filter(verb="oprettet borger").values("citizen_id").distinct().count() == 255
    again = read_and_take(cast, data)
    assert counts(again) == (0, 0, 255, 45)
    assert Citizen.objects.count() == before + 255
    assert Entry.objects.filter(verb__in=("oprettet borger", "rettet borger")).count() == 255


def test_a_new_citizen_is_as_one_registered_by_hand(cast: Cast) -> None:
    read_and_take(cast, table(NEW))
    by_hand = register_citizen(
        cpr="010191-1234", first_name="Ane", last_name="Prøve", by=bodil(cast), unit=cast.unit
    )
    made = Citizen.objects.get(cpr_index=cpr.blind_index("0101901234"))
    own = ("id", "cpr_encrypted", "cpr_index", "birth_date", "case_number", "created_at", "_state")
    differing = {key for key in vars(made) if vars(made)[key] != vars(by_hand)[key]} - set(own)
    assert differing == set()
    assert cpr.decrypt(made.cpr_encrypted or b"") == "0101901234"
    assert (made.case_number, by_hand.case_number) == ("FJ-0501", "FJ-0502")


def test_only_given_cells_change_and_an_empty_one_wipes_nothing(cast: Cast) -> None:
    file = read_and_take(
        cast, table({"CPR-nummer": JENS, "Telefon": "11 22 33 44", "Adresse": "", "Fornavn": "Jens"})
    )
    assert counts(file) == (0, 1, 0, 0)
    assert file.changes == [[2, str(cast.jens.pk), "FJ-0400", ["Telefon"]]]
    cast.jens.refresh_from_db()
    assert (cast.jens.phone, cast.jens.address) == ("11 22 33 44", "Prøvegade 1, 9999 Fjordby")
    entry = Entry.objects.get(verb="rettet borger")
    assert (entry.citizen_id, entry.detail, entry.actor_id) == (
        cast.jens.pk,
        {"fields": ["phone"]},
        bodil(cast).pk,
    )


def test_a_file_never_lifts_protection_nor_takes_a_protected_address_out(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.jens.pk).update(protected=True)
    lifted = read_and_take(
        cast, table({"CPR-nummer": JENS, "Adressebeskyttelse": "nej", "Telefon": "11223344"})
    )
    assert "ophæver ikke" in lifted.bad[0][2]
    moved = read_and_take(cast, table({"CPR-nummer": JENS, "Adresse": "Prøvevej 2"}))
    assert counts(moved) == (0, 1, 0, 0)
    cast.jens.refresh_from_db()
    assert (cast.jens.protected, cast.jens.phone, cast.jens.address) == (True, "", "Prøvevej 2")
    assert not [row for row in citizens_out(Citizen.objects.all(), with_cpr=True) if "Prøvevej 2" in row]


@pytest.mark.parametrize(
    ("row", "heading", "says"),
    [
        ({"CPR-nummer": JENS, "Sagsnummer": "FJ-0402"}, "Sagsnummer", "en anden borger"),
        ({**NEW, "Sagsnummer": "FJ-0400"}, "Sagsnummer", "en anden borger"),
        ({**NEW, "Nummer i fagsystem": "P-1"}, "Nummer i fagsystem", "et andet CPR-nummer"),
        ({"CPR-nummer": OLGA, "Nummer i fagsystem": "P-1"}, "Nummer i fagsystem", "en anden borger"),
        ({"Nummer i fagsystem": "P-2"}, "Nummer i fagsystem", "flere borgere"),
        ({**NEW, "Sagsbehandler": "closed@example.invalid"}, "Sagsbehandler", "kan ikke logge ind"),
    ],
    ids=["two-citizens", "case-of-another", "number-of-another", "number-taken", "two-have-it", "closed-caseworker"],
)  # fmt: skip
def test_a_row_that_means_no_one_citizen_is_bad(
    cast: Cast, row: dict[str, str], heading: str, says: str
) -> None:
    User.objects.create_user("closed@example.invalid", name="Lukket", role=Role.CASEWORKER, is_active=False)
    Citizen.objects.filter(pk=cast.jens.pk).update(external_case_number="P-1")
    Citizen.objects.exclude(pk=cast.jens.pk).update(external_case_number="P-2")
    Citizen.objects.filter(first_name="Olga").update(external_case_number="")
    [[number, told, sentence]] = read(cast, table(row)).bad
    assert (number, told) == (2, heading)
    assert says in sentence


def test_the_same_citizen_twice_in_a_file_is_taken_once(cast: Cast) -> None:
    file = read_and_take(cast, table(NEW, {**NEW, "CPR-nummer": "0101901234"}))
    assert counts(file) == (1, 0, 0, 1)
    assert "række 2" in file.bad[0][2]


def test_a_preview_that_has_grown_old_is_judged_again(cast: Cast) -> None:
    file = read(cast, table(NEW))
    assert counts(file) == (1, 0, 0, 0)
    register_citizen(cpr="0101901234", first_name="Ane", last_name="Prøve", by=bodil(cast), unit=cast.unit)
    assert counts(take(cast, file)) == (0, 0, 1, 0)


def test_a_file_is_taken_in_once_and_received_once(cast: Cast) -> None:
    key = uuid.uuid4()
    first, second = (verbs.receive(table(NEW), kind="borgere", key=key, by=bodil(cast)) for _ in range(2))
    assert first.pk == second.pk
    verbs.choose_columns(
        first, places=guessed_places(KINDS["borgere"], list(NEW)), today=TODAY, by=bodil(cast)
    )
    stale = Intake.objects.get(pk=key)
    take(cast, first)
    with pytest.raises(ValidationError, match="allerede"):
        take(cast, stale)
    assert Citizen.objects.filter(first_name="Ane").count() == 1


def test_nothing_is_taken_in_by_half(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = read(cast, table(NEW, {"CPR-nummer": JENS, "Telefon": "11223344"}))

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("the plug is pulled")

    monkeypatch.setattr(citizens_module, "_correct", fails)
    with pytest.raises(RuntimeError):
        take(cast, file)
    file.refresh_from_db()
    assert (file.state, file.content is None) == ("waiting", False)
    assert not Citizen.objects.filter(first_name="Ane").exists()
    assert not Entry.objects.filter(verb="oprettet borger").exists()


def test_what_waits_is_encrypted_and_nothing_beside_it_holds_a_value(cast: Cast) -> None:
    secret = {**NEW, "Fornavn": "Hemmelig", "Telefon": "hemmelig"}
    file = read(cast, table(secret, {**NEW, "CPR-nummer": "310290-1234", "Sprog": "0101901234"}))
    assert b"emmelig" not in bytes(file.content or b"")
    beside = json.dumps([file.bad, file.notes, file.changes, file.counts, file.columns])
    written = beside + "".join(map(str, Entry.objects.values_list("detail", "verb")))
    assert not [value for value in ("emmelig", "0101901234", "010190-1234", "3102901234") if value in
                written.replace("fx 010190-1234", "")]  # fmt: skip
    assert not [
        value
        for value in list(ColumnChoice.objects.values_list("headings", "places"))
        if "Fornavn" in str(value)
    ]


def test_bad_rows_are_handed_back_mended_and_taken_in(cast: Cast) -> None:
    file = read_and_take(
        cast, table({**NEW, "CPR-nummer": "310290-1234"}, {**NEW, "CPR-nummer": "020190-1234"})
    )
    headings, [row] = verbs.bad_rows(file, by=bodil(cast))
    assert headings == [*NEW, "Fejl"]
    assert row[:4] == ["310290-1234", "Ane", "Prøve", "Jobindsats Nord"]
    assert row[4].startswith("CPR-nummer: de første 6 cifre")
    mended = rows_file("x.csv", headings, [["280290-1234", *row[1:]]]).content
    assert counts(read_and_take(cast, mended)) == (1, 0, 0, 0)
    verbs.give_up(file, by=bodil(cast))
    file.refresh_from_db()
    assert (file.content, file.bad, file.state, file.counts["bad"]) == (None, [], "taken", 1)


def test_rows_are_wiped_when_taken_in_given_up_or_a_day_old(cast: Cast) -> None:
    assert read_and_take(cast, table(NEW)).content is None
    given_up, old, young = (read(cast, table({**NEW, "Fornavn": name})) for name in "abc")
    verbs.give_up(given_up, by=bodil(cast))
    Intake.objects.filter(pk=old.pk).update(read_at=timezone.now() - timedelta(hours=25))
    assert verbs.drop_old_intakes(before=timezone.now() - timedelta(hours=24)) == 1
    for file, kept in ((given_up, False), (old, False), (young, True)):
        file.refresh_from_db()
        assert (file.content is not None, file.state == "waiting") == (kept, kept)
    with pytest.raises(ValidationError, match="slettet"):
        take(cast, old)


def test_the_worker_takes_the_queue_and_an_interrupted_file_waits_again(cast: Cast) -> None:
    assert verbs.take_next(today=TODAY) is None
    dead, file = read(cast, table({**NEW, "CPR-nummer": "020190-1234"})), read(cast, table(NEW))
    Intake.objects.filter(pk=dead.pk).update(state="taking")
    for _ in range(2):
        verbs.put_in_queue(file, by=bodil(cast))
    done = verbs.take_next(today=TODAY)
    assert done is not None
    assert (done.pk, done.state, done.done, done.taken_by) == (file.pk, "taken", 1, bodil(cast))
    dead.refresh_from_db()
    assert (dead.state, dead.interrupted) == ("waiting", True)
    with pytest.raises(ValidationError, match="allerede"):
        verbs.put_in_queue(file, by=bodil(cast))


def test_columns_are_asked_for_and_remembered(cast: Cast) -> None:
    data = table({"Nr": "010190-1234", "Kaldenavn": "Ane"})
    file = verbs.receive(data, kind="borgere", key=uuid.uuid4(), by=bodil(cast))
    for places, field in (({"first_name": 1}, None), ({"cpr": 0, "phone": 0}, "cpr")):
        with pytest.raises(ValidationError) as wrong:
            verbs.choose_columns(file, places=places, today=TODAY, by=bodil(cast))
        assert (field is None) == (not hasattr(wrong.value, "error_dict"))
    verbs.choose_columns(file, places={"cpr": 0, "first_name": 1}, today=TODAY, by=bodil(cast))
    other = verbs.receive(
        table({"Kaldenavn": "Bo", "Nr": "1"}), kind="borgere", key=uuid.uuid4(), by=bodil(cast)
    )
    assert verbs.columns_for(other, verbs.table_of(other)) == {"cpr": 1, "first_name": 0}


def a_referral(**cells: str) -> dict[str, str]:
    return {"CPR-nummer": JENS, "Modtaget": "18-11-2026", "Formål": "Følgeskab", **cells}


def test_referrals_are_known_by_citizen_and_day(cast: Cast) -> None:
    whole = a_referral(
        Målgruppe="Aktivitetsparate kontanthjælpsmodtagere",
        Barrierer="bolig, dansk",
        **{"Ønsker mentor": "kvinde", "Ønsket alder på mentor": "50 år eller ældre"},
    )
    whole["Målgruppe"] = next(iter(referrals_out(Referral.objects.all(), with_cpr=False)))[6]
    first = read_and_take(cast, table(whole), "henvisninger")
    assert counts(first) == (1, 0, 0, 0), first.bad
    made = Referral.objects.get(citizen=cast.jens)
    assert (made.visitate_by, made.barriers, made.mentor_gender, made.target_group, made.created_by) == (
        date(2026, 12, 2), ["housing", "language"], "k", "kontanthjaelp_aktivitetsparat", bodil(cast),
    )  # fmt: skip
    assert made.mentor_age == "from_50"
    assert Entry.objects.get(verb="henvist").citizen_id == cast.jens.pk
    assert counts(read(cast, table(whole), "henvisninger")) == (0, 0, 1, 0)
    assert counts(read_and_take(cast, table(a_referral(Formål="Nyt")), "henvisninger")) == (0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.purpose, made.barriers) == ("Nyt", ["housing", "language"])
    correction = made.corrections.get()
    assert (correction.before, correction.after) == ({"purpose": whole["Formål"]}, {"purpose": "Nyt"})
    Referral.objects.update(state=Referral.State.VISITATED)
    visitated = read(cast, table(a_referral(Formål="Nyere")), "henvisninger")
    assert "visiteret" in visitated.bad[0][2]


@pytest.mark.parametrize(
    ("row", "heading", "says"),
    [
        (a_referral(**{"CPR-nummer": "010190-1234"}), "CPR-nummer", "kender ikke borgeren"),
        (a_referral(**{"CPR-nummer": ""}), "CPR-nummer", "hvem henvisningen er om"),
        (a_referral(Modtaget=""), "Modtaget", "mangler"),
        (a_referral(Modtaget="21-11-2026"), "Modtaget", "fremtiden"),
        (a_referral(Formål=""), "Formål", "mangler"),
        (a_referral(Målgruppe="Ukendte"), "Målgruppe", "kendes ikke den dag"),
        (a_referral(**{"Ønsket alder på mentor": "ung"}), "Ønsket alder på mentor", "under 30 år, 30-49 år"),
    ],
    ids=["unknown", "nobody", "no-day", "future", "no-purpose", "target-group", "age"],
)
def test_a_bad_referral_says_why(cast: Cast, row: dict[str, str], heading: str, says: str) -> None:
    [[_, told, sentence]] = read(cast, table(row), "henvisninger").bad
    assert told == heading
    assert says in sentence


def test_two_referrals_of_a_citizen_on_a_day_are_one_too_many(cast: Cast) -> None:
    file = read(cast, table(a_referral(), a_referral(Formål="Andet")), "henvisninger")
    assert counts(file) == (1, 0, 0, 1)


def a_mentor(**cells: str) -> dict[str, str]:
    return {"Navn": "Mads Prøve", "E-mail": "mads@example.invalid", "Art": "intern mentor", "Mentor fra": "01-11-2026",
            "Timer om ugen": "22,5", "Sprog": "dansk, arabisk", "Højst antal borgere": "12",
            "Fødselsår": "1971", **cells}  # fmt: skip


def test_mentors_come_in_with_hours_and_are_known_by_e_mail(cast: Cast) -> None:
    assert counts(read_and_take(cast, table(a_mentor()), "mentorer")) == (1, 0, 0, 0)
    mads = Mentor.objects.get(email="mads@example.invalid")
    assert (mads.languages, mads.max_citizens, mads.active_from) == (["da", "ar"], 12, date(2026, 11, 1))
    assert (mads.birth_year, mads.hours.get().minutes_per_week) == (1971, 1_350)
    assert counts(read_and_take(cast, table(a_mentor()), "mentorer")) == (0, 0, 1, 0)
    changed = a_mentor(
        Navn="Mads Nyt Prøve", **{"E-mail": "MADS@example.invalid", "Timer om ugen": "20", "Art": ""}
    )
    assert counts(read_and_take(cast, table(changed), "mentorer")) == (0, 1, 0, 0)
    mads.refresh_from_db()
    assert (mads.name, mads.kind) == ("Mads Nyt Prøve", "internal")
    assert mads.hours.get(valid_from=TODAY).minutes_per_week == 1_200


def test_a_mentor_without_e_mail_is_known_by_name_and_gets_one(cast: Cast) -> None:
    row = {"Navn": "Ditte Eksempel", "E-mail": "ditte@example.invalid"}
    file = read_and_take(cast, table(row), "mentorer")
    assert file.changes == [[2, str(cast.ditte.pk), "Ditte Eksempel", ["E-mail"]]]
    assert Mentor.objects.filter(name="Ditte Eksempel").count() == 1


@pytest.mark.parametrize(
    ("row", "heading", "says"),
    [
        (a_mentor(Art="mentor hos leverandør"), "Leverandør", "passer ikke med arten"),
        (a_mentor(**{"Mentor til og med": "01-10-2026"}), "Mentor til og med", "før første dag"),
        (a_mentor(**{"Timer om ugen": "169"}), "Timer om ugen", "168"),
        (a_mentor(**{"Højst antal borgere": "mange"}), "Højst antal borgere", "helt tal"),
        (a_mentor(Fødselsår="71"), "Fødselsår", "fire cifre"),
        (a_mentor(Fødselsår="2027"), "Fødselsår", "fra 1900 til 2026"),
        ({"Navn": "Peter Prøve", "E-mail": "", "Timer om ugen": "10"}, "Timer om ugen", "plan for timerne"),
        ({"Navn": "Tvilling", "E-mail": ""}, "Navn", "flere mentorer hedder det"),
    ],
    ids=["provider", "ends-first", "hours", "many", "born", "not-born", "planned", "twins"],
)
def test_a_bad_mentor_says_why(cast: Cast, row: dict[str, str], heading: str, says: str) -> None:
    set_hours(cast.peter, valid_from=TODAY + timedelta(days=30), minutes_per_week=600, by=bodil(cast))
    for _ in range(2):
        Mentor.objects.create(name="Tvilling", kind="internal", active_from=TODAY)
    [[_, told, sentence]] = read(cast, table(row), "mentorer").bad
    assert told == heading
    assert says in sentence


def out(kind: str, with_cpr: bool) -> tuple[list[str], Iterable[Any]]:
    found = {
        "borgere": lambda: citizens_out(Citizen.objects.all(), with_cpr=with_cpr),
        "henvisninger": lambda: referrals_out(Referral.objects.all(), with_cpr=with_cpr),
        "mentorer": lambda: mentors_out(TODAY),
    }
    return [column.heading for column in KINDS[kind].columns], found[kind]()


@pytest.mark.parametrize("kind", ["borgere", "henvisninger", "mentorer"])
def test_what_is_taken_out_changes_nothing_when_it_is_put_in(cast: Cast, kind: str) -> None:
    Citizen.objects.filter(pk=cast.jens.pk).update(
        address="=ikke en formel",
        phone="+45 12 34 56 78",
        protected=True,
        district="Øst",
        external_case_number="P-1",
    )
    Referral.objects.update(
        goals="En linje\r\n\r\n- og en til ", barriers=["housing", "language"], mentor_gender="k",
        mentor_age="30_to_49",
    )  # fmt: skip
    Mentor.objects.filter(pk=cast.fatima.pk).update(
        districts=["Nord", "Syd"], skills=["unge"], max_citizens=9, birth_year=1979
    )
    MentorHours.objects.filter(mentor=cast.fatima).update(minutes_per_week=1_237)
    before = Entry.objects.filter(verb__in=("rettet borger", "rettet henvisning", "ændret mentor")).count()
    for with_cpr in (True, False):
        for data in (
            rows_file("x.csv", *out(kind, with_cpr)).content,
            sheet("x.xlsx", [(each, 10) for each in out(kind, with_cpr)[0]], out(kind, with_cpr)[1]).content,
        ):
            file = read_and_take(cast, data, kind)
            assert counts(file) == (0, 0, len(read_table(data).rows), 0), file.bad
    assert (
        Entry.objects.filter(verb__in=("rettet borger", "rettet henvisning", "ændret mentor")).count()
        == before
    )
    headings, found = out(kind, False)
    assert "CPR-nummer" not in headings or not any(row[0] for row in found)


def test_the_cost_of_judging_does_not_grow_with_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    file = read(cast, as_csv(rows(300, 45, "Jobindsats Nord", cast.helle.email)))
    with django_assert_max_num_queries(25):
        take(cast, file)
