"""How the figures of a what-if are written, and the sentences that say what they mean."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from mentorkorps.domain.danish import listed, thousands, write_number
from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.economy import Account, Economy, HourPrices
from mentorkorps.domain.money import write_kroner
from mentorkorps.domain.simulation import Comparison, Simulation
from mentorkorps.steering.queries.what_if import Corps

MISSING = "mangler"
NO_REFUND = "ingen refusion"
# What is unknown, and what cannot be said without it.
UNKNOWN = {
    "budget": ("et budget", "om pengene rækker"),
    "price_per_hour": ("en pris for en time", "hvad timerne koster"),
    "reimbursement_percent": ("en procent for refusion", "hvad staten betaler"),
    "reimbursement_ceiling": ("et loft over refusion", "om refusionen stopper i løbet af året"),
}


def hours(minutes: Fraction | int) -> str:
    """Minutes as hours with at most one decimal: 4.425 or 16,7."""
    return one_decimal(Fraction(minutes) / 60)


def one_decimal(value: Fraction) -> str:
    """At most one decimal."""
    return write_number(Decimal(round(value * 10)) / 10)


def kroner(ore: int) -> str:
    """Whole kroner without decimals, else with two."""
    return f"{write_number(Decimal(ore // 100))}{NBSP}kr." if ore % 100 == 0 else write_kroner(ore)


def kroner_figure(ore: int) -> str:
    """Kroner without the unit, for a table that says it: 110.064.500 or 412,76."""
    return kroner(ore).removesuffix(f"{NBSP}kr.")


def signed(text: str) -> str:
    """A difference with its sign: +900, −150, 0."""
    return text if text == "0" or text.startswith("−") else f"+{text}"


def ceiling(account: Account | None) -> str:
    """When the ceiling is reached, in a cell."""
    if account is not None and account.cost and account.reimbursement == 0:
        return NO_REFUND
    if account is None or account.ceiling is None or account.ceiling_reached is None:
        return MISSING
    return f"uge{NBSP}{account.ceiling_week}" if account.ceiling_reached else "nås ikke"


def now_said(now: Simulation) -> str:
    """What the level means as it is."""
    weekly = hours(now.corps.minutes_per_week)
    given = f"Niveauet “{now.name}” giver {weekly} timer om ugen til {people(now.corps.citizens)}"
    company = now.total.citizens - now.corps.citizens
    if company:
        whole = f"{hours(now.total.minutes_per_week)} timer om ugen"
        given += f" med social mentor. Med {people(company)}, der har faglig mentor, er det {whole}"
    return told([f"{given}, og {hours(now.total.minutes_per_year)} timer om året", *_money(now.account)])


def change_said(found: Comparison) -> str:
    """What a proposal changes, from hours to kroner to the ceiling."""
    change = found.total
    if not any(each.touched for each in found.rows.values()):
        return f"{found.proposed.name} ændrer ingenting endnu. Ret et tal for at se forskellen."
    if not change.minutes_per_week:
        hours_said = (
            f"{found.proposed.name} giver lige så mange timer som i dag, men fordelt på en anden måde."
        )
    else:
        more = "flere" if change.minutes_per_week > 0 else "færre"
        hours_said = (
            f"{found.proposed.name} giver {hours(abs(change.minutes_per_week))} timer {more} om ugen, "
            f"{hours(abs(change.minutes_per_year))} timer {more} om året."
        )
    return told([hours_said, *_changed_money(found), *_changed_ceiling(found)])


def missing_said(economy: Economy) -> str:
    """What is missing and what hangs on it, or nothing."""
    refunds = economy.reimbursement_percent is None or economy.reimbursement_percent > 0
    unknown = [*economy.missing, *(("reimbursement_ceiling",) if refunds and not economy.ceiling else ())]
    if not unknown:
        return ""
    named, hanging = ([each[place] for name in unknown for each in (UNKNOWN[name],)] for place in (0, 1))
    return f"Vi mangler {listed(named)}. Derfor kan vi ikke sige {listed(hanging)}."


def hour_said(prices: HourPrices | None, economy: Economy) -> str:
    """What one hour more costs below the ceiling and above it, or nothing."""
    if prices is None:
        return ""
    if prices.below == prices.above:
        return told([f"En time mere koster kommunen {kroner(prices.above)}"])
    if economy.ceiling is None:
        return f"En time mere koster kommunen mindst {kroner(prices.below)}, så længe der er refusion."
    return f"En time mere koster kommunen {kroner(prices.below)}, før loftet er nået, og {kroner(prices.above)} efter."


def corps_said(levels: Sequence[Simulation], names: Sequence[str], corps: Corps, economy: Economy) -> str:
    """What the corps has, and what each level takes of it beyond that."""
    said = [
        f"Korpset har {hours(corps.minutes_per_week)} timer om ugen til borgere, delt på {corps.mentors} mentorer."
    ]
    if corps.without_hours:
        said.append(f"{corps.without_hours} af dem har ingen timer skrevet ind, så tallet er for lavt.")
    said += [
        f"{name} kræver {_beyond(level.corps.minutes_per_week - corps.minutes_per_week, economy)}"
        for name, level in zip(names, levels, strict=True)
    ]
    return told(said)


def bar_said(found: Comparison) -> str:
    """The shortest answer, for the bar that follows a reader on a phone."""
    if not found.total.touched:
        return f"{found.proposed.name} ændrer ingenting endnu"
    account, before = found.proposed.account, found.now.account
    parts = [f"{found.proposed.name}: {signed(hours(found.total.minutes_per_week))} timer om ugen"]
    if (
        account
        and before
        and account.net is not None
        and before.net is not None
        and account.net != before.net
    ):
        parts.append(f"kommunen {signed(kroner(account.net - before.net))}")
    if account and account.ceiling_reached:
        parts.append(f"loft i uge {account.ceiling_week}")
    return " · ".join(parts)


def _beyond(short: int, economy: Economy) -> str:
    if not short:
        return "præcis de timer, korpset har"
    more = "mere" if short > 0 else "mindre"
    return f"{hours(abs(short))} timer {more}, end korpset har{_mentors(short, economy)}"


def _mentors(minutes_per_week: int, economy: Economy) -> str:
    if economy.full_time_minutes is None:
        return ""
    mentors = abs(minutes_per_week) * Fraction(economy.weeks_per_year) / economy.full_time_minutes
    return f", svarende til {one_decimal(mentors)} fuldtidsmentorer"


def told(sentences: Sequence[str]) -> str:
    """The sentences after each other, each with one full stop: an amount in kroner brings its own."""
    return " ".join(each if each.endswith(".") else f"{each}." for each in sentences)


def people(count: int) -> str:
    """4.450 borgere, 1 borger."""
    return f"{thousands(count)} borger{'e' if count != 1 else ''}"


def _money(account: Account | None) -> list[str]:
    if account is None or account.cost is None:
        return []
    said = [f"Det koster {kroner(account.cost)} om året."]
    if account.cost and account.reimbursement == 0:
        said.append("Der er ingen refusion.")
    elif account.reimbursement is not None and account.net is not None:
        most = "" if account.ceiling else "højst "
        said.append(
            f"Staten betaler {most}{kroner(account.reimbursement)}, og kommunen resten, {kroner(account.net)}"
        )
    if account.headroom is not None:
        place = "over" if account.headroom < 0 else "under"
        said.append(
            f"Udgiften er {kroner(abs(account.headroom))} {place} budgettet."
            if account.headroom
            else "Udgiften er præcis som budgettet."
        )
    return [*said, *_ceiling(account)]


def _ceiling(account: Account) -> list[str]:
    if account.ceiling_reached is None:
        return []
    return [
        f"Loftet over refusion bliver nået i uge {account.ceiling_week}."
        if account.ceiling_reached
        else "Loftet over refusion bliver ikke nået."
    ]


def _changed_money(found: Comparison) -> list[str]:
    before, after = found.now.account, found.proposed.account
    if before is None or after is None or before.cost is None or after.cost is None:
        return []
    more = after.cost - before.cost
    if not more:
        return ["Det koster det samme."]
    said = f"Det koster {kroner(abs(more))} {'mere' if more > 0 else 'mindre'} om året"
    if before.net is None or after.net is None or after.net - before.net == more:
        return [f"{said}."]
    own = after.net - before.net
    own_said = f"{kroner(abs(own))} {'mere' if own > 0 else 'mindre'}" if own else "det samme"
    return [f"{said}. Efter refusion betaler kommunen {own_said}."]


def _changed_ceiling(found: Comparison) -> list[str]:
    account = found.proposed.account
    return _ceiling(account) if account else []
