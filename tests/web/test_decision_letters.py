"""Letters read, printed and sent, and complaints about them, on their pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.actions.decision import (
    decide,
    send_hearing,
    send_letter,
)
from mentorkorps.cases.models import Complaint, Decision
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cases.scenes import grant_draft, refusal_draft, visitation_of
from tests.cast import TODAY, Cast, signed_in
from tests.web.decision_pages import look, text_of

# --- Letters ---


def test_letters_are_read_and_printed_and_both_are_journalled(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    assert "Du får en mentor" in text_of(signed_in(cast.helle).get(reverse("letter", args=[decision.id])))
    response = signed_in(cast.people[Role.LEADER]).get(reverse("letter_pdf", args=[decision.id]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.shown) == ("print", str(cast.karla.id))


def test_the_hearing_is_printed(cast: Cast) -> None:
    decision = refusal_draft(cast, visitation_of(cast))
    place = reverse("hearing_pdf", args=[decision.id])
    assert signed_in(cast.helle).get(place).status_code == 302
    send_hearing(decision, on=TODAY, by=cast.helle)
    assert signed_in(cast.helle).get(place).content.startswith(b"%PDF")


def test_before_the_decision_there_is_no_letter(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    for name in ("letter", "letter_pdf"):
        assert signed_in(cast.helle).get(reverse(name, args=[decision.id])).url == reverse(
            "decision", args=[decision.id]
        )
    signed_in(cast.helle).post(reverse("send_letter", args=[decision.id]))
    decision.refresh_from_db()
    assert decision.letter_sent_on is None


def test_a_letter_is_sent_once(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    send_letter(decision, on=TODAY - timedelta(days=1), by=cast.helle)
    response = signed_in(cast.helle).post(reverse("send_letter", args=[decision.id]), follow=True)
    assert "allerede sendt" in text_of(response)


def test_words_in_a_letter_are_text_and_not_markup(cast: Cast) -> None:
    visitation = visitation_of(cast, situation="Du <script>alert(1)</script> bor ude.")
    text = look(cast, grant_draft(cast, visitation))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


# --- Complaints ---


def complain(cast: Cast, decision: Decision, **form: Any) -> HttpResponse:
    given = {"received_on": "20-11-2026", "text": "Borgeren er ikke enig."} | form
    return signed_in(cast.helle).post(reverse("complaint", args=[decision.id]), given)


def test_a_complaint_has_four_weeks_and_an_outcome(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    complain(cast, decision)
    complaint = Complaint.objects.get()
    assert complaint.reassess_by == TODAY + timedelta(weeks=4)
    assert "Genvurdér klagen" in look(cast, decision)
    place = reverse("reassess_complaint", args=[complaint.id])
    assert "Borgeren er ikke enig." in text_of(signed_in(cast.helle).get(place))
    assert "Vælg udfaldet" in text_of(signed_in(cast.helle).post(place, {"outcome_reason": "x"}))
    assert "Skriv begrundelsen" in text_of(signed_in(cast.helle).post(place, {"outcome": "sent_on"}))
    signed_in(cast.helle).post(place, {"outcome": "sent_on", "outcome_reason": "Intet nyt."})
    assert "sendt til Ankestyrelsen" in look(cast, decision)
    assert signed_in(cast.helle).get(place).url == reverse("decision", args=[decision.id])


@pytest.mark.parametrize(
    ("form", "said"),
    [({"text": " "}, "Få ord er nok"), ({"received_on": "21-11-2026"}, "mellem afgørelsen og i dag"),
     ({"received_on": "19-11-2026"}, "mellem afgørelsen og i dag"), ({"received_on": "x"}, "ikke en dato")],
)  # fmt: skip
def test_a_complaint_that_cannot_be(cast: Cast, form: dict, said: str) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    assert said in text_of(complain(cast, decision, **form))
    assert not Complaint.objects.exists()


def test_others_complaints_are_absent(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    complain(cast, decision)
    place = reverse("reassess_complaint", args=[Complaint.objects.get().id])
    assert (
        signed_in(cast.karl).post(place, {"outcome": "withdrawn", "outcome_reason": "x"}).status_code == 404
    )
    assert Complaint.objects.get().outcome == ""
