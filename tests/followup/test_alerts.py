"""Alerts by change: raised when a state begins, closed when it ends, taken by one, and counted in one mail a week."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentorkorps.cases.actions.mentor import assign_substitute
from mentorkorps.cases.models import Course
from mentorkorps.followup.actions import book_appointment, log_contact, record_absence, retract_contact
from mentorkorps.followup.actions.alerts import judge_alerts, leave_alert, take_alert
from mentorkorps.followup.actions.mails import choose_notices, is_quiet, send_mails, write_mails
from mentorkorps.followup.models import Alert, Contact, NoticeChoice, Outgoing
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import MentorAbsence, Role
from mentorkorps.web.mails import absolute, alerts_address, weekly_mail
from tests.cast import TODAY, Cast, citizen, course_for, new_key
from tests.web.stage import decision_for

Kind, Why = Alert.Kind, Alert.Why
MONDAY = TODAY - timedelta(days=TODAY.weekday())
THURSDAY = MONDAY + timedelta(days=3)
NOW = timezone.make_aware(datetime.combine(TODAY, time(10)))


@pytest.fixture
def calm(cast: Cast) -> Cast:
    """Jens' course alone, met until last week: nothing to warn of before Thursday."""
    Course.objects.exclude(pk=cast.course.pk).update(ended_on=date(2026, 11, 1), end_reason="expired")
    Course.objects.filter(pk=cast.course.pk).update(end=date(2027, 6, 1))
    cast.course.refresh_from_db()
    for week in range(1, 22):
        meet(cast, MONDAY - timedelta(weeks=week))
    return cast


def meet(cast: Cast, day: date, course: Course | None = None) -> Contact:
    bodil = cast.people[Role.COORDINATOR]
    return log_contact(
        course or cast.course,
        key=new_key(),
        day=day,
        outcome="met",
        minutes=60,
        today=max(day, TODAY),
        by=bodil,
    )


def judge(on: date = TODAY) -> set[str]:
    """One round of the worker; the kinds that are open after it."""
    judge_alerts(today=on, now=NOW)
    return set(Alert.objects.filter(closed_at__isnull=True).values_list("kind", flat=True))


def closed(kind: str) -> str:
    return Alert.objects.get(kind=kind, closed_at__isnull=False).closed_why


def test_a_week_is_about_to_be_missed_from_thursday_and_no_sooner(calm: Cast) -> None:
    assert judge(THURSDAY - timedelta(days=1)) == set()
    assert judge(THURSDAY) == {Kind.ABOUT_TO_MISS}
    meet(calm, THURSDAY)
    assert judge() == set()
    assert closed(Kind.ABOUT_TO_MISS) == Why.MET


def test_a_booked_meeting_is_no_reason_to_warn(calm: Cast) -> None:
    book_appointment(calm.course, day=TODAY, today=THURSDAY, start=time(14), by=calm.people[Role.COORDINATOR])
    assert judge(THURSDAY) == set()


def test_a_week_goes_from_about_to_miss_by_missed_to_two_in_a_row(calm: Cast) -> None:
    assert judge(TODAY) == {Kind.ABOUT_TO_MISS}
    assert judge(MONDAY + timedelta(weeks=1)) == {Kind.MISSED}
    assert closed(Kind.ABOUT_TO_MISS) == Why.WORSE
    assert judge(MONDAY + timedelta(weeks=2)) == {Kind.MISSED_TWICE}
    assert closed(Kind.MISSED) == Why.WORSE
    assert judge(MONDAY + timedelta(weeks=3)) == {Kind.MISSED_TWICE}
    assert Alert.objects.filter(kind=Kind.MISSED_TWICE).count() == 1, "three in a row are the same state"
    meet(calm, MONDAY + timedelta(weeks=3))
    assert judge(MONDAY + timedelta(weeks=3)) == set()
    assert closed(Kind.MISSED_TWICE) == Why.MET


def test_a_late_entry_closes_and_taking_it_back_raises_anew(calm: Cast) -> None:
    on = MONDAY + timedelta(weeks=1)
    assert judge(on) == {Kind.MISSED}
    late = meet(calm, TODAY)
    assert judge(on) == set()
    assert closed(Kind.MISSED) == Why.MET
    retract_contact(late, key=new_key(), by=calm.people[Role.COORDINATOR])
    assert judge(on) == {Kind.MISSED}
    assert Alert.objects.filter(kind=Kind.MISSED).count() == 2, "the closed one is kept"


def test_an_absence_of_the_citizen_closes(calm: Cast) -> None:
    judge(TODAY)
    record_absence(calm.course, first=MONDAY, last=None, reason="admitted", note="", by=calm.helle)
    assert judge(TODAY) == set()
    assert closed(Kind.ABOUT_TO_MISS) == Why.EXCUSED


def test_no_first_meeting_seven_days_after_the_start_says_it_all(calm: Cast) -> None:
    start = TODAY - timedelta(days=7)
    new = course_for(calm.karla, calm.fatima, calm.helle, start=start, end=date(2027, 3, 1))
    meet(calm, TODAY)
    assert judge(TODAY - timedelta(days=1)) == {Kind.ABOUT_TO_MISS}
    assert judge(TODAY) == {Kind.NO_FIRST_MEETING}
    assert set(new.alerts.filter(closed_at__isnull=False).values_list("closed_why", flat=True)) == {Why.WORSE}
    meet(calm, TODAY, new)
    assert judge(TODAY) == set()
    assert closed(Kind.NO_FIRST_MEETING) == Why.MET


def test_a_grant_warns_28_days_before_its_end_until_somebody_decides(calm: Cast) -> None:
    meet(calm, TODAY)
    Course.objects.filter(pk=calm.course.pk).update(end=TODAY + timedelta(days=29))
    assert judge() == set()
    Course.objects.filter(pk=calm.course.pk).update(end=TODAY + timedelta(days=28))
    assert judge() == {Kind.EXPIRES}
    stop = decision_for(calm.jens, calm.helle, course=calm.course, state="decided")
    type(stop).objects.filter(pk=stop.pk).update(kind="non_extension")
    assert judge() == set()
    assert closed(Kind.EXPIRES) == Why.PROLONGED


def test_no_mentor_and_a_mentor_who_is_away(calm: Cast) -> None:
    meet(calm, TODAY)
    Course.objects.filter(pk=calm.course.pk).update(mentor=None)
    assert judge() == {Kind.NO_MENTOR}
    Course.objects.filter(pk=calm.course.pk).update(mentor=calm.fatima)
    MentorAbsence.objects.create(mentor=calm.fatima, first=TODAY, reason="sick")
    assert judge() == {Kind.MENTOR_ABSENT}
    assert closed(Kind.NO_MENTOR) == Why.MENTOR
    calm.course.refresh_from_db()
    assign_substitute(
        calm.course, mentor=calm.peter, first=TODAY, last=None, by=calm.people[Role.COORDINATOR], reason="syg"
    )
    assert judge() == set()
    assert closed(Kind.MENTOR_ABSENT) == Why.MENTOR


def test_an_ended_course_closes_everything(calm: Cast) -> None:
    judge(TODAY)
    Course.objects.update(ended_on=TODAY - timedelta(days=7), end_reason="job")
    assert judge() == set()
    assert closed(Kind.ABOUT_TO_MISS) == Why.ENDED


def test_a_round_without_change_writes_nothing(calm: Cast) -> None:
    judge()
    entries = Entry.objects.count()
    assert judge_alerts(today=TODAY, now=NOW) == (0, 0)
    assert Entry.objects.count() == entries
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.shown) == ("advarsler rejst og lukket", str(calm.jens.id))
    assert entry.detail == {"raised": 1, "closed": 0}


def test_two_workers_make_one_alert(calm: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reads before the first has written: the row that the first made is left alone."""
    from mentorkorps.followup.actions import alerts

    whole = alerts._raise

    def after_the_other(states, keys, now):
        whole(states, keys, now)
        return whole(states, keys, now)

    monkeypatch.setattr(alerts, "_raise", after_the_other)
    assert judge_alerts(today=TODAY, now=NOW).raised == 0
    assert Alert.objects.count() == 1


def test_the_cost_follows_neither_history_nor_the_number_of_courses(
    cast: Cast, django_assert_max_num_queries
) -> None:
    judge()
    for size in (5, 25):
        for n in range(size):
            who = citizen("Bo", "Prøve", f"05057{100 * size + n:05}", cast.unit)
            course = course_for(who, cast.fatima, cast.helle)
            meet(cast, MONDAY - timedelta(weeks=4), course)
        with django_assert_max_num_queries(17):
            judge()
        with django_assert_max_num_queries(13):
            judge()


def test_one_takes_it_and_can_give_it_back(calm: Cast) -> None:
    judge()
    alert, bodil, lene = Alert.objects.get(), calm.people[Role.COORDINATOR], calm.people[Role.LEADER]
    take_alert(alert, by=bodil, now=NOW)
    take_alert(alert, by=bodil, now=NOW)
    assert Entry.objects.filter(verb="taget advarsel").count() == 1
    with pytest.raises(ValidationError, match="Bodil Eksempel har taget den"):
        take_alert(alert, by=lene, now=NOW)
    leave_alert(alert, by=lene)
    alert.refresh_from_db()
    assert alert.taken_by == bodil
    leave_alert(alert, by=bodil)
    take_alert(alert, by=lene, now=NOW)
    alert.refresh_from_db()
    assert alert.taken_by == lene
    meet(calm, TODAY)
    judge()
    with pytest.raises(ValidationError, match="lukket: mødt"):
        take_alert(alert, by=bodil, now=NOW)


# The weekly mail

MAIL_DAY = MONDAY + timedelta(weeks=2)
MORNING = timezone.make_aware(datetime.combine(MAIL_DAY, time(9)))
NIGHT = timezone.make_aware(datetime.combine(MAIL_DAY, time(5)))


@pytest.fixture
def twice(calm: Cast, settings) -> Cast:
    """Jens has been missed for two weeks on the Monday of the mail."""
    settings.ALLOWED_HOSTS, settings.BEHIND_TLS = ["mentor.example.invalid"], True
    judge(MAIL_DAY)
    return calm


def write_them(on: date = MAIL_DAY, now: datetime = MORNING) -> int:
    return write_mails(today=on, now=now, page_of=alerts_address, account=absolute("notices"))


def test_each_gets_one_mail_on_monday_without_names(twice: Cast) -> None:
    assert write_them(MAIL_DAY + timedelta(days=1)) == 0
    made = write_them()
    assert write_them() == 0, "the second worker finds them written"
    assert send_mails(now=MORNING) == made == len(mail.outbox)
    assert send_mails(now=MORNING) == 0
    got = {message.to[0]: message for message in mail.outbox}
    told = {Role.CASEWORKER, Role.MENTOR, Role.COORDINATOR, Role.LEADER}
    assert set(got) == {twice.people[role].email for role in told}
    for message in got.values():
        text = message.subject + message.body
        assert "1 × to uger i træk mangler" in text
        assert not any(word in text for word in ("Jens", "FJ-0", "1403", "Fatima", str(twice.course.id)))
        links = [word for word in text.split() if word.startswith("http")]
        assert len(links) == 2 and all(link.startswith("https://mentor.example.invalid/") for link in links)
    assert Entry.objects.filter(verb="sendt ugemail").count() == made


def test_two_workers_write_and_send_one(twice: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reads before the other has written, and each takes the same mail."""
    write_them()
    rows = list(Outgoing.objects.all())
    again = [
        Outgoing(person_id=row.person_id, week=row.week, subject="", body="", made_at=MORNING) for row in rows
    ]
    Outgoing.objects.bulk_create(again, ignore_conflicts=True)
    assert Outgoing.objects.count() == len(rows)
    from mentorkorps.followup.actions import mails

    row = Outgoing.objects.select_related("person").first()
    assert [mails._send(row, MORNING), mails._send(row, MORNING)] == [True, False]
    assert len(mail.outbox) == 1


def test_quiet_hours_are_waited_out(twice: Cast) -> None:
    made = write_them(now=NIGHT)
    assert send_mails(now=NIGHT) == 0 and not mail.outbox
    assert send_mails(now=MORNING) == made


@pytest.mark.parametrize(
    ("quiet", "clock", "expected"),
    [
        ((time(17), time(7)), time(6, 59), True),
        ((time(17), time(7)), time(7), False),
        ((time(17), time(7)), time(17), True),
        ((time(8), time(12)), time(11, 59), True),
        ((time(8), time(12)), time(12), False),
        ((None, None), time(3), False),
    ],
)
def test_quiet_hours_may_run_past_midnight(quiet, clock, expected) -> None:
    now = timezone.make_aware(datetime.combine(MAIL_DAY, clock))
    assert is_quiet(NoticeChoice(quiet_from=quiet[0], quiet_to=quiet[1]), now) is expected


def test_each_chooses_what_comes(twice: Cast) -> None:
    bodil, lene = twice.people[Role.COORDINATOR], twice.people[Role.LEADER]
    choose_notices(bodil, mail=True, kinds=[Kind.EXPIRES], quiet_from=None, quiet_to=None, by=bodil)
    choose_notices(lene, mail=False, kinds=[Kind.MISSED_TWICE], quiet_from=None, quiet_to=None, by=lene)
    write_them()
    assert not Outgoing.objects.filter(person__in=[bodil, lene]).exists()
    with pytest.raises(ValidationError, match="på listen"):
        choose_notices(lene, mail=True, kinds=[Kind.EXPIRES], quiet_from=None, quiet_to=None, by=lene)
    with pytest.raises(ValidationError, match="både fra og til"):
        choose_notices(lene, mail=True, kinds=[], quiet_from=time(8), quiet_to=None, by=lene)


def test_a_mail_that_fails_is_tried_again_later(twice: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from mentorkorps.followup.actions import mails

    def fail(*_args: object) -> None:
        raise ConnectionRefusedError

    made = write_them()
    with monkeypatch.context() as broken:
        broken.setattr(mails, "send_mail", fail)
        assert send_mails(now=MORNING) == 0
    assert send_mails(now=MORNING + timedelta(minutes=5)) == 0
    assert send_mails(now=MORNING + timedelta(minutes=20)) == made


def test_without_mail_nothing_is_written(twice: Cast, settings) -> None:
    assert weekly_mail(today=MAIL_DAY, now=MORNING) == 0
    assert not Outgoing.objects.exists()
    settings.EMAIL_BACKEND = "tests.followup.smtp.EmailBackend"
    assert weekly_mail(today=MAIL_DAY, now=MORNING) == 4
