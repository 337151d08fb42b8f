"""Min dag, Mine borgere and their spreadsheet."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.urls import reverse

from mentorkorps.cases.models import Citizen, Complaint, Course, Decision, Hearing, Referral, Visitation
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.models import CitizenAbsence, Contact, CourseTally, FollowUp, StatusReport
from mentorkorps.followup.queries import strips
from mentorkorps.followup.queries.caseload import LACKING, caseload
from mentorkorps.followup.queries.overview import grants_of, hours_of
from mentorkorps.followup.queries.worklist import Act, Work, work_on
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, ServiceLevel, ServiceLevelRow, User
from tests.cast import TODAY, Cast, citizen, course_for, signed_in
from tests.web.stage import FACTS, decision_for

WEEK = timedelta(weeks=1)


def queue_of(who: User) -> list[Work]:
    return work_on(Citizen.objects.filter(caseworker=who), TODAY)


def only(who: User, first_name: str) -> list[Work]:
    return [work for work in queue_of(who) if work.citizen.first_name == first_name]


def met(course: Course, day: date, minutes: int = 60) -> None:
    """A meeting, with what the tally makes of it."""
    Contact.objects.create(
        key=uuid.uuid4(), course=course, mentor=course.mentor, day=day, week=week_number(day), outcome="met",
        minutes=minutes, held=True, logged_by=course.citizen.caseworker,
    )  # fmt: skip
    tally = course.tally
    tally.delivered_minutes += minutes
    tally.last_met_on = max(tally.last_met_on or day, day)
    tally.save()


def many(cast: Cast, number: int) -> None:
    """`number` more citizens of Helle's with a running course, met today."""
    names = [
        Citizen(
            first_name=f"Nr{each:03}", last_name="Prøve", birth_date=date(1980, 1, 1), case_number=f"X-{each}",
            unit=cast.unit, caseworker=cast.helle,
        )
        for each in range(number)
    ]  # fmt: skip
    Citizen.objects.bulk_create(names)
    courses = [
        Course(
            citizen=who, unit=cast.unit, function="social_mentor", target_group="jobafklaring", obligation="may",
            start=date(2026, 8, 3), end=date(2027, 1, 31), rule="R3-01", citation="LAB § 167, stk. 1",
            minutes_per_week=90, mentor=cast.fatima, signed_on=TODAY,
        )
        for who in names
    ]  # fmt: skip
    Course.objects.bulk_create(courses)
    CourseTally.objects.bulk_create(CourseTally(course=course, last_met_on=TODAY) for course in courses)


def address(name: str, **query: Any) -> str:
    return reverse(name) + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


@pytest.mark.parametrize("name", ["my_day", "my_citizens", "my_citizens_export"])
def test_only_caseworkers_have_a_day(cast: Cast, name: str) -> None:
    for role in set(Role) - {Role.CASEWORKER}:
        assert signed_in(cast.people[role]).get(reverse(name)).status_code == 404, role
        assert Entry.objects.latest("id").refused
    assert signed_in(None).get(reverse(name)).url.startswith("/konto/login/")


def test_the_day_shows_what_waits_and_is_journalled(cast: Cast) -> None:
    page = signed_in(cast.helle).get(reverse("my_day"))
    text = page.content.decode()
    assert "Visitér henvisning" in text
    assert reverse("referral", args=[cast.referral.id]) in text
    assert "Olga" not in text
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.verb) == ("list", "min dag")
    assert str(cast.karla.id) in entry.shown and str(cast.jens.id) in entry.shown


def test_nearest_deadline_comes_first_and_overdue_is_said_in_words(cast: Cast) -> None:
    Referral.objects.update(visitate_by=TODAY - timedelta(days=2))
    text = signed_in(cast.helle).get(reverse("my_day")).content.decode()
    assert "2 dage over" in text and "due-over" in text
    dues = [work.due for work in queue_of(cast.helle)]
    assert dues == sorted(dues)


def test_an_empty_day_says_what_will_come(cast: Cast) -> None:
    newcomer = User.objects.create_user(
        "ny@example.invalid", "en lang sætning", name="Ny Prøve", role=Role.CASEWORKER
    )
    text = signed_in(newcomer).get(reverse("my_day")).content.decode()
    assert "Intet venter på dig" in text
    assert "Du har ingen borgere med mentor endnu" in text


def test_a_referral_nobody_has_waits_for_the_unit(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.karla.pk).update(caseworker=None)
    assert (
        "Borgeren har ingen sagsbehandler endnu"
        in signed_in(cast.helle).get(reverse("my_day")).content.decode()
    )
    assert "Karla" not in signed_in(cast.karl).get(reverse("my_day")).content.decode()


def test_a_referral_is_followed_to_its_decision_as_one_line(cast: Cast) -> None:
    assert [work.act for work in only(cast.helle, "Karla")] == [Act.VISITATE]
    visitation = Visitation.objects.create(
        citizen=cast.karla, referral=cast.referral, law_on=TODAY, facts=FACTS, caseworker=cast.helle
    )
    begun = only(cast.helle, "Karla")
    assert [(work.act, work.due) for work in begun] == [(Act.CONTINUE_VISITATION, cast.referral.visitate_by)]
    draft = decision_for(cast.karla, cast.helle)
    Decision.objects.filter(pk=draft.pk).update(visitation=visitation)
    draft.visitation.delete()
    drafted = only(cast.helle, "Karla")
    assert [(work.do, work.key, work.due) for work in drafted] == [
        ("Træf afgørelsen", draft.id, cast.referral.visitate_by)
    ]


def refusal(cast: Cast, **fields: Any) -> Decision:
    decision = decision_for(cast.karla, cast.helle)
    Decision.objects.filter(pk=decision.pk).update(kind="refusal", **fields)
    return Decision.objects.get(pk=decision.pk)


def step_of(cast: Cast, decision: Decision) -> str | None:
    return next((work.do for work in queue_of(cast.helle) if work.key == decision.id), None)


def test_a_hearing_waits_for_the_citizen_until_its_deadline(cast: Cast) -> None:
    decision = refusal(cast)
    assert step_of(cast, decision) == "Hør borgeren"
    Decision.objects.filter(pk=decision.pk).update(state="hearing")
    hearing = Hearing.objects.create(decision=decision, sent_on=TODAY, answer_by=TODAY)
    assert step_of(cast, decision) is None
    Hearing.objects.filter(pk=hearing.pk).update(answer_by=TODAY - timedelta(days=1))
    assert step_of(cast, decision) == "Afgør efter partshøring"
    Decision.objects.filter(pk=decision.pk).update(state="draft")
    Hearing.objects.filter(pk=hearing.pk).update(
        answered_on=TODAY, answer="Jeg er uenig", answer_by=TODAY + WEEK
    )
    assert step_of(cast, decision) == "Afgør efter partshøring"


def test_the_second_approval_is_followed_and_then_decided(cast: Cast) -> None:
    decision = refusal(cast, state="second")
    assert step_of(cast, decision) == "Følg godkendelsen"
    Decision.objects.filter(pk=decision.pk).update(state="draft", second_by=cast.people[Role.LEADER])
    assert step_of(cast, decision) == "Træf afgørelsen"


def test_a_letter_waits_until_it_is_sent(cast: Cast) -> None:
    decision = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    assert step_of(cast, decision) == "Send brevet"
    Decision.objects.filter(pk=decision.pk).update(letter_sent_on=TODAY)
    assert step_of(cast, decision) is None


def test_a_course_waits_for_mentor_then_agreement_then_a_new_period(cast: Cast) -> None:
    jens = Course.objects.filter(pk=cast.course.pk)
    jens.update(mentor=None, signed_on=None, end=TODAY + timedelta(weeks=20))
    assert [work.act for work in only(cast.helle, "Jens")] == [Act.CHOOSE_MENTOR]
    jens.update(mentor=cast.fatima)
    assert [work.do for work in only(cast.helle, "Jens")] == ["Skriv aftalen"]
    jens.update(signed_on=TODAY, end=TODAY + timedelta(weeks=6))
    new_period = only(cast.helle, "Jens")
    assert [(work.act, work.due) for work in new_period] == [(Act.NEW_PERIOD, TODAY + timedelta(weeks=2))]
    assert "Mentors status mangler" in new_period[0].why
    StatusReport.objects.create(
        course=cast.course, grant_end=TODAY + timedelta(weeks=6), goals="-", progress="-", recommendation="continue",
        reason="-", written_by=cast.helle, written_on=TODAY,
    )  # fmt: skip
    assert "anbefaler: fortsæt" in only(cast.helle, "Jens")[0].why
    jens.update(end=TODAY + timedelta(weeks=6, days=1))
    assert only(cast.helle, "Jens") == []
    jens.update(end=TODAY - timedelta(days=1))
    assert [work.act for work in only(cast.helle, "Jens")] == [Act.END_COURSE]


def test_a_course_that_is_decided_to_stop_asks_for_no_new_period(cast: Cast) -> None:
    assert Act.NEW_PERIOD in {work.act for work in only(cast.helle, "Jens")}
    decision = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    Decision.objects.filter(pk=decision.pk).update(
        kind="non_extension", letter_sent_on=TODAY, decided_on=TODAY
    )
    assert only(cast.helle, "Jens") == []


def test_an_assessment_already_begun_takes_the_place_of_the_new_period(cast: Cast) -> None:
    Visitation.objects.create(citizen=cast.jens, extends=cast.course, law_on=TODAY, caseworker=cast.helle)
    begun = only(cast.helle, "Jens")
    assert [(work.act, work.due) for work in begun] == [
        (Act.CONTINUE_VISITATION, cast.course.end - timedelta(weeks=4))
    ]


def test_complaints_and_follow_ups_wait(cast: Cast) -> None:
    decided = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    complaint = Complaint.objects.create(decision=decided, received_on=TODAY, text="Klage", reassess_by=TODAY)
    FollowUp.objects.create(course=cast.course, months=6, due=TODAY + timedelta(days=14))
    FollowUp.objects.create(course=cast.course, months=12, due=TODAY + timedelta(days=15))
    acts = [(work.act, work.due) for work in only(cast.helle, "Jens")]
    assert (Act.REASSESS_COMPLAINT, TODAY) in acts
    assert [due for act, due in acts if act == Act.FOLLOW_UP] == [TODAY + timedelta(days=14)]
    Complaint.objects.filter(pk=complaint.pk).update(outcome="changed")
    assert Act.REASSESS_COMPLAINT not in {work.act for work in only(cast.helle, "Jens")}


def test_the_queue_costs_the_same_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    many(cast, 60)
    Course.objects.update(mentor=None)
    with django_assert_max_num_queries(6):
        assert len(queue_of(cast.helle)) > 60


def test_since_yesterday_tells_of_contacts_and_letters(cast: Cast) -> None:
    met(cast.course, TODAY - timedelta(days=2))
    met(cast.course, TODAY)
    decided = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    Decision.objects.filter(pk=decided.pk).update(letter_sent_on=TODAY)
    text = signed_in(cast.helle).get(reverse("my_day")).content.decode()
    assert "Fatima Eksempel har lagt to kontakter ind på" in text
    assert "Brevet til" in text


def test_my_citizens_are_mine_with_weeks_hours_and_next_step(cast: Cast) -> None:
    met(cast.course, TODAY, minutes=90)
    page = signed_in(cast.helle).get(reverse("my_citizens"))
    text = page.content.decode()
    assert "Jens Eksempel" in text and "Olga" not in text and "Karla" not in text
    assert "1,5\xa0t. af 44\xa0t." in text  # 22 weeks from 22 June, two hours each
    assert "uge 47 holdt" in text
    assert "Status mangler" in text


def test_hours_follow_each_grant_and_agree_with_the_course(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    level = ServiceLevel.objects.create(name="Niveau", source="prøve", in_force_from=date(2026, 1, 1))
    row = ServiceLevelRow.objects.create(
        level=level, key="r", position=1, label="Social mentor", obligation="may", minutes_per_week=90
    )
    Course.objects.filter(pk=cast.course.pk).update(minutes_per_week=60, level_row=row)
    course = Course.objects.get(pk=cast.course.pk)
    for start, end, minutes in ((course.start, date(2026, 10, 6), 120), (date(2026, 10, 7), course.end, 60)):
        course.grants.create(
            decision=decision_for(cast.jens, cast.helle, course=course, state="decided"), start=start, end=end,
            minutes_per_week=minutes, rule="R3-01", obligation="may", level_row=row, level_minutes=90,
            target_group=course.target_group,
        )  # fmt: skip
    with django_assert_num_queries(6):
        load = caseload(Course.objects.filter(pk=course.pk), today=TODAY)
    hours = hours_of(course, grants_of(course), [], TODAY)
    assert (
        (load.rows[0].granted, load.rows[0].level)
        == (hours.granted, hours.level)
        == (15 * 120 + 7 * 60, 22 * 90)
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("udloeber", {"Jens", "Viktor", "Nadia"}),
        ("uden-mentor", {"Viktor"}),
        ("venter-paa-aftale", {"Nadia"}),
        ("", None),
    ],
)
def test_filters_hold_what_they_say_and_count_it(cast: Cast, code: str, expected: set[str] | None) -> None:
    Course.objects.filter(citizen__first_name="Viktor").update(mentor=None)
    Course.objects.filter(citizen__first_name="Nadia").update(signed_on=None)
    load = caseload(Course.objects.filter(citizen__caseworker=cast.helle), today=TODAY, chosen=code)
    assert {row.line.first_name for row in load.rows} == (expected or {"Jens", "Viktor", "Nadia"})
    assert load.counts[code] == load.total == len(load.rows)


def lacking(cast: Cast) -> set[uuid.UUID]:
    load = caseload(Course.objects.filter(citizen__caseworker=cast.helle), today=TODAY, chosen=LACKING)
    return {row.line.id for row in load.rows}


def test_lacking_contact_is_what_the_weeks_say(cast: Cast) -> None:
    assert cast.course.id in lacking(cast)
    met(cast.course, TODAY - 2 * WEEK)
    assert cast.course.id in lacking(cast)
    absence = CitizenAbsence.objects.create(
        course=cast.course, first=TODAY - timedelta(days=11), last=TODAY - timedelta(days=7), reason="admitted",
        recorded_by=cast.helle,
    )  # fmt: skip
    assert cast.course.id not in lacking(cast)
    absence.delete()
    met(cast.course, TODAY)
    assert cast.course.id not in lacking(cast)


def test_lacking_agrees_with_the_strips(cast: Cast) -> None:
    courses = []
    for number in range(12):
        who = citizen(
            f"Nr{number}", "Prøve", f"{number + 10}0585999{number % 10}", cast.unit, caseworker=cast.helle
        )
        course = course_for(who, cast.fatima, cast.helle, start=TODAY - timedelta(days=number * 3 + 2))
        if number % 3:
            met(course, max(course.start, TODAY - timedelta(days=2 * number)))
        courses.append(course)
    this_week = week_number(TODAY)
    states = strips(courses, range(this_week - 1, this_week + 1), TODAY)
    expected = {
        key for key, (before, now) in states.items() if before.state == "missed" and now.state != "kept"
    }
    assert lacking(cast) & {course.id for course in courses} == expected


def test_a_first_week_without_a_contact_is_lacking(cast: Cast) -> None:
    monday = date(2026, 11, 9)
    for days, expected in ((0, True), (2, True), (3, False)):
        Course.objects.filter(pk=cast.course.pk).update(start=monday + timedelta(days=days))
        assert (cast.course.id in lacking(cast)) is expected, days


def test_pages_are_of_50_or_100_and_nonsense_is_page_one(cast: Cast) -> None:
    many(cast, 120)
    client = signed_in(cast.helle)
    assert client.get(address("my_citizens")).content.decode().count('class="c-name"') == 50
    last = client.get(address("my_citizens", antal=100, side=2)).content.decode()
    assert "Viser 101–123 af 123" in last
    for nonsense in ({"side": "-1"}, {"side": "abc"}, {"side": "99999999999"}, {"antal": "7"}, {"vis": "x"}):
        assert "Viser 1–50 af 123" in client.get(address("my_citizens", **nonsense)).content.decode()
    assert client.get(address("my_citizens", side=900, vis="udloeber")).url == "/mine-borgere/?vis=udloeber"


def test_a_hundred_rows_in_eight_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    many(cast, 150)
    client = signed_in(cast.helle)
    client.get(address("my_citizens"))
    with django_assert_max_num_queries(8):
        page = client.get(address("my_citizens", antal=100))
    assert page.content.decode().count('class="c-name"') == 100


def test_the_same_queries_with_a_longer_history(
    cast: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(cast.helle)
    client.get(address("my_citizens"))
    for weeks in range(20):
        met(cast.course, TODAY - weeks * WEEK)
    with django_assert_num_queries(8):
        client.get(address("my_citizens"))


def cells(content: bytes) -> list[str]:
    """Every text of a workbook, and a mark for every formula."""
    with ZipFile(BytesIO(content)) as book:
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        page = book.read("xl/worksheets/sheet1.xml").decode()
    found = [node.text or "" for node in texts.iter() if node.tag.endswith("}t")]
    return [*found, *(["FORMULA"] if "<f>" in page else [])]


def test_the_spreadsheet_holds_all_and_is_journalled(cast: Cast) -> None:
    Citizen.objects.filter(pk=cast.jens.pk).update(first_name='=HYPERLINK("x")')
    response = signed_in(cast.helle).get(reverse("my_citizens_export"))
    found = cells(response.content)
    assert '=HYPERLINK("x") Eksempel' in found and "FORMULA" not in found
    assert "Viktor Eksempel" in found and "Olga Prøve" not in found
    assert not [text for text in found if "140376" in text]
    entry = Entry.objects.latest("id")
    assert (entry.kind, len(entry.shown.splitlines())) == ("export", 3)
