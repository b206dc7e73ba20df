"""The vectors of the playbooks' signals once more, in one file: the engine takes seconds to hand out so many."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from assistant.index.ports import Vectors
from assistant.situation.storage import read_arrays, write_arrays


class KeptSignals:
    """Vectors by index id, which stands for the text: no entry is ever out of date, at most it is not needed."""

    def __init__(self, model: str, folder: Path) -> None:
        """`folder` holds one file for each `model` that vectors come from."""
        self._path = folder / f"signals-{hashlib.sha256(model.encode()).hexdigest()[:16]}.npz"

    def read(self) -> dict[str, Vectors]:
        """What was kept last; empty where there is nothing, or nothing that can be read."""
        stored = read_arrays(self._path)
        return dict(zip(stored["ids"].tolist(), stored["vectors"], strict=True)) if stored else {}

    def keep(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep these, at least one, instead of what was kept before."""
        write_arrays(self._path, {"ids": np.array(list(vectors)), "vectors": np.stack(list(vectors.values()))})
