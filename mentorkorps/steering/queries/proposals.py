"""Named reads of proposals, and the story of how the service level came to be what it is."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mentorkorps.domain.level_changes import Change, Pair, applied, compared, rows_between
from mentorkorps.domain.service_level import Level, LevelRow
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.models import ServiceLevel
from mentorkorps.steering.models import Proposal, ProposalVersion


def proposals() -> QuerySet[Proposal]:
    """Every proposal, newest first."""
    return Proposal.objects.select_related("base", "created_by", "level")


def open_proposals() -> QuerySet[Proposal]:
    """Proposals that a paper can still be written about."""
    return proposals().exclude(state__in=("adopted", "rejected", "noted"))


def rows_of(level: ServiceLevel | None) -> tuple[LevelRow, ...]:
    """The rows of a level as the domain knows them; none without one."""
    return () if level is None else tuple(row_facts(row) for row in level.rows.all())


def base_rows(proposal: Proposal) -> tuple[LevelRow, ...]:
    """The rows that a proposal begins from; none when it is written from nothing."""
    return rows_of(proposal.base)


def current_version(proposal: Proposal) -> ProposalVersion:
    """The newest version."""
    return proposal.versions.order_by("-number")[0]


def changes_of(version: ProposalVersion) -> tuple[Change, ...]:
    """The differences of a version as the domain knows them."""
    return tuple(Change.from_json(change) for change in version.changes)


def proposed_level(version: ProposalVersion) -> Level:
    """The whole level as a version proposes it."""
    proposal = version.proposal
    rows = applied(base_rows(proposal), changes_of(version))
    return Level(name=proposal.name, source="", example=False, rows=rows)


def pairs_of(version: ProposalVersion) -> tuple[Pair, ...]:
    """A version row by row beside what it begins from."""
    return compared(base_rows(version.proposal), changes_of(version))


@dataclass(frozen=True)
class Chapter:
    """A level that came in force, what it changed from the one before, and the proposal with its reasons."""

    level: ServiceLevel
    before: ServiceLevel | None
    pairs: tuple[Pair, ...]
    proposal: Proposal | None

    @property
    def kept(self) -> int:
        """How many rows went on unchanged."""
        return sum(pair.kind == "kept" for pair in self.pairs)

    @property
    def changes(self) -> tuple[Pair, ...]:
        """The rows that differ."""
        return tuple(pair for pair in self.pairs if pair.kind != "kept")


def level_story() -> list[Chapter]:
    """Every level that has been put in force, newest first, each beside the one it took over from. Three queries."""
    levels = list(
        ServiceLevel.objects.filter(in_force_from__isnull=False)
        .select_related("proposal")
        .prefetch_related("rows", "proposal__versions")
        .order_by("in_force_from")
    )
    befores: list[ServiceLevel | None] = [None, *levels[:-1]]
    chapters = [_chapter(level, before) for level, before in zip(levels, befores, strict=True)]
    return chapters[::-1]


def _chapter(level: ServiceLevel, before: ServiceLevel | None) -> Chapter:
    proposal: Proposal | None = getattr(level, "proposal", None)
    reasons = {}
    if proposal is not None:
        last = max(proposal.versions.all(), key=lambda version: version.number)
        reasons = {change.row.key: change.reason for change in changes_of(last)}
    was = [row_facts(row) for row in before.rows.all()] if before else []
    pairs = rows_between(was, [row_facts(row) for row in level.rows.all()])
    told = tuple(Pair(pair.before, pair.after, reasons.get(pair.row.key, "")) for pair in pairs)
    return Chapter(level, before, told, proposal)
