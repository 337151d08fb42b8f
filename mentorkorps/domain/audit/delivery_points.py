"""Points 6–9, 11 and 12: what was delivered, what it cost, and who looked after it."""

from collections.abc import Iterator

from mentorkorps.domain.audit.model import BilledMonth, CaseFacts, Check, Point, PriceFacts, Source
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import field_date, write_minutes

NO_HOURS = "Der er ikke givet timer endnu."


def contacts_point(case: CaseFacts) -> Point:
    """6: the weeks of the contact duty, as the page of the weeks judges them."""
    weeks = case.weeks
    if not weeks.kept + weeks.missed:
        return Point(6, (), "Ingen uge er forfalden endnu.")
    found = f"{weeks.kept} holdt, {weeks.missed} mangler, {weeks.excused} undskyldt"
    return Point(
        6,
        (Check("Hver forfalden uge er holdt", not weeks.missed, found, None, Source("weeks", case.course)),),
    )


def hours_point(case: CaseFacts) -> Point:
    """7: delivered within what is granted, and invoiced or signed within what is delivered."""
    hours = case.hours
    if not hours.meetings and not case.money.billed:
        return Point(7, (), NO_HOURS)
    found = f"Leveret {write_minutes(hours.delivered)} af {write_minutes(hours.granted)} bevilget"
    within = Check("Ikke mere end bevilget", hours.delivered <= hours.granted, found, None, _course(case))
    return Point(7, (within, *_billed(case)))


def _billed(case: CaseFacts) -> Iterator[Check]:
    if case.kind == "own":
        return
    word = "Faktureret" if case.kind == "supplier" else "Skrevet under på"
    asks = f"{word} ikke mere end leveret"
    if not case.money.billed:
        yield Check(asks, None, "Intet er modtaget endnu", None, _course(case))
    for each in case.money.billed:
        yield Check(
            f"{asks}, {each.month:%m-%Y}", _within(each), _billed_words(each, word), each.month, _paper(each)
        )


def _within(each: BilledMonth) -> bool | None:
    return None if each.billed is None else each.billed <= each.delivered


def _billed_words(each: BilledMonth, word: str) -> str:
    given = f"leveret {write_minutes(each.delivered)}"
    if each.billed is None:
        return f"Pris for hele forløbet, så timer kan ikke sammenlignes; {given}"
    return f"{word} {write_minutes(each.billed)}, {given}"


def _paper(each: BilledMonth | PriceFacts) -> Source | None:
    return Source("invoice", each.invoice) if each.invoice else None


def price_point(case: CaseFacts) -> Point:
    """8: the agreed price or the actual wage, and no hour on a day on which the mentor was away."""
    if not case.hours.meetings and not case.money.prices:
        return Point(8, (), NO_HOURS)
    return Point(8, (*_prices(case), _no_hours_away(case)))


def _prices(case: CaseFacts) -> Iterator[Check]:
    if case.kind != "supplier":
        known = case.money.wage_known
        yield Check("Timeløn", known or None, "Kendt for alle timer" if known else "Timelønnen mangler")
    elif not case.money.prices:
        yield Check("Aftalt pris", None, "Ingen faktura er modtaget endnu")
    else:
        words = {
            True: "Som aftalt",
            False: "En anden pris end den aftalte",
            None: "Ingen aftalt pris er skrevet",
        }
        for each in case.money.prices:
            yield Check(
                f"Aftalt pris, {each.month:%m-%Y}", each.agreed, words[each.agreed], each.month, _paper(each)
            )


def _no_hours_away(case: CaseFacts) -> Check:
    away = case.hours.while_away
    found = (
        f"{write_minutes(away)} er registreret på dage, hvor mentor er meldt væk" if away else "Ingen timer"
    )
    return Check("Ingen timer, mens mentor er meldt væk", not away, found, None, Source("weeks", case.course))


def follow_up_point(case: CaseFacts) -> Point:
    """9: each status and each look back that has come due is written."""
    checks = (
        Check(
            capitalised(each.what),
            each.written_on is not None,
            f"Skrevet {field_date(each.written_on)}"
            if each.written_on
            else f"Skulle være skrevet {field_date(each.due)}",
            each.written_on,
            Source("status", case.course),
        )
        for each in case.statuses
        if each.written_on or each.due < case.on
    )
    return Point(9, tuple(checks), "Ingen status er forfalden endnu.")


def account_point(case: CaseFacts) -> Point:
    """11: account, grouping and reimbursement are known for the target group of the agreement, and booked as given."""
    if not case.hours.meetings:
        return Point(11, (), NO_HOURS)
    money = case.money
    known = (
        ("Konto", money.account, "Mangler i kontoplanen for målgruppen"),
        ("Gruppering", money.grouping, "Mangler i kontoplanen for målgruppen"),
        ("Refusion", money.percent, "Mangler i refusionsskemaet for målgruppen"),
    )
    checks = [Check(asks, True if found else None, found or missing) for asks, found, missing in known]
    if money.unbooked is not None:
        found = f"{write_minutes(money.unbooked)} afviger" if money.unbooked else "Bogført som leveret"
        checks.append(Check("Afsluttede måneder", not money.unbooked, found))
    return Point(11, tuple(checks))


def supervision_point(case: CaseFacts) -> Point:
    """12: somebody outside has asked the citizen, and what was off has been followed to its end."""
    if not case.hours.meetings:
        return Point(12, (), NO_HOURS)
    return Point(12, (_asked(case), *_followed(case)))


def _asked(case: CaseFacts) -> Check:
    done = case.supervision
    source = Source("control", done.drawn) if done.drawn else _course(case)
    if done.asked_on:
        return Check(
            "Borgeren er spurgt", True, f"Ved kontrol {field_date(done.asked_on)}", done.asked_on, source
        )
    if done.own_answers:
        return Check(
            "Borgeren er spurgt", True, f"{done.own_answers} svar på borgerens egen side", None, source
        )
    if done.drawn:
        found = f"Udtrukket, {done.tried} forsøg uden svar" if done.tried else "Udtrukket, ikke spurgt endnu"
        return Check("Borgeren er spurgt", None, found, None, source)
    return Check(
        "Borgeren er spurgt", False, "Ikke udtrukket til kontrol, og ingen svar på egen side", None, source
    )


def _followed(case: CaseFacts) -> Iterator[Check]:
    done = case.supervision
    if done.discrepancies_open or done.discrepancies_closed:
        found = f"{done.discrepancies_open} åbne, {done.discrepancies_closed} lukkede"
        source = Source("control", done.drawn) if done.drawn else None
        yield Check("Afvigelser er fulgt op", None if done.discrepancies_open else True, found, None, source)
    if done.unfollowed:
        found = f"{done.unfollowed} svar “nej” venter"
        yield Check("Borgerens nej er fulgt op", False, found, None, _course(case))


def _course(case: CaseFacts) -> Source:
    return Source("course", case.course)
