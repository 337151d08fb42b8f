"""Named reads of papers: what one says now, what may be written in it, and how it was sent."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter.document import Paragraph, Table, block_from_json
from mentorkorps.domain.paper import (
    AgendaItem,
    AnnexLine,
    Asked,
    Concern,
    Held,
    PaperInput,
    Part,
    Shown,
    Template,
    compose_paper,
    concerns,
    may_must_annex,
    template,
)
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.queries import law_book, level_in_force
from mentorkorps.steering.models import Annex, Paper, PaperFigure, Question, Reading
from mentorkorps.steering.queries.proposals import current_version, proposed_level


def papers() -> QuerySet[Paper]:
    """Every paper with its meetings, newest first."""
    readings = Prefetch("readings", Reading.objects.order_by("number"))
    return Paper.objects.select_related("proposal", "created_by").prefetch_related(readings)


def current_reading(paper: Paper) -> Reading:
    """The newest meeting of a paper."""
    return max(paper.readings.all(), key=lambda reading: reading.number)


def state_of(reading: Reading) -> str:
    """Where a paper stands at a meeting, as a list says it."""
    if reading.outcome:
        return reading.get_outcome_display()
    return "Sendt til mødet" if reading.sent_on else "Skrives"


@dataclass(frozen=True)
class Section:
    """A text that the paper has: its key, heading and hint, and whether it may be written in now."""

    key: str
    heading: str
    hint: str
    text: str
    revision: int
    writable: bool

    @property
    def when_empty(self) -> str:
        """What the paper says in its place while nothing is written."""
        if self.key.startswith("answer-"):
            return "I sagen står der “Ikke besvaret endnu.”"
        return "" if self.key.startswith("remarks-") else "I sagen står der “Ingen bemærkninger.”"


def sections(paper: Paper) -> list[Section]:
    """Every text of a paper in the order in which one writes it: the template's, then what meetings have added."""
    layout, last = template(paper.template), current_reading(paper)
    stored = {text.key: text for text in paper.texts.all()}
    open_now = last.sent_on is None

    def section(key: str, heading: str, hint: str, writable: bool) -> Section:
        text = stored.get(key)
        return Section(key, heading, hint, text.text if text else "", text.revision if text else 0, writable)

    hints = {key: (heading, hint) for key, heading, hint in layout.sections}
    plain = [section(key, *hints[key], open_now) for key in layout.written if key != "recommendation"]
    return plain + [
        section(key, heading, hint, writable and open_now)
        for key, heading, hint, writable in _of_meetings(paper, layout, last)
    ]


def _of_meetings(paper: Paper, layout: Template, last: Reading) -> list[tuple[str, str, str, bool]]:
    """(key, heading, hint, may be written) of each meeting's recommendation, answers and remarks."""
    made = []
    for reading in sorted(paper.readings.all(), key=lambda each: each.number):
        of = f" til mødet {long_date(reading.meeting_on)}"
        heading = layout.heading("recommendation") + of
        hint = "Hvem indstiller hvad? Skriv hvert led som 1. og 2."
        made.append((recommendation_key(reading), heading, hint, reading == last))
        if reading != last:
            hint = "Det, forvaltningen vil sige ud over svarene. Kan stå tomt."
            made.append(
                (f"remarks-{reading.number}", "Administrationens supplerende bemærkninger", hint, True)
            )
            made += [
                (answer_key(asked), f"Svar: {asked.question}", "Svar på udvalgets spørgsmål.", True)
                for asked in reading.questions.all()
            ]
    return made


def recommendation_key(reading: Reading) -> str:
    """The key of a meeting's recommendation among the texts."""
    return f"recommendation-{reading.number}"


def answer_key(question: Question) -> str:
    """The key of a question's answer among the texts."""
    return f"answer-{question.pk}"


def shown_figures(paper: Paper) -> dict[str, Shown]:
    """The frozen figures of a paper by name, as the domain puts them into texts."""
    return {figure.name: shown(figure) for figure in paper.figures.all()}


def shown(figure: PaperFigure) -> Shown:
    """One frozen figure."""
    return Shown(figure.shown, block_from_json(figure.block) if figure.block else None)


def composed(paper: Paper) -> AgendaItem:
    """The paper as it reads now."""
    return compose_paper(_input(paper))


def _input(paper: Paper) -> PaperInput:
    texts = {text.key: text.text for text in paper.texts.all()}
    readings = sorted(paper.readings.all(), key=lambda reading: reading.number)
    annexes = list(paper.annexes.select_related("corrected_by"))
    return PaperInput(
        template=template(paper.template),
        municipality=paper.authority,
        title=paper.title,
        kind=paper.kind,
        committee=paper.committee,
        item_number=readings[-1].item_number,
        case_number=paper.case_number,
        document_number=paper.document_number,
        is_open=paper.is_open,
        closed_reason=paper.closed_reason,
        competence=paper.competence,
        texts=texts,
        readings=tuple(_held(reading, texts) for reading in readings),
        figures=shown_figures(paper),
        annexes=tuple(_line(annex) for annex in annexes),
        appended=(*_sources(paper), *_made(paper, annexes, readings[-1])),
    )


def _held(reading: Reading, texts: dict[str, str]) -> Held:
    asked = tuple(Asked(each.question, texts.get(answer_key(each), "")) for each in reading.questions.all())
    return Held(
        meeting_on=reading.meeting_on,
        recommendation=texts.get(recommendation_key(reading), ""),
        decision=reading.decision,
        absent=reading.absent,
        questions=asked,
        remarks=texts.get(f"remarks-{reading.number}", ""),
    )


def _line(annex: Annex) -> AnnexLine:
    notes = []
    if annex.corrects_id:
        notes.append(f"rettet, omdelt {long_date(annex.added_on)}")
    if hasattr(annex, "corrected_by"):
        notes.append("erstattet af et rettet bilag")
    return AnnexLine(annex.number, annex.title, annex.document_number, "; ".join(notes))


def _made(paper: Paper, annexes: list[Annex], reading: Reading) -> tuple[Part, ...]:
    """The annexes that the program writes itself, from the law and the level of the meeting's day."""
    on = reading.meeting_on
    wanted = [annex for annex in annexes if annex.made and not hasattr(annex, "corrected_by")]
    if not wanted:
        return ()
    name, rows = level_of(paper, reading)
    rules = law_book().rules_on(on)
    return tuple(
        part
        for annex in wanted
        for part in may_must_annex(
            rules, rows, on=on, number=annex.number, level=name, ore_per_hour=annex.ore_per_hour
        )
    )


def level_of(paper: Paper, reading: Reading) -> tuple[str, tuple[LevelRow, ...]]:
    """The level that a paper is about, by name: its own, its proposal's, or the one in force on the meeting's day."""
    if paper.level:
        return str(paper.level), tuple(row_facts(row) for row in paper.level.rows.all())
    if paper.proposal:
        proposed = proposed_level(current_version(paper.proposal))
        return proposed.name, proposed.rows
    level = level_in_force(reading.meeting_on)
    if level is None:
        return "intet serviceniveau", ()
    return str(level), tuple(row_facts(row) for row in level.rows.all())


def _sources(paper: Paper) -> tuple[Part, ...]:
    """Where the figures come from, at the end of the paper; nothing when it has none."""
    figures = list(paper.figures.select_related("run"))
    if not figures:
        return ()
    rows = tuple(
        (
            figure.label,
            figure.shown,
            f"{figure.run.title} ({figure.run.input_hash[:8]})",
            long_date(figure.fetched_on),
        )
        for figure in figures
    )
    table = Table(("Tal", "Værdi", "Beregning", "Hentet"), rows, "Tallene i sagen og beregningerne bag dem")
    words = Paragraph(
        "Tallene er låst den dag, de blev hentet. Beregningen kan gentages og giver de samme tal."
    )
    return (Part("Tallenes grundlag", 2, (words, table)),)


def judged(paper: Paper) -> tuple[Concern, ...]:
    """The places in a paper that a person should look at before it is sent."""
    return concerns(composed(paper).parts)
