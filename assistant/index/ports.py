"""What the rest of the product needs of an encoder and of an index; adapters sit beside this file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""float32, shape (texts, dimension), each row of length 1."""

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """Identifies the model and its version; an index built under another name is rebuilt."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""

    def incidents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that tell what happens, alike where the same should be done; a dimension of their own."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One text to index. `metadata` holds flat values that can be filtered on."""

    id: str
    text: str
    metadata: Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class IndexHit:
    """One answer of an index: the entry's id and its likeness, cosine in -1…1."""

    id: str
    score: float


@runtime_checkable
class PassageIndex(Protocol):
    """Vectors by id. Everything in it can be rebuilt from the records."""

    def add(self, entries: Sequence[IndexEntry], vectors: Vectors) -> None:
        """Store entries; an id that is there already is overwritten."""

    def remove(self, ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are ignored."""

    def ids(self) -> set[str]:
        """Every id in the index."""

    def search(self, vector: Vectors, k: int, where: Mapping[str, object] | None = None) -> list[IndexHit]:
        """The `k` entries nearest to one vector among those that `where` admits, best first."""
