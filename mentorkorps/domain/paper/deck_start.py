"""What a new deck's slides begin with: words of the law and of the catalogue of tasks, for somebody to write on."""

from collections.abc import Iterable, Sequence
from datetime import date

from mentorkorps.domain.codes import FUNCTIONS, OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.law import Rule, contact_rule
from mentorkorps.domain.paper.deck import of_level
from mentorkorps.domain.paper.deck_figures import RunFacts
from mentorkorps.domain.task_catalogue import task_catalogue

MOST_TASKS = 7
EVERY = {"week": "hver uge", "fortnight": "hver anden uge"}


def start_texts(rules: Sequence[Rule], level: RunFacts, on: date) -> dict[str, str]:
    """The first text of each slide that has one, by key, with the law of the meeting's day."""
    mine = of_level(rules, level)
    return {
        "agenda": AGENDA,
        "binding": _binding(rules, on),
        "terms": _terms(mine),
        "social": _purpose(mine, "social_mentor", _social_tasks()),
        "company": _purpose(mine, "company_mentor", COMPANY_TASKS),
        "company_figures": COMPANY,
        "attention": ATTENTION,
    }


AGENDA = """Et fælles billede af mentorstøtten, før udvalget drøfter den.

- Loven og vores egne ord
- Hvem får mentor, og hvor meget tid
- Økonomien
- Hvordan mentorerne arbejder
- Det, vi skal være opmærksomme på"""
# The catalogue speaks to the citizen; a slide speaks of one. The four are those of København 2014.
COMPANY_TASKS = (
    "holde fast i aftalerne mellem borger, kommune og arbejdsplads",
    "fortælle kollegerne om borgerens behov og hensyn",
    "give ekstra tid til at lære opgaverne",
    "hjælpe borgeren ind i fællesskabet",
)
COMPANY = """- Når arbejdspladsen ellers ikke kan løfte opgaven
- Kun det, der ligger ud over, hvad en arbejdsplads plejer"""
ATTENTION = """- Mentor støtter og tager ikke over: opgaverne skal flytte til borgeren
- Er der mange om borgeren, skal det stadig hænge sammen for borgeren"""


def _binding(rules: Sequence[Rule], on: date) -> str:
    binding = [rule for rule in rules if rule.kind == "gives" and rule.obligation in ("must", "right")]
    if not binding:
        return f"Ingen regel binder kommunen til at give mentor {long_date(on)}. Al mentorstøtte er noget, vi kan give."
    return "\n".join(
        f"- {capitalised(OBLIGATION_WORDS[rule.obligation])}: {rule.title} ({rule.citation}){_contact(rule, on)}"
        for rule in binding
    )


def _contact(rule: Rule, on: date) -> str:
    """The least contact that the rule demands, where it demands one."""
    least = contact_rule(rule.id, on)
    return f". Kontakt {EVERY[least.every]}" if least else ""


def _terms(rules: Iterable[Rule]) -> str:
    rows = [f"{rule.citation}: {rule.title} | {capitalised(FUNCTIONS[rule.function])}" for rule in rules]
    return "\n".join(["Lovens ord | Vores ord", *rows])


def _purpose(rules: Iterable[Rule], function: str, tasks: Iterable[str]) -> str:
    """The law's purpose beside examples of tasks; the general rule stands last."""
    purposes = [rule.purpose for rule in rules if rule.function == function]
    listed = "\n".join(f"- {capitalised(task)}" for task in tasks)
    purpose = capitalised(purposes[-1]) + "." if purposes else "Reglen gælder ikke på mødets dag."
    return f"## Formål\n{purpose}\n\n## Eksempler på opgaver\n{listed}"


def _social_tasks() -> list[str]:
    """The first of the catalogue, as they are called on a slide."""
    social = [each.title.removeprefix("at ") for each in task_catalogue() if each.kind == "social"]
    return social[:MOST_TASKS]
