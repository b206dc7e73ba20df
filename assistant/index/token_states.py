"""The bundled encoder read token by token, at several depths: what of one text has its like in another."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from assistant.index.onnx_encoder import BOS, EOS, MAX_TOKENS, read_pieces
from assistant.index.ports import QUERY_PROMPT, Vectors

DEPTHS = ("embedded", "l5.oln.out", "l8.oln.out", "l11.oln.out")
"""From the word itself to the word in its sentence."""
SIGNS = re.compile(r"^[▁\W_]+$")
KEPT = 512


@dataclass(frozen=True, slots=True)
class TokenStates:
    """One text. `layers`: for each depth, one row of length 1 for each token that is more than a sign."""

    vector: Vectors
    layers: tuple[Vectors, ...]


class TokenReader:
    """Opens the encoder's model a second time (about 100 MB); only who checks meaning needs it. Thread-safe."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        model = onnx.load(str(folder / "encoder.onnx"))
        del model.graph.output[1:]
        for name in DEPTHS:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads  # advice for others goes first: it has the other cores
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=providers)
        self._pieces = read_pieces(folder)
        self._prompt = len(self._pieces.encode(QUERY_PROMPT.strip()))
        self._turn = threading.Lock()
        self.read = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, text: str) -> TokenStates:
        """The states of a text, cut off at 510 tokens."""
        ids = [BOS, *self._pieces.encode(QUERY_PROMPT + text)[: MAX_TOKENS - 2], EOS]
        given = {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, len(ids)), np.int64)}
        with self._turn:
            vector, *layers = self._session.run(None, given)
        first, last = 1 + self._prompt, len(ids) - 1
        words = [not SIGNS.match(self._pieces.id_to_piece(i)) for i in ids[first:last]]
        return TokenStates(vector[0], tuple(_of_length_one(layer[0][first:last][words]) for layer in layers))


def _of_length_one(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
