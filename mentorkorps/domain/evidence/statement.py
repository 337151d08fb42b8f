"""A horizon in plain Danish, for those who decide: what was seen, what it can bear, and what it cannot."""

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import listed
from mentorkorps.domain.evidence.adjustment import FEW_PROVIDERS, NOT_WATCHED, Adjusted, Adjustment
from mentorkorps.domain.evidence.comparison import Horizon


def statement(horizon: Horizon) -> str:
    """Everything one must know before using the numbers of a horizon; "effekt" only where it is adjusted."""
    if horizon.outcomes_hidden:
        return (
            f"Tallene efter {horizon.weeks} uger vises ikke. Mindst ét af dem handler om færre end fem "
            "personer eller kunne bruges til at regne et sådant tal ud."
        )
    parts = [_description(horizon)]
    if horizon.adjusted.value is None:
        parts.append(f"Der er ikke nogen justeret forskel: {horizon.adjusted.why}.")
    else:
        parts += _adjusted(horizon, horizon.adjusted.value)
    if horizon.basis.unused:
        parts.append(
            f"Der kunne ikke justeres for {listed(horizon.basis.unused)}, fordi forløbene er ens på det "
            "punkt eller har for få i hver."
        )
    return " ".join(parts)


def sensitivity_text(adjusted: Adjusted) -> str | None:
    """How strong an unseen difference must be, in words; None where there is no adjusted difference."""
    found = adjusted.sensitivity
    if adjusted.value is None:
        return None
    if found is None:
        return "Følsomheden kan ikke regnes ud, fordi en gruppe ikke har nogen i job eller uddannelse."
    text = (
        "Et forhold, som filen ikke kender, kunne alene forklare tallet, hvis det gjorde både den ene slags "
        f"støtte og job eller uddannelse mindst {_decimal(found.e_value, 2)} gange så sandsynligt."
    )
    if found.e_value_interval is None:
        return text
    if found.e_value_interval == 1.0:
        return f"{text} Usikkerheden rummer allerede, at der ingen forskel er."
    nearest = _decimal(found.e_value_interval, 2)
    return f"{text} Allerede ved {nearest} gange ville usikkerheden rumme, at der ingen forskel er."


def _description(horizon: Horizon) -> str:
    stronger, weaker = horizon.incidence
    shares = {group: share for group, share in horizon.incidence.items() if share is not None}
    if len(shares) < 2 or horizon.unadjusted is None:
        return f"Efter {horizon.weeks} uger kan andelen i job eller uddannelse ikke vises: {NOT_WATCHED}."
    return (
        f"Efter {horizon.weeks} uger er {_percent(shares[stronger])} af {OBLIGATION_WORDS[stronger]}-forløbene endt i "
        f"job eller uddannelse og {_percent(shares[weaker])} af {OBLIGATION_WORDS[weaker]}-forløbene. Forskellen på "
        f"{_points(abs(horizon.unadjusted))} er en beskrivelse og siger ikke, hvad der er årsagen."
    )


def _adjusted(horizon: Horizon, value: float) -> list[str]:
    stronger, weaker = (OBLIGATION_WORDS[group] for group in horizon.n)
    adjusted, basis = horizon.adjusted, horizon.basis
    parts = [
        f"Når grupperne gøres sammenlignelige på {listed(basis.used)}, er andelen {_change(value)} for "
        f"{stronger}-forløbene end for {weaker}-forløbene."
    ]
    if adjusted.low is None or adjusted.high is None:
        parts.append(f"Usikkerheden kendes ikke: {adjusted.why}.")
    elif adjusted.low <= 0 <= adjusted.high:
        parts.append(
            f"Usikkerheden går {_span(adjusted.low, adjusted.high)}, så en effekt er hverken vist eller udelukket."
        )
    else:
        parts.append(
            f"Usikkerheden går {_span(adjusted.low, adjusted.high)}. Det tyder på en effekt, men beviser den ikke."
        )
    return [*parts, *_reservations(basis), "Skjulte forskelle mellem grupperne kan ikke udelukkes."]


def _reservations(basis: Adjustment) -> list[str]:
    said = []
    if basis.trimmed:
        said.append(
            f"Op til {_percent(basis.trimmed)} af forløbene er ikke med i sammenligningen, "
            "fordi de næsten ingen modstykker har i den anden gruppe."
        )
    if basis.uneven:
        said.append(f"Grupperne ligner stadig ikke helt hinanden på {listed(basis.uneven)}.")
    if basis.providers == 1:
        said.append("Alle forløb er hos én leverandør, så tallet siger ikke noget om andre leverandører.")
    elif basis.few_providers:
        said.append(
            f"Forløbene er samlet hos få leverandører, svarende til under {FEW_PROVIDERS} lige store, "
            "så usikkerheden er stor."
        )
    return said


def _span(low: float, high: float) -> str:
    return f"fra {_change(low)} til {_change(high)} (95 pct. interval)"


def _change(value: float) -> str:
    return f"{_points(abs(value))} {'højere' if value >= 0 else 'lavere'}"


def _points(value: float) -> str:
    return f"{_decimal(100 * value)} procentpoint"


def _percent(value: float) -> str:
    return f"{_decimal(100 * value)} pct."


def _decimal(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".replace(".", ",")
