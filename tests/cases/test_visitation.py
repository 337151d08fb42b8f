"""The visitation's draft: begun once, saved as typed, never half lost, never in another case."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.decision import decide
from mentorkorps.cases.actions.visitation import open_visitation, reassess, save_visitation
from mentorkorps.cases.facts import law_answer
from mentorkorps.cases.models import Citizen, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.journal.models import Entry
from tests.cases.scenes import MAY, grant_draft, running_course, visitation_of
from tests.cast import TODAY, Cast


def test_it_starts_from_what_a_source_has_said(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    assert visitation.facts == {"birth_date": "1992-01-01", "target_group": "kontanthjaelp_aktivitetsparat"}
    assert visitation.sources["target_group"] == {"source": "Fagsystem", "on": "2026-11-16"}
    assert visitation.law_on == TODAY


def test_beginning_twice_is_one_visitation(cast: Cast) -> None:
    first = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    assert open_visitation(cast.referral, on=TODAY, by=cast.helle) == first
    assert Entry.objects.filter(verb="begyndt visitation").count() == 1


def test_whoever_begins_takes_a_citizen_whom_nobody_has(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.karla.pk).update(caseworker=None)
    open_visitation(cast.referral, on=TODAY, by=cast.helle)
    cast.karla.refresh_from_db()
    assert cast.karla.caseworker == cast.helle
    assert Entry.objects.filter(verb="blevet sagsbehandler", citizen_id=cast.karla.id).count() == 1


def test_a_citizen_with_a_caseworker_keeps_them(cast: Cast) -> None:
    open_visitation(cast.referral, on=TODAY, by=cast.karl)
    cast.karla.refresh_from_db()
    assert cast.karla.caseworker == cast.helle


def test_a_referral_that_is_closed_is_not_visitated(cast: Cast) -> None:
    Referral.objects.update(state="withdrawn")
    with pytest.raises(ValidationError, match="ikke længere åben"):
        open_visitation(cast.referral, on=TODAY, by=cast.helle)
    assert not Visitation.objects.exists()


def test_a_changed_fact_says_who_was_told_and_when(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    touched = save_visitation(visitation, by=cast.helle, on=TODAY, facts={"wants_mentor": True})
    visitation.refresh_from_db()
    assert touched == ["wants_mentor"]
    assert visitation.sources["wants_mentor"] == {"source": "Oplyst til Helle Prøve", "on": "2026-11-20"}
    assert visitation.sources["target_group"]["source"] == "Fagsystem"


def test_a_source_can_be_told_beside_the_fact(cast: Cast) -> None:
    told = {"source": "Afdelingens brev", "on": "2026-11-13"}
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    save_visitation(
        visitation, by=cast.helle, on=TODAY, facts={"psychiatric_admission": True},
        sources={"psychiatric_admission": told, "single_parent": told},
    )  # fmt: skip
    visitation.refresh_from_db()
    assert visitation.sources["psychiatric_admission"] == told
    assert "single_parent" not in visitation.sources, "an unknown fact has no source"


def test_unknown_again_takes_the_fact_and_its_source_away(cast: Cast) -> None:
    visitation = visitation_of(cast)
    save_visitation(visitation, by=cast.helle, on=TODAY, facts={"wants_mentor": None})
    visitation.refresh_from_db()
    assert "wants_mentor" not in visitation.facts
    assert "wants_mentor" not in visitation.sources
    assert visitation.facts["purpose_work_or_education"] is True, "a fact that was not sent stays"


def test_nothing_new_writes_nothing(cast: Cast) -> None:
    visitation = visitation_of(cast)
    entries = Entry.objects.count()
    assert save_visitation(visitation, by=cast.helle, on=TODAY, facts=MAY) == []
    assert Entry.objects.count() == entries


def test_the_journal_names_fields_and_never_words(cast: Cast) -> None:
    visitation_of(cast)
    entry = Entry.objects.filter(verb="gemt visitation").latest("id")
    assert {"situation", "wants_mentor"} <= set(entry.detail["fields"])
    assert "sted at bo" not in str(entry.detail)


def test_a_save_from_a_window_left_behind_is_refused(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    seen = visitation.saved_at
    save_visitation(visitation, by=cast.helle, on=TODAY, seen=seen, situation="Du bor hos en ven.")
    with pytest.raises(ValidationError) as stale:
        save_visitation(visitation, by=cast.helle, on=TODAY, seen=seen, situation="Du bor på gaden.")
    assert stale.value.code == "stale"
    visitation.refresh_from_db()
    assert visitation.situation == "Du bor hos en ven."


def test_the_law_does_not_reach_everywhere(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError) as error:
        save_visitation(visitation, by=cast.helle, on=TODAY, law_on=date(1999, 1, 1))
    assert "law_on" in error.value.error_dict


def test_a_fact_that_cannot_be_read_writes_nothing(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    with pytest.raises(law.BadFact, match="findes ikke"):
        save_visitation(
            visitation, by=cast.helle, on=TODAY, situation="x", facts={"discharge_date": "2026-02-30"}
        )
    visitation.refresh_from_db()
    assert visitation.situation == ""


def test_a_locked_visitation_is_not_changed(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decide(grant_draft(cast, visitation), on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="låst"):
        save_visitation(visitation, by=cast.helle, on=TODAY, situation="Noget andet")


def test_the_law_of_another_day_answers_otherwise(cast: Cast) -> None:
    visitation = visitation_of(cast, law_on=date(2015, 3, 2))
    assert {f.citation for f in law_answer(visitation).findings} >= {"LAB § 93", "LAB § 31 b, stk. 1"}


def test_a_new_period_is_a_new_assessment_begun_once(cast: Cast) -> None:
    course = running_course(cast)
    visitation = reassess(course, on=TODAY, by=cast.helle)
    assert visitation.extends == course
    assert visitation.facts["purpose_work_or_education"] is True
    assert visitation.sources["wants_mentor"]["source"] == "Seneste afgørelse"
    assert visitation.situation == "", "words are written anew"
    assert reassess(course, on=TODAY, by=cast.helle) == visitation


def test_an_ended_course_is_not_reassessed(cast: Cast) -> None:
    course = running_course(cast)
    course.ended_on, course.end_reason = TODAY, "expired"
    course.save()
    with pytest.raises(ValidationError, match="afsluttet"):
        reassess(course, on=TODAY, by=cast.helle)
