"""Playbooks and actions that say what another one says already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from assistant.audit.likeness import centred, pairs_above
from assistant.domain.vocabulary import LANGS
from assistant.index.ports import Embedder, Vectors
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.said import Said, texts_of

SAME_SIGNALS = 0.66
"""Earned, as the next two: evals/DECISIONS.md, “Checking the corpus”."""
SAME_TITLE = 0.65
SAME_ACTION = 0.73


def duplicate_cards(cards: Sequence[Card], checked: Collection[str], embedder: Embedder) -> Iterator[Finding]:
    """Pairs of playbooks, one of them in a file of `checked`, that are found or titled alike."""
    matrices = [_of_cards([_signals(card, lang) for card in cards], embedder) for lang in LANGS]
    titles = [_of_cards([_title(card, lang) for card in cards], embedder) for lang in LANGS]
    signals_alike = {(a, b): score for a, b, score in pairs_above(matrices, SAME_SIGNALS)}
    titles_alike = {(a, b): score for a, b, score in pairs_above(titles, SAME_TITLE)}
    for a, b in sorted(signals_alike | titles_alike):
        one, other = _draft_first(cards[a], cards[b], checked)
        if one.file not in checked:
            continue
        what = "signals" if (a, b) in signals_alike else "title and goal"
        text = f"its {what} are nearly those of {other.playbook.id!r}; merge the two, or say what sets them apart"
        yield one.warning("duplicate", text, "signals:" if what == "signals" else "title:")


def duplicate_actions(cards: Sequence[Card], checked: Collection[str], embedder: Embedder) -> Iterator[Finding]:
    """Pairs of actions on different playbooks, one of them in a file of `checked`, that say nearly the same."""
    actions = [said for card in cards for said in texts_of(card) if _is_action(said)]
    matrices = [
        _spread([place for place, said in enumerate(actions) if lang in said.text], len(actions), vectors)
        for lang in LANGS
        if len(vectors := _encoded([said.text[lang] for said in actions if lang in said.text], embedder))
    ]
    for a, b, _ in pairs_above(matrices, SAME_ACTION) if matrices else ():
        one, other = actions[a], actions[b]
        if one.card.file not in checked:
            one, other = other, one
        if one.card.file in checked and one.card.playbook.id != other.card.playbook.id:
            text = f"{one.name}: says nearly what '{other.card.playbook.id}/{other.name}' says"
            yield one.card.warning("duplicate", f"{text}; make it fit this situation, or drop it", one.heading)


def _draft_first(one: Card, other: Card, checked: Collection[str]) -> tuple[Card, Card]:
    return (one, other) if one.file in checked else (other, one)


def _is_action(said: Said) -> bool:
    return any(action.id == said.name for action in said.card.playbook.actions)


def _signals(card: Card, lang: str) -> list[str]:
    return [text for of, said in card.playbook.signals.items() if of == lang for text in said]


def _title(card: Card, lang: str) -> list[str]:
    return [text[of] for text in (card.playbook.title, card.playbook.goal) for of in text if of == lang]


def _of_cards(texts: Sequence[Sequence[str]], embedder: Embedder) -> Vectors:
    """One row a card, the mean of its texts; NaN for a card without any."""
    present = [place for place, said in enumerate(texts) if said]
    rows = [embedder.queries(texts[place]).mean(axis=0) for place in present]
    return _spread(present, len(texts), centred(np.stack(rows)) if rows else np.empty((0, 1), np.float32))


def _encoded(texts: Sequence[str], embedder: Embedder) -> Vectors:
    return centred(embedder.passages(texts)) if texts else np.empty((0, 1), np.float32)


def _spread(places: Sequence[int], count: int, rows: Vectors) -> Vectors:
    matrix = np.full((count, rows.shape[1]), np.nan, np.float32)
    matrix[places] = rows
    return matrix
