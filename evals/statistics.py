"""Means with honest uncertainty: bootstrap intervals, paired permutation tests, both over clusters.

Twins (one incident told in both languages) are not independent; they are drawn and flipped together.
Everything is seeded: the same values give the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000
LEVEL = 0.05
LEAST_CLUSTERS = 10
"""With fewer independent incidents no interval is worth showing as one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval, over `cases` cases in `clusters` independent incidents."""

    mean: float
    low: float
    high: float
    cases: int
    clusters: int

    @property
    def too_few(self) -> bool:
        """Too few incidents to tell."""
        return self.clusters < LEAST_CLUSTERS


@dataclass(frozen=True, slots=True)
class Difference:
    """B − A over the cases that both were scored on; `p` from a permutation test, corrected where that was done."""

    change: Estimate
    p: float

    @property
    def verdict(self) -> str:
        """In words: `more`, `less`, `same`, `no difference shown` or `too few to tell`."""
        if self.change.low == self.change.high == 0.0:
            return "same"
        if self.change.too_few:
            return "too few to tell"
        if self.p < LEVEL and (self.change.low > 0 or self.change.high < 0):
            return "more" if self.change.mean > 0 else "less"
        return "no difference shown"


def estimate(values: Sequence[float], clusters: Sequence[str], seed: int = 0) -> Estimate:
    """The mean of `values`; whole clusters are drawn anew to see how far it could have come out otherwise."""
    sums, counts = _by_cluster(values, clusters)
    picked = np.random.default_rng(seed).integers(0, len(sums), (DRAWS, len(sums)))
    means = sums[picked].sum(axis=1) / counts[picked].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Estimate(float(np.mean(values)), float(low), float(high), len(values), len(sums))


def difference(one: Sequence[float], other: Sequence[float], clusters: Sequence[str], seed: int = 0) -> Difference:
    """`other` − `one`, case by case. `p`: how often chance alone, swapping both within clusters, goes as far."""
    changes = np.asarray(other, float) - np.asarray(one, float)
    sums, _ = _by_cluster(changes.tolist(), clusters)
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), (DRAWS, len(sums)))
    reached = np.abs(signs @ sums) >= abs(sums.sum()) - 1e-9
    p = float((1 + reached.sum()) / (1 + DRAWS))
    return Difference(estimate(changes.tolist(), clusters, seed), p)


def corrected(found: Mapping[str, Difference]) -> dict[str, Difference]:
    """The same with p-values corrected for looking at many measures at once (Holm, 1979)."""
    order = sorted(found, key=lambda name: found[name].p)
    raised: dict[str, Difference] = {}
    least = 0.0
    for place, name in enumerate(order):
        least = max(least, min(1.0, found[name].p * (len(order) - place)))
        raised[name] = Difference(found[name].change, least)
    return {name: raised[name] for name in found}


def _by_cluster(values: Sequence[float], clusters: Sequence[str]) -> tuple[Floats, Floats]:
    names = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    places = [names[name] for name in clusters]
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    np.add.at(sums, places, np.asarray(values, float))
    np.add.at(counts, places, 1.0)
    return sums, counts
