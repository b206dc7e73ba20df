"""Vectors of parts of a text as they stand in it: what a clause means here, after what the other one has just said.

Mean pooling over a whole text blurs who does what. The middle layers of the encoder keep it: there a clause is read
with its neighbours and with the line that it answers (evals/DECISIONS.md, “Moves”).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.index.onnx_encoder import BOS, EOS, MAX_TOKENS, Rows, batches, open_session, padded, read_pieces
from assistant.index.ports import QUERY_PROMPT, Embedder, Vectors

LAYERS = (5, 9)
"""Counted from 0 of 12; the layers above are not even computed."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """`text`, cut at `spans` (start and end in characters), and `before`, the line that it answers."""

    text: str
    before: str
    spans: tuple[Span, ...]


class SpanEncoder(Protocol):
    """Turns the spans of texts into vectors; `name` changes with the model and the way."""

    @property
    def name(self) -> str:
        """Identifies what the vectors come from."""

    def spans(self, said: Sequence[Said]) -> list[Vectors]:
        """For each text one row a span."""


class OnnxSpans:
    """Means over the tokens of each span in the middle layers of the bundled encoder; thread-safe."""

    def __init__(self, folder: Path, threads: int) -> None:
        self.name = f"{folder.name}/states-{'-'.join(map(str, LAYERS))}"
        self._session = _session(folder / "encoder.onnx", threads)
        self._pieces = read_pieces(folder)
        self._turn = threading.Lock()

    def spans(self, said: Sequence[Said]) -> list[Vectors]:
        """For each text one row a span, of `len(LAYERS)` times 384 numbers."""
        rows = [self._row(one) for one in said]
        found: list[Vectors] = [np.empty(0, np.float32)] * len(said)
        for batch in batches([len(row.ids) for row in rows]):
            states = self._run([rows[i].ids for i in batch])
            for number, i in enumerate(batch):
                found[i] = _means(states[:, number], rows[i], said[i])
        return found

    def _row(self, said: Said) -> _Row:
        before: list[int] = self._pieces.encode(QUERY_PROMPT + said.before)
        pieces = self._pieces.encode(said.text, return_type="proto").pieces
        # The answer matters more than what it answers: a long line is cut at its beginning.
        own = [piece.id for piece in pieces][: MAX_TOKENS // 2]
        kept = before[-(MAX_TOKENS - 3 - len(own)) :]
        places = tuple((piece.begin, piece.end) for piece in pieces[: len(own)])
        return _Row([BOS, *kept, EOS, *own, EOS], 2 + len(kept), places)

    def _run(self, rows: Rows) -> Vectors:
        with self._turn:
            return np.stack(self._session.run(None, padded(rows)))


class PooledSpans:
    """The same from any encoder that gives only whole vectors: each span on its own, and the text around it."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder = f"{embedder.name}/pooled", embedder

    def spans(self, said: Sequence[Said]) -> list[Vectors]:
        """For each text one row a span: its own vector, then that of the exchange."""
        parts = [one.text[start:end].strip() or one.text for one in said for start, end in one.spans]
        vectors = self._embedder.queries([*parts, *(f"{one.before}\n{one.text}" for one in said)])
        own, whole = iter(vectors[: len(parts)]), vectors[len(parts) :]
        return [
            np.stack([np.concatenate([next(own), around]) for _ in one.spans])
            for one, around in zip(said, whole, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Row:
    """Token ids, where the text itself begins, and the bytes that each of its tokens covers."""

    ids: list[int]
    first: int
    places: tuple[Span, ...]


def _means(states: Vectors, row: _Row, said: Said) -> Vectors:
    """`states` has shape (layers, tokens, 384)."""
    means = []
    for start, end in said.spans:
        low, high = len(said.text[:start].encode()), len(said.text[:end].encode())
        tokens = [row.first + i for i, (begin, stop) in enumerate(row.places) if begin < high and stop > low]
        inside = tokens or list(range(row.first, row.first + max(1, len(row.places))))
        means.append(states[:, inside].mean(axis=1).reshape(-1))
    return np.asarray(np.stack(means), np.float32)


def _session(path: Path, threads: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 (a class of an untyped package)
    """The bundled graph with the middle layers as its outputs; what only the last ones need falls away."""
    import onnx

    model = onnx.load(str(path))
    del model.graph.output[:]
    shape = ["batch", "tokens", None]
    for layer in LAYERS:
        name = f"l{layer}.oln.out"
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
    return open_session(model.SerializeToString(), threads)
