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
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import Embedder, Vectors

FILE = Path(__file__).with_name("bundled") / "corpus-vectors.npz"
Kind = Literal["query", "passage", "incident"]
KINDS: tuple[Kind, ...] = get_args(Kind)


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

    def incidents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that tell what happens."""
        return self._vectors("incident", texts)

    def _vectors(self, kind: Kind, texts: Sequence[str]) -> Vectors:
        places_of, stored = self._stored.get(kind, ({}, np.empty((0, 0), np.int8)))
        places = [places_of.get(key_of(text)) for text in texts]
        missing = [i for i, place in enumerate(places) if place is None]
        if len(missing) == len(texts):
            return encode(self._inner, kind, texts)
        vectors = np.empty((len(texts), stored.shape[1]), np.float32)
        known = [i for i, place in enumerate(places) if place is not None]
        rows = stored[[place for place in places if place is not None]].astype(np.float32)
        vectors[known] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        if missing:
            vectors[missing] = encode(self._inner, kind, [texts[i] for i in missing])
        return vectors

    @cached_property
    def _stored(self) -> dict[Kind, tuple[dict[int, int], NDArray[np.int8]]]:
        """For each kind the place of every text, and the rows."""
        if not self._path.exists():
            return {}
        with np.load(self._path, allow_pickle=False) as stored:
            if str(stored["model"]) != self._inner.name:
                return {}
            return {
                kind: (
                    {key: place for place, key in enumerate(stored[f"{kind}.keys"].tolist())},
                    stored[f"{kind}.vectors"],
                )
                for kind in KINDS
                if f"{kind}.keys" in stored.files
            }


def encode(embedder: Embedder, kind: Kind, texts: Sequence[str]) -> Vectors:
    """Vectors of that kind."""
    ways = {"query": embedder.queries, "passage": embedder.passages, "incident": embedder.incidents}
    return ways[kind](texts)


def key_of(text: str) -> int:
    """What a vector is filed under, among those of its kind."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


def shipped_keys(kind: Kind, path: Path = FILE) -> frozenset[int]:
    """The keys of the texts whose vectors are in the file, whatever model they are of; none where it is missing."""
    if not path.exists():
        return frozenset()
    with np.load(path, allow_pickle=False) as stored:
        return frozenset(stored[f"{kind}.keys"].tolist() if f"{kind}.keys" in stored.files else ())


def write_vectors(model: str, vectors: Mapping[tuple[Kind, str], Vectors], path: Path = FILE) -> None:
    """Write the file. The scale of a row falls away: its length is 1."""
    arrays: dict[str, NDArray[np.generic]] = {"model": np.array(model)}
    for kind in KINDS:
        keys = {key_of(text): vector for (of, text), vector in vectors.items() if of == kind}
        if not keys:
            continue
        order = sorted(keys)  # the same corpus gives the same file
        rows = np.stack([keys[key] for key in order])
        packed = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
        arrays |= {f"{kind}.keys": np.array(order, np.uint64), f"{kind}.vectors": packed}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
