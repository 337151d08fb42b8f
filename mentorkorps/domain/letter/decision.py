"""Decision letters: grant, refusal, change, early stop and non-extension, with the answer as the heading.

They carry what FVL §§ 22, 24 and 25 demand: the rules, the main considerations, the key facts and the
complaint guidance. A second person, a budget and a sanction have no place in them.
"""

from collections.abc import Iterator

from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter.basis import Kind, LegalBasis
from mentorkorps.domain.letter.complete import require, require_authority, require_texts
from mentorkorps.domain.letter.document import Block, Box, Bullets, Document, Paragraph, Section, Table
from mentorkorps.domain.letter.frame import complaint_section, footer, greeting, phone, signed
from mentorkorps.domain.letter.outcome import (
    Change,
    DecisionInput,
    Deviation,
    EarlyStop,
    Grant,
    Heard,
    NoMentor,
    NonExtension,
    NotHeard,
    Previous,
    Support,
)
from mentorkorps.domain.letter.rules import rules_section
from mentorkorps.domain.letter.words import amount, genitive, meet_words, sentence, span

_WHY: dict[Kind, str] = {
    "grant": "Derfor får du en mentor",
    "refusal": "Derfor får du ikke en mentor",
    "change": "Derfor ændrer vi din mentorstøtte",
    "early_stop": "Derfor stopper vi før tid",
    "non_extension": "Derfor får du ikke en ny periode",
}


def compose_decision(given: DecisionInput) -> Document:
    """The letter of one decision.

    Raises Incomplete for the first thing that is missing, such as a hearing or a consideration in a
    letter that goes against the citizen.
    """
    _check(given)
    sender = given.head.sender
    return Document(
        title=_title(given),
        sender=sender,
        recipient=given.head.recipient,
        dated=given.head.dated,
        case_number=given.head.case_number,
        greeting=greeting(given.head),
        sections=tuple(_sections(given)),
        signature=signed(sender),
        footer=footer(sender),
    )


def _check(given: DecisionInput) -> None:
    require_texts(given)
    require(given.head.recipient, "address_lines")
    require(given.head.sender, "address_lines")
    require_authority(given.basis.authority, given.head.dated)
    if given.basis.obligation == "may":
        require(given.assessment, "prospect")
    if given.adverse:
        require(given.assessment, "considerations", "facts")
        require(given.basis, "rule_says")
        require(given, "hearing")
    if given.support is None:
        require(given.assessment, "other_help")


def _title(given: DecisionInput) -> str:
    match given.answer:
        case Grant():
            return "Du får en mentor"
        case NoMentor():
            return "Du får ikke en mentor"
        case Change(support=now, previous=before) if now.minutes_per_week != before.minutes_per_week:
            more = now.minutes_per_week > before.minutes_per_week
            return f"Du får {'mere' if more else 'mindre'} tid med en mentor"
        case Change():
            return "Din mentorstøtte bliver ændret"
        case EarlyStop(last_day=day):
            return f"Din mentorstøtte stopper den {long_date(day)}"
        case NonExtension():
            return "Du får ikke en ny periode med mentor"


def _sections(given: DecisionInput) -> Iterator[Section]:
    yield Section(None, tuple(_opening(given)))
    if given.support:
        yield from _help_sections(given.support)
    yield Section(_WHY[given.answer.kind], tuple(_reasons(given)))
    if given.adverse:
        yield Section("Det bygger vi på", (Bullets(given.assessment.facts),))
        yield Section("Det har du sagt", tuple(_own_words(given)))
    if given.assessment.other_help:
        yield Section("Anden hjælp, vi har set på", (Bullets(given.assessment.other_help),))
    yield rules_section(given)
    yield complaint_section(given.complaint, given.head.sender, "brevet")


def _opening(given: DecisionInput) -> Iterator[Block]:
    yield Paragraph(f"{capitalised(given.basis.authority)} har besluttet, {_decided(given)}")
    match given.answer:
        case Grant(support=support):
            yield _support_box(support, given.basis)
        case Change(support=support, previous=before):
            yield _change_table(support, before)
            yield _support_box(support, given.basis)
        case EarlyStop(last_day=day) | NonExtension(previous=Previous(end=day)):
            yield Box((("Sidste dag", long_date(day)), _ask_us(given)))
        case NoMentor():
            yield Box((_ask_us(given),))


def _ask_us(given: DecisionInput) -> tuple[str, str]:
    return "Spørg os", f"{given.head.sender.name}, {phone(given.head.sender.phone)}"


def _decided(given: DecisionInput) -> str:
    match given.answer:
        case Grant(support=support):
            less = "" if given.answer.in_full else " Du får ikke alt det, du har bedt om."
            return f"at du får en mentor fra {span(support.start, support.end)}.{less}"
        case NoMentor():
            return "at du ikke får en mentor."
        case Change(support=support):
            return f"at din mentorstøtte bliver ændret fra den {long_date(support.start)}."
        case EarlyStop(previous=before, last_day=day):
            return (
                f"at din mentorstøtte stopper den {long_date(day)}. I vores afgørelse af"
                f" {long_date(before.decided_on)} skulle den vare til og med {long_date(before.end)}."
            )
        case NonExtension(previous=before):
            return (
                "at du ikke får en ny periode med mentor. Den periode, du har nu, slutter den"
                f" {long_date(before.end)}. Det står i vores afgørelse af {long_date(before.decided_on)}."
            )


def _support_box(support: Support, basis: LegalBasis) -> Box:
    mentor = support.mentor
    who = f"{mentor.name}, {phone(mentor.phone)}" if mentor else "Vi finder en mentor til dig og skriver."
    first = support.first_meeting or (f"Det aftaler du med {mentor.first_name}." if mentor else None)
    rows = [
        ("Din mentor", who),
        ("Hvor meget", f"{amount(support.minutes_per_week)} om ugen. {meet_words(support.rhythm)}"),
        ("Formål", sentence(basis.purpose)),
    ]
    if first:
        rows.insert(2, ("Første gang", first))
    return Box(tuple(rows))


def _change_table(now: Support, before: Previous) -> Table:
    return Table(
        header=("Hvad", "Før", f"Fra {long_date(now.start)}"),
        rows=(
            ("Tid om ugen", amount(before.minutes_per_week), amount(now.minutes_per_week)),
            ("Sidste dag", long_date(before.end), long_date(now.end)),
        ),
        caption=f"Det ændrer vi i afgørelsen af {long_date(before.decided_on)}",
    )


def _help_sections(support: Support) -> Iterator[Section]:
    who = support.mentor.first_name if support.mentor else "din mentor"
    helping: tuple[Block, ...] = (Paragraph("Det aftaler vi med dig. Det kommer til at stå i din aftale."),)
    if support.tasks:
        helping = (Bullets(support.tasks), Paragraph("I gør det sammen. Lidt efter lidt gør du mere selv."))
    yield Section(f"Det hjælper {who} dig med", helping)
    outside: Block = Paragraph("Det aftaler vi også. Det kommer til at stå i din aftale.")
    if support.not_tasks:
        outside = Bullets(support.not_tasks)
    yield Section(f"Det er ikke {genitive(who)} opgave", (outside,))


def _reasons(given: DecisionInput) -> Iterator[Block]:
    judged = given.assessment
    # An adverse letter gives the citizen's words a section of their own.
    own_words = None if given.adverse else judged.citizen_view
    texts = (own_words, judged.situation, judged.prospect)
    sentences = [sentence(text) for text in texts if text]
    if judged.deviation and given.support:
        sentences.append(_deviation_words(judged.deviation, given.support.minutes_per_week))
    yield Paragraph(" ".join(sentences))
    if judged.considerations:
        yield Paragraph("Det har vi lagt mest vægt på:")
        yield Bullets(judged.considerations)


def _deviation_words(deviation: Deviation, minutes: int) -> str:
    share = "det samme"
    if minutes != deviation.usual_minutes:
        share = "mere" if minutes > deviation.usual_minutes else "mindre"
    usual = amount(deviation.usual_minutes)
    return f"Vi plejer at give {usual} om ugen. Du får {share}. {sentence(deviation.reason)}"


def _own_words(given: DecisionInput) -> Iterator[Block]:
    yield Paragraph(sentence(given.assessment.citizen_view))
    match given.hearing:
        case Heard(on=day, answer=answer):
            reply = sentence(answer) if answer else "Du har ikke svaret."
            yield Paragraph(f"Vi skrev til dig den {long_date(day)}, før vi besluttede det. {reply}")
        case NotHeard(reason=reason):
            yield Paragraph(f"Vi har ikke skrevet til dig først. {sentence(reason)}")
