"""The section Reglerne: which rule was used, what it demands, and what it means here (FVL §§ 22 and 24)."""

from collections.abc import Iterator

from mentorkorps.domain.codes import Obligation
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter.basis import Kind, LegalBasis
from mentorkorps.domain.letter.document import Paragraph, Section
from mentorkorps.domain.letter.outcome import DecisionInput, Support
from mentorkorps.domain.letter.words import law_of, sentence, spelled_out

_NOT_NOW = "Vi mener ikke, at den passer på dig nu."
_NO_LONGER = "Vi mener ikke, at den passer på dig mere."

# What the strength of the rule means for this answer. No cell speaks of money or of sanctions.
_MEANING: dict[tuple[Kind, Obligation], str] = {
    ("grant", "must"): "{authority} skal give dig en mentor. Du har både ret og pligt til at have en.",
    ("grant", "right"): "Du har ret til en mentor. Du bestemmer selv, om du vil have en.",
    ("grant", "may"): "{authority} kan give en mentor, når det kan hjælpe. Vi mener, at det kan hjælpe dig.",
    ("refusal", "must"): f"Når reglen passer, skal {{authority}} give en mentor. {_NOT_NOW}",
    ("refusal", "right"): f"Når reglen passer, har du ret til en mentor. {_NOT_NOW}",
    ("refusal", "may"): "{authority} kan give en mentor, men skal ikke. Vi ser altid på den enkelte.",
    ("change", "must"): "Du har stadig både ret og pligt til at have en mentor.",
    ("change", "right"): "Du har stadig ret til en mentor.",
    ("change", "may"): "{authority} kan give en mentor. Hvor meget tid du får, afhænger af din situation.",
    ("early_stop", "must"): f"Så længe reglen passer, skal {{authority}} give en mentor. {_NO_LONGER}",
    ("early_stop", "right"): f"Så længe reglen passer, har du ret til en mentor. {_NO_LONGER}",
    ("early_stop", "may"): "{authority} kan give en mentor, så længe det kan hjælpe den enkelte.",
    ("non_extension", "must"): f"Så længe reglen passer, skal {{authority}} give en ny periode. {_NO_LONGER}",
    ("non_extension", "right"): "Du har haft ret til din mentor. En ny periode er en ny vurdering.",
    ("non_extension", "may"): "{authority} kan give en ny periode. Det er hver gang en ny vurdering.",
}


def rules_section(given: DecisionInput) -> Section:
    """The rule in words and paragraph, as it stood on the day of the letter."""
    parts = (_which_rule(given), _what_it_means(given))
    return Section("Reglerne", tuple(Paragraph(" ".join(part)) for part in parts))


def _which_rule(given: DecisionInput) -> Iterator[str]:
    basis = given.basis
    yield f"Vi har brugt reglen om {basis.rule_title}. Den står i {spelled_out((basis.citation,))}."
    if basis.other_citations:
        others = spelled_out(basis.other_citations, named=law_of(basis.citation))
        yield f"Vi har også brugt {others}."
    yield f"Det er reglerne, som de gælder den {long_date(given.head.dated)}."


def _what_it_means(given: DecisionInput) -> Iterator[str]:
    basis, support = given.basis, given.support
    if basis.rule_says:
        yield sentence(basis.rule_says)
    yield capitalised(_MEANING[given.answer.kind, basis.obligation].format(authority=basis.authority))
    if support:
        yield from _frames(basis, support)


def _frames(basis: LegalBasis, support: Support) -> Iterator[str]:
    if support.rhythm and support.rhythm.by == "law":
        yield f"Loven siger, at I skal have kontakt mindst {support.rhythm}."
    if basis.at_least:
        yield f"Du kan få en mentor i mindst {basis.at_least} i alt."
    if basis.at_most:
        yield f"Vi kan give en mentor i højst {basis.at_most} ad gangen."
    yield f"Inden den {long_date(support.end)} taler vi med dig om, hvad der så skal ske."
