"""All checks of a corpus, or of drafts against it, in one report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.audit.agreement import disagreements
from assistant.audit.duplicates import duplicate_actions, duplicate_cards
from assistant.audit.kept_vectors import KeptVectors, Progress
from assistant.audit.reach import confusable, leave_one_out, weak_signals
from assistant.domain.playbook import Playbook
from assistant.knowledge.accounts import Accounts
from assistant.knowledge.checking import check_cards
from assistant.knowledge.checks.card import Card, playbook_files, read_cards
from assistant.knowledge.checks.coverage import Coverage, coverage_of, gaps
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.freshness import OLDEST_DAYS
from assistant.knowledge.checks.said import texts_of
from assistant.knowledge.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Audit:
    """`coverage` is that of the corpus with the drafts in it; `checked` counts the playbooks that were looked at."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    checked: int
    day: date

    def count(self, level: str) -> int:
        """How many findings of that level."""
        return sum(finding.level == level for finding in self.findings)


def audit(
    corpus: Corpus,
    path: Path | None,
    vectors: KeptVectors | None,
    *,
    today: date,
    oldest_days: int = OLDEST_DAYS,
    progress: Progress,
) -> Audit:
    """Check the corpus, or the playbooks at `path` against it. Without `vectors` only what needs no encoder.

    Raises UnknownName for a path that is not there, InvalidInput for a folder without playbooks.
    """
    shipped = corpus.root / "playbooks"
    cards, faults = read_cards(playbook_files(path or shipped), corpus.vocabulary)
    beside = _beside(cards, corpus, shipped) if path is not None else []
    coverage = coverage_of([card.playbook for card in (*cards, *beside)], corpus.needs)
    findings = [*faults, *check_cards(corpus, cards, today, oldest_days)]
    if path is None:
        findings += gaps(coverage, str(shipped))
    if vectors is not None:
        findings += _encoded_checks(
            [*_unique(cards), *beside], {card.file for card in cards}, corpus.accounts, vectors, progress
        )
        vectors.save()
    return Audit(tuple(findings), coverage, len(cards), today)


def _encoded_checks(
    cards: Sequence[Card], checked: Collection[str], accounts: Accounts, vectors: KeptVectors, progress: Progress
) -> Iterator[Finding]:
    """What only the encoder can see: findings about the files `checked`, measured against all cards."""
    said = [text for card in cards for text in texts_of(card)]
    told = accounts.joined_to(card.playbook for card in cards)
    vectors.encode_ahead(
        {
            "incident": [text for p in told for texts in (*p.signals.values(), p.title.values()) for text in texts],
            "query": [text for card in cards for text in _named(card.playbook)],
            "passage": [text for one in said for text in one.text.values()],
        },
        progress,
    )
    yield from disagreements(said, checked, vectors)
    yield from duplicate_cards(cards, checked, vectors)
    yield from duplicate_actions(cards, checked, vectors)
    trials = leave_one_out([card.playbook for card in cards], accounts, vectors, progress)
    yield from weak_signals([card for card in cards if card.file in checked], trials)
    yield from confusable(cards, checked, trials)


def _named(playbook: Playbook) -> Iterator[str]:
    """What cards are compared by."""
    yield from (text for said in playbook.signals.values() for text in said)
    yield from (*playbook.title.values(), *playbook.goal.values())


def _beside(drafts: Sequence[Card], corpus: Corpus, shipped: Path) -> list[Card]:
    """The cards of the corpus that no draft would replace. Their own faults are not the drafts' matter."""
    replaced = {card.playbook.id for card in drafts}
    cards, _ = read_cards(sorted(shipped.rglob("*.md")), corpus.vocabulary)
    return [card for card in cards if card.playbook.id not in replaced]


def _unique(cards: Sequence[Card]) -> list[Card]:
    """One card an id: a second one is an error already, and recognition needs ids to be unique."""
    return list({card.playbook.id: card for card in reversed(cards)}.values())[::-1]
