"""The citizen's own page: the link that opens it once, and what the citizen says there.

Whoever holds the visit acts as the citizen: those verbs take no `by`, and the journal says “borgeren selv”.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import check_running, lock_course
from mentorkorps.cases.models import Course
from mentorkorps.followup.models import CitizenAnswer, CitizenLink, CitizenWish, Contact
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import User
from mentorkorps.municipality.secret import hashed, new_secret

SELF = {"actor": "borgeren selv"}
LONGEST_WISH = 500  # characters


@transaction.atomic
def make_link(course: Course, *, by: User, now: datetime) -> tuple[CitizenLink, str]:
    """A new link with its secret, which is known only now. Links that nobody has opened, and visits, are closed.

    Raises ValidationError when the course has ended.
    """
    lock_course(course)
    check_running(course)
    course.citizen_links.filter(closed=False).update(closed=True)
    secret = new_secret()
    until = now + timedelta(hours=settings.CITIZEN_LINK_HOURS)
    link = CitizenLink.objects.create(
        course=course, secret_hash=hashed(secret), made_by=by, made_at=now, opens_until=until
    )
    changed("lavet link til borgerens side", by=by, about=link, citizen_id=course.citizen_id)
    return link, secret


@transaction.atomic
def close_links(course: Course, *, by: User) -> None:
    """Closes every link and visit of a course, as when the link has come into the wrong hands."""
    closed = course.citizen_links.filter(closed=False).update(closed=True)
    if closed:
        changed("lukket borgerens side", by=by, about=course, citizen_id=course.citizen_id)


@transaction.atomic
def open_link(secret: str, *, language: str, now: datetime) -> str | None:
    """Exchanges a link's secret for that of a visit, once however many ask; None, journalled, when it opens nothing."""
    found = CitizenLink.objects.filter(secret_hash=hashed(secret))
    visit = new_secret()
    opened = found.filter(
        opened_at=None, closed=False, opens_until__gt=now, course__ended_on=None
    ).update(opened_at=now, seen_at=now, visit_hash=hashed(visit), language=language)  # fmt: skip
    link = found.select_related("course").first()
    citizen_id = link.course.citizen_id if link else None
    who = SELF if opened else {}
    write(
        Kind.SIGN, "åbnet borgerens side", by=None, about=link, citizen_id=citizen_id, refused=not opened, detail=who
    )  # fmt: skip
    return visit if opened else None


def note_seen(link: CitizenLink, *, now: datetime) -> None:
    """Keeps a visit open for another while."""
    CitizenLink.objects.filter(pk=link.pk).update(seen_at=now)


@transaction.atomic
def end_visit(link: CitizenLink) -> None:
    """Closes a visit at the citizen's own wish."""
    CitizenLink.objects.filter(pk=link.pk).update(closed=True)
    _said("lukket borgerens side", link, link.course)


def choose_language(link: CitizenLink, *, language: str) -> None:
    """Keeps the language in which the visit is read."""
    CitizenLink.objects.filter(pk=link.pk).update(language=language)


@transaction.atomic
def answer_met(contact: Contact, *, met: str, now: datetime) -> CitizenAnswer:
    """Whether the citizen says that they met; the contact stays as it is. The same answer twice is one answer."""
    lock_course(contact.course)
    if met not in CitizenAnswer.Met.values:
        raise ValidationError({"met": "Vælg ja, nej eller ved ikke."})
    before = contact.citizen_answers.filter(newest=True).first()
    if before is not None and before.met == met:
        return before
    contact.citizen_answers.filter(newest=True).update(newest=False)
    answer = CitizenAnswer.objects.create(contact=contact, course=contact.course, met=met, answered_at=now)
    _said("svaret, om de mødtes", answer, contact.course, met=met)
    return answer


@transaction.atomic
def say_wish(course: Course, *, text: str, now: datetime) -> None:
    """What the citizen wishes of a mentor, in own words; empty takes it back. The same words twice are one wish."""
    lock_course(course)
    words = " ".join(text.split())
    if len(words) > LONGEST_WISH:
        raise ValidationError({"text": f"Højst {LONGEST_WISH} tegn."})
    before = course.citizen_wishes.first()
    if words == (before.text if before else ""):
        return
    _said("skrevet ønske", CitizenWish.objects.create(course=course, text=words, said_at=now), course)


@transaction.atomic
def follow_up_answer(answer: CitizenAnswer, *, note: str, on: date, by: User) -> None:
    """Notes what a “no” turned out to be. A wrong contact is corrected where it stands, by whoever logged it.

    The same note twice is one. Raises ValidationError without a note, and when another has been written meanwhile.
    """
    note = note.strip()
    if not note:
        raise ValidationError({"note": "Skriv kort, hvad det viste sig at være."})
    waiting = CitizenAnswer.objects.filter(pk=answer.pk, followed_up_on=None)
    if waiting.update(followed_up_by=by, followed_up_on=on, followed_up_note=note):
        changed("fulgt op på borgerens svar", by=by, about=answer, citizen_id=answer.course.citizen_id)
        return
    answer.refresh_from_db()
    if answer.followed_up_note != note:
        raise ValidationError(
            f"{answer.followed_up_by} har fulgt op på svaret imens. Dit notat er ikke gemt."
        )


def _said(verb: str, about: Any, course: Course, **detail: Any) -> None:
    changed(verb, by=None, about=about, citizen_id=course.citizen_id, **detail, **SELF)
