"""Small trained classifiers on sentence vectors and on words, as plain arrays: reading needs NumPy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.index.segmentation import terms

Array = NDArray[np.float32]
NEW = "new"
SURE_OF_NEW = 0.5
INCIDENT = "incident"
BESIDE = "beside"
"""Classes of the topic head: a text that tells of an incident, or of nothing that a playbook could be about."""


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Multinomial logistic regression: `weights` (classes, dimension), `bias` (classes,)."""

    classes: tuple[str, ...]
    weights: Array
    bias: Array

    def probabilities(self, vectors: Array) -> Array:
        """Shape (texts, classes), each row summing to 1."""
        return softmax(vectors @ self.weights.T + self.bias)

    def best(self, vectors: Array) -> list[str]:
        """The likeliest class of each text."""
        return [self.classes[i] for i in self.probabilities(vectors).argmax(axis=1)]


@dataclass(frozen=True, slots=True)
class KernelHead:
    """A two-class support vector machine with a Gaussian kernel.

    `support` (vectors, dimension), `lengths` their squared lengths (vectors,), `weights` (vectors,).
    Input is standardised with `centre` and `scale`.
    """

    support: Array
    lengths: Array
    weights: Array
    bias: float
    gamma: float
    centre: Array
    scale: Array

    def decision(self, vectors: Array) -> Array:
        """Shape (texts,): positive on the side of the positive class."""
        given = (vectors - self.centre) / self.scale
        distances = (given**2).sum(axis=1)[:, None] + self.lengths - 2 * given @ self.support.T
        return np.asarray(np.exp(-self.gamma * np.maximum(distances, 0.0)) @ self.weights + self.bias, np.float32)


def word_features(text: str) -> list[str]:
    """Terms and neighbouring pairs of terms."""
    found = terms(text)
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


@dataclass(frozen=True, slots=True)
class WordHead:
    """Logistic regression on TF-IDF of word features: `weights` (classes, features), `bias` (classes,).

    Sees what a sentence vector blurs: the one word that makes a harmless scene dangerous.
    """

    classes: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarity: Array
    weights: Array
    bias: Array

    def logits(self, texts: Sequence[str]) -> Array:
        """Shape (texts, classes)."""
        return np.stack([self._logits(text) for text in texts])

    def _logits(self, text: str) -> Array:
        counts = Counter(feature for feature in word_features(text) if feature in self.vocabulary)
        if not counts:
            return self.bias
        columns = [self.vocabulary[feature] for feature in counts]
        values = (1 + np.log(np.array(list(counts.values()), np.float32))) * self.rarity[columns]
        return np.asarray(self.weights[:, columns] @ (values / np.linalg.norm(values)) + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class DangerHead:
    """Meaning and words together: a calibrated sum of both decisions."""

    by_meaning: KernelHead
    by_words: WordHead
    slopes: Array
    offset: float

    def logits(self, texts: Sequence[str], vectors: Array) -> Array:
        """Shape (texts,): the log odds that somebody is in danger."""
        words = self.by_words.logits(texts)[:, 0]
        summed = self.slopes[0] * self.by_meaning.decision(vectors) + self.slopes[1] * words + self.offset
        return np.asarray(summed, np.float32)


@dataclass(frozen=True, slots=True)
class HazardHead:
    """Which danger it is, once there is one: the mean of what meaning and words say."""

    by_meaning: LinearHead
    by_words: WordHead

    def chances(self, text: str, vector: Array) -> dict[str, float]:
        """The probability of each hazard, given that there is one; `vector` has shape (dimension,)."""
        meaning = self.by_meaning.probabilities(vector[None])[0]
        words = softmax(self.by_words.logits([text]))[0]
        return dict(zip(self.by_meaning.classes, ((meaning + words) / 2).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Heads:
    """Everything that is read from a text. `needs` is one column a need, each on its own."""

    danger: DangerHead
    hazard: HazardHead
    topic: LinearHead
    sector: LinearHead
    urgency: LinearHead
    guest_state: LinearHead
    factor: LinearHead
    needs: LinearHead
    note: LinearHead

    def incident_odds(self, vector: Array) -> float:
        """Log odds that the text of `vector`, shape (dimension,), tells of an incident at all."""
        chances = self.topic.probabilities(vector[None])[0]
        told = float(chances[self.topic.classes.index(INCIDENT)])
        return float(np.log(max(told, 1e-6)) - np.log(max(1.0 - told, 1e-6)))

    def note_kind(self, vector: Array) -> str:
        """What kind of note on an incident told before the text of `vector` is, or `new`: one of its own."""
        chances = self.note.probabilities(vector[None])[0]
        told = float(chances[self.note.classes.index(NEW)])
        others = [(float(chance), name) for chance, name in zip(chances, self.note.classes, strict=True) if name != NEW]
        return NEW if told >= SURE_OF_NEW else max(others)[1]

    def likely_needs(self, vector: Array, least: float = 0.5) -> tuple[str, ...]:
        """Needs whose own probability is at least `least`, likeliest first."""
        logits = vector @ self.needs.weights.T + self.needs.bias
        order: Sequence[int] = np.argsort(-logits).tolist()
        threshold = np.log(least / (1 - least))
        return tuple(self.needs.classes[i] for i in order if logits[i] >= threshold)
