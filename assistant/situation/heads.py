"""Small trained classifiers on sentence vectors, as plain arrays: reading needs NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Multinomial logistic regression: `weights` (classes, dimension), `bias` (classes,)."""

    classes: tuple[str, ...]
    weights: Array
    bias: Array

    def probabilities(self, vectors: Array) -> Array:
        """Shape (texts, classes), each row summing to 1."""
        logits = vectors @ self.weights.T + self.bias
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)

    def best(self, vectors: Array) -> list[str]:
        """The likeliest class of each text."""
        return [self.classes[i] for i in self.probabilities(vectors).argmax(axis=1)]


@dataclass(frozen=True, slots=True)
class KernelHead:
    """A two-class support vector machine with a Gaussian kernel, calibrated by Platt's sigmoid.

    `support` (vectors, dimension), `weights` (vectors,). Input is standardised with `centre`
    and `scale`.
    """

    support: Array
    weights: Array
    bias: float
    gamma: float
    centre: Array
    scale: Array
    slope: float
    offset: float

    def probability(self, vectors: Array) -> Array:
        """Shape (texts,): the probability of the positive class."""
        given = (vectors - self.centre) / self.scale
        distances = (given**2).sum(axis=1)[:, None] + (self.support**2).sum(axis=1) - 2 * given @ self.support.T
        decision = np.exp(-self.gamma * np.maximum(distances, 0.0)) @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * decision + self.offset))), np.float32)


@dataclass(frozen=True, slots=True)
class Heads:
    """Everything that is read from a vector. `needs` is one column a need, each on its own."""

    danger: KernelHead
    hazard: LinearHead
    sector: LinearHead
    urgency: LinearHead
    guest_state: LinearHead
    factor: LinearHead
    needs: LinearHead

    def likely_needs(self, vector: Array, least: float = 0.5) -> tuple[str, ...]:
        """Needs whose own probability is at least `least`, likeliest first."""
        logits = vector @ self.needs.weights.T + self.needs.bias
        order: Sequence[int] = np.argsort(-logits).tolist()
        threshold = np.log(least / (1 - least))
        return tuple(self.needs.classes[i] for i in order if logits[i] >= threshold)
