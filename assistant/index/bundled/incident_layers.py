"""The upper layers of the encoder as they were trained on incidents; shipped with the product.

Written by `python -m evals.tuning`, which says on what and how (evals/DECISIONS.md, “Layers for incidents”).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.bundled.packed_model import BLOCK

EDITION = "10"
"""Raise it with each training: vectors of another edition are of no use."""
FILE = Path(__file__).with_name(f"incident-layers-{EDITION}.npz")
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
VECTORS = ("aln.w", "aln.b", "oln.w", "oln.b", *(f"{name}.b" for name in MATRICES))
_SIZES = ("first", "count", "hidden", "heads", "feed_forward")


@dataclass(frozen=True, slots=True)
class EightBit:
    """A tensor in blocks of 32 weights: `(level - 128) * scale`.

    `levels` is uint8, shape (blocks, 32); `scales` is float32, shape (blocks,).
    """

    scales: NDArray[np.float32]
    levels: NDArray[np.uint8]

    @classmethod
    def of(cls, weights: NDArray[np.float32]) -> EightBit:
        """The nearest levels of `weights`, whose number is a multiple of 32."""
        blocks = weights.reshape(-1, BLOCK)
        # Scales are kept as float16: the levels are chosen for what will be read back.
        scales = np.maximum(np.abs(blocks).max(axis=1) / 127, 1e-7).astype(np.float16).astype(np.float32)
        levels = np.clip(np.rint(blocks / scales[:, None]), -127, 127) + 128
        return cls(scales, levels.astype(np.uint8))

    def dense(self) -> NDArray[np.float32]:
        """The weights as one flat array."""
        weights: NDArray[np.float32] = (self.levels.astype(np.float32) - 128.0) * self.scales[:, None]
        return weights.reshape(-1)


@dataclass(frozen=True, slots=True)
class IncidentLayers:
    """`count` layers from layer `first` on (from 0), tensors by the names of `PackedModel`."""

    first: int
    count: int
    hidden: int
    heads: int
    feed_forward: int
    layer_norm_epsilon: float
    packed: Mapping[str, EightBit]
    plain: Mapping[str, NDArray[np.float32]]


def read_incident_layers(path: Path = FILE) -> IncidentLayers:
    """Read what `write_incident_layers` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        sizes = {name: int(stored[name]) for name in _SIZES}
        names = [f"l{sizes['first'] + i}." for i in range(sizes["count"])]
        return IncidentLayers(
            **sizes,
            layer_norm_epsilon=float(stored["layer_norm_epsilon"]),
            packed={
                f"{layer}{part}.w": EightBit(
                    stored[f"{layer}{part}.scales"].astype(np.float32), stored[f"{layer}{part}.levels"]
                )
                for layer in names
                for part in MATRICES
            },
            plain={layer + part: stored[layer + part].astype(np.float32) for layer in names for part in VECTORS},
        )


def write_incident_layers(layers: IncidentLayers, path: Path = FILE) -> None:
    """Write the layers (about 11 MB)."""
    arrays: dict[str, NDArray[np.generic]] = {name: np.array(getattr(layers, name)) for name in _SIZES}
    arrays["layer_norm_epsilon"] = np.array(layers.layer_norm_epsilon)
    for name, weights in layers.packed.items():
        arrays[f"{name.removesuffix('w')}scales"] = weights.scales.astype(np.float16)
        arrays[f"{name.removesuffix('w')}levels"] = weights.levels
    np.savez_compressed(path, **arrays, **layers.plain)  # type: ignore[arg-type]
