"""What is typed is kept on its own page for its own typist, and goes when it is sent or grows old."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorkorps.cases.actions.drafts import MOST_TYPED
from mentorkorps.cases.models import CaseNote, Draft
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, User
from tests.cast import Cast, signed_in
from tests.web.stage import own_and_foreign


def note_page(cast: Cast) -> str:
    return reverse("add_note", args=[cast.jens.id])


def keep(client: Client, page: str, user: User, act: str = "save", **fields: Any) -> Any:
    """What the browser sends a moment after the last key."""
    return client.post(page, fields, headers={"X-Draft": act, "X-Draft-For": str(user.pk)})


def test_what_is_typed_comes_back_on_its_page(cast: Cast) -> None:
    client = signed_in(cast.helle)
    answer = keep(client, note_page(cast), cast.helle, text="Jens ringede", key=str(uuid.uuid4()))
    saved = timezone.localtime(Draft.objects.get().saved_at)
    assert answer.json() == {"said": f"Gemt som kladde kl. {saved:%H.%M}"}
    assert Draft.objects.get().fields == {"text": ["Jens ringede"]}, (
        "the form's own key is made anew each time"
    )
    assert "Jens ringede" in client.get(note_page(cast)).content.decode()
    assert not CaseNote.objects.exists()


def test_it_is_kept_once_a_form_and_journalled_once_without_text(cast: Cast) -> None:
    client = signed_in(cast.helle)
    for text in ("J", "Je", "Jens"):
        keep(client, note_page(cast), cast.helle, text=text)
    assert Draft.objects.get().fields == {"text": ["Jens"]}
    entry = Entry.objects.get(kind="change", verb="begyndt kladde")
    assert (entry.citizen_id, entry.detail) == (cast.jens.id, {"page": "add_note"})


def test_sending_the_form_removes_it_and_an_error_does_not(cast: Cast) -> None:
    client = signed_in(cast.helle)
    keep(client, note_page(cast), cast.helle, text="Jens ringede")
    client.post(note_page(cast), {"text": "", "key": uuid.uuid4()})
    assert Draft.objects.exists()
    client.post(note_page(cast), {"text": "Jens ringede", "key": uuid.uuid4()})
    assert not Draft.objects.exists()
    assert CaseNote.objects.get().text == "Jens ringede"


def test_nothing_is_kept_where_the_page_does_not_open(cast: Cast) -> None:
    karl = signed_in(cast.karl)
    before = Entry.objects.filter(refused=True, citizen_id=cast.jens.id).count()
    assert keep(karl, note_page(cast), cast.karl, text="forkert sag").status_code == 404
    assert Entry.objects.filter(refused=True, citizen_id=cast.jens.id).count() == before + 1
    assert keep(signed_in(cast.people[Role.DPO]), note_page(cast), cast.helle, text="x").status_code == 404
    assert not Draft.objects.exists()


def test_a_text_stays_with_its_case_and_its_typist(cast: Cast) -> None:
    helle = signed_in(cast.helle)
    keep(helle, note_page(cast), cast.helle, text="kun om Jens")
    other_case = helle.get(reverse("add_note", args=[cast.karla.id])).content.decode()
    other_page = helle.get(reverse("refer", args=[cast.jens.id])).content.decode()
    bodil = signed_in(cast.people[Role.COORDINATOR]).get(note_page(cast)).content.decode()
    assert not [page for page in (other_case, other_page, bodil) if "kun om Jens" in page]


def test_nothing_is_kept_when_somebody_else_has_signed_in(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    answer = keep(signed_in(bodil), note_page(cast), cast.helle, text="skrevet af Helle")
    assert answer.status_code == 409
    assert "en anden er logget ind" in answer.json()["said"]
    assert not Draft.objects.exists()


def test_signed_out_it_is_the_sign_in_page_and_then_the_text(cast: Cast) -> None:
    client = signed_in(cast.helle)
    keep(client, note_page(cast), cast.helle, text="inden pausen")
    out = signed_in(None)
    assert keep(out, note_page(cast), cast.helle, text="efter pausen").url.startswith("/konto/login/")
    sent = out.post(note_page(cast), {"text": "efter pausen", "key": uuid.uuid4()})
    assert sent.url == f"/konto/login/?next={note_page(cast)}"
    assert "inden pausen" in signed_in(cast.helle).get(note_page(cast)).content.decode()


def test_it_can_be_thrown_away_and_is_never_endless(cast: Cast) -> None:
    client = signed_in(cast.helle)
    keep(client, note_page(cast), cast.helle, text="fortrudt")
    keep(client, note_page(cast), cast.helle, act="discard")
    keep(client, note_page(cast), cast.helle, act="discard")
    assert not Draft.objects.exists()
    assert Entry.objects.filter(verb="smidt kladde væk").count() == 1
    keep(client, note_page(cast), cast.helle, text="ind\x00sat")
    assert Draft.objects.get().fields == {"text": ["indsat"]}, "no database keeps a null character"
    keep(client, note_page(cast), cast.helle, act="discard")
    answer = keep(client, note_page(cast), cast.helle, text="x" * (MOST_TYPED + 1))
    assert (answer.status_code, Draft.objects.exists()) == (400, False)


def test_the_worker_removes_old_ones(cast: Cast, settings: Any) -> None:
    settings.DRAFT_DAYS = 30
    client = signed_in(cast.helle)
    for citizen, days in ((cast.jens, 31), (cast.karla, 29)):
        keep(client, reverse("add_note", args=[citizen.id]), cast.helle, text="gammel")
        Draft.objects.filter(citizen=citizen).update(saved_at=timezone.now() - timedelta(days=days))
    call_command("worker", "--once")
    assert Draft.objects.get().citizen_id == cast.karla.id
    assert Entry.objects.get(verb="slettet gamle kladder").detail == {"count": 1}


PAGES = ("add_note", "refer", "log_contact", "status", "agreement", "new_decision", "course_decision")


@pytest.mark.parametrize("page", PAGES)
def test_every_long_form_keeps_what_is_typed(page: str, cast: Cast) -> None:
    own, _ = own_and_foreign(cast)
    mentor = page == "log_contact"
    user = cast.people[Role.MENTOR] if mentor else cast.helle
    prefix = {"add_note": "borger", "refer": "borger", "new_decision": "visitation"}.get(page, "forloeb")
    key = {"key": own.key(prefix)} | ({"kind": "change"} if page == "course_decision" else {})
    address = reverse(page, kwargs=key)
    client = signed_in(user)
    assert keep(client, address, user, prøve="skrevet her").status_code == 200
    shown = client.get(address + ("?ret" if page == "agreement" else "")).content.decode()
    assert f'data-draft="{user.pk}"' in shown
    assert "skrevet her" in shown
    named = "course_decision:change" if page == "course_decision" else page
    assert Draft.objects.get().page == named
