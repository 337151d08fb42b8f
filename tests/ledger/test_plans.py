"""Plans of the corps: what they are made of, that they change nothing by themselves, and each answer to a line."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.avoidance import avoid_mentor
from mentorkorps.cases.actions.course import end_course
from mentorkorps.cases.models import Course, Referral
from mentorkorps.domain.planning import Weights
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions import plans as making
from mentorkorps.ledger.actions.plan_lines import choose_mentor, decline_line, take_line, undo_line
from mentorkorps.ledger.actions.plans import ask_plan, close_plan, make_asked_plans, set_points
from mentorkorps.ledger.models import Plan, PlanLine, PlanWeights
from mentorkorps.ledger.queries.plan_hindrances import hindrances
from mentorkorps.ledger.queries.plans import OWN, points_on, suggestion_for
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours
from tests.cast import TODAY, Cast, citizen, course_for, mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast: Cast) -> Course:
    """A course without a mentor; only Peter and Fatima have hours to give."""
    MentorHours.objects.filter(mentor=cast.ditte).delete()
    return course_for(citizen("Vita", "Prøve", "0505929991", cast.unit), None, cast.helle)


def ask(cast: Cast, scope: str = Plan.Scope.WAITING, **more: Any) -> Plan:
    given = {"unit": None, "move_from_absent": False, "stability": None, "today": TODAY, "by": cast.helle}
    return ask_plan(scope=scope, **given | more)


def line_of(plan: Plan, course: Course) -> PlanLine:
    return plan.lines.get(course=course)


def take(line: PlanLine, cast: Cast, **more: Any) -> Any:
    return take_line(line, first=TODAY, today=TODAY, by=cast.helle, **more)


def test_a_small_plan_is_made_at_once_and_changes_nothing(cast: Cast, waiting: Course) -> None:
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=1)
    plan = ask(cast)
    assert (plan.state, plan.method, plan.fallback) == (Plan.State.READY, "optimal", "")
    assert plan.total_score <= plan.upper_bound
    line = line_of(plan, waiting)
    assert (line.mentor, line.present) == (cast.fatima, None)
    assert line.speaks_for == ["Har plads til 2\xa0t. om ugen."]
    waiting.refresh_from_db()
    assert waiting.mentor is None


def test_a_large_plan_waits_for_the_worker(
    cast: Cast, waiting: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    plan = ask(cast)
    assert plan.state == Plan.State.ASKED and not plan.lines.exists()
    assert ask(cast) == plan
    assert make_asked_plans(today=TODAY) == 1
    assert make_asked_plans(today=TODAY) == 0
    making.make_plan(plan, today=TODAY)
    assert plan.lines.count() == 1


def test_nobody_gets_a_mentor_they_avoid_and_why_is_said(cast: Cast, waiting: Course) -> None:
    for who in (cast.fatima, cast.peter):
        avoid_mentor(waiting.citizen, mentor=who, reason="trouble", today=TODAY, by=cast.helle)
    line = line_of(ask(cast), waiting)
    assert line.mentor is None
    assert line.why.startswith("Der er ingen mentor, som borgeren må få")


def test_hours_nobody_has_recorded_are_not_hours(cast: Cast, waiting: Course) -> None:
    MentorHours.objects.all().delete()
    plan = ask(cast, Plan.Scope.ALL)
    assert (
        plan.counts["left_aside"] == 3
    )  # those who have a mentor; the company mentor's course is never planned
    assert line_of(plan, waiting).mentor is None


def test_a_whole_plan_moves_nobody_who_need_not_move(cast: Cast, waiting: Course) -> None:
    plan = ask(cast, Plan.Scope.ALL)
    assert plan.counts["moved"] == 0
    assert [line.course for line in plan.lines.all()] == [waiting]
    assert [row["stability"] for row in plan.curve][-1] == 1_000
    assert plan.curve[-1]["moved"] == 0


def test_citizens_of_one_who_is_away_are_moved_only_when_asked_for(cast: Cast, waiting: Course) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    assert not ask(cast, Plan.Scope.ALL).lines.filter(course=cast.course).exists()
    line = line_of(ask(cast, Plan.Scope.ALL, move_from_absent=True), cast.course)
    assert (line.present, line.mentor) == (cast.fatima, cast.peter)


def test_a_plan_takes_nobodys_mentor_away(cast: Cast, waiting: Course) -> None:
    """Nobody has room for anybody: those who have a mentor are said to stay, and are counted apart."""
    MentorHours.objects.all().update(minutes_per_week=60)
    plan = ask(cast, Plan.Scope.ALL)
    line = line_of(plan, cast.course)
    assert (line.present, line.mentor) == (cast.fatima, None)
    assert line.why.startswith("Fatima Eksempel har ikke timer nok")
    assert (plan.counts["nobody"], plan.counts["crowded"]) == (1, 2)


def test_there_must_be_somebody_to_plan_for(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="ingen forløb at lægge en plan for"):
        ask(cast)
    assert not Plan.objects.exists()


def test_a_line_is_followed_once_and_journalled_on_the_citizen(cast: Cast, waiting: Course) -> None:
    line = line_of(ask(cast), waiting)
    take(line, cast)
    waiting.refresh_from_db()
    line.refresh_from_db()
    assert waiting.mentor == line.mentor
    assert (line.state, line.answered_by, line.assignment.mentor) == ("taken", cast.helle, line.mentor)
    assert line.assignment.reason == "Foreslået i en plan fra 20-11-2026."
    assert Entry.objects.get(verb="fulgt plan").citizen_id == waiting.citizen_id
    with pytest.raises(ValidationError, match="allerede besvaret: fulgt"):
        take(line, cast)
    assert waiting.assignments.count() == 1


def ended(cast: Cast, waiting: Course, line: PlanLine) -> None:
    end_course(waiting, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)


def full(cast: Cast, waiting: Course, line: PlanLine) -> None:
    MentorHours.objects.filter(mentor=line.mentor).update(minutes_per_week=130)


def gone(cast: Cast, waiting: Course, line: PlanLine) -> None:
    MentorAbsence.objects.create(mentor=line.mentor, first=TODAY, reason="sick")


def taken(cast: Cast, waiting: Course, line: PlanLine) -> None:
    Course.objects.filter(pk=waiting.pk).update(mentor=cast.ditte)


def avoided(cast: Cast, waiting: Course, line: PlanLine) -> None:
    avoid_mentor(waiting.citizen, mentor=line.mentor, reason="neighbour", today=TODAY, by=cast.helle)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (ended, "Forløbet sluttede 20-11-2026"),
        (full, "ledig om ugen, og forløbet er på 2\xa0t. Lav en ny plan"),
        (gone, "er væk. Lav en ny plan"),
        (taken, "Borgerens mentor er en anden"),
        (avoided, "er fravalgt for borgeren"),
    ],
)
def test_what_has_changed_since_is_refused_kindly(
    cast: Cast, waiting: Course, happens: Any, said: str
) -> None:
    line = line_of(ask(cast), waiting)
    assert hindrances(line.plan, TODAY) == {line.pk: ""}
    happens(cast, waiting, line)
    assert hindrances(line.plan, TODAY)[line.pk]
    with pytest.raises(ValidationError) as wrong:
        take(line, cast)
    assert said in " ".join(wrong.value.messages)
    line.refresh_from_db()
    assert line.state == "open" and not waiting.assignments.exists()


def test_a_no_needs_a_reason_and_can_be_taken_back(cast: Cast, waiting: Course) -> None:
    line = line_of(ask(cast), waiting)
    with pytest.raises(ValidationError, match="Skriv kort"):
        decline_line(line, reason=" ", by=cast.helle)
    decline_line(line, reason="Vil vente på Ditte", by=cast.helle)
    line.refresh_from_db()
    assert (line.state, line.reason) == ("declined", "Vil vente på Ditte")
    undo_line(line, by=cast.helle)
    line.refresh_from_db()
    assert (line.state, line.reason, line.answered_at) == ("open", "", None)


def test_undo_gives_the_mentor_back_while_nothing_has_happened(cast: Cast, waiting: Course) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    line = line_of(ask(cast, Plan.Scope.ALL, move_from_absent=True), cast.course)
    take(line, cast)
    for _ in range(2):
        undo_line(line, by=cast.helle)
    cast.course.refresh_from_db()
    assert cast.course.mentor == cast.fatima
    only = cast.course.assignments.get()
    assert (only.mentor, only.last) == (cast.fatima, None)


def test_no_undo_when_somebody_has_chosen_anew(cast: Cast, waiting: Course) -> None:
    line = line_of(ask(cast), waiting)
    take(line, cast)
    other = mentor("Lone Prøve")
    choose_mentor(Course.objects.get(pk=waiting.pk), mentor=other, first=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="er ikke længere mentor på forløbet"):
        undo_line(line, by=cast.helle)
    waiting.refresh_from_db()
    assert waiting.mentor == other


def swapped(cast: Cast) -> tuple[PlanLine, PlanLine]:
    """Jens has Fatima and Olga has Peter, both full; each is to have the other's mentor."""
    olga = Course.objects.get(citizen__first_name="Olga")
    MentorHours.objects.filter(mentor__in=(cast.fatima, cast.peter)).update(minutes_per_week=120)
    plan = Plan.objects.create(
        scope="all", stability=0, weights=vars(Weights()), weights_source=OWN, asked_by=cast.helle,
        state=Plan.State.READY, made_on=TODAY,
    )  # fmt: skip
    pairs = ((cast.course, cast.fatima, cast.peter), (olga, cast.peter, cast.fatima))
    lines = [
        PlanLine.objects.create(plan=plan, course=course, position=n, present=now, mentor=then)
        for n, (course, now, then) in enumerate(pairs)
    ]
    return lines[0], lines[1]


def test_two_change_places_in_one_go_or_not_at_all(cast: Cast) -> None:
    line, other = swapped(cast)
    with pytest.raises(ValidationError, match="en linje, der giver plads hos Peter Prøve: "):
        take(line, cast)
    assert hindrances(line.plan, TODAY) == {line.pk: "", other.pk: ""}
    PlanLine.objects.filter(pk=other.pk).update(mentor=cast.ditte)
    assert hindrances(line.plan, TODAY)[line.pk].startswith("Venter på plads hos Peter Prøve")
    assert hindrances(line.plan, TODAY)[other.pk] == ""
    PlanLine.objects.filter(pk=other.pk).update(mentor=cast.fatima)
    assert [made.mentor for made in take(line, cast, swap=True)] == [cast.peter, cast.fatima]
    other.refresh_from_db()
    assert other.state == "taken"
    assert other.course.mentor == cast.fatima


def test_another_choice_than_the_suggested_keeps_its_reason(cast: Cast, waiting: Course) -> None:
    line = line_of(ask(cast), waiting)
    assert suggestion_for(waiting, TODAY) == line
    other = mentor("Lone Prøve")
    with pytest.raises(ValidationError, match="En plan foreslår"):
        choose_mentor(waiting, mentor=other, first=TODAY, by=cast.helle)
    choose_mentor(waiting, mentor=other, first=TODAY, by=cast.helle, reason="Kender familien")
    line.refresh_from_db()
    assert (line.state, line.reason) == ("declined", "Kender familien")
    assert suggestion_for(waiting, TODAY) is None


@pytest.mark.parametrize("happens", [full, gone])
def test_what_cannot_be_followed_is_not_suggested(cast: Cast, waiting: Course, happens: Any) -> None:
    line = line_of(ask(cast), waiting)
    happens(cast, waiting, line)
    assert suggestion_for(waiting, TODAY) is None


def test_the_suggested_choice_answers_the_line(cast: Cast, waiting: Course) -> None:
    line = line_of(ask(cast), waiting)
    choose_mentor(waiting, mentor=line.mentor, first=TODAY, by=cast.helle)
    line.refresh_from_db()
    assert line.state == "taken"


def test_a_plan_that_is_put_away_suggests_nothing(cast: Cast, waiting: Course) -> None:
    plan = ask(cast)
    close_plan(plan, by=cast.helle)
    assert suggestion_for(waiting, TODAY) is None
    plan.refresh_from_db()
    assert hindrances(plan, TODAY) == {}


def test_points_are_the_programs_until_the_municipality_adopts_its_own(cast: Cast, waiting: Course) -> None:
    assert (points_on(TODAY).weights, points_on(TODAY).source) == (Weights(), OWN)
    own = vars(Weights()) | {"language": 60}
    set_points(first=TODAY, adopted_by="ledelsen", source="Møde 12", by=cast.helle, **own)
    assert points_on(TODAY).weights == Weights(language=60)
    assert points_on(TODAY - timedelta(days=1)).source == OWN
    plan = ask(cast)
    assert plan.weights["language"] == 60
    assert plan.weights_source == "Vedtaget af ledelsen, gælder fra 20-11-2026: Møde 12"


def test_points_from_before_ages_counted_have_the_programs_own_and_say_so(
    cast: Cast, waiting: Course
) -> None:
    """The longest words that the form takes still fit the plan that keeps them."""
    row = set_points(
        first=TODAY, adopted_by="l" * 120, source="m" * 280, by=cast.helle, **vars(Weights()) | {"gender": 7}
    )
    PlanWeights.objects.filter(pk=row.pk).update(age=None)
    plan = ask(cast)
    assert (plan.weights["gender"], plan.weights["age"]) == (7, Weights().age)
    plan.clean_fields(exclude={"curve"})
    assert plan.weights_source.endswith("mm (programmets udgangspunkt for alder, borgeren ønsker)")


@pytest.mark.parametrize("young", ["fatima", "peter"])
def test_a_plan_gives_a_wished_age_its_mentor(cast: Cast, waiting: Course, young: str) -> None:
    Referral.objects.create(
        citizen=waiting.citizen, received_on=TODAY, visitate_by=TODAY, purpose="x", created_by=cast.helle,
        mentor_age="under_30",
    )  # fmt: skip
    Mentor.objects.update(birth_year=1971)
    Mentor.objects.filter(pk=getattr(cast, young).pk).update(birth_year=2001)
    line = line_of(ask(cast), waiting)
    assert line.mentor == getattr(cast, young)
    assert "Er under 30 år, som borgeren ønsker." in line.speaks_for


def test_queries_do_not_grow_with_the_waiting_list(
    cast: Cast, waiting: Course, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        mentor(f"Mentor{n} Prøve")
        course_for(citizen("Vita", f"Prøve{n}", f"06059299{n:02}", cast.unit), None, cast.helle)
    plan = ask(cast)
    with django_assert_max_num_queries(14):
        making.basis_of(plan, TODAY)
    assert plan.lines.count() == 13
