"""Editions of the layers taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.index.bundled.incident_layers import EightBit, IncidentLayers


def mean_of(several: Sequence[IncidentLayers]) -> IncidentLayers:
    """The mean of the weights of editions trained one onward from another; `several` is not empty.

    Where fine-tuned models have a common beginning, the mean of their weights often does better than each on texts
    that none has seen (Wortsman et al. 2022, “Model soups”). What it did here: evals/DECISIONS.md.
    """
    first = several[0]
    return replace(
        first,
        packed={
            name: EightBit.of(np.mean([layers.packed[name].dense() for layers in several], axis=0, dtype=np.float32))
            for name in first.packed
        },
        plain={
            name: np.mean([layers.plain[name] for layers in several], axis=0, dtype=np.float32) for name in first.plain
        },
    )
