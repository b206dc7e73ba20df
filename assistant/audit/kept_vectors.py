"""An Embedder that keeps its vectors in a file: a second check of the same corpus takes seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import Embedder, Vectors
from assistant.index.shipped import KINDS, Kind, encode
from assistant.situation.storage import read_arrays, write_arrays

Progress = Callable[[str, int, int], None]
AT_ONCE = 64
MOST_KEPT = 50_000
"""Vectors in the file, some 60 MB; the ones just used come first."""


class KeptVectors:
    """An Embedder in front of another. `save` writes what is known."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        """`folder` holds one file for each model."""
        self._inner = inner
        self._path = folder / f"checked-{hashlib.sha256(inner.name.encode()).hexdigest()[:16]}.npz"
        self._kept = _read(self._path)
        self._used: dict[str, None] = {}
        self._grown = False

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

    def encode_ahead(self, texts: Mapping[Kind, Sequence[str]], progress: Progress) -> None:
        """Encode what is not known yet, under one progress bar."""
        wanted = [(kind, text) for kind in KINDS for text in texts.get(kind, ())]
        missing = [item for item in dict.fromkeys(wanted) if _key(*item) not in self._kept]
        done = 0
        for kind in KINDS:
            own = [text for of, text in missing if of == kind]
            for start in range(0, len(own), AT_ONCE):
                progress("encoding playbooks", done, len(missing))
                self._encode(kind, own[start : start + AT_ONCE])
                done += len(own[start : start + AT_ONCE])
        if missing:
            progress("encoding playbooks", done, len(missing))

    def save(self) -> None:
        """Write the file anew if anything was added."""
        if not self._grown:
            return
        keys = [*self._used, *(key for key in self._kept if key not in self._used)][:MOST_KEPT]
        arrays: dict[str, NDArray[np.generic]] = {}
        for size in sorted({len(self._kept[key]) for key in keys}):  # incidents have a dimension of their own
            own = [key for key in keys if len(self._kept[key]) == size]
            arrays[f"keys.{size}"] = np.array(own)
            arrays[f"rows.{size}"] = np.stack([self._kept[key] for key in own]).astype(np.float16)
        write_arrays(self._path, arrays)
        self._grown = False

    def _vectors(self, kind: Kind, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if _key(kind, text) not in self._kept]
        if missing:
            self._encode(kind, missing)
        keys = [_key(kind, text) for text in texts]
        self._used |= dict.fromkeys(keys)
        return np.stack([self._kept[key] for key in keys])

    def _encode(self, kind: Kind, texts: Sequence[str]) -> None:
        vectors = encode(self._inner, kind, texts)
        self._kept |= {_key(kind, text): vector for text, vector in zip(texts, vectors, strict=True)}
        self._grown = True


def _key(kind: Kind, text: str) -> str:
    return hashlib.sha256(f"{kind}\x1f{text}".encode()).hexdigest()[:32]


def _read(path: Path) -> dict[str, Vectors]:
    stored = read_arrays(path)
    found: dict[str, Vectors] = {}
    for name, keys in stored.items():
        kind, size = name.split(".")
        if kind == "keys":
            found |= zip(keys.tolist(), stored[f"rows.{size}"].astype(np.float32), strict=True)
    return found
