"""Small trained classifiers on sentence vectors and on words, as plain arrays: reading needs NumPy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.index.segmentation import terms

Array = NDArray[np.float32]
NEW = "new"
SURE_OF_NEW = 0.5
INCIDENT = "incident"
BESIDE = "beside"
"""Classes of the topic head: a text that tells of an incident, or of nothing that a playbook could be about."""
NO_HAZARD = "none"
CARD = "card"
NO_CARD = "no card"
"""Classes of the known head: a matter that a shipped playbook is about, or one of the workplace that none is."""


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

    def log_odds(self, vector: Array, name: str) -> float:
        """Of one class, for one vector of shape (dimension,)."""
        chance = float(self.probabilities(vector[None])[0][self.classes.index(name)])
        return float(np.log(max(chance, 1e-6)) - np.log(max(1.0 - chance, 1e-6)))

    def best(self, vectors: Array) -> list[str]:
        """The likeliest class of each text."""
        return [self.classes[i] for i in self.probabilities(vectors).argmax(axis=1)]


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
class HazardHead:
    """Whether there is a danger, and which, as meaning and words say.

    `by_meaning` knows `none` beside the hazards; `danger_words` has one row, `kind_words` one a hazard.
    """

    by_meaning: LinearHead
    danger_words: WordHead
    kind_words: WordHead

    def log_odds(self, texts: Sequence[str], vectors: Array) -> Array:
        """Log odds that somebody is in danger, shape (texts, 2): by meaning, by words."""
        calm = self.by_meaning.probabilities(vectors)[:, self.by_meaning.classes.index(NO_HAZARD)]
        meaning = np.log(np.maximum(1 - calm, 1e-6)) - np.log(np.maximum(calm, 1e-6))
        return np.stack([meaning, self.danger_words.logits(texts)[:, 0]], axis=1)

    def chances(self, text: str, vector: Array) -> dict[str, float]:
        """The probability of each hazard, given that there is one; `vector` has shape (dimension,)."""
        by_meaning = dict(zip(self.by_meaning.classes, self.by_meaning.probabilities(vector[None])[0], strict=True))
        words = softmax(self.kind_words.logits([text]))[0]
        any_ = max(1.0 - float(by_meaning[NO_HAZARD]), 1e-6)
        return {
            name: (float(by_meaning[name]) / any_ + float(chance)) / 2
            for name, chance in zip(self.kind_words.classes, words, strict=True)
        }


class Odds(NamedTuple):
    """Log odds that a text tells of an incident at all, and that it is one which playbooks are written for."""

    incident: float
    known: float


@dataclass(frozen=True, slots=True)
class Heads:
    """Everything that is read from a text. `needs` is one column a need, each on its own."""

    hazard: HazardHead
    topic: LinearHead
    known: LinearHead
    sector: LinearHead
    urgency: LinearHead
    guest_state: LinearHead
    factor: LinearHead
    needs: LinearHead
    note: LinearHead

    def odds(self, vector: Array) -> Odds:
        """What the text of `vector`, shape (dimension,), is about at all."""
        return Odds(self.topic.log_odds(vector, INCIDENT), self.known.log_odds(vector, CARD))

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
