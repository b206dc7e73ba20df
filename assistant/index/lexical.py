"""BM25 over segmented text, in memory; rebuilt from the records in well under a second per 10,000 texts."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import IndexHit
from assistant.index.segmentation import terms

if TYPE_CHECKING:
    import bm25s

Scores = NDArray[np.float32]


class LexicalIndex:
    """Okapi BM25 scores of a fixed list of texts."""

    def __init__(self, ids: Sequence[str], texts: Sequence[str]) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
        self.ids = list(ids)
        segmented = [[term for line in text.splitlines() for term in _terms(line)] for text in texts]
        # bm25s cannot index a corpus without a single term.
        self._bm25 = bm25s.BM25() if any(segmented) else None
        self._weights: dict[str, float] = {}
        if self._bm25 is not None:
            self._bm25.index(segmented, show_progress=False)
            self._weights = _term_weights(self._bm25, len(segmented))
        self._rarest = max(self._weights.values(), default=1.0)

    def scores(self, text: str) -> Scores:
        """One score ≥ 0 for each text, in the order of `ids`."""
        asked = [term for term in dict.fromkeys(terms(text)) if term in self._weights]
        if not asked or self._bm25 is None:
            return np.zeros(len(self.ids), np.float32)
        return np.asarray(self._bm25.get_scores(asked), np.float32)

    def ceiling(self, text: str) -> float:
        """What `scores` would give a text of average length that holds every term of `text` once.

        Terms that no text holds count as rare ones: a question about something else stays far below.
        """
        return float(sum(self._weights.get(term, self._rarest) for term in dict.fromkeys(terms(text))))

    def search(self, text: str, k: int) -> list[IndexHit]:
        """The `k` best texts that share a term with `text`, best first."""
        scores = self.scores(text)
        count = min(k, len(scores))
        if not count:
            return []
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [IndexHit(self.ids[i], float(scores[i])) for i in best if scores[i] > 0]


@lru_cache(maxsize=2)
def shared_index(ids: tuple[str, ...], texts: tuple[str, ...]) -> LexicalIndex:
    """The same index for the same texts: an edit of what a card says to do leaves everybody's signals as they were."""
    return LexicalIndex(ids, texts)


@lru_cache(maxsize=60_000)
def _terms(line: str) -> list[str]:
    """Kept: a line stands in several texts, and an edit of one text builds the index of all of them anew."""
    return terms(line)


def _term_weights(bm25: bm25s.BM25, total: int) -> dict[str, float]:
    """Inverse document frequency as BM25 (Lucene's form) counts it."""
    held = np.diff(bm25.scores["indptr"]).tolist()  # a column a term, with an entry for each text that holds it
    known = {term: held[column] for term, column in bm25.vocab_dict.items() if term}  # "" is bm25s's own
    return {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in known.items()}
