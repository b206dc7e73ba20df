"""The bundled encoder on ONNX Runtime: the product's default."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import sentencepiece

from assistant.index.bundled import RUNTIME_FOLDER
from assistant.index.ports import PASSAGE_PROMPT, QUERY_PROMPT, Vectors

BOS, PAD, EOS = 0, 1, 2
MAX_TOKENS = 512
BATCH_TOKENS = 2048  # padded tokens a run: larger batches gain nothing and hold more memory


class OnnxEncoder:
    """multilingual-e5-small with its prompts; thread-safe; 384 dimensions."""

    name = RUNTIME_FOLDER

    def __init__(self, folder: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Spinning threads win a millisecond alone and lose many with several clients on two cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        # One run uses all threads; runs side by side only take turns on the same cores.
        self._turn = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that look for something."""
        return self._encode([QUERY_PROMPT + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may be found."""
        return self._encode([PASSAGE_PROMPT + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = [self._ids(text) for text in texts]
        vectors = np.empty((len(rows), 384), np.float32)
        for batch in _batches([len(row) for row in rows]):
            vectors[batch] = self._run([rows[i] for i in batch])
        return vectors

    def _ids(self, text: str) -> list[int]:
        pieces: list[int] = self._pieces.encode(text.strip())
        return [BOS, *pieces[: MAX_TOKENS - 2], EOS]

    def _run(self, rows: list[list[int]]) -> Vectors:
        ids = np.full((len(rows), max(map(len, rows))), PAD, np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
        mask = (ids != PAD).astype(np.int64)
        with self._turn:
            (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)


def _batches(lengths: list[int]) -> list[list[int]]:
    """Indices grouped by like length, so that little is spent on padding."""
    batches: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and (len(batches[-1]) + 1) * lengths[i] <= BATCH_TOKENS:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches
