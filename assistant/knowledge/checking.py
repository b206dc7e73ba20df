"""The plain checks of `improv corpus check`: every playbook read, and what is wrong with file, line and mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.knowledge.checks.card import Card, misnamed, playbook_files, read_cards
from assistant.knowledge.checks.completeness import missing_and_overlong
from assistant.knowledge.checks.coverage import coverage_of, gaps
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.freshness import OLDEST_DAYS, stale
from assistant.knowledge.checks.quantities import differing_quantities
from assistant.knowledge.checks.readability import hard_to_read
from assistant.knowledge.checks.sources import names_in, unsourced
from assistant.knowledge.corpus import Corpus

SOURCES = "SOURCES.md"


def check_playbooks(corpus: Corpus, path: Path | None = None, today: date | None = None) -> Iterator[Finding]:
    """Findings for the corpus, or for one file or folder. Without `today` nothing counts as stale.

    Raises UnknownName for a path that is not there, InvalidInput for a folder without playbooks.
    """
    cards, faults = read_cards(playbook_files(path or corpus.root / "playbooks"), corpus.vocabulary)
    yield from faults
    yield from check_cards(corpus, cards, today)
    if path is None:
        yield from gaps(coverage_of([card.playbook for card in cards], corpus.needs), str(corpus.root / "playbooks"))


def check_cards(
    corpus: Corpus, cards: Sequence[Card], today: date | None, oldest_days: int = OLDEST_DAYS
) -> Iterator[Finding]:
    """What is wrong with each of the cards, in their order."""
    names = _source_names(corpus)
    yield from misnamed(cards)
    for card in cards:
        yield from missing_and_overlong(card)
        yield from differing_quantities(card)
        yield from hard_to_read(card)
        yield from unsourced(card, names)
        if today is not None:
            yield from stale(card, today, oldest_days)


def _source_names(corpus: Corpus) -> re.Pattern[str]:
    path = corpus.root / SOURCES
    return names_in(path.read_text(encoding="utf-8") if path.exists() else "")
