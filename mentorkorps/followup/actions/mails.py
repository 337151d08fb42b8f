"""The weekly mail: written on Mondays, one row a person and week, and sent outside each person's quiet hours.

A mail holds counts and addresses, never a name. Rows are claimed by a condition that the database holds, so that
two workers write one mail and send it once.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mentorkorps.domain.dates import iso_week, week_number
from mentorkorps.followup.models import Alert, NoticeChoice, Outgoing
from mentorkorps.followup.queries.alerts import KINDS_OF, counts_of
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind as JournalKind
from mentorkorps.municipality.models import Municipality, User

log = logging.getLogger("mentorkorps.mails")
AGAIN_AFTER = timedelta(minutes=15)  # a mail that was claimed and not sent is tried again
MOST_TRIES = 20
AT_A_TIME = 50
MONDAY = 0
SALUTATION = "God mandag"


@transaction.atomic
def choose_notices(
    person: User, *, mail: bool, kinds: list[str], quiet_from: time | None, quiet_to: time | None, by: User
) -> NoticeChoice:
    """A person's own choice of the weekly mail. Raises ValidationError at `kinds` or `quiet_to`."""
    if set(kinds) - set(KINDS_OF.get(person.role, ())):
        raise ValidationError({"kinds": "Vælg blandt dem, der står på listen."})
    if (quiet_from is None) != (quiet_to is None):
        raise ValidationError({"quiet_to": "Skriv både fra og til, eller lad begge stå tomme."})
    fields = {"mail": mail, "kinds": kinds, "quiet_from": quiet_from, "quiet_to": quiet_to}
    choice, _ = NoticeChoice.objects.update_or_create(person=person, defaults=fields)
    changed("valgt mails", by=by, about=person, mail=mail, kinds=kinds)
    return choice


@transaction.atomic
def write_mails(*, today: date, now: datetime, page_of: Callable[[str], str], account: str) -> int:
    """Writes this week's mails on a Monday, once; how many. Nobody gets a mail about nothing.

    `page_of` gives the absolute address of a role's alerts, `account` that of the page where mails are chosen.
    """
    if today.weekday() != MONDAY:
        return 0
    week = week_number(today)
    people = list(_readers().exclude(id__in=Outgoing.objects.filter(week=week).values("person")))
    house = Municipality.objects.get().name
    counts = counts_of(people)
    new = []
    for person in people:
        wanted = _wanted(person, counts[person.id])
        if wanted:
            body = _body(house, week, wanted, page_of(person.role), account)
            subject = f"{house}: ugens advarsler i mentorstøtten, uge {iso_week(week)[1]}"
            new.append(Outgoing(person=person, week=week, subject=subject, body=body, made_at=now))
    Outgoing.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    made = Outgoing.objects.filter(id__in=[mail.id for mail in new]).count() if new else 0
    if made:
        write(JournalKind.CHANGE, "skrevet ugemails", by=None, detail={"week": week, "mails": made})
    return made


def _readers() -> Any:
    """Those whose role is told about alerts, who can sign in, and who have not said no to mail."""
    people = User.objects.filter(is_active=True, role__in=list(KINDS_OF)).exclude(email="")
    wants = Q(notice_choice__isnull=True) | Q(notice_choice__mail=True)
    return people.filter(wants).select_related("notice_choice").order_by("id")


def _wanted(person: User, counts: Mapping[str, int]) -> dict[str, int]:
    choice = getattr(person, "notice_choice", None)
    kinds = choice.kinds if choice is not None else KINDS_OF[person.role]
    return {kind: counts[kind] for kind in Alert.Kind if kind in kinds and counts.get(kind)}


def _body(house: str, week: int, counts: Mapping[str, int], page: str, account: str) -> str:
    lines = [f"{number} × {Alert.Kind(kind).label}" for kind, number in counts.items()]
    total = Counter(counts).total()
    return "\n".join(
        (
            SALUTATION,
            "",
            f"I uge {iso_week(week)[1]} er der {total} {'advarsel' if total == 1 else 'advarsler'} til dig:",
            "",
            *lines,
            "",
            f"Se dem her: {page}",
            "",
            "Mailen nævner aldrig borgere ved navn. Hvem det handler om, ser du, når du er logget ind.",
            f"Vil du have færre mails, eller ingen? Vælg her: {account}",
            "",
            house,
        )
    )


def send_mails(*, now: datetime) -> int:
    """Sends the mails that wait, each once and outside its reader's quiet hours; how many were sent.

    One that fails is tried again a quarter of an hour later. A worker that stops between sending and noting it
    sends the mail once more: better twice than never.
    """
    waiting = Outgoing.objects.filter(_free(now), sent_at__isnull=True, tries__lt=MOST_TRIES)
    rows = waiting.filter(person__is_active=True).select_related("person__notice_choice").order_by("made_at")
    due = [mail for mail in rows if not is_quiet(getattr(mail.person, "notice_choice", None), now)]
    return sum(_send(mail, now) for mail in due[:AT_A_TIME])


def _free(now: datetime) -> Q:
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - AGAIN_AFTER)


def is_quiet(choice: NoticeChoice | None, now: datetime) -> bool:
    """Whether a moment lies in someone's quiet hours, Danish time; they may run past midnight."""
    choice = choice or NoticeChoice()
    if choice.quiet_from is None or choice.quiet_to is None or choice.quiet_from == choice.quiet_to:
        return False
    clock = timezone.localtime(now).time()
    if choice.quiet_from < choice.quiet_to:
        return choice.quiet_from <= clock < choice.quiet_to
    return clock >= choice.quiet_from or clock < choice.quiet_to


def _send(mail: Outgoing, now: datetime) -> bool:
    mine = Outgoing.objects.filter(_free(now), pk=mail.pk, sent_at__isnull=True)
    if not mine.update(claimed_at=now, tries=F("tries") + 1):
        return False
    try:
        send_mail(mail.subject, mail.body, None, [mail.person.email])
    except OSError as failure:  # smtplib's own failures are OSErrors too
        log.warning("mail %s was not sent: %s", mail.pk, type(failure).__name__)
        return False
    with transaction.atomic():
        Outgoing.objects.filter(pk=mail.pk).update(sent_at=now)
        write(JournalKind.CHANGE, "sendt ugemail", by=None, about=mail, detail={"week": mail.week})
    return True
