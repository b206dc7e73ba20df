"""BM25 over segmented text, in memory; built from the records in a second per 10,000 texts, or read as it was kept."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.index import segmentation
from assistant.index.ports import IndexHit
from assistant.index.segmentation import terms

if TYPE_CHECKING:
    import bm25s

log = logging.getLogger("improv.lexical")

Scores = NDArray[np.float32]


class LexicalIndex:
    """Okapi BM25 scores of a fixed list of texts."""

    def __init__(self, ids: Sequence[str], texts: Sequence[str], bm25: bm25s.BM25 | None = None) -> None:
        """`bm25` are the scores of the same texts where they are known already."""
        self.ids = list(ids)
        self.bm25 = _scored(texts) if bm25 is None else bm25
        self._weights: dict[str, float] = {}
        if self.bm25 is not None:
            self._weights = _term_weights(self.bm25, len(self.ids))
        self._rarest = max(self._weights.values(), default=1.0)

    def scores(self, text: str) -> Scores:
        """One score ≥ 0 for each text, in the order of `ids`."""
        asked = [term for term in dict.fromkeys(terms(text)) if term in self._weights]
        if not asked or self.bm25 is None:
            return np.zeros(len(self.ids), np.float32)
        return np.asarray(self.bm25.get_scores(asked), np.float32)

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


Indexing = Callable[[Sequence[str], Sequence[str]], LexicalIndex]
"""(ids, texts) → their index."""


class KeptIndexes:
    """Indexes read as they were kept in a folder: counting the words again is most of the wait at a start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def index(self, ids: Sequence[str], texts: Sequence[str]) -> LexicalIndex:
        """The index of these texts, kept from now on; those used longest ago make room."""
        return _shared(tuple(ids), tuple(texts), self._folder.resolve())


KEPT = 6
"""Indexes in a folder, two to five megabytes each: signals and cards as they are, and before the last edits."""


@lru_cache(maxsize=KEPT)
def _shared(ids: tuple[str, ...], texts: tuple[str, ...], folder: Path) -> LexicalIndex:
    """In one process, too, the same: an edit of what a card says to do leaves everybody's signals as they were."""
    path = folder / _digest(texts)
    known = _read(path)
    index = LexicalIndex(ids, texts, known)
    if known is None and index.bm25 is not None:
        _keep(index.bm25, path)
    return index


def _digest(texts: Sequence[str]) -> str:
    """Names the texts and whatever makes terms and scores of them."""
    digest = hashlib.sha256(Path(segmentation.__file__).read_bytes())
    digest.update(f"{version('bm25s')} {version('rjieba')}".encode())
    for text in texts:
        digest.update(f"{len(text)} {text}".encode())
    return digest.hexdigest()[:24]


def _read(path: Path) -> bm25s.BM25 | None:
    if not path.exists():
        return None
    try:
        found = _engine().load(path, show_progress=False)
        os.utime(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read (%s); it is written anew", path, error)
        shutil.rmtree(path, ignore_errors=True)
        return None
    return found


def _keep(bm25: bm25s.BM25, path: Path) -> None:
    """Written beside the target and renamed: a killed process leaves nothing half done that anybody reads."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    try:
        bm25.save(draft, show_progress=False)
        draft.rename(path)
        for old in sorted(path.parent.iterdir(), key=lambda kept: kept.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:  # another process kept it first, or there is no room: the index in hand is as good
        log.info("%s is not kept (%s)", path, error)
        shutil.rmtree(draft, ignore_errors=True)


def _scored(texts: Sequence[str]) -> bm25s.BM25 | None:
    segmented = [[term for line in text.splitlines() for term in _terms(line)] for text in texts]
    if not any(segmented):  # bm25s cannot index a corpus without a single term
        return None
    bm25 = _engine()()
    bm25.index(segmented, show_progress=False)
    return bm25


def _engine() -> Any:  # noqa: ANN401 (a class of an untyped package)
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
    return bm25s.BM25


@lru_cache(maxsize=60_000)
def _terms(line: str) -> list[str]:
    """Kept: a line stands in several texts, and an edit of one text builds the index of all of them anew."""
    return terms(line)


def _term_weights(bm25: bm25s.BM25, total: int) -> dict[str, float]:
    """Inverse document frequency as BM25 (Lucene's form) counts it."""
    held = np.diff(bm25.scores["indptr"]).tolist()  # a column a term, with an entry for each text that holds it
    known = {term: held[column] for term, column in bm25.vocab_dict.items() if term}  # "" is bm25s's own
    return {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in known.items()}
