"""Remembers the vectors of recent questions: reading, retrieval and search ask for the same ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np

from assistant.index.ports import Embedder, Vectors

KEPT = 8192
"""Vectors of each kind: 12 MB of queries, 25 MB of incidents."""


class CachingEmbedder:
    """An Embedder in front of another; passages go straight through."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._queries = _Kept(inner.queries)
        self._incidents = _Kept(inner.incidents)

    @property
    def name(self) -> str:
        """The name of the model behind."""
        return self._inner.name

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""
        return self._inner.passages(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something; only unknown ones are computed."""
        return self._queries.vectors(texts)

    def incidents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that tell what happens; only unknown ones are computed."""
        return self._incidents.vectors(texts)


class _Kept:
    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= dict(zip(missing, self._encode(missing), strict=True))
            self._keep({text: known[text] for text in missing})
        return np.stack([known[text] for text in texts])

    def _keep(self, new: dict[str, Vectors]) -> None:
        with self._lock:
            self._kept |= new
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
