"""Logging, correcting and retracting contacts: who may, what is refused, and what the tally says after."""

import uuid
from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentorkorps.cases.models import MentorAssignment, Task
from mentorkorps.followup.actions import (
    correct_contact,
    log_contact,
    log_group,
    rebuild_tally,
    retract_contact,
)
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.followup.queries import contacts_of, overlaps, tries_in_week
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, citizen, course_for, new_key, set_the_stage

YESTERDAY = TODAY - timedelta(days=1)


def log(cast: Cast, **fields) -> Contact:
    given = {"key": new_key(), "day": TODAY, "outcome": "met", "minutes": 45, "today": TODAY}
    return log_contact(cast.course, **(given | {"by": cast.people[Role.MENTOR]} | fields))


def errors_of(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as wrong:
        call()
    return wrong.value.message_dict if hasattr(wrong.value, "error_dict") else {"": wrong.value.messages}


def tally_of(course) -> tuple[int, int, date | None]:
    tally = CourseTally.objects.get(course=course)
    return tally.delivered_minutes, tally.held, tally.last_met_on


def test_a_meeting_is_held_counted_and_journalled(cast: Cast) -> None:
    contact = log(cast, start=time(13), transport_minutes=20, note="Mødtes ved banegården")
    assert (contact.held, contact.mentor, contact.logged_by) == (True, cast.fatima, cast.people[Role.MENTOR])
    assert tally_of(cast.course) == (45, 1, TODAY)
    entry = Entry.objects.get(verb="registreret kontakt")
    assert (entry.citizen_id, entry.object_id) == (cast.jens.id, contact.id)
    assert "banegården" not in str(entry.detail)


@pytest.mark.parametrize("outcome", ["no_show", "attempt", "cancelled_citizen", "cancelled_mentor"])
def test_what_was_no_meeting_has_no_minutes_and_does_not_count(cast: Cast, outcome: str) -> None:
    contact = log(cast, outcome=outcome, minutes=60)
    assert (contact.held, contact.minutes) == (False, 0)
    assert tally_of(cast.course) == (0, 0, None)


def test_the_same_key_twice_is_one_contact_and_moves_nothing_twice(cast: Cast) -> None:
    key, first = new_key(), None
    for _ in range(2):
        contact = log(cast, key=key, next_day=TODAY + timedelta(days=3))
        first = first or contact
        assert contact == first
    assert tally_of(cast.course) == (45, 1, TODAY)
    assert cast.course.appointments.count() == 1


def test_a_key_used_on_another_course_is_refused(cast: Cast) -> None:
    contact = log(cast)
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    with pytest.raises(ValidationError, match="allerede brugt på et andet forløb"):
        log_contact(
            other,
            key=contact.key,
            day=TODAY,
            outcome="met",
            minutes=30,
            today=TODAY,
            by=cast.people[Role.MENTOR],
        )


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day", "fremtiden"),
        ({"day": date(2026, 6, 21)}, "day", "22-06-2026"),
        ({"outcome": ""}, "outcome", "hvordan det gik"),
        ({"outcome": "retracted"}, "outcome", "hvordan det gik"),
        ({"minutes": 0}, "minutes", "hvor mange minutter"),
        ({"minutes": 721}, "minutes", "Højst 12 timer"),
        ({"transport_minutes": 721}, "minutes", "Højst 12 timer"),
        ({"how": "phone"}, "not_in_person_reason", "hvorfor I ikke mødtes"),
        ({"how": "video", "not_in_person_reason": "  "}, "not_in_person_reason", "hvorfor I ikke mødtes"),
        ({"next_day": YESTERDAY}, "next_day", "fortiden"),
        ({"next_day": date(2026, 12, 21)}, "next_day", "udløber 20-12-2026"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(cast: Cast, fields, field, text) -> None:
    assert text in errors_of(lambda: log(cast, **fields))[field][0]
    assert not Contact.objects.exists()
    assert not Entry.objects.filter(verb="registreret kontakt").exists()


def test_an_ended_course_takes_contacts_to_the_day_it_ended(cast: Cast) -> None:
    cast.course.ended_on, cast.course.end_reason = YESTERDAY, "moved"
    cast.course.save()
    assert log(cast, day=YESTERDAY).held
    assert "19-11-2026" in errors_of(lambda: log(cast))["day"][0]


def test_a_telephone_meeting_with_its_reason_counts(cast: Cast) -> None:
    assert log(cast, how="phone", not_in_person_reason="Indlagt i Aarhus").held


def test_a_mentor_logs_on_own_citizens_only(cast: Cast) -> None:
    peter = cast.peter.user
    with pytest.raises(ValidationError, match="ikke borgerens mentor"):
        log(cast, by=peter)
    with pytest.raises(ValidationError, match="ikke borgerens mentor"):
        log(cast, by=peter, mentor=cast.fatima)


def test_a_substitute_logs_on_the_days_of_standing_in_as_oneself(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course,
        mentor=cast.peter,
        first=YESTERDAY,
        last=YESTERDAY,
        substitute=True,
        assigned_by=cast.helle,
    )
    assert log(cast, by=cast.peter.user, day=YESTERDAY).mentor == cast.peter
    with pytest.raises(ValidationError, match="ikke borgerens mentor"):
        log(cast, by=cast.peter.user, day=TODAY)


def test_the_coordinator_logs_on_behalf_of_the_mentor_or_of_the_substitute(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    contact = log(cast, by=bodil)
    assert (contact.mentor, contact.logged_by) == (cast.fatima, bodil)
    assert "ikke borgerens mentor" in errors_of(lambda: log(cast, by=bodil, mentor=cast.peter))["mentor"][0]


def test_a_provider_logs_for_own_mentors_only(cast: Cast) -> None:
    viggo = cast.people[Role.PROVIDER]
    theirs = cast.ditte.courses.get()
    contact = log_contact(theirs, key=new_key(), day=TODAY, outcome="met", minutes=60, today=TODAY, by=viggo)
    assert contact.mentor == cast.ditte
    with pytest.raises(ValidationError, match="kan ikke registrere for den mentor"):
        log(cast, by=viggo)


def test_others_log_nothing(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="kan ikke registrere for den mentor"):
        log(cast, by=cast.helle)


def test_a_course_without_a_mentor_takes_no_contact(cast: Cast) -> None:
    cast.course.mentor = None
    cast.course.save()
    with pytest.raises(ValidationError, match="ingen mentor endnu"):
        log(cast, by=cast.people[Role.COORDINATOR])


def test_tasks_that_were_worked_on_are_kept_and_moved(cast: Cast) -> None:
    phone, doctor = (
        Task.objects.create(course=cast.course, title=title, since=date(2026, 6, 22))
        for title in ("Ringer", "Læge")
    )
    contact = log(cast, tasks={phone: "together", doctor: "mentor"})
    assert set(contact.tasks.all()) == {phone, doctor}
    phone.refresh_from_db()
    assert (phone.stage, phone.since) == ("together", TODAY)
    doctor.refresh_from_db()
    assert (doctor.stage, doctor.since) == ("mentor", date(2026, 6, 22))


def test_a_task_of_another_course_is_a_bug_not_a_choice(cast: Cast) -> None:
    foreign = Task.objects.create(course=cast.ditte.courses.get(), title="Ringer", since=TODAY)
    with pytest.raises(ValueError, match="another course"):
        log(cast, tasks={foreign: "together"})


def test_a_correction_is_a_new_row_and_the_old_one_stays(cast: Cast) -> None:
    task = Task.objects.create(course=cast.course, title="Ringer", since=TODAY)
    old = log(cast, day=YESTERDAY, minutes=45, note="Ved lægen", tasks={task: "mentor"})
    new = correct_contact(old, key=new_key(), today=TODAY, by=cast.people[Role.MENTOR], minutes=90)
    old.refresh_from_db()
    assert (old.superseded, old.held, old.minutes) == (True, False, 45)
    assert (new.corrects, new.minutes, new.note, new.day) == (old, 90, "Ved lægen", YESTERDAY)
    assert list(new.tasks.all()) == [task]
    assert tally_of(cast.course) == (90, 1, YESTERDAY)
    assert Entry.objects.get(verb="rettet kontakt").object_id == new.id
    assert set(contacts_of(cast.course)) == {old, new}


def test_a_correction_sent_twice_is_one_and_a_corrected_row_is_corrected_no_more(cast: Cast) -> None:
    old, key, by = log(cast), new_key(), cast.people[Role.MENTOR]
    new = correct_contact(old, key=key, today=TODAY, by=by, minutes=90)
    assert correct_contact(old, key=key, today=TODAY, by=by, minutes=90) == new
    with pytest.raises(ValidationError, match="allerede rettet"):
        correct_contact(old, key=new_key(), today=TODAY, by=by, minutes=30)


def test_a_correction_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    old, by = log(cast, note="Ved lægen\nog bagefter"), cast.people[Role.MENTOR]
    for said in ({}, {"minutes": old.minutes}, {"note": "Ved lægen\r\nog bagefter", "start": None}):
        with pytest.raises(ValidationError, match="Intet er ændret"):
            correct_contact(old, key=new_key(), today=TODAY, by=by, **said)
    missed = log(cast, outcome="no_show", day=YESTERDAY)
    with pytest.raises(ValidationError, match="Intet er ændret"):
        correct_contact(missed, key=new_key(), today=TODAY, by=by, minutes=30)
    assert not Contact.objects.filter(superseded=True).exists()
    assert not Entry.objects.filter(verb="rettet kontakt").exists()


def test_a_correction_that_is_wrong_leaves_everything_as_it_was(cast: Cast) -> None:
    old = log(cast)
    assert errors_of(
        lambda: correct_contact(old, key=new_key(), today=TODAY, by=cast.people[Role.MENTOR], minutes=0)
    )
    old.refresh_from_db()
    assert (old.superseded, old.held) == (False, True)
    assert tally_of(cast.course) == (45, 1, TODAY)


def test_a_mentor_corrects_only_own_contacts(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course, mentor=cast.peter, first=TODAY, substitute=True, assigned_by=cast.helle
    )
    theirs = log(cast, by=cast.peter.user)
    with pytest.raises(ValidationError, match="Peter Prøves"):
        correct_contact(theirs, key=new_key(), today=TODAY, by=cast.people[Role.MENTOR], minutes=10)
    with pytest.raises(ValidationError, match="Peter Prøves"):
        retract_contact(theirs, key=new_key(), by=cast.people[Role.MENTOR])
    assert (
        correct_contact(
            theirs, key=new_key(), today=TODAY, by=cast.people[Role.COORDINATOR], minutes=10
        ).minutes
        == 10
    )


def test_a_retraction_takes_the_contact_out_of_every_count_and_keeps_both_rows(cast: Cast) -> None:
    old = log(cast, note="Hører til en anden borger")
    new = retract_contact(old, key=new_key(), by=cast.people[Role.MENTOR])
    old.refresh_from_db()
    assert (old.superseded, new.outcome, new.held, new.minutes, new.note) == (True, "retracted", False, 0, "")
    assert tally_of(cast.course) == (0, 0, None)
    assert list(contacts_of(cast.course)) == [old]
    with pytest.raises(ValidationError, match="allerede rettet"):
        correct_contact(new, key=new_key(), today=TODAY, by=cast.people[Role.MENTOR], minutes=10)


def test_a_group_is_one_contact_for_each_with_its_own_outcome(cast: Cast) -> None:
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    key, by = new_key(), cast.people[Role.MENTOR]
    outcomes = {cast.course: "met", other: "no_show"}
    for _ in range(2):
        made = log_group(outcomes, key=key, day=TODAY, minutes=90, today=TODAY, by=by)
    assert [(c.course, c.outcome, c.minutes, c.group) for c in made] == [
        (cast.course, "met", 90, key),
        (other, "no_show", 0, key),
    ]
    assert Contact.objects.count() == 2
    with pytest.raises(ValidationError, match="Vælg, hvem der var med"):
        log_group({}, key=new_key(), day=TODAY, minutes=90, today=TODAY, by=by)


def test_a_group_with_one_mistake_logs_nothing(cast: Cast) -> None:
    foreign = cast.peter.courses.get()
    with pytest.raises(ValidationError):
        log_group(
            {cast.course: "met", foreign: "met"}, key=new_key(), day=TODAY, minutes=90, today=TODAY,
            by=cast.people[Role.MENTOR],
        )  # fmt: skip
    assert not Contact.objects.exists()


def test_overlaps_are_named_on_both_and_never_within_a_group_or_after_a_correction(cast: Cast) -> None:
    other = course_for(citizen("Bo", "Prøve", "0505779991", cast.unit), cast.fatima, cast.helle)
    by = cast.people[Role.MENTOR]

    def at(course, hour, minute=0, **fields):
        return log_contact(
            course, key=new_key(), day=TODAY, outcome="met", minutes=60, start=time(hour, minute), today=TODAY, by=by,
            **fields,
        )  # fmt: skip

    first, second, after = at(cast.course, 13), at(other, 13, 30), at(cast.course, 14, 30)
    group = uuid.uuid4()
    at(cast.course, 9, group=group), at(other, 9, group=group)
    found = overlaps(list(Contact.objects.all()))
    assert {key: [o.id for o in others] for key, others in found.items()} == {
        first.id: [second.id],
        second.id: [first.id],
    }
    correct_contact(second, key=new_key(), today=TODAY, by=by, start=time(15, 30))
    assert overlaps(list(Contact.objects.filter(superseded=False))) == {}
    assert after.start == time(14, 30)


def test_overlaps_take_one_query(cast: Cast, django_assert_num_queries) -> None:
    contacts = [log(cast, start=time(8 + n)) for n in range(6)]
    with django_assert_num_queries(1):
        overlaps(contacts)


def test_tries_of_a_week_leave_out_meetings_and_what_was_taken_back(cast: Cast) -> None:
    log(cast)
    no_show = log(cast, outcome="no_show", day=YESTERDAY)
    retract_contact(log(cast, outcome="attempt"), key=new_key(), by=cast.people[Role.MENTOR])
    assert tries_in_week([cast.course.id], no_show.week) == {cast.course.id: [no_show]}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["log", "correct", "retract"]),
        st.integers(0, 120),
        st.sampled_from(["met", "met", "no_show", "attempt"]),
        st.integers(1, 300),
        st.integers(0, 9),
    ),
    max_size=14,
)


class TheTally(TestCase):
    """After any logging, correcting and retracting the tally says what the contacts say."""

    @settings(max_examples=15, deadline=None)
    @given(STEPS)
    def test_is_the_sum_of_what_stands(self, steps) -> None:
        cast = set_the_stage()
        by = cast.people[Role.MENTOR]
        for verb, days, outcome, minutes, which in steps:
            standing = list(cast.course.contacts.filter(superseded=False).exclude(outcome="retracted"))
            what = {"day": TODAY - timedelta(days=days), "outcome": outcome, "minutes": minutes}
            if verb == "log" or not standing:
                log_contact(cast.course, key=new_key(), today=TODAY, by=by, **what)
            elif verb == "correct":
                with suppress(ValidationError):  # where it changes nothing
                    correct_contact(
                        standing[which % len(standing)], key=new_key(), today=TODAY, by=by, **what
                    )
            else:
                retract_contact(standing[which % len(standing)], key=new_key(), by=by)
        met = [c for c in cast.course.contacts.all() if c.outcome == "met" and not c.superseded]
        kept = tally_of(cast.course)
        assert kept == (sum(c.minutes for c in met), len(met), max((c.day for c in met), default=None))
        rebuild_tally(cast.course)
        assert tally_of(cast.course) == kept
