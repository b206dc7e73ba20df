"""Vectors of the shipped texts, shipped with them: a first start encodes what a company added or changed alone.

The file holds what the bundled encoder gives for texts of `corpus/`, as bytes with a scale each (likeness to the
exact vector above 0.9999). A text that is not in it is encoded; without the file, all are. `make vectors` writes
it anew from the corpus; nothing else ever has to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import Embedder, Vectors

FILE = Path(__file__).with_name("bundled") / "corpus-vectors.npz"
Kind = Literal["query", "passage"]


class ShippedVectors:
    """The bundled encoder behind the vectors that came with the product."""

    def __init__(self, inner: Embedder, path: Path = FILE) -> None:
        self._inner, self._path = inner, path

    @property
    def name(self) -> str:
        """The name of the model behind."""
        return self._inner.name

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something."""
        return self._vectors("query", texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""
        return self._vectors("passage", texts)

    def _vectors(self, kind: Kind, texts: Sequence[str]) -> Vectors:
        places = [self._places.get(key_of(kind, text)) for text in texts]
        missing = [i for i, place in enumerate(places) if place is None]
        if len(missing) == len(texts):
            return self._encode(kind, texts)
        vectors = np.empty((len(texts), self._bytes.shape[1]), np.float32)
        known = [i for i, place in enumerate(places) if place is not None]
        rows = self._bytes[[place for place in places if place is not None]].astype(np.float32)
        vectors[known] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        if missing:
            vectors[missing] = self._encode(kind, [texts[i] for i in missing])
        return vectors

    def _encode(self, kind: Kind, texts: Sequence[str]) -> Vectors:
        return self._inner.queries(texts) if kind == "query" else self._inner.passages(texts)

    @cached_property
    def _stored(self) -> tuple[dict[int, int], NDArray[np.int8]]:
        if not self._path.exists():
            return {}, np.empty((0, 0), np.int8)
        with np.load(self._path, allow_pickle=False) as stored:
            if str(stored["model"]) != self._inner.name:
                return {}, np.empty((0, 0), np.int8)
            return {key: place for place, key in enumerate(stored["keys"].tolist())}, stored["vectors"]

    @property
    def _places(self) -> dict[int, int]:
        return self._stored[0]

    @property
    def _bytes(self) -> NDArray[np.int8]:
        return self._stored[1]


def key_of(kind: Kind, text: str) -> int:
    """What a vector is filed under."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\x1f{text}".encode("utf-8", "replace"), digest_size=8).digest())


def write_vectors(model: str, vectors: Mapping[tuple[Kind, str], Vectors], path: Path = FILE) -> None:
    """Write the file. The scale of a row falls away: its length is 1."""
    keys = {key_of(kind, text): vector for (kind, text), vector in vectors.items()}
    order = sorted(keys)  # the same corpus gives the same file
    rows = np.stack([keys[key] for key in order])
    packed = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    np.savez_compressed(path, model=np.array(model), keys=np.array(order, np.uint64), vectors=packed)
