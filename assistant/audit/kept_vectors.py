"""An Embedder that keeps its vectors in a file: a second check of the same corpus takes seconds."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.index.ports import Embedder, Vectors
from assistant.situation.storage import write_arrays

log = logging.getLogger("improv.audit")

Kind = Literal["query", "passage"]
Progress = Callable[[str, int, int], None]
AT_ONCE = 64
MOST_KEPT = 50_000
"""Vectors in the file, some 40 MB; the ones just used come first."""


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

    def encode_ahead(self, queries: Sequence[str], passages: Sequence[str], progress: Progress) -> None:
        """Encode what is not known yet, under one progress bar."""
        wanted: list[tuple[Kind, str]] = [("query", text) for text in queries]
        wanted += [("passage", text) for text in passages]
        missing = [item for item in dict.fromkeys(wanted) if _key(*item) not in self._kept]
        done = 0
        for kind in ("query", "passage"):
            texts = [text for of, text in missing if of == kind]
            for start in range(0, len(texts), AT_ONCE):
                progress("encoding playbooks", done, len(missing))
                self._encode(kind, texts[start : start + AT_ONCE])
                done += len(texts[start : start + AT_ONCE])
        if missing:
            progress("encoding playbooks", done, len(missing))

    def save(self) -> None:
        """Write the file anew if anything was added."""
        if not self._grown:
            return
        keys = [*self._used, *(key for key in self._kept if key not in self._used)][:MOST_KEPT]
        rows = np.stack([self._kept[key] for key in keys]).astype(np.float16)
        write_arrays(self._path, {"keys": np.array(keys), "rows": rows})
        self._grown = False

    def _vectors(self, kind: Kind, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if _key(kind, text) not in self._kept]
        if missing:
            self._encode(kind, missing)
        keys = [_key(kind, text) for text in texts]
        self._used |= dict.fromkeys(keys)
        return np.stack([self._kept[key] for key in keys])

    def _encode(self, kind: Kind, texts: Sequence[str]) -> None:
        vectors = self._inner.queries(texts) if kind == "query" else self._inner.passages(texts)
        self._kept |= {_key(kind, text): vector for text, vector in zip(texts, vectors, strict=True)}
        self._grown = True


def _key(kind: Kind, text: str) -> str:
    return hashlib.sha256(f"{kind}\x1f{text}".encode()).hexdigest()[:32]


def _read(path: Path) -> dict[str, Vectors]:
    if not path.exists():
        return {}
    try:
        # Opened here: NumPy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            rows = stored["rows"].astype(np.float32)
            return dict(zip(stored["keys"].tolist(), rows, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("%s cannot be read (%s); it is written anew", path, error)
        return {}
