"""The trained recogniser as plain arrays: reading needs NumPy alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.domain.drill import MOVES

Array = NDArray[np.float32]
TOKEN = re.compile(r"[a-z']+|[0-9]+|[\u3400-\u9fff]+|[?!？！]")
LONGEST_GRAM = 4


def gram_features(text: str) -> list[str]:
    """Runs of one to four characters, within what blanks divide."""
    found = []
    for word in text.casefold().split():
        padded = f" {word} "
        for length in range(1, LONGEST_GRAM + 1):
            found += [padded[i : i + length] for i in range(len(padded) - length + 1)]
    return found


def word_features(text: str) -> list[str]:
    """Words and pairs of neighbours, unstemmed: "sorry you", "you should". All numbers are alike."""
    import rjieba

    words: list[str] = []
    for match in TOKEN.finditer(text.casefold()):
        piece = match[0]
        words += rjieba.cut(piece) if "\u3400" <= piece[0] <= "\u9fff" else ["#"] if piece[0].isdigit() else [piece]
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


@dataclass(frozen=True, slots=True)
class Terms:
    """TF-IDF over one kind of feature, and each move's weights: `weights` (moves, features)."""

    vocabulary: Mapping[str, int]
    rarity: Array
    weights: Array

    def decision(self, features: Sequence[str]) -> Array:
        """Shape (moves,)."""
        counts = Counter(feature for feature in features if feature in self.vocabulary)
        if not counts:
            return np.zeros(len(self.weights), np.float32)
        columns = [self.vocabulary[feature] for feature in counts]
        values = (1 + np.log(np.array(list(counts.values()), np.float32))) * self.rarity[columns]
        return np.asarray(self.weights[:, columns] @ (values / np.linalg.norm(values)), np.float32)


@dataclass(frozen=True, slots=True)
class Kernel:
    """Sums of Gaussian bells around examples.

    `support` (examples, dimension), `lengths` their squared lengths (examples,), `weights` (outputs, examples).
    """

    support: Array
    lengths: Array
    weights: Array
    bias: Array
    centre: Array
    scale: Array
    gamma: float

    def decision(self, vectors: Array) -> Array:
        """Shape (vectors, outputs)."""
        given = (vectors - self.centre) / self.scale
        return np.asarray(bells(given, self.support, self.lengths, self.gamma) @ self.weights.T + self.bias, np.float32)


def bells(given: Array, support: Array, lengths: Array, gamma: float) -> Array:
    """The Gaussian kernel between the rows of two matrices; `lengths` are the squared ones of `support`."""
    distances = (given**2).sum(axis=1)[:, None] + lengths[None] - 2 * given @ support.T
    return np.asarray(np.exp(-gamma * np.maximum(distances, 0.0)), np.float32)


@dataclass(frozen=True, slots=True)
class QualityHead:
    """How good a reply is: meaning, and the evidence for each move; `spread` is the usual error, in levels."""

    by_meaning: Kernel
    by_evidence: Kernel
    spread: float

    def level(self, mean: Array, evidence: Array) -> float:
        """1…5, not rounded."""
        summed = self.by_meaning.decision(mean[None])[0, 0] + self.by_evidence.decision(evidence[None])[0, 0]
        return float(np.clip(summed, 1.0, 5.0))


@dataclass(frozen=True, slots=True)
class MoveHeads:
    """Everything for one language. `slopes`, `offsets`: from a decision to log odds; `thresholds` on the chance."""

    by_meaning: Kernel
    by_grams: Terms
    by_words: Terms
    term_bias: Array
    slopes: Array
    offsets: Array
    thresholds: Array
    quality: QualityHead

    def decisions(self, clauses: Sequence[str], vectors: Array) -> Array:
        """Shape (clauses, moves)."""
        terms = np.stack(
            [
                self.by_grams.decision(gram_features(clause)) + self.by_words.decision(word_features(clause))
                for clause in clauses
            ]
        )
        return np.asarray(self.by_meaning.decision(vectors) + terms + self.term_bias, np.float32)

    def chances(self, decisions: Array) -> Array:
        """Probabilities, of the same shape."""
        return np.asarray(1.0 / (1.0 + np.exp(-(decisions * self.slopes + self.offsets))), np.float32)


def evidence(decisions: Array, clauses: Sequence[str]) -> Array:
    """What quality is judged from beside meaning: the strongest sign of each move, and how much is said."""
    strongest = decisions.max(axis=0)
    return np.asarray([*strongest, np.log1p(sum(map(len, clauses))), np.log1p(len(clauses))], np.float32)


WIDTH = len(MOVES)
