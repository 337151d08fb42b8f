"""Points 1–5 and 10: what a course rests on, from the law to the signed agreement."""

from collections.abc import Iterator

from mentorkorps.domain.audit.model import AgreementFacts, CaseFacts, Check, GrantFacts, Point, Source
from mentorkorps.domain.dates import field_date, write_minutes

NO_GRANT = Check("Bevilling", False, "Der er ingen bevilling på forløbet.")
NO_AGREEMENT = Check("Aftale", False, "Der er givet timer, men der er ingen aftale.")
NOT_YET = "Der er hverken en aftale eller timer endnu."


def law_point(case: CaseFacts) -> Point:
    """1: law basis and target group when the agreement was made."""
    return Point(1, tuple(check for grant in case.grants for check in _law(grant)) or (NO_GRANT,))


def _law(grant: GrantFacts) -> Iterator[Check]:
    words = {
        True: "betingelserne var opfyldt",
        False: "betingelserne var ikke opfyldt",
        None: "lovens svar er åbent",
    }
    of = f"Bevillingen fra {field_date(grant.start)}"
    source = Source("decision", grant.decision)
    yield Check(
        f"{of}: hjemmel",
        grant.rule_met,
        f"{grant.citation}, {words[grant.rule_met]}",
        grant.decided_on,
        source,
    )
    known = bool(grant.target_group)
    yield Check(
        f"{of}: målgruppe", True if known else None, grant.target_group or "Ikke oplyst", grant.start, source
    )


def need_point(case: CaseFacts) -> Point:
    """2: the concrete need, and for a company mentor what goes beyond the ordinary."""
    if not case.grants:
        return Point(2, (NO_GRANT,))
    first = case.grants[0]
    found = (
        "Situation og udsigt er beskrevet" if first.reasoned else "Situation eller udsigt er ikke beskrevet"
    )
    need = Check("Konkret behov", first.reasoned, found, first.decided_on, Source("decision", first.decision))
    return Point(2, (need, *_company_need(case)))


def _company_need(case: CaseFacts) -> Iterator[Check]:
    if not case.function_company:
        return
    agreement = _newest(case)
    for asks, name in (("Hvorfor afgørende", "decisive"), ("Ud over det sædvanlige", "beyond_ordinary")):
        written = getattr(agreement, name) if agreement else None
        found = {True: "Står i aftalen", False: "Står ikke i aftalen", None: "Der er ingen aftale at læse i"}[
            written
        ]
        yield Check(asks, written, found, agreement.written_on if agreement else None, _seen(case, agreement))


def content_point(case: CaseFacts) -> Point:
    """3: goal, tasks, hours, period, mentor with contact, and what the mentor is qualified by."""
    agreement = _newest(case)
    if agreement is None:
        return Point(3, (NO_AGREEMENT,)) if case.hours.meetings else Point(3, (), NOT_YET)
    checks = (
        ("Mål", agreement.goal, "Skrevet" if agreement.goal else "Mangler"),
        (
            "Mentors opgaver",
            agreement.tasks > 0,
            f"{agreement.tasks} skrevet" if agreement.tasks else "Mangler",
        ),
        ("Timer", agreement.minutes > 0, f"{write_minutes(agreement.minutes)} om ugen"),
        ("Mentor kan kontaktes", agreement.reachable, _mentor(agreement)),
    )
    made = tuple(
        Check(asks, holds, found, agreement.written_on, _seen(case, agreement))
        for asks, holds, found in checks
    )
    return Point(3, (*made, _period(case, agreement), _qualified(agreement)))


def _mentor(agreement: AgreementFacts) -> str:
    return agreement.mentor if agreement.reachable else f"{agreement.mentor}, telefon og e-mail mangler"


def _period(case: CaseFacts, agreement: AgreementFacts) -> Check:
    days = f"{field_date(agreement.start)} til {field_date(agreement.end)}"
    longest = agreement.longest_end
    if longest is None:
        return Check("Periode", None, f"{days}. Reglen for dagen kendes ikke", None, _seen(case, agreement))
    found = f"{days}, højst til {field_date(longest)}"
    return Check(
        "Periode, højst det loven tillader", agreement.end <= longest, found, None, _seen(case, agreement)
    )


def _qualified(agreement: AgreementFacts) -> Check:
    found = ", ".join(agreement.qualifications)
    source = Source("mentor", agreement.mentor_key)
    return Check(
        "Mentors kvalifikationer", True if found else None, found or "Ikke oplyst på mentoren", None, source
    )


def rights_point(case: CaseFacts) -> Point:
    """4: complaint guidance, a hearing where one is due, and that the citizen wants it."""
    checks = [check for grant in case.grants for check in _rights(grant)]
    for each in case.adverse:
        found = (
            "Hørt, eller grunden til ikke at høre er skrevet"
            if each.heard
            else "Hverken høring eller en grund"
        )
        source = Source("decision", each.decision)
        checks.append(Check(f"Partshøring: {each.what}", each.heard, found, each.decided_on, source))
    return Point(4, tuple(checks) or (NO_GRANT,))


def _rights(grant: GrantFacts) -> Iterator[Check]:
    of, source = f"Bevillingen fra {field_date(grant.start)}", Source("decision", grant.decision)
    yield Check(f"{of}: brev med klagevejledning", *_letter(grant), grant.letter_sent_on, source)
    wants = {True: "Borgeren ønsker en mentor", False: "Borgeren ønsker ikke en mentor", None: "Ikke oplyst"}
    yield Check(f"{of}: borgerens ja", grant.wants, wants[grant.wants], grant.decided_on, source)


def _letter(grant: GrantFacts) -> tuple[bool, str]:
    if grant.letter_sent_on is None:
        return False, "Brevet er ikke registreret som sendt"
    if grant.complain_by is None:
        return False, "Sendt uden klagefrist"
    return True, f"Sendt, klagefrist {field_date(grant.complain_by)}"


def signed_point(case: CaseFacts) -> Point:
    """5: nothing is paid before an agreement is signed."""
    paid = case.hours.first_paid
    if paid is None:
        return Point(5, (), "Der er ikke givet timer endnu.")
    signed = [each for each in case.agreements if each.signed_on]
    if not signed:
        return Point(
            5, (Check("Underskrevet aftale", False, "Ingen aftale er underskrevet", paid, _seen(case)),)
        )
    first = min(each.signed_on for each in signed if each.signed_on)
    found = f"Underskrevet {field_date(first)}, første time {field_date(paid)}"
    outside = case.hours.unsigned
    rest = (
        f"{write_minutes(outside)} ligger uden for en underskrevet aftale"
        if outside
        else "Alle timer er dækket"
    )
    return Point(
        5,
        (
            Check("Underskrevet før første time", first <= paid, found, first, _seen(case)),
            Check("Hver time inden for en aftale", not outside, rest, None, Source("weeks", case.course)),
        ),
    )


def extension_point(case: CaseFacts) -> Point:
    """10: every period after the first rests on a new assessment with its own reasons."""
    extensions = [grant for grant in case.grants if grant.extends]
    if not extensions:
        return Point(10, (), "Forløbet er ikke forlænget.")
    return Point(
        10,
        tuple(
            Check(
                f"Perioden fra {field_date(grant.start)}", grant.reasoned,
                "Ny vurdering med situation og udsigt" if grant.reasoned else "Situation eller udsigt mangler",
                grant.decided_on, Source("decision", grant.decision),
            )
            for grant in extensions
        ),
    )  # fmt: skip


def _newest(case: CaseFacts) -> AgreementFacts | None:
    """The agreement that counts: the last signed one, or the draft where none is signed."""
    signed = [each for each in case.agreements if each.signed_on]
    return next(reversed(signed or case.agreements), None)


def _seen(case: CaseFacts, agreement: AgreementFacts | None = None) -> Source:
    return Source("agreement", agreement.key) if agreement else Source("agreements", case.course)
