"""The bundled encoder on ONNX Runtime: the product's default.

A vector of an incident has two parts: what the encoder as it came says, which knows every matter there is, and what
its upper layers say that were trained on incidents, which know better what calls for the same advice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
import sentencepiece
from numpy.typing import NDArray

from assistant.index.bundled import RUNTIME_FOLDER
from assistant.index.ports import PASSAGE_PROMPT, QUERY_PROMPT, Vectors

BOS, PAD, EOS = 0, 1, 2
Rows = list[list[int]]
MAX_TOKENS = 512
TRAINED_SHARE = 0.2
"""Of the likeness of two incidents, what the trained layers say: evals/DECISIONS.md, “Layers for incidents”."""
BATCH_TOKENS = 2048  # padded tokens a run: larger batches gain nothing and hold more memory


class OnnxEncoder:
    """multilingual-e5-small with its prompts; thread-safe; 384 dimensions, 768 for incidents."""

    name = RUNTIME_FOLDER

    def __init__(self, folder: Path, threads: int) -> None:
        self._whole = open_session(str(folder / "encoder.onnx"), threads)
        self._upper = open_session(str(folder / "incidents.onnx"), threads)
        self._pieces = read_pieces(folder)
        # One run uses all threads; runs side by side only take turns on the same cores.
        self._turn = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something."""
        return self._encode([QUERY_PROMPT + text for text in texts], self._embed, 384)

    def incidents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that tell what happens."""
        return self._encode([QUERY_PROMPT + text for text in texts], self._embed_incidents, 768)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""
        return self._encode([PASSAGE_PROMPT + text for text in texts], self._embed, 384)

    def _encode(self, texts: Sequence[str], embed: Callable[[Rows], Vectors], dimension: int) -> Vectors:
        rows = [self._ids(text) for text in texts]
        vectors = np.empty((len(rows), dimension), np.float32)
        for batch in batches([len(row) for row in rows]):
            vectors[batch] = embed([rows[i] for i in batch])
        return vectors

    def _ids(self, text: str) -> list[int]:
        pieces: list[int] = self._pieces.encode(text.strip())
        return [BOS, *pieces[: MAX_TOKENS - 2], EOS]

    def _embed(self, rows: Rows) -> Vectors:
        with self._turn:
            (vectors,) = self._whole.run(["embedding"], padded(rows))
        return np.asarray(vectors, np.float32)

    def _embed_incidents(self, rows: Rows) -> Vectors:
        given = padded(rows)
        lower = self._upper.get_inputs()[0].name
        with self._turn:
            vectors, states = self._whole.run(["embedding", lower], given)
            (trained,) = self._upper.run(None, {lower: states, "attention_mask": given["attention_mask"]})
        parts = [np.sqrt(1 - TRAINED_SHARE) * vectors, np.sqrt(TRAINED_SHARE) * trained]
        return np.asarray(np.hstack(parts), np.float32)


@lru_cache(maxsize=1)
def read_pieces(folder: Path) -> sentencepiece.SentencePieceProcessor:
    """The vocabulary; 80 MB and a third of a second, so that all who read the model share it. Thread-safe."""
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))


def open_session(model: str | bytes, threads: int) -> onnxruntime.InferenceSession:
    """A graph of the bundled encoder, by path or as it stands in memory, ready to run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads win a millisecond alone and lose many with several clients on two cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def padded(rows: Rows) -> dict[str, NDArray[np.int64]]:
    """Token ids of several texts as the encoder's graph takes them."""
    ids = np.full((len(rows), max(map(len, rows))), PAD, np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return {"input_ids": ids, "attention_mask": (ids != PAD).astype(np.int64)}


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Indices grouped by like length, so that little is spent on padding."""
    found: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if found and (len(found[-1]) + 1) * lengths[i] <= BATCH_TOKENS:
            found[-1].append(i)
        else:
            found.append([i])
    return found
