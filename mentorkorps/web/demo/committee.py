"""What lies before the committee in Fjordby: a proposal that was postponed, and Slagelse's item of 2015 made again."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from mentorkorps.municipality.models import Role, ServiceLevel, User
from mentorkorps.municipality.queries import level_in_force, people_by_role
from mentorkorps.steering.actions.papers import (
    add_annex,
    begin_next_reading,
    create_paper,
    fetch_figure,
    record_decision,
    save_text,
    send_paper,
)
from mentorkorps.steering.actions.proposals import bind_run, change_row, propose
from mentorkorps.steering.models import Paper, Proposal, Run
from mentorkorps.steering.queries.papers import answer_key, sections
from mentorkorps.steering.queries.proposals import base_rows

FIRST_MEETING, SECOND_MEETING = date(2015, 9, 8), date(2015, 11, 3)
WEEK = timedelta(weeks=1)
PRICE = 41_250  # øre an hour, as the world's runs count with


def tell(today: date) -> None:
    """Both papers, by the secretary."""
    words = tomllib.loads((files("mentorkorps.web.demo") / "papers.toml").read_text(encoding="utf-8"))
    secretary = people_by_role()[Role.SECRETARY]
    tell_slagelse(words["slagelse"], ServiceLevel.objects.get(name="Slagelse, november 2015"), secretary)
    tell_fjordby(words["fjordby"], today, secretary)


def tell_slagelse(words: dict[str, Any], level: ServiceLevel, by: User) -> Paper:
    """Item 4 (D): postponed on 8 September 2015 with five questions, answered and discussed on 3 November 2015."""
    paper = _paper(
        words, by, kind="D", meeting_on=FIRST_MEETING, on=date(2015, 8, 25), level=level, item_number=4
    )
    law = paper.texts.get(key="law").text
    _write(paper, words["texts"] | {"law": f"{words['law']['before']}\n\n{law}"}, by)
    add_annex(
        paper, title=words["annex"], document_number=words["annex_number"], made="may_must",
        on=date(2015, 8, 25), by=by,
    )  # fmt: skip
    send_paper(paper, on=date(2015, 9, 1), by=by)
    record_decision(
        paper, outcome="postponed", decision=words["postponed"], absent=words["absent"], on=FIRST_MEETING, by=by,
        questions=[each["asked"] for each in words["question"]],
    )  # fmt: skip
    begin_next_reading(paper, meeting_on=SECOND_MEETING, item_number=4, by=by)
    _write(paper, words["second"] | _answers(paper, [each["answer"] for each in words["question"]]), by)
    send_paper(paper, on=date(2015, 10, 27), by=by)
    record_decision(paper, outcome="noted", decision=words["decided"], absent="", on=SECOND_MEETING, by=by)
    return paper


def tell_fjordby(words: dict[str, Any], today: date, by: User) -> Paper:
    """A proposal of more time for the young: postponed two weeks ago, and half answered for the next meeting."""
    began, meeting = today - 6 * WEEK, _tuesday(today - 2 * WEEK)
    run = Run.objects.get(title=words["run"])
    proposal = _proposal(words, run, began, by)
    paper = _paper(words, by, kind="B", meeting_on=meeting, on=began, proposal=proposal, item_number=4)
    for name, path in words["figures"].items():
        fetch_figure(paper, run=run, path=path, name=name, on=began, by=by)
    _write(paper, words["texts"], by)
    add_annex(paper, title=words["annex"], made="may_must", ore_per_hour=PRICE, on=began, by=by)
    send_paper(paper, on=meeting - WEEK, by=by)
    record_decision(
        paper, outcome="postponed", decision=words["postponed"], absent=words["absent"], on=meeting,
        questions=words["questions"], by=by,
    )  # fmt: skip
    begin_next_reading(paper, meeting_on=_tuesday(today + 3 * WEEK), item_number=None, by=by)
    second = dict(words["second"])
    cost = second.pop("answer")
    _write(paper, second | _answers(paper, ["", cost]), by)
    return paper


def _tuesday(day: date) -> date:
    """The Tuesday of a day's week: when the committee meets."""
    return day - timedelta(days=day.weekday() - 1)


def _proposal(words: dict[str, Any], run: Run, on: date, by: User) -> Proposal:
    level = level_in_force(on)
    made = propose(
        name=words["proposal"],
        purpose=words["purpose"],
        base=level,
        in_force_from=date(2027, 2, 1),
        on=on,
        by=by,
    )
    row = next(each for each in base_rows(made) if each.key == words["row"])
    change_row(made, replace(row, minutes_per_week=words["minutes"]), reason=words["reason"], by=by)
    bind_run(made, run, by=by)
    return made


def _paper(words: dict[str, Any], by: User, **given: Any) -> Paper:
    head = {
        name: words[name] for name in ("title", "authority", "committee", "case_number", "document_number")
    }
    return create_paper(by=by, competence=words["committee"], **head, **given)


def _answers(paper: Paper, answers: list[str]) -> dict[str, str]:
    """Answers by the key of their question, in the order in which the first meeting asked."""
    asked = paper.readings.get(number=1).questions.all()
    return {answer_key(question): answer for question, answer in zip(asked, answers, strict=False)}


def _write(paper: Paper, texts: dict[str, str], by: User) -> None:
    revisions = {section.key: section.revision for section in sections(paper)}
    for key, text in texts.items():
        save_text(paper, key, text, revision=revisions[key], by=by)
