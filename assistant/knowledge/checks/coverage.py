"""Which situations have a playbook in which line of business, and which have none.

A situation is named as a manager asks for it: by the danger that people are in, or by what the guest lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, get_args

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import SECTORS, Hazard, Sector
from assistant.knowledge.checks.finding import Finding

BUSINESSES: tuple[Sector, ...] = tuple(sector for sector in SECTORS if sector != "any")
DANGERS: tuple[Hazard, ...] = tuple(hazard for hazard in get_args(Hazard) if hazard != "none")
USUAL = 0.5
"""Share of the businesses that have a card of their own for a need, from which its lack elsewhere is a gap."""
THIN = 0.5
"""A business with a smaller share than this of the median number of cards is thinly covered."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Ids of the cards written for this business, and of those for any."""

    own: tuple[str, ...]
    shared: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many cards serve here."""
        return len(self.own) + len(self.shared)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of situation; `cells` in the order of `BUSINESSES`."""

    kind: Literal["danger", "need"]
    id: str
    cells: tuple[Cell, ...]

    @property
    def count(self) -> int:
        """How many businesses have any card for it."""
        return sum(cell.count > 0 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole table, and how many cards each business has of its own, in the order of `BUSINESSES`."""

    rows: tuple[Row, ...]
    own_cards: tuple[int, ...]


def coverage_of(playbooks: Sequence[Playbook], needs: Collection[str]) -> Coverage:
    """One row a danger, then one a need of the vocabulary."""
    dangers = [Row("danger", d, _cells([p for p in playbooks if p.hazard == d])) for d in DANGERS]
    wants = [Row("need", need, _cells([p for p in playbooks if need in p.needs])) for need in needs]
    own = tuple(sum(business in p.sectors for p in playbooks) for business in BUSINESSES)
    return Coverage((*dangers, *wants), own)


def gaps(coverage: Coverage, where: str) -> Iterator[Finding]:
    """What no card serves, and what a business lacks though most others have it; `where` begins each message."""
    middle = median(coverage.own_cards)
    for business, count in zip(BUSINESSES, coverage.own_cards, strict=True):
        if count < THIN * middle:
            fault = f"playbooks of its own for {business}: {count} (half of all businesses have {middle:g} or more)"
            yield _gap(where, fault, f"write more with 'sectors: [{business}]'")
    for row in coverage.rows:
        if not row.count:
            mend = f"write one with 'hazard: {row.id}'" if row.kind == "danger" else f"name {row.id!r} under 'needs'"
            yield _gap(where, f"no playbook serves the {row.kind} {row.id!r}", f"{mend}, or drop the word")
        elif row.kind == "need":
            yield from _unusual_gap(row, where)


def _unusual_gap(row: Row, where: str) -> Iterator[Finding]:
    having = sum(bool(cell.own) for cell in row.cells)
    lacking = [business for business, cell in zip(BUSINESSES, row.cells, strict=True) if not cell.count]
    if lacking and having >= USUAL * len(BUSINESSES):
        fault = f"no playbook serves the need {row.id!r} in {', '.join(lacking)}, though {having} businesses have one"
        yield _gap(where, fault, "write one, or name the need on a card where it arises")


def _cells(playbooks: Sequence[Playbook]) -> tuple[Cell, ...]:
    shared = tuple(p.id for p in playbooks if "any" in p.sectors)
    return tuple(Cell(tuple(p.id for p in playbooks if b in p.sectors), shared) for b in BUSINESSES)


def _gap(where: str, fault: str, mend: str) -> Finding:
    return Finding("warning", "coverage", f"{where}: {fault}; {mend}")
