"""States of the clauses of the shipped example replies, shipped with them: the first drill need not encode them.

Bytes with a scale for each dimension, for some dimensions of the middle layers are a hundred times longer than others.
`make vectors` writes the file anew from `corpus/drills/moves`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant.index.ports import Vectors
from assistant.index.shipped import key_of
from assistant.index.states import Said, SpanEncoder

FILE = Path(__file__).with_name("bundled") / "move-vectors.npz"


class ShippedSpans:
    """The bundled encoder of spans behind the rows that came with the product."""

    def __init__(self, inner: SpanEncoder, path: Path = FILE) -> None:
        self._inner, self._path = inner, path

    @property
    def name(self) -> str:
        """The name of the encoder behind."""
        return self._inner.name

    def spans(self, said: Sequence[Said]) -> list[Vectors]:
        """For each text one row a span."""
        found = [self._stored.get(_key(one)) for one in said]
        missing = [one for one, rows in zip(said, found, strict=True) if rows is None]
        encoded = iter(self._inner.spans(missing) if missing else [])
        return [next(encoded) if rows is None else rows for rows in found]

    @cached_property
    def _stored(self) -> dict[int, Vectors]:
        if not self._path.exists():
            return {}
        with np.load(self._path, allow_pickle=False) as stored:
            if str(stored["model"]) != self._inner.name:
                return {}
            rows = stored["rows"] * stored["scales"]
            return dict(zip(stored["keys"].tolist(), np.split(rows, np.cumsum(stored["counts"])[:-1]), strict=True))


def write_spans(model: str, spans: Mapping[Said, Vectors], path: Path = FILE) -> None:
    """Write the file; the same replies give the same one."""
    ordered = sorted(((_key(said), rows) for said, rows in spans.items()), key=lambda one: one[0])
    rows = np.concatenate([rows for _, rows in ordered])
    scales = (np.abs(rows).max(axis=0) / 127).astype(np.float32)
    np.savez_compressed(
        path,
        model=np.array(model),
        keys=np.array([key for key, _ in ordered], np.uint64),
        counts=np.array([len(rows) for _, rows in ordered], np.int32),
        rows=np.rint(rows / scales).astype(np.int8),
        scales=scales,
    )


def _key(said: Said) -> int:
    """The cuts are part of it: other clauses are other rows."""
    cuts = " ".join(f"{start}-{end}" for start, end in said.spans)
    return key_of("\x1f".join((said.before, said.text, cuts)))
