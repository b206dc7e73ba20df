"""Do the Chinese and the English of a text say the same?

Two tests. A text's two languages are compared with each other and, so that texts which are like many
others gain nothing by it, with their nearest neighbours in the other language (the margin of
M. Artetxe and H. Schwenk, “Margin-based Parallel Corpus Mining with Multilingual Sentence
Embeddings”, ACL 2019). And within a card, two texts whose languages fit better crosswise have changed places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np

from assistant.audit.likeness import Scores, centred, neighbour_means
from assistant.index.ports import Embedder, Vectors
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.said import Said

LOWEST_MARGIN = -0.18
"""Earned, as the next two: evals/DECISIONS.md, “Checking the corpus”."""
SWAPPED_BY = 0.12
NEIGHBOURS = 10


def disagreements(said: Sequence[Said], checked: Collection[str], embedder: Embedder) -> Iterator[Finding]:
    """Findings for the files `checked`; all texts of `said` are what they are measured against."""
    both = [text for text in said if text.complete]
    if len(both) < 2:
        return
    english = centred(embedder.passages([text.text["en"] for text in both]))
    chinese = centred(embedder.passages([text.text["zh"] for text in both]))
    by_file: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(both):
        by_file[text.card.file].append(place)
    scores = margins(english, chinese)
    for file in (file for file in by_file if file in checked):
        swapped = _swapped(by_file[file], english, chinese)
        for one, other in swapped:
            yield _swap(both[one], both[other])
        done = {place for pair in swapped for place in pair}
        for place in by_file[file]:
            if place not in done and scores[place] < LOWEST_MARGIN:
                yield _mismatch(both[place])


def margins(english: Vectors, chinese: Vectors) -> Scores:
    """How much nearer each text's languages are to each other than to their neighbours; shape (texts,)."""
    own = (english * chinese).sum(axis=1)
    around = neighbour_means(english, chinese, NEIGHBOURS) + neighbour_means(chinese, english, NEIGHBOURS)
    return np.asarray(own - around / 2, np.float32)


def _swapped(places: Sequence[int], english: Vectors, chinese: Vectors) -> list[tuple[int, int]]:
    cosines = english[places] @ chinese[places].T
    gains = [(_gain(cosines[np.ix_([i, j], [i, j])]), i, j) for i, j in combinations(range(len(places)), 2)]
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for gain, i, j in sorted(gains, reverse=True):
        if gain > SWAPPED_BY and not taken & {i, j}:
            taken |= {i, j}
            pairs.append((places[i], places[j]))
    return pairs


def _gain(cosines: Scores) -> float:
    """What changing the Chinese of two texts would gain, shape (2, 2); 0 unless both texts fit better that way."""
    own, crossed = cosines.diagonal(), cosines[[0, 1], [1, 0]]
    return float(crossed.sum() - own.sum()) if crossed.min() > own.max() else 0.0


def _swap(one: Said, other: Said) -> Finding:
    text = f"the zh texts of {one.name!r} and {other.name!r} seem to have changed places; put each with its own en"
    return one.card.warning("agreement", text, *one.marks("zh"))


def _mismatch(said: Said) -> Finding:
    fault = f"{said.name}: en and zh seem to say different things"
    return said.card.warning("agreement", f"{fault}; read them side by side and mend one", *said.marks("zh"))
