"""A mentor who is away: which courses nobody meets, who is put in, and how everything is as before."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.absence_end import mentor_back, set_last_day
from mentorkorps.cases.actions.avoidance import avoid_mentor
from mentorkorps.cases.actions.mentor import assign_substitute
from mentorkorps.cases.actions.substitutes import leave_without, put_in, undo_choice
from mentorkorps.cases.models import Course, MentorAssignment, SubstituteChoice
from mentorkorps.followup.actions import log_contact
from mentorkorps.followup.models import CourseTally
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries import courses_at_risk
from mentorkorps.ledger.queries.absences import (
    COVERED,
    MET,
    MISSING,
    NOBODY,
    AwayLine,
    away,
    last_day_of,
    returned,
)
from mentorkorps.ledger.queries.stand_ins import suggestion, suggestions
from mentorkorps.municipality.actions.absences import report_ill
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours
from tests.cast import TODAY, Cast, citizen, course_for, mentor, new_key

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def ill(cast: Cast) -> MentorAbsence:
    """Fatima is ill since yesterday, until further notice."""
    return MentorAbsence.objects.create(mentor=cast.fatima, first=YESTERDAY, reason="sick")


def line(cast: Cast, on: Any = TODAY) -> AwayLine:
    return next(each for each in away(Course.objects.all(), on).lines if each.course == cast.course)


def cover(cast: Cast, absence: MentorAbsence, **more: Any) -> SubstituteChoice:
    said = {"mentor": cast.peter, "suggested": cast.peter, "today": TODAY, "by": cast.helle} | more
    return put_in(cast.course, absence=absence, **said)


def test_the_same_courses_are_at_risk_as_on_the_mentors_page(cast: Cast, ill: MentorAbsence) -> None:
    def risk() -> list[Course]:
        return [each.course for each in away(Course.objects.all(), TODAY).lines if each.state == MISSING]

    assert risk() == list(courses_at_risk(cast.fatima, TODAY)) == [cast.course]
    CourseTally.objects.filter(course=cast.course).update(last_met_on=TODAY - timedelta(days=4))
    assert (line(cast).state, risk()) == (MET, list(courses_at_risk(cast.fatima, TODAY)))
    CourseTally.objects.all().delete()
    cover(cast, ill)
    assert (line(cast).state, risk()) == (COVERED, list(courses_at_risk(cast.fatima, TODAY)))


def test_what_the_law_binds_most_comes_first(cast: Cast, ill: MentorAbsence) -> None:
    must = course_for(
        citizen("Mia", "Prøve", "0505919993", cast.unit), cast.fatima, cast.helle, obligation="must"
    )
    assert [each.course for each in away(Course.objects.all(), TODAY).lines] == [must, cast.course]


def test_an_absence_of_the_coming_week_is_told_ahead(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY + timedelta(days=8), reason="holiday")
    assert away(Course.objects.all(), TODAY).lines == []
    assert line(cast, TOMORROW).on == TODAY + timedelta(days=8)


def test_suggestions_have_room_and_are_here(cast: Cast, ill: MentorAbsence) -> None:
    names = [choice.mentor.name for choice in suggestions([cast.course], TODAY)[cast.course.id].choices]
    assert names == ["Ditte Eksempel", "Peter Prøve"]
    MentorAbsence.objects.create(mentor=cast.ditte, first=TODAY + timedelta(days=3), reason="holiday")
    assert suggestion(cast.course, TODAY) == cast.peter
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=150)
    assert suggestion(cast.course, TODAY) is None


def test_all_that_is_suggested_can_be_followed_and_who_gets_nobody_is_told_why(
    cast: Cast, ill: MentorAbsence
) -> None:
    """Ditte has two hours to give; Peter has six, and may have two citizens beside Olga. Five need somebody."""
    for number, obligation in enumerate(("may", "may", "right", "must")):
        who = citizen("Vita", f"Prøve{number}", f"{number + 1:02}0391999{number}", cast.unit)
        course_for(who, cast.fatima, cast.helle, obligation=obligation)
    MentorHours.objects.filter(mentor=cast.ditte).update(minutes_per_week=240)
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=480)
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=3)
    courses = [each.course for each in away(Course.objects.all(), TODAY).lines]
    found = suggestions(courses, TODAY)
    given = {course: found[course.id].choices for course in courses if found[course.id].choices}
    assert [course.obligation for course in given] == ["must", "right", "may"]
    assert Counter(choices[0].mentor for choices in given.values()) == {cast.ditte: 1, cast.peter: 2}
    assert [len(choices) for choices in given.values()] == [1, 1, 1], "nobody has room for one more"
    assert {mentor for course in courses[3:] for mentor in found[course.id].spent} == {cast.ditte, cast.peter}
    for course, choices in reversed(given.items()):
        best = choices[0].mentor
        put_in(
            course, absence=ill, mentor=best, suggested=suggestion(course, TODAY), today=TODAY, by=cast.helle
        )
    assert [(each.choices, each.spent) for each in suggestions(courses[3:], TODAY).values()] == [([], [])] * 2


@pytest.mark.parametrize("more", [0, 12])
def test_any_number_of_courses_takes_as_few_queries(
    cast: Cast, ill: MentorAbsence, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        who = citizen(f"Borger{number}", "Prøve", f"{number + 1:02}0391999{number % 10}", cast.unit)
        course_for(who, cast.fatima, cast.helle)
        mentor(f"Mentor{number} Prøve")
    with django_assert_num_queries(4):
        lines = away(Course.objects.all(), TODAY).lines
    assert len(lines) == 1 + more
    with django_assert_num_queries(16):
        suggestions([each.course for each in lines], TODAY)


def test_a_substitute_lasts_as_long_as_the_absence(cast: Cast, ill: MentorAbsence) -> None:
    choice = cover(cast, ill)
    assert (choice.assignment.first, choice.assignment.last) == (TODAY, None)
    assert cover(cast, ill) == choice, "the same post twice is one"
    assert MentorAssignment.objects.filter(substitute=True).count() == 1
    with pytest.raises(ValidationError, match="allerede vikar"):
        cover(cast, ill, mentor=cast.ditte, reason="Kender hende")


def test_to_depart_from_the_suggestion_takes_a_reason(cast: Cast, ill: MentorAbsence) -> None:
    with pytest.raises(ValidationError, match="Forslaget er Peter Prøve"):
        cover(cast, ill, mentor=cast.ditte)
    with pytest.raises(ValidationError, match="Ingen har plads"):
        cover(cast, ill, suggested=None)
    assert cover(cast, ill, mentor=cast.ditte, reason="Kender hende").reason == "Kender hende"


def test_who_is_away_too_is_not_put_in_and_is_replaced(cast: Cast, ill: MentorAbsence) -> None:
    cover(cast, ill)
    MentorAbsence.objects.create(mentor=cast.peter, first=TODAY, reason="sick")
    assert (line(cast).state, line(cast).substitute.mentor) == (MISSING, cast.peter)
    with pytest.raises(ValidationError, match="selv væk"):
        put_in(
            cast.course, absence=MentorAbsence.objects.create(mentor=cast.fatima, first=TOMORROW, reason="sick"),
            mentor=cast.peter, suggested=cast.peter, today=TODAY, by=cast.helle,
        )  # fmt: skip
    cover(cast, ill, mentor=cast.ditte, suggested=cast.ditte)
    assert line(cast).substitute.mentor == cast.ditte
    assert not MentorAssignment.objects.filter(mentor=cast.peter, course=cast.course).exists()


def test_a_substitute_of_the_courses_own_page_who_falls_ill_is_replaced_too(
    cast: Cast, ill: MentorAbsence
) -> None:
    assign_substitute(cast.course, mentor=cast.peter, first=YESTERDAY, last=None, by=cast.helle)
    MentorAbsence.objects.create(mentor=cast.peter, first=TODAY, reason="sick")
    cover(cast, ill, mentor=cast.ditte, suggested=cast.ditte)
    assert MentorAssignment.objects.get(mentor=cast.peter, course=cast.course).last == YESTERDAY
    MentorAbsence.objects.create(mentor=cast.ditte, first=TODAY, reason="sick")
    without(cast, ill, "Alle er syge")
    assert (line(cast).state, line(cast).substitute) == (NOBODY, None)


def test_who_is_avoided_is_not_suggested(cast: Cast, ill: MentorAbsence) -> None:
    avoid_mentor(cast.jens, mentor=cast.ditte, reason="other", today=TODAY, by=cast.helle)
    assert suggestion(cast.course, TODAY) == cast.peter
    with pytest.raises(ValidationError, match="fravalgt"):
        cover(cast, ill, mentor=cast.ditte, reason="Alligevel")


def without(cast: Cast, absence: MentorAbsence, reason: str) -> SubstituteChoice:
    return leave_without(
        cast.course, absence=absence, suggested=cast.peter, reason=reason, today=TODAY, by=cast.helle
    )


def test_nobody_stands_in_with_a_reason_and_what_binds_stays_uncovered(
    cast: Cast, ill: MentorAbsence
) -> None:
    with pytest.raises(ValidationError, match="Skriv, hvorfor"):
        without(cast, ill, " ")
    choice = without(cast, ill, "Borgeren ønsker at vente")
    assert without(cast, ill, "Borgeren ønsker at vente") == choice
    assert (line(cast).state, line(cast).uncovered) == (NOBODY, False)
    Course.objects.filter(pk=cast.course.pk).update(obligation="right")
    assert line(cast).uncovered
    without(cast, ill, "Ingen taler sproget")
    assert cover(cast, ill).mentor == cast.peter
    assert [each.closed for each in SubstituteChoice.objects.order_by("id")] == ["replaced", "replaced", ""]


def test_a_choice_is_undone_and_who_did_something_stays_to_that_day(cast: Cast, ill: MentorAbsence) -> None:
    choice = cover(cast, ill)
    undo_choice(choice, last=last_day_of(choice, TODAY), today=TODAY, by=cast.helle)
    undo_choice(choice, last=TODAY, today=TODAY, by=cast.helle)
    assert not MentorAssignment.objects.filter(substitute=True).exists()
    assert Entry.objects.filter(verb="fortrudt vikarvalg").count() == 1
    again = cover(cast, ill)
    log_contact(
        cast.course, key=new_key(), day=TODAY, outcome="met", minutes=45, today=TODAY, by=cast.peter.user
    )
    undo_choice(again, last=last_day_of(again, TODAY), today=TODAY, by=cast.helle)
    assert MentorAssignment.objects.get(substitute=True).last == TODAY


def test_back_restores_and_tells(cast: Cast, ill: MentorAbsence) -> None:
    cover(cast, ill)
    done = mentor_back(ill, on=TODAY, by=cast.fatima.user)
    assert done is not None and done.substitutes == 1
    assert mentor_back(ill, on=TODAY, by=cast.fatima.user) is None, "said twice it happens once"
    ill.refresh_from_db()
    assert ill.last == YESTERDAY
    assert MentorAssignment.objects.get(substitute=True).last == TODAY
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima
    [back] = returned(Course.objects.all(), TODAY)
    assert (back.mentor, back.on, back.over[0].mentor) == (cast.fatima, TODAY, cast.peter)
    assert not returned(Course.objects.all(), TODAY + timedelta(days=15))
    assert Entry.objects.filter(verb="mentor er tilbage").count() == 1


def test_back_on_the_first_day_was_never_away(cast: Cast) -> None:
    absence, news = report_ill(cast.fatima, first=TODAY, last=None, today=TODAY, by=cast.fatima.user)
    assert news and report_ill(cast.fatima, first=TODAY, last=None, today=TODAY, by=cast.fatima.user) == (
        absence,
        False,
    )
    without(cast, absence, "Kun i dag")
    assert mentor_back(absence, on=TODAY, by=cast.fatima.user)
    assert not MentorAbsence.objects.filter(mentor=cast.fatima).exists()
    assert returned(Course.objects.all(), TODAY)[0].over[0].reason == "Kun i dag"


def test_back_stops_substitutes_from_the_courses_own_page_too_and_no_planned_ones(
    cast: Cast, ill: MentorAbsence
) -> None:
    assign_substitute(cast.course, mentor=cast.ditte, first=TODAY, last=TODAY, by=cast.helle)
    MentorAbsence.objects.filter(pk=ill.pk).update(last=TOMORROW)
    later = TODAY + timedelta(days=10)
    assign_substitute(cast.course, mentor=cast.peter, first=later, last=later, by=cast.helle)
    done = mentor_back(ill, on=TODAY, by=cast.helle)
    assert done is not None and [choice.mentor for choice in done.over] == [cast.ditte]
    assert MentorAssignment.objects.filter(first=later).exists()


def said(cast: Cast, absence: MentorAbsence, last: Any) -> tuple[int, int, int]:
    done = set_last_day(absence, last=last, today=TODAY, by=cast.fatima.user)
    return done.stopped, done.follow, done.cannot


def test_substitutes_follow_another_last_day_and_back(cast: Cast, ill: MentorAbsence) -> None:
    cover(cast, ill)
    stands = MentorAssignment.objects.get(substitute=True)
    for last, kept in (
        (TOMORROW, TOMORROW),
        (None, None),
        (TODAY + timedelta(days=60), cast.course.end),
        (TODAY, TODAY),
    ):
        for _ in range(2):
            assert said(cast, ill, last) == (0, 1, 0)
        stands.refresh_from_db()
        assert (ill.last, stands.last) == (last, kept)
    assert line(cast).state == COVERED
    assert Entry.objects.filter(verb="sat mentors sidste dag væk").count() == 4
    assert Entry.objects.filter(verb="forlænget vikar").count() == 1


def test_a_last_day_that_has_passed_stops_the_substitutes_today(cast: Cast, ill: MentorAbsence) -> None:
    MentorAbsence.objects.filter(pk=ill.pk).update(first=TODAY - timedelta(days=5))
    cover(cast, ill)
    assert said(cast, ill, TODAY - timedelta(days=2)) == (1, 0, 0)
    assert MentorAssignment.objects.get(substitute=True).last == TODAY
    assert returned(Course.objects.all(), TODAY)[0].over[0].mentor == cast.peter
    assert mentor_back(ill, on=TODAY, by=cast.helle) is None


def test_who_cannot_stand_in_longer_does_not_and_another_is_put_in(cast: Cast, ill: MentorAbsence) -> None:
    set_last_day(ill, last=TODAY, today=TODAY, by=cast.helle)
    cover(cast, ill)
    Mentor.objects.filter(pk=cast.peter.pk).update(active_to=TODAY)
    assert said(cast, ill, TOMORROW) == (0, 0, 1)
    assert line(cast, TOMORROW).state == MISSING
    put_in(
        cast.course, absence=ill, mentor=cast.ditte, suggested=cast.ditte, today=TOMORROW, by=cast.helle,
    )  # fmt: skip
    assert line(cast, TOMORROW).substitute.mentor == cast.ditte


def test_a_last_day_stands_before_the_next_absence(cast: Cast, ill: MentorAbsence) -> None:
    set_last_day(ill, last=TODAY, today=TODAY, by=cast.helle)
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY + timedelta(days=3), reason="holiday")
    for wrong in (None, TODAY + timedelta(days=3)):
        with pytest.raises(ValidationError, match="Fra 23-11-2026 er der skrevet andet fravær"):
            set_last_day(ill, last=wrong, today=TODAY, by=cast.helle)
    ill.refresh_from_db()
    assert ill.last == TODAY


def test_one_who_would_begin_after_the_last_day_never_stands_in(cast: Cast, ill: MentorAbsence) -> None:
    Course.objects.filter(pk=cast.course.pk).update(start=TODAY + timedelta(days=4))
    cast.course.refresh_from_db()
    cover(cast, ill)
    assert said(cast, ill, TOMORROW) == (0, 1, 0)
    assert not MentorAssignment.objects.filter(substitute=True).exists()
    assert SubstituteChoice.objects.get().closed == "undone"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(TODAY - timedelta(days=15), None, "first"), (TODAY + timedelta(days=8), None, "first"),
     (YESTERDAY, YESTERDAY, "last"), (TOMORROW, TODAY, "last")],
)  # fmt: skip
def test_days_nobody_means_are_refused(cast: Cast, first: Any, last: Any, field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        report_ill(cast.fatima, first=first, last=last, today=TODAY, by=cast.fatima.user)
    assert list(wrong.value.error_dict) == [field]
