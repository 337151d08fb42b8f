"""The pages of money: files in and postings out, differences where they are said, and what each role may do."""

import csv
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.invoices import approve_invoice, check_invoice, hand_over, settle
from mentorkorps.ledger.models import Invoice, Payment, Price, Settlement
from mentorkorps.municipality.models import Provider, Role
from tests.cast import TODAY, Cast, person, signed_in
from tests.ledger.invoice_scene import Scene, invoice_scene
from tests.ledger.paper_invoices import BOMB, Paper, PaperLine, as_csv, as_xml


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return invoice_scene(cast)


def body(response: HttpResponse) -> str:
    return response.content.decode().replace("\xa0", " ")


def as_role(scene: Scene, role: Role) -> Any:
    return signed_in(scene.cast.people[role])


def disputed(scene: Scene) -> Settlement:
    (invoice,) = scene.take(Paper(lines=(PaperLine(price=43_000),)))
    return settle(
        invoice.lines.get(), code="price", way="dispute", reason="Hvorfor 430 kr.?", by=scene.controller
    )


# Files in


def test_files_are_shown_before_they_are_taken_in(scene: Scene) -> None:
    client = as_role(scene, Role.CONTROLLER)
    files = [
        SimpleUploadedFile("god.xml", as_xml(Paper())),
        SimpleUploadedFile("bombe.xml", BOMB),
        SimpleUploadedFile(
            "liste.csv", as_csv([Paper(number="7", lines=(PaperLine(hours="-1"), PaperLine()))])
        ),
    ]
    shown = client.post(reverse("upload_invoices"), {"files": files}, follow=True)
    text = body(shown)
    assert "1 kan tages ind, og 2 kan ikke" in text
    assert "dokumenttype" in text
    assert "negative" in text
    assert not Invoice.objects.exists()
    done = client.post(shown.request["PATH_INFO"], follow=True)
    assert "1 faktura er taget ind" in body(done)
    again = client.post(shown.request["PATH_INFO"], follow=True)
    assert "allerede taget ind" in body(again)
    assert Invoice.objects.count() == 1


def test_another_controllers_files_are_not_there(scene: Scene) -> None:
    client = as_role(scene, Role.CONTROLLER)
    shown = client.post(
        reverse("upload_invoices"), {"files": [SimpleUploadedFile("a.xml", as_xml(Paper()))]}, follow=True
    )
    other = signed_in(person("Egon Prøve", Role.CONTROLLER))
    assert other.get(shown.request["PATH_INFO"]).status_code == 404


def test_no_file_is_asked_for_kindly(scene: Scene) -> None:
    assert "Vælg en eller flere filer." in body(
        as_role(scene, Role.CONTROLLER).post(reverse("upload_invoices"))
    )


HAND = {
    "number": "77", "credits": "", "issued_on": "02-11-2026", "vat_percent": "25", "payable": "4.200,00",
    "linje-TOTAL_FORMS": "2", "linje-INITIAL_FORMS": "0", "linje-0-reference": "FJ-0403",
    "linje-0-month": "10-2026", "linje-0-hours": "8", "linje-0-price": "420", "linje-0-amount": "3.360,00",
}  # fmt: skip


def test_an_invoice_on_paper_is_written_off_and_reconciled(scene: Scene) -> None:
    client, address = as_role(scene, Role.CONTROLLER), reverse("enter_invoice")
    head = HAND | {"provider": str(scene.cast.provider.pk)}
    assert "men fakturaen siger" in body(client.post(address, head | {"payable": "4.100,00"}))
    assert "er ikke en måned" in body(client.post(address, head | {"linje-0-month": "13-2026"}))
    assert "Skal udfyldes på linjen" in body(client.post(address, head | {"linje-0-price": ""}))
    client.post(address, head)
    made = Invoice.objects.get()
    assert (made.form, made.vat_ore, made.lines.get().course) == ("hand", 84_000, scene.course)


# Control and approval


def test_a_difference_is_settled_on_its_own_page(scene: Scene) -> None:
    (invoice,) = scene.take(Paper(lines=(PaperLine(price=43_000),)))
    client = as_role(scene, Role.CONTROLLER)
    page = reverse("invoice", args=[invoice.pk])
    assert "men aftalt til 420,00 kr." in body(client.get(page))
    address = reverse("settle_line", args=[invoice.pk, 1, "price"])
    assert "3.360,00" in body(client.get(address)), "what is right to pay stands there already"
    assert "Skriv et beløb" in body(client.post(address, {"way": "reduce", "pay": "9.999", "reason": "x"}))
    assert "ikke et beløb" in body(client.post(address, {"way": "reduce", "pay": "meget", "reason": "x"}))
    client.post(address, {"way": "reduce", "pay": "3.360,00", "reason": "Aftalt pris"})
    assert "Alt er afklaret. Der betales 3.360 kr." in body(client.get(page)).replace("<b>", "")
    client.post(reverse("undo_settlement", args=[invoice.pk]), {"afklaring": Settlement.objects.get().pk})
    assert "1 afvigelse" in body(client.get(page))


def test_the_same_person_is_refused_in_grey_and_in_the_journal(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    client = as_role(scene, Role.CONTROLLER)
    client.post(reverse("check_invoice", args=[invoice.pk]))
    said = client.post(reverse("approve_invoice", args=[invoice.pk]))
    assert "En anden person skal godkende" in body(said)
    assert Entry.objects.filter(verb="godkend faktura", refused=True, object_id=invoice.pk).exists()
    leader = as_role(scene, Role.LEADER)
    assert "klar til betaling" in body(
        leader.post(reverse("approve_invoice", args=[invoice.pk]), follow=True)
    )


def test_controllers_see_case_numbers_and_no_names(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    text = body(as_role(scene, Role.CONTROLLER).get(reverse("invoice", args=[invoice.pk])))
    assert scene.course.citizen.case_number in text
    assert "Viktor" not in text
    entry = Entry.objects.filter(verb="faktura, linjer").latest("id")
    assert str(scene.course.citizen_id) in entry.shown


def test_the_list_is_cut_by_what_waits_by_supplier_and_by_month(scene: Scene) -> None:
    scene.take(Paper(number="AAA"))
    disputed(scene)
    client = as_role(scene, Role.LEADER)

    def numbers(query: str) -> set[str]:
        text = body(client.get(f"{reverse('invoices')}?{query}"))
        return {number for number in ("AAA", "1001") if f">{number}</a>" in text}

    assert numbers("") == {"AAA", "1001"}
    assert numbers("vis=spurgt") == {"1001"}
    assert numbers("vis=klar") == set()
    assert numbers(f"leverandoer={scene.cast.provider.pk}&maaned=10-2026") == {"AAA", "1001"}
    assert numbers("maaned=09-2026") == set()
    assert numbers("leverandoer=vrøvl&maaned=vrøvl&vis=vrøvl") == {"AAA", "1001"}


def test_the_list_reads_a_fixed_number_of_times(scene: Scene, django_assert_max_num_queries) -> None:
    scene.take(*(Paper(number=str(n), lines=(PaperLine(hours=str(n)),)) for n in range(1, 9)))
    client = as_role(scene, Role.CONTROLLER)
    with django_assert_max_num_queries(12):
        client.get(reverse("invoices"))


# Payment


def paid(scene: Scene) -> Payment:
    invoice, note = scene.take(
        Paper(
            vat_percent=25, lines=(PaperLine(name='=HYPERLINK("x")'), PaperLine(reference="=1+1", hours="1"))
        ),
        Paper(number="K1", vat_percent=25, credits="1001", lines=(PaperLine(hours="2"),)),
    )
    row = invoice.lines.get(position=2)
    for line in invoice.lines.all():
        settle(line, code="vat", way="accept", reason="Aftalt", by=scene.controller)
    settle(row, code="course", way="accept", reason="Aftalt", by=scene.controller)
    for each in (invoice, note):
        check_invoice(each, by=scene.controller, today=TODAY)
        approve_invoice(each, by=scene.leader, today=TODAY)
    return hand_over([invoice.pk, note.pk], by=scene.controller, today=TODAY)


def test_the_postings_add_up_to_what_is_paid_in_both_files(scene: Scene) -> None:
    made = paid(scene)
    client, address = as_role(scene, Role.CONTROLLER), reverse("payment_file", args=[made.pk])
    answer = client.post(address, {"som": "csv"})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    total = sum(int(row[-1].replace(",", "")) for row in rows[1:])
    assert total == sum(made.invoices.values_list("ore", flat=True)) == 472_500 - 105_000
    assert [row[2] for row in rows[1:]] == ["mentorstøtte", "mentorstøtte", "moms", "kreditnota", "moms"]
    assert [row[6] for row in rows[4:]] == ["1001", "1001"], "a credit note's postings name its invoice"
    assert "3.675 kr. overdraget" in body(client.get(reverse("payment", args=[made.pk])))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert {row[1] for row in rows[1:]} == {""}
    copy = client.post(address, {"som": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(copy.content)).active
    cells = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[1] for row in cells} == {"kopi"}
    assert [row[0] for row in cells] == [row[0] for row in rows[1:]]
    assert round(sum(row[-1] for row in cells) * 100) == total


def test_ready_invoices_are_handed_over_from_the_page_once(scene: Scene) -> None:
    (invoice,) = scene.take(Paper())
    check_invoice(invoice, by=scene.controller, today=TODAY)
    approve_invoice(invoice, by=scene.leader, today=TODAY)
    client, address = as_role(scene, Role.CONTROLLER), reverse("payments")
    assert "3.360 kr." in body(client.get(address))
    first = client.post(address, {"faktura": [str(invoice.pk)]}, follow=True)
    assert "Betaling 1 er overdraget" in body(first)
    second = client.post(address, {"faktura": [str(invoice.pk)]}, follow=True)
    assert "allerede overdraget" in body(second)
    assert "Vælg" in body(client.post(address, {"faktura": ["vrøvl"]}, follow=True))
    assert as_role(scene, Role.LEADER).post(address, {"faktura": []}).status_code == 404
    assert Payment.objects.count() == 1


def test_a_credit_note_waits_for_its_invoice_and_is_named_when_it_ends_below_zero(scene: Scene) -> None:
    invoice, note = scene.take(Paper(), Paper(number="K1", credits="1001", lines=(PaperLine(hours="2"),)))
    client, page = as_role(scene, Role.CONTROLLER), reverse("invoice", args=[note.pk])
    early = body(client.get(page))
    assert "skal være godkendt først" in early and "Kontrollen er færdig" not in early
    assert "Kreditnota K1</a> krediterer den med 840 kr." in body(
        client.get(reverse("invoice", args=[invoice.pk]))
    )
    for each in (invoice, note):
        client.post(reverse("check_invoice", args=[each.pk]))
        as_role(scene, Role.LEADER).post(reverse("approve_invoice", args=[each.pk]))
    assert "−840 kr." in body(client.get(reverse("invoices")))
    address = reverse("payments")
    client.post(address, {"faktura": [str(invoice.pk)]})
    assert "Prøvehuset A/S skylder 840 kr." in body(client.get(address)).replace("  ", " ")
    alone = {"faktura": [str(note.pk)]}
    assert "har krediteret 840,00 kr. mere" in body(client.post(address, alone, follow=True))
    done = body(client.post(address, alone | {"under-nul": "ja"}, follow=True))
    assert "Betaling 2 er overdraget" in done and "−840 kr. overdraget" in done


# The supplier


def test_a_supplier_answers_what_is_asked_about_its_own_invoices_only(scene: Scene) -> None:
    asked = disputed(scene)
    client = as_role(scene, Role.PROVIDER)
    assert "Hvorfor 430 kr.?" in body(client.get(reverse("invoice_questions")))
    address = reverse("answer_question", args=[asked.pk])
    assert "Skal udfyldes" in body(client.post(address, {"text": ""}))
    client.post(address, {"text": "En fejl hos os"})
    page = as_role(scene, Role.CONTROLLER).get(reverse("invoice", args=[asked.line.invoice_id]))
    assert "En fejl hos os" in body(page)
    other = Provider.objects.create(name="Eksempelværket ApS", kind="supplier", cvr="10000025")
    stranger = signed_in(person("Grethe Prøve", Role.PROVIDER, provider=other))
    assert "430" not in body(stranger.get(reverse("invoice_questions")))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"text": "x"}).status_code == 404


# Prices


def test_a_missing_price_is_said_and_written_from_the_page(scene: Scene) -> None:
    Price.objects.all().delete()
    client, page = as_role(scene, Role.CONTROLLER), reverse("prices")
    assert "mangler" in body(client.get(page))
    address = reverse("new_price", args=["leverandoer"])
    given = {
        "provider": str(scene.cast.provider.pk), "per": "hour", "ore": "420", "vat_percent": "0",
        "first": "01-01-2026", "source": "Rammeaftale",
    }  # fmt: skip
    assert "Skal udfyldes" in body(client.post(address, given | {"source": ""}))
    client.post(address, given)
    assert "Der er allerede en fra" in body(client.post(address, given))
    text = body(client.get(page))
    assert "420 kr. for en time uden moms" in text
    made = Price.objects.get()
    withdraw = reverse("withdraw_price", args=["leverandoer"])
    client.post(withdraw, {"linje": made.pk, "hvorfor": "Forkert år"})
    assert "Trukket tilbage" in body(client.get(page))
    assert client.post(withdraw, {"linje": "9999"}).status_code == 404
    assert client.get(reverse("new_price", args=["vroevl"])).status_code == 404


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("tillaeg", {"percent": "24,5", "first": "01-01-2026", "source": "Regnskab"}),
        ("frivillige", {"ore": "95", "first": "01-01-2026", "source": "Regnskab"}),
        ("bagatel", {"minutes": "10", "ore": "50", "first": "01-01-2026", "source": "Beslutning"}),
        ("gruppe", {"name": "Trin 1"}),
    ],
)
def test_what_else_is_dated_is_written_too(scene: Scene, what: str, given: dict[str, str]) -> None:
    client = as_role(scene, Role.CONTROLLER)
    done = client.post(reverse("new_price", args=[what]), given, follow=True)
    assert "er gemt" in body(done)


def test_a_leader_reads_prices_and_writes_none(scene: Scene) -> None:
    client = as_role(scene, Role.LEADER)
    assert "Ny pris" not in body(client.get(reverse("prices")))
    assert client.get(reverse("new_price", args=["loen"])).status_code == 404
